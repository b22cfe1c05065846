//! The built program as a process: one command run to its end, or a service that listens.

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::{Record, SERVER_KEY, record};

/// How long a process may take for what is asked of it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that is about to be run: in an empty folder, and with nothing in the environment that configures it but the
/// server key of the tests' databases, and that it is to log all it can.
pub struct Program {
    command: Command,
    folder: TempDir,
    /// What it was given: arguments, and values of its environment.
    words: Vec<String>,
    is_heard: bool,
    /// Whether it writes a log at all.
    has_a_log: bool,
}

/// How a command ended.
#[derive(Debug)]
pub struct Outcome {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// A process that serves. It is killed when this is dropped. What it says and answers is in the record of its database.
pub struct Service {
    pub base: String,
    name: String,
    child: Child,
    errors: Option<JoinHandle<String>>,
    rest: Option<JoinHandle<String>>,
    record: Record,
    has_a_log: bool,
    _folder: TempDir,
}

impl Program {
    /// `oauthprovider` with these arguments.
    pub fn new(arguments: &[&str]) -> Self {
        Self::at(Path::new(env!("CARGO_BIN_EXE_oauthprovider")), arguments)
    }

    /// An example of this crate; `cargo test` builds examples only where it is asked to.
    pub fn example(name: &str, arguments: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_BIN_EXE_oauthprovider")).parent().unwrap().join("examples");
        let path: PathBuf = folder.join(name);
        assert!(
            path.exists(),
            "the example {name} is not built: run `cargo build --examples`, or the tests by tests/run"
        );
        // What the crate tells is heard where somebody listens, and an example does not.
        Self { has_a_log: false, ..Self::at(&path, arguments) }
    }

    fn at(path: &Path, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(path);
        command.args(arguments).current_dir(folder.path()).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("OAUTHPROVIDER_")) {
            command.env_remove(name);
        }
        command.env("OAUTHPROVIDER_DATABASE_SERVER_KEY", SERVER_KEY);
        command.env("OAUTHPROVIDER_LOG_LEVEL", "trace").env("RUST_LOG", "trace");
        let words = arguments.iter().map(|word| (*word).to_owned()).collect();
        Self { command, folder, words, is_heard: true, has_a_log: true }
    }

    /// One more argument.
    #[must_use]
    pub fn arg(mut self, argument: &str) -> Self {
        self.command.arg(argument);
        self.words.push(argument.to_owned());
        self
    }

    /// A variable in its environment. Nobody writes down what is answered by a service that is to log less than all:
    /// whoever sends it so much that it must not, would have to keep so much too.
    #[must_use]
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self.words.push(value.to_owned());
        self.is_heard &= name != "OAUTHPROVIDER_LOG_LEVEL";
        self
    }

    /// It is not told the server key of the tests' databases.
    #[must_use]
    pub fn without_server_key(mut self) -> Self {
        self.command.env_remove("OAUTHPROVIDER_DATABASE_SERVER_KEY");
        self
    }

    /// A file in the folder that it runs in.
    #[must_use]
    pub fn file(self, name: &str, text: &str) -> Self {
        std::fs::write(self.folder.path().join(name), text).unwrap();
        self
    }

    /// Runs it to its end.
    pub fn run(mut self) -> Outcome {
        let output = self.command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let outcome = Outcome { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
        let record = self.record();
        record.printed(&self.name(), &outcome.out);
        record.logged(&self.name(), &outcome.err);
        outcome
    }

    /// The record that it writes in, with all that is secret in what it was given and in the files that this names; a
    /// server key that it made is by its database.
    fn record(&self) -> Record {
        let record = Record::of_words(&self.words);
        record.keep_those_among(&self.words);
        for word in &self.words {
            let beside = word.strip_prefix("sqlite:").map(|path| format!("{path}.key"));
            let path = self.folder.path().join(beside.as_ref().unwrap_or(word));
            // Most words name no file, and what is read from a pipe may never come.
            if path.is_file() {
                record.keep_those_of(&std::fs::read_to_string(path).unwrap_or_default());
            }
        }
        record
    }

    /// What it is, without what it was given.
    fn name(&self) -> String {
        let program =
            Path::new(self.command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let plain = self.words.iter().take(2).take_while(|word| {
            !word.starts_with('-') && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        });
        plain.fold(program, |name, word| format!("{name} {word}"))
    }

    /// Starts it, and waits until it says where it listens.
    #[track_caller]
    pub fn serve(mut self) -> Service {
        let mut child = self.command.spawn().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let errors = thread::spawn(move || {
            let mut text = String::new();
            stderr.read_to_string(&mut text).ok();
            text
        });
        let (send, receive) = mpsc::channel();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let rest = thread::spawn(move || {
            let mut text = String::new();
            stdout.read_line(&mut text).ok();
            send.send(text.clone()).ok();
            stdout.read_to_string(&mut text).ok();
            text
        });
        let first = receive.recv_timeout(PATIENCE).unwrap_or_default();
        let Some(base) = first.trim_end().strip_prefix("listening on ").map(str::to_owned) else {
            child.kill().ok();
            child.wait().ok();
            panic!("it said {first:?} first, and then: {}", errors.join().unwrap());
        };
        let record = self.record();
        if self.is_heard {
            record.serves(&base);
            if self.has_a_log {
                record.is_process(&base, None);
            }
        } else {
            record::nobody_listens_to(&base);
        }
        let (errors, rest) = (Some(errors), Some(rest));
        let (name, has_a_log) = (self.name(), self.has_a_log);
        Service { base, name, child, errors, rest, record, has_a_log, _folder: self.folder }
    }
}

impl Outcome {
    /// The outcome, if it ended with this code.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }

    /// The outcome, if a terminal can only show what was printed: there is nothing to obey, and nothing that turns the
    /// direction of writing.
    #[track_caller]
    pub fn shown_only(self) -> Self {
        let obeyed = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!self.out.contains(obeyed) && !self.err.contains(obeyed), "{self:?}");
        self
    }

    /// What it printed, as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The one line in which it explained its failure, as the contract promises; what it traced does not count.
    #[track_caller]
    pub fn complaint(self) -> String {
        let mut failed = self.expect(1);
        let is_traced =
            |line: &str| [" TRACE oauthprovider::", " DEBUG oauthprovider::"].iter().any(|level| line.contains(level));
        failed.err = failed.err.split_inclusive('\n').filter(|line| !is_traced(line)).collect();
        assert_eq!(failed.err.lines().count(), 1, "not one line: {failed:?}");
        assert!(failed.err.ends_with('\n') && failed.err.trim().len() > 10, "says nothing: {failed:?}");
        assert_eq!(failed.out, "", "a failure prints nothing but its reason");
        failed.err.trim_end().to_owned()
    }
}

impl Service {
    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Sends SIGTERM. What is under way goes on.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Sends SIGHUP: there is a new certificate.
    pub fn hang_up(&self) {
        self.signal("HUP");
    }

    fn signal(&self, name: &str) {
        let status = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.child.id())]).status().unwrap();
        assert!(status.success());
    }

    /// Sends SIGKILL: it ends in the middle of whatever it does.
    pub fn kill(&self) {
        self.signal("KILL");
    }

    /// Waits for its end, and tells how it was.
    #[track_caller]
    pub fn ended(mut self) -> Outcome {
        let began = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(began.elapsed() < PATIENCE, "it does not end");
            thread::park_timeout(Duration::from_millis(5));
        };
        let [out, err] = self.said();
        Outcome { code: status.code(), out, err }
    }

    /// Writes down what it said until its end, and gives it.
    fn said(&mut self) -> [String; 2] {
        let is_new = self.errors.is_some();
        let said = [&mut self.rest, &mut self.errors].map(|thread| {
            let text = thread.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
            self.record.logged(&self.name, &text);
            text
        });
        if is_new && self.has_a_log {
            self.record.is_process(&self.base, Some(said[1].lines().count()));
        }
        said
    }

    /// SIGTERM, and the end.
    #[track_caller]
    pub fn stop(self) -> Outcome {
        self.terminate();
        self.ended()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        self.said();
    }
}
