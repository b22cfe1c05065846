//! A running forge: the service in this process on a free port, its database, and its people.

use std::{
    sync::mpsc,
    thread::{self, JoinHandle},
    time::Duration,
};

use actix_web::dev::ServerHandle;
use oauthprovider::{
    address::Arrival,
    cli::import,
    config::{Config, Flags},
    forge::{By, Caller},
    oauth1::SignedRequest,
    provider::{
        self, Lifetime, Lifetimes,
        access::{Authenticator, Issue},
        exchange::{self, TokenCredentials},
        temporary::{self, TemporaryCredentials},
    },
    store::{self, Store},
    web::Server,
};

use super::{
    Browser, Database, Token, Tool,
    database::{self, Own},
};

/// The password of every user.
pub const PASSWORD: &str = "wonderland";

/// Where the addresses of the plugin begin.
pub const PLUGIN: &str = "/plugins/oauthprovider";

/// A callback that Jenkins A registered.
pub const CALLBACK: &str = "http://127.0.0.1:9/callback";

/// Who and what there is. Alice holds five roles; Bob one; the admin runs the forge; Nora holds none.
pub const FORGE: &str = r#"{
  "users": [
    {"name": "alice", "realname": "Alice Liddell", "email": "alice@example.org", "password": "wonderland"},
    {"name": "bob", "realname": "Bob <b>&\"'", "email": "bob@example.org", "password": "wonderland"},
    {"name": "nora", "realname": "Nora None", "password": "wonderland"},
    {"name": "admin", "realname": "Ada Admin", "password": "wonderland", "forge_admin": true}
  ],
  "projects": [
    {"name": "project-a", "title": "Project A", "trackers": [
      {"name": "bugs", "title": "Bugs"}, {"name": "security", "title": "Security"}
    ]},
    {"name": "project-b", "title": "Project B <i>", "trackers": [{"name": "bugs", "title": "Bugs of B"}]}
  ],
  "roles": [
    {"project": "project-a", "name": "Reader", "members": ["alice"], "permissions": {"tracker:bugs": "read"}},
    {"project": "project-a", "name": "Reporter", "members": ["alice", "bob"], "permissions": {"tracker:bugs": "submit"}},
    {"project": "project-a", "name": "Technician", "members": ["alice"],
      "permissions": {"tracker:bugs": "technician", "tracker:security": "none"}},
    {"project": "project-b", "name": "Manager", "members": ["alice"], "permissions": {"tracker:bugs": "manager"}},
    {"project": null, "name": "Everywhere", "members": ["alice"], "permissions": {"forge": "admin"}},
    {"project": "project-b", "name": "Reporter", "members": ["bob"], "permissions": {"tracker:bugs": "submit"}}
  ],
  "consumers": [
    {"name": "jenkins_a", "url": "http://ci-a.example/", "description": "Builds project A", "email": "ci@example.org",
      "callbacks": ["http://127.0.0.1:9/callback", "https://ci-a.example/ready"],
      "key": "key of jenkins_a", "secret": "s3cret &%+ of jenkins_a ✓"},
    {"name": "jenkins_b", "url": "http://ci-b.example/", "description": "Builds project B", "email": "ci@example.org",
      "key": "jenkins-b", "secret": "the secret of jenkins_b"}
  ]
}"#;

/// Somebody at the command line, for a test that does what a command does.
pub fn operator(at: i64) -> By {
    By::operator("tester", at)
}

/// A running service.
pub struct Forge {
    base: String,
    handle: Option<(ServerHandle, JoinHandle<()>)>,
    store: Store,
    database: Own,
}

impl Forge {
    /// Starts a service on a fresh database of this kind, filled with [`FORGE`].
    pub fn on(kind: Database) -> Self {
        Self::with_settings(kind, &[])
    }

    /// The same with other settings: names and values of `OAUTHPROVIDER_…` variables.
    ///
    /// `OAUTHPROVIDER_DATABASE_WAIT_SECONDS` and `…_POOL_SIZE` hold for the store that it opens (5 and 16 where they
    /// are not named).
    pub fn with_settings(kind: Database, settings: &[(&str, &str)]) -> Self {
        let database = kind.filled();
        let number = |name: &str| settings.iter().find(|(known, _)| *known == name)?.1.parse().ok();
        let wait = Duration::from_secs(number("OAUTHPROVIDER_DATABASE_WAIT_SECONDS").unwrap_or(5));
        let connections = number("OAUTHPROVIDER_DATABASE_POOL_SIZE").map_or(16, |size| u32::try_from(size).unwrap());
        let mut store = database::open_patiently(&database.url, connections, wait);
        if settings.iter().any(|(name, _)| *name == "OAUTHPROVIDER_MAIL_SERVER") {
            store = store.telling_by_mail();
        }
        let (base, handle) = serve(&database, store.clone(), settings);
        Self { base, handle: Some(handle), store, database }
    }

    /// A second instance on the same database.
    pub fn another_instance(&self) -> Instance {
        self.another_instance_with(&[])
    }

    /// The same with other settings.
    pub fn another_instance_with(&self, settings: &[(&str, &str)]) -> Instance {
        let (base, handle) = serve(&self.database, database::open(&self.database.url, 16), settings);
        Instance { base, handle: Some(handle) }
    }

    /// `http://127.0.0.1:PORT`, without a slash at its end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The database's URL, for a command that is run beside the service.
    pub fn database_url(&self) -> &str {
        &self.database.url
    }

    /// The database itself: its rows, and its being out of reach.
    pub fn database(&self) -> &Own {
        &self.database
    }

    /// The database, for a test that looks behind the curtain.
    pub fn store(&self) -> &Store {
        &self.store
    }

    fn authenticator(&self) -> Authenticator {
        Authenticator::new(self.store.clone())
    }

    /// Finds out who is behind a signed request at this time, as the service does.
    pub fn authenticate(&self, request: &SignedRequest, now: i64) -> Result<Caller, provider::Error> {
        wait_for(self.authenticator().authenticate(request, Arrival::at(now)))
    }

    /// Issues temporary credentials at this time, as the service does.
    pub fn issue(
        &self,
        request: &SignedRequest,
        lifetimes: Lifetimes,
        now: i64,
    ) -> Result<TemporaryCredentials, provider::Error> {
        wait_for(temporary::issue(&self.authenticator(), request, lifetimes, Arrival::at(now)))
    }

    /// Exchanges a verifier at this time, as the service does.
    pub fn exchange(&self, request: &SignedRequest, now: i64) -> Result<TokenCredentials, provider::Error> {
        wait_for(exchange::exchange(&self.authenticator(), request, Arrival::at(now)))
    }

    /// Loads a piece of a forge, as the command does.
    pub fn import(&self, json: &str) {
        self.database.record.keep_those_of(json);
        import::load(&self.store, json.as_bytes()).map(drop).unwrap();
    }

    /// Does to the database what no page and no command does.
    pub fn sql(&self, statement: &str) {
        self.database.execute(statement);
    }

    /// The number under which the pages know a consumer.
    pub fn consumer_id(&self, name: &str) -> i64 {
        let found = self.store.blocking(|conn| oauthprovider::provider::consumers::named(conn, name));
        found.unwrap_or_else(|error| panic!("{error}")).id.0
    }

    /// How many access tokens a user has, revoked ones too.
    pub fn tokens_of(&self, user: &str) -> usize {
        let filter = oauthprovider::store::access_tokens::Filter { user: Some(user), ..Default::default() };
        self.store.blocking(|conn| oauthprovider::store::access_tokens::list(conn, filter, 0, 1_000)).unwrap().len()
    }

    /// Somebody at a browser who is not logged in.
    pub fn anonymous(&self) -> Browser {
        Browser::new(&self.base)
    }

    /// Somebody at a browser who is.
    pub fn browser_of(&self, user: &str) -> Browser {
        let mut browser = self.anonymous();
        browser.log_in(user);
        browser
    }

    /// A registered tool, with its newest secret.
    pub fn tool(&self, name: &str) -> Tool {
        let found = self.store.blocking(|conn| {
            let consumer = oauthprovider::provider::consumers::named(conn, name)?;
            let secrets = store::consumer_secrets::opened(conn, (consumer.id, &consumer.key))?;
            Ok::<_, provider::Error>((consumer, secrets))
        });
        let (consumer, secrets) = found.unwrap_or_else(|error| panic!("{error}"));
        Tool::new(&self.base, &consumer.key, secrets.first().unwrap().1.expose())
    }

    /// The tool of the stories.
    pub fn jenkins_a(&self) -> Tool {
        self.tool("jenkins_a")
    }

    /// An access token, issued by hand: `role` is `project-a/Reporter` or `forge/Everywhere`.
    pub fn token(&self, user: &str, consumer: &str, role: &str) -> Token {
        let wanted = Issue { user, consumer, role, lifetime: Lifetime::UntilRevoked, label: None };
        let by = operator(oauthprovider::clock::now());
        let (_, issued) = self
            .store
            .blocking(|conn| conn.write(|tx| oauthprovider::provider::access::issue(tx, &wanted, &by)))
            .unwrap_or_else(|error| panic!("{error}"));
        self.database.record.keep_access_token(&issued.key, issued.secret.expose());
        Token { key: issued.key, secret: issued.secret.expose().to_owned() }
    }

    /// Jenkins A with Alice's token under her role as a reporter in project A.
    pub fn jenkins_a_for_alice(&self) -> Tool {
        self.jenkins_a().with(&self.token("alice", "jenkins_a", "project-a/Reporter"))
    }
}

impl Drop for Forge {
    fn drop(&mut self) {
        stop(self.handle.take());
    }
}

/// Waits for what the store does, below HTTP.
pub fn wait_for<T>(work: impl Future<Output = T>) -> T {
    actix_web::rt::System::new().block_on(work)
}

/// A further instance of a service.
pub struct Instance {
    pub base: String,
    handle: Option<(ServerHandle, JoinHandle<()>)>,
}

impl Drop for Instance {
    fn drop(&mut self) {
        stop(self.handle.take());
    }
}

type Running = (ServerHandle, JoinHandle<()>);

fn serve(database: &Own, store: Store, settings: &[(&str, &str)]) -> (String, Running) {
    let flags =
        Flags { listen: Some("127.0.0.1:0".to_owned()), database_url: Some(database.url.clone()), ..Flags::default() };
    let workers = [("OAUTHPROVIDER_SERVER_WORKERS", "2"), ("OAUTHPROVIDER_SERVER_SHUTDOWN_SECONDS", "5")];
    let environment = workers.iter().chain(settings).map(|(name, value)| (name.into(), value.into()));
    let config = Config::load(&flags, environment).unwrap();
    let server = Server::bind(store, config).unwrap();
    let base = format!("http://{}", server.address());
    database.record.serves(&base);
    let (send, receive) = mpsc::channel();
    let thread = thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let running = server.start(false).unwrap();
            send.send(running.handle()).unwrap();
            running.await.unwrap();
        });
    });
    (base, (receive.recv().unwrap(), thread))
}

fn stop(running: Option<Running>) {
    if let Some((handle, thread)) = running {
        actix_web::rt::System::new().block_on(handle.stop(false));
        thread.join().ok();
    }
}
