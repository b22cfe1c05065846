//! Four layers of configuration as the program reads them, what it says of a mistake, and how it serves.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use super::on;
use crate::support::{Call, Program, Tool, on_each_database};

/// `migrate` beside a plugin.toml of this text.
fn beside(plugin: &str) -> Program {
    Program::new(&["migrate"]).file("plugin.toml", plugin)
}

#[test]
fn a_mistake_in_plugin_toml_is_named_with_its_line_and_what_was_perhaps_meant() {
    for (plugin, expected) in [
        (
            "[server]\nlisen = \"127.0.0.1:0\"\n",
            "plugin.toml:2: unknown key \"lisen\" in [server]; did you mean \"listen\"?",
        ),
        ("required = false\n\n[serve]\n", "plugin.toml:3: unknown section [serve]; did you mean [server]?"),
        ("[server]\nworkers = 100000\n", "plugin.toml:2: server.workers"),
        ("[server]\nworkers = \"2\"\n", "without quotes"),
        ("[server]\nworkers = 1\nworkers = 2\n", "plugin.toml:3: duplicate key"),
        ("[database]\nlisten = \"127.0.0.1:0\"\n", "it belongs in [server]"),
        ("sufficient = true\n", "plugin.toml:1: sufficient"),
        ("name = \"other\"\n", "plugin.toml:1: name"),
        ("[database]\nurl = \"mysql://root:s3cret@db/x\"\n", "plugin.toml:2: database.url"),
        ("[database\n", "plugin.toml:1: not TOML"),
    ] {
        let told = beside(plugin).run().complaint();
        assert!(told.contains(expected), "{plugin:?}: {told}");
        assert!(!told.contains("s3cret"), "{told}");
    }
}

#[test]
fn a_file_that_was_named_must_be_there_and_is_read_instead_of_plugin_toml() {
    assert!(Program::new(&["migrate", "--config", "mine.toml"]).run().complaint().contains("mine.toml"));
    let named = Program::new(&["migrate"]).env("OAUTHPROVIDER_CONFIG", "mine.toml");
    assert!(named.run().complaint().contains("mine.toml"));
    let both = beside("nonsense").file("mine.toml", "[database]\nurl = \"sqlite:mine.db\"\n");
    both.arg("--config").arg("mine.toml").run().expect(0);
}

/// Each layer overrides the one before it, key by key; the database that was made shows which one won.
#[test]
fn a_flag_overrides_the_environment_and_the_environment_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let url = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    let made = |name: &str| folder.path().join(name).exists();
    let file = |name: &str| format!("[database]\nurl = {:?}\nwait_seconds = 2\n", url(name));
    beside(&file("1.db")).run().expect(0);
    assert!(made("1.db"));
    beside(&file("not-this.db")).env("OAUTHPROVIDER_DATABASE_URL", &url("2.db")).run().expect(0);
    assert!(made("2.db"));
    let flag = beside(&file("not-this.db")).env("OAUTHPROVIDER_DATABASE_URL", &url("not-this.db"));
    flag.arg("--database-url").arg(&url("3.db")).run().expect(0);
    assert!(made("3.db") && !made("not-this.db"));
    // A mistake is told also where a later layer would have hidden it.
    let hidden = beside("[database]\nurl = \"x\"\n").arg("--database-url").arg(&url("not-this.db"));
    assert!(hidden.run().complaint().contains("plugin.toml:2"));
    let unknown = Program::new(&["migrate"]).env("OAUTHPROVIDER_DATABSE_URL", &url("not-this.db"));
    assert!(unknown.run().complaint().contains("OAUTHPROVIDER_DATABASE_URL"));
    Program::new(&["migrate"]).env("OAUTHPROVIDER_TEST_ANYTHING", "x").run().expect(0);
    assert!(!made("not-this.db"));
}

#[test]
fn a_database_url_that_cannot_work_is_told_without_its_password() {
    for url in [
        "mysql://forge:s3cret@db/forge",
        "s3cret",
        "sqlite:",
        "sqlite::memory:",
        "sqlite:file:x?mode=memory",
        "",
        "sqlite:not/there/x.db",
        "postgres://forge:s3cret@127.0.0.1:1/forge",
        "postgres://forge:s3cret@nowhere.invalid/forge",
        "postgresql://forge:s3cret@127.0.0.1:1/forge?sslmode=nonsense",
    ] {
        let program = Program::new(&["migrate", "--database-url", url]).env("OAUTHPROVIDER_DATABASE_WAIT_SECONDS", "1");
        let told = program.run().complaint();
        assert!(!told.contains("s3cret"), "{url}: {told}");
    }
}

#[test]
fn a_service_that_cannot_be_as_configured_does_not_start() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let two = ["--public-url", "http://forge.example:8443", "--public-url", "https://forge.example:8443"];
    let default_ports = ["--public-url", "https://forge.example", "--public-url", "http://forge.example:443"];
    for (arguments, named) in [
        (&two[..], "--public-url"),
        (&default_ports, "--public-url"),
        (&["--public-url", "ftp://forge.example"], "--public-url"),
        (&["--public-url", "forge.example"], "--public-url"),
        (&["--public-url", "http://u:p@forge.example"], "--public-url"),
        (&["--public-url", ""], "--public-url"),
        (&["--listen", "localhost"], "--listen"),
        (&["--listen", "0.0.0.0:0"], "--public-url"),
        (&["--listen", &taken], &taken),
    ] {
        let program = Program::new(&["serve", "--database-url", "sqlite:x.db"]);
        let program = arguments.iter().fold(program, |program, argument| program.arg(argument));
        let program =
            if arguments.contains(&"--listen") { program } else { program.arg("--listen").arg("127.0.0.1:0") };
        let told = program.run().complaint();
        assert!(told.contains(named), "{arguments:?}: {told}");
    }
}

on_each_database! {
    /// It says where it listens once it accepts connections, and both names of a loopback address hold.
    fn serve_migrates_and_says_where_it_listens(kind: Database) {
        let database = kind.empty();
        let service = on(&database, &["serve", "--listen", "127.0.0.1:0"]).serve();
        for path in ["/healthz", "/readyz", "/metrics", "/", "/plugins/oauthprovider/"] {
            Call::new("GET", &format!("{}{path}", service.base)).send().expect(200);
        }
        assert!(database.tables().contains(&"consumers".to_owned()));
        on(&database, &["import", "f.json"]).file("f.json", crate::support::FORGE).run().expect(0);
        let tool = Tool::new(&service.base, "jenkins-b", "the secret of jenkins_b");
        tool.ask("oob").send().expect(200);
        let localhost = service.base.replace("127.0.0.1", "localhost");
        let call = tool.ask("oob").signed_for(&localhost);
        call.clone().header("Host", localhost.strip_prefix("http://").unwrap()).send().expect(200);
        call.nonce("other").send().expect_problem(401, "signature_invalid");
        let ended = service.stop().expect(0);
        assert_eq!(ended.out.lines().count(), 1, "{ended:?}");
        assert!(!ended.err.contains("the secret of jenkins_b"));
    }

    /// Pitfall 40: a request that is under way at SIGTERM is answered, and the process ends with 0.
    fn pitfall_40_sigterm_lets_a_request_under_way_finish(kind: Database) {
        let database = kind.filled();
        let service = on(&database, &["serve", "--listen", "127.0.0.1:0"]).serve();
        let tool = Tool::new(&service.base, "jenkins-b", "the secret of jenkins_b");
        let call = tool.ask("oob").form("a=b").signed();
        let authority = service.base.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(authority).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let authorization = &call.headers.iter().find(|(name, _)| name == "Authorization").unwrap().1;
        let head = format!(
            "POST /plugins/oauthprovider/request_token HTTP/1.1\r\nHost: {authority}\r\nAuthorization: {authorization}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        // The interim answer says that the service is reading this request's body: it is under way.
        let mut interim = [0; 25];
        stream.read_exact(&mut interim).unwrap();
        assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");
        service.terminate();
        wait_until_refused(authority);
        stream.write_all(b"a=b").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer:?}");
        service.ended().expect(0);
    }
}

/// Nobody is let in any more: the service is ending.
fn wait_until_refused(authority: &str) {
    let began = std::time::Instant::now();
    while TcpStream::connect(authority).is_ok() {
        assert!(began.elapsed() < Duration::from_secs(20), "it still accepts connections");
        std::thread::yield_now();
    }
}
