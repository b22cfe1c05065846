//! nginx with the configuration that `docs/operations.md` gives, as a process of the test's own: its ports, its folder.

use std::{
    fs::{self, File},
    net::TcpStream,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::{self, Child, Command, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::Record;

const DOCUMENT: &str = include_str!("../../../docs/operations.md");

/// The header by which a test learns which instance answered.
pub const INSTANCE: &str = "X-Instance";

/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running nginx. It is ended when this is dropped. What it logs is in the record of its instances.
pub struct Nginx {
    child: Child,
    record: Record,
    folder: TempDir,
}

/// A port of this process's own, below the range that the system hands out: it stays free while nobody listens on it.
pub fn port_to_keep() -> u16 {
    static COUNT: AtomicU16 = AtomicU16::new(0);
    // Two processes that test at once begin in different places, in all likelihood.
    let first = u16::try_from(process::id() % 64).unwrap() * 125;
    loop {
        let port = 12_000 + (first + COUNT.fetch_add(1, Ordering::Relaxed)) % 8_000;
        if TcpStream::connect(("127.0.0.1", port)).is_err() {
            return port;
        }
    }
}

impl Nginx {
    /// Starts it on this port in front of the instances at these addresses, `127.0.0.1:PORT`.
    pub fn start(port: u16, instances: &[String]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("nginx.conf");
        fs::write(&file, configuration(folder.path(), port, instances)).unwrap();
        let log = folder.path().join("error.log");
        let mut child = Command::new(program())
            .args(["-e".as_ref(), log.as_os_str(), "-p".as_ref(), folder.path().as_os_str()])
            .args(["-c".as_ref(), file.as_os_str()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(folder.path().join("stderr")).unwrap())
            .spawn()
            .unwrap();
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = child.try_wait().unwrap();
            assert!(
                ended.is_none() && began.elapsed() < PATIENCE,
                "nginx does not come up: {ended:?} {}",
                fs::read_to_string(&log).unwrap_or_default()
            );
            thread::park_timeout(Duration::from_millis(5));
        }
        let record = Record::of_words(instances);
        record.serves(&format!("http://127.0.0.1:{port}"));
        Self { child, record, folder }
    }

    /// What it complained of so far.
    pub fn complaints(&self) -> String {
        fs::read_to_string(self.folder.path().join("error.log")).unwrap()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // By SIGTERM, so that its workers end with it.
        Command::new("sh").args(["-c", &format!("kill -TERM {}", self.child.id())]).status().ok();
        self.child.wait().ok();
        for log in ["access.log", "error.log"] {
            let text = fs::read_to_string(self.folder.path().join(log)).unwrap_or_default();
            self.record.logged(&format!("nginx: {log}"), &text);
        }
    }
}

/// Debian keeps it off the PATH of those who do not administrate.
fn program() -> PathBuf {
    let known = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"].map(PathBuf::from);
    known.into_iter().find(|path| path.exists()).expect("nginx is not installed (tests/run installs it)")
}

/// The document's file for a site, inside of as little as nginx needs around it.
fn configuration(folder: &Path, port: u16, instances: &[String]) -> String {
    let shown = folder.display();
    // As root it would make its workers somebody else, who may not enter the folder.
    let user = if fs::metadata(folder).unwrap().uid() == 0 { "user root;" } else { "" };
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("    {name}_temp_path {shown}/{name};\n"))
        .concat();
    format!(
        "{user}\ndaemon off;\nworker_processes 2;\npid {shown}/pid;\nerror_log {shown}/error.log;\n\
         events {{}}\n\
         http {{\n{temporary}    add_header {INSTANCE} $upstream_addr always;\n{}}}\n",
        site(folder, port, instances)
    )
}

/// The document's file with this machine's addresses and paths.
fn site(folder: &Path, port: u16, instances: &[String]) -> String {
    let (_, rest) = DOCUMENT.split_once("```nginx\n").unwrap();
    let (site, _) = rest.split_once("```\n").unwrap();
    let mut lines: Vec<String> = Vec::new();
    let mut replaced = [0; 4];
    let mut servers = instances.iter();
    for line in site.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["listen", "443", "ssl;"] => {
                replaced[0] += 1;
                lines.push(format!("listen 127.0.0.1:{port};"));
            }
            ["listen", "[::]:443", "ssl;"] | ["ssl_certificate" | "ssl_certificate_key", _] => replaced[1] += 1,
            ["access_log", _, format] => {
                replaced[2] += 1;
                lines.push(format!("access_log {}/access.log {format}", folder.display()));
            }
            ["server", address, rest @ ..] if address.starts_with("127.0.0.1:") => {
                replaced[3] += 1;
                lines.extend(servers.next().map(|instance| format!("server {instance} {}", rest.join(" "))));
            }
            _ => lines.push(line.to_owned()),
        }
    }
    assert_eq!(replaced, [1, 3, 1, 3], "the document's configuration has changed its shape");
    assert_eq!(servers.next(), None, "it has fewer instances");
    lines.join("\n") + "\n"
}
