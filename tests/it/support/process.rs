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

use super::SERVER_KEY;

/// How long a process may take for what is asked of it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that is about to be run: in an empty folder, and with nothing in the environment that configures it but the
/// server key of the tests' databases.
pub struct Program {
    command: Command,
    folder: TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub struct Outcome {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// A process that serves. It is killed when this is dropped.
pub struct Service {
    pub base: String,
    child: Child,
    errors: Option<JoinHandle<String>>,
    rest: Option<JoinHandle<String>>,
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
        Self::at(&path, arguments)
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
        Self { command, folder }
    }

    /// One more argument.
    #[must_use]
    pub fn arg(mut self, argument: &str) -> Self {
        self.command.arg(argument);
        self
    }

    /// A variable in its environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
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
        Outcome { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
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
        Service { base, child, errors: Some(errors), rest: Some(rest), _folder: self.folder }
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

    /// The one line in which it explained its failure, as the contract promises.
    #[track_caller]
    pub fn complaint(self) -> String {
        let failed = self.expect(1);
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
        let text = |thread: Option<JoinHandle<String>>| thread.unwrap().join().unwrap();
        Outcome { code: status.code(), out: text(self.rest.take()), err: text(self.errors.take()) }
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
    }
}
