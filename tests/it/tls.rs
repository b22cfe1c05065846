//! TLS without a proxy: the built program with a certificate of its own, and a client that trusts nothing else.

mod files;
mod the_promise_of_https;

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use oauthprovider::{
    clock::{self, UnixSeconds},
    provider::{
        Lifetime,
        access::{self, Issue},
    },
    store::Connection,
};
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::{
    ClientConfig, ClientConnection, ProtocolVersion, RootCertStore, StreamOwned, SupportedProtocolVersion,
    crypto::ring,
    pki_types::{CertificateDer, ServerName},
    version::{TLS12, TLS13},
};
use tempfile::TempDir;

use crate::support::{Answer, Call, Database, Own, Program, Service, Token, Tool, open_patiently, operator};

const ECHO: &str = "/plugins/oauthprovider/echo";
const KIB: usize = 1024;

const NAMES: [&str; 2] = ["127.0.0.1", "localhost"];

/// A certificate with its key, in files.
struct Files {
    folder: TempDir,
    certificate: CertificateDer<'static>,
}

impl Files {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let certificate = write_pair(&folder.path().join("cert.pem"), &folder.path().join("key.pem"));
        Self { folder, certificate }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// Another certificate in the same files.
    fn renew(&mut self) {
        self.certificate = write_pair(&self.path("cert.pem"), &self.path("key.pem"));
    }

    /// The same, good until the day of this moment.
    fn renew_until(&mut self, end: UnixSeconds) {
        let day = jiff::Timestamp::from_second(end).unwrap().to_zoned(jiff::tz::TimeZone::UTC).date();
        let mut params = CertificateParams::new(NAMES.map(str::to_owned)).unwrap();
        params.not_after = date_time_ymd(day.year().into(), day.month() as u8, day.day() as u8);
        self.certificate = write_certificate(&self.path("cert.pem"), &self.path("key.pem"), params);
    }
}

/// A new certificate for the names of a service on this machine.
fn write_pair(cert: &Path, key: &Path) -> CertificateDer<'static> {
    write_certificate(cert, key, CertificateParams::new(NAMES.map(str::to_owned)).unwrap())
}

fn write_certificate(cert: &Path, key: &Path, params: CertificateParams) -> CertificateDer<'static> {
    let signing_key = KeyPair::generate().unwrap();
    let made = params.self_signed(&signing_key).unwrap();
    std::fs::write(cert, made.pem()).unwrap();
    write_key(key, &signing_key);
    made.der().clone()
}

fn write_key(file: &Path, key: &KeyPair) {
    std::fs::write(file, key.serialize_pem()).unwrap();
    set_mode(file, 0o600);
}

fn set_mode(file: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn program(database: &Own, cert: &str, key: &str) -> Program {
    let listen = ["serve", "--listen", "127.0.0.1:0", "--database-url", &database.url];
    Program::new(&[&listen[..], &["--tls-cert", cert, "--tls-key", key]].concat())
}

/// A service that speaks TLS.
fn serve(database: &Own, files: &Files) -> Service {
    program(database, &files.text("cert.pem"), &files.text("key.pem")).serve()
}

/// What a client that trusts this certificate alone says.
struct Client(Arc<ClientConfig>);

type Stream = StreamOwned<ClientConnection, TcpStream>;

impl Client {
    fn trusting(certificate: &CertificateDer<'static>) -> Self {
        Self::speaking(certificate, &[&TLS13, &TLS12], &["http/1.1"])
    }

    fn speaking(
        certificate: &CertificateDer<'static>,
        versions: &[&'static SupportedProtocolVersion],
        protocols: &[&str],
    ) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(certificate.clone()).unwrap();
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_protocol_versions(versions).unwrap();
        let mut config = builder.with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        Self(Arc::new(config))
    }

    /// A connection whose handshake is over, or why there is none.
    fn try_connect(&self, base: &str) -> std::io::Result<Stream> {
        let authority = base.strip_prefix("https://").unwrap();
        let (name, port) = authority.rsplit_once(':').unwrap();
        let name = ServerName::try_from(name.to_owned()).unwrap();
        let mut connection = ClientConnection::new(Arc::clone(&self.0), name).unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", port.parse().unwrap()))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        while connection.is_handshaking() {
            connection.complete_io(&mut stream)?;
        }
        Ok(StreamOwned::new(connection, stream))
    }

    fn connect(&self, base: &str) -> Stream {
        self.try_connect(base).unwrap()
    }

    fn send(&self, base: &str, call: &Call) -> Answer {
        call.send_over(&mut self.connect(base))
    }
}

/// Jenkins A with Alice's token, at a service that speaks TLS on this database.
fn reporter(database: &Own, base: &str) -> Tool {
    let store = open_patiently(&database.url, 2, Duration::from_secs(5));
    let (role, lifetime) = ("project-a/Reporter", Lifetime::UntilRevoked);
    let wanted = Issue { user: "alice", consumer: "jenkins_a", role, lifetime, label: None };
    let issue = |conn: &mut Connection| conn.write(|tx| access::issue(tx, &wanted, &operator(clock::now())));
    let (_, issued) = store.blocking(issue).unwrap_or_else(|error| panic!("{error}"));
    let token = Token { key: issued.key, secret: issued.secret.expose().to_owned() };
    Tool::new(base, "key of jenkins_a", "s3cret &%+ of jenkins_a ✓").with(&token)
}

#[test]
fn what_is_signed_for_https_on_this_machine_is_accepted_over_tls() {
    let (database, files) = (Database::Sqlite.filled(), Files::new());
    let service = serve(&database, &files);
    assert!(service.base.starts_with("https://127.0.0.1:"), "{}", service.base);
    let client = Client::trusting(&files.certificate);
    let by_name = service.base.replace("127.0.0.1", "localhost");
    for base in [&service.base, &by_name] {
        let tool = reporter(&database, base);
        client.send(base, &tool.request("GET", ECHO).signed()).expect(200);
        let plain = tool.request("GET", ECHO).signed_for(&base.replace("https", "http"));
        client.send(base, &plain.signed()).expect_problem(401, "signature_invalid");
        let temporary = Tool { token: None, ..tool }.ask("oob").signed();
        client.send(base, &temporary).expect(200).token();
    }
    service.stop().expect(0);
}

#[test]
fn tls_1_2_and_1_3_are_spoken_with_http_1_1_alone() {
    let (database, files) = (Database::Sqlite.filled(), Files::new());
    let service = serve(&database, &files);
    let health = Call::new("GET", &format!("{}/healthz", service.base));
    for (version, spoken) in [(&TLS12, ProtocolVersion::TLSv1_2), (&TLS13, ProtocolVersion::TLSv1_3)] {
        for protocols in [&["h2", "http/1.1"][..], &["http/1.1"], &[]] {
            let mut stream = Client::speaking(&files.certificate, &[version], protocols).connect(&service.base);
            assert_eq!(stream.conn.protocol_version(), Some(spoken));
            let chosen = (!protocols.is_empty()).then_some(&b"http/1.1"[..]);
            assert_eq!(stream.conn.alpn_protocol(), chosen);
            health.send_over(&mut stream).expect(200);
        }
    }
    assert!(Client::speaking(&files.certificate, &[&TLS13], &["h2"]).try_connect(&service.base).is_err());
    // Who speaks no TLS gets no HTTP either, and does no harm.
    let mut plain = TcpStream::connect(service.base.strip_prefix("https://").unwrap()).unwrap();
    plain.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    plain.write_all(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n").unwrap();
    let mut said = Vec::new();
    plain.read_to_end(&mut said).ok();
    assert!(!said.starts_with(b"HTTP"), "{}", String::from_utf8_lossy(&said));
    Client::trusting(&files.certificate).send(&service.base, &health).expect(200);
}

#[test]
fn the_limits_on_head_and_body_hold() {
    let (database, files) = (Database::Sqlite.filled(), Files::new());
    let service = serve(&database, &files);
    let (client, tool) = (Client::trusting(&files.certificate), reporter(&database, &service.base));
    let send = |call: &Call| client.send(&service.base, call).status;
    let echo = |body: usize| tool.request("POST", ECHO).body("text/plain", &vec![b'b'; body]).signed();
    assert_eq!([echo(256 * KIB), echo(256 * KIB + 1), echo(5 * KIB * KIB)].map(|call| send(&call)), [200, 413, 413]);
    let padded = |bytes: usize| echo(0).header("X-Pad", &"p".repeat(bytes));
    assert_eq!([padded(15 * KIB), padded(16 * KIB), padded(100 * KIB)].map(|call| send(&call)), [200, 431, 431]);
    let mut long = echo(0);
    long.url += &format!("?a={}", "p".repeat(17 * KIB));
    assert_eq!(send(&long), 414);
}

/// More of them than one worker takes at once if nothing is done about it.
#[test]
fn slow_handshakes_keep_nobody_out_and_have_an_end() {
    let (database, files) = (Database::Sqlite.filled(), Files::new());
    let program = program(&database, &files.text("cert.pem"), &files.text("key.pem"));
    let service = program.env("OAUTHPROVIDER_SERVER_WORKERS", "1").serve();
    let address = service.base.strip_prefix("https://").unwrap();
    let slow = |number: usize| {
        let mut stream = TcpStream::connect(address).unwrap();
        // Nothing at all, or the beginning of a hello that never ends.
        if number.is_multiple_of(2) {
            stream.write_all(&[0x16, 0x03, 0x01, 0x02, 0x00, 0x01]).unwrap();
        }
        stream
    };
    let mut silent: Vec<TcpStream> = (0..400).map(slow).collect();
    let (client, tool) = (Client::trusting(&files.certificate), reporter(&database, &service.base));
    let began = Instant::now();
    for _ in 0..20 {
        client.send(&service.base, &tool.request("GET", ECHO).signed()).expect(200);
    }
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    for stream in silent.iter_mut().take(2) {
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut said = Vec::new();
        // It is closed, or torn down; what it does not do is to wait for the end of our patience.
        let end = stream.read_to_end(&mut said).map_err(|error| error.kind());
        assert!(!matches!(end, Err(std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut)), "{end:?}");
    }
    assert!(began.elapsed() < Duration::from_secs(50), "{:?}", began.elapsed());
}

#[test]
fn who_keeps_a_connection_is_answered_once_more_when_the_service_leaves() {
    let (database, files) = (Database::Sqlite.filled(), Files::new());
    let service = serve(&database, &files);
    let (client, tool) = (Client::trusting(&files.certificate), reporter(&database, &service.base));
    let mut kept = client.connect(&service.base);
    let echo = || tool.request("GET", ECHO).signed();
    let first = echo().keep_alive_over(&mut kept).expect(200);
    assert_ne!(first.header("Connection"), Some("close"));
    service.terminate();
    let began = Instant::now();
    while client.send(&service.base, &Call::new("GET", &format!("{}/readyz", service.base))).status != 503 {
        assert!(began.elapsed() < Duration::from_secs(4), "it says that it is ready");
    }
    let last = echo().keep_alive_over(&mut kept).expect(200);
    assert_eq!(last.header("Connection"), Some("close"));
    service.ended().expect(0);
}
