//! Several instances on one PostgreSQL behind nginx are one service. nginx has the configuration of `docs/operations.md`.

mod leaving;
mod proxy;
mod rolling_restart;

use std::{collections::BTreeSet, mem};

use crate::support::{
    Answer, Browser, CALLBACK, Database, Forge, INSTANCE, Nginx, Outcome, PLUGIN, Program, Service, Tool, at_once,
    port_to_keep, query_of,
};

const ECHO: &str = "/plugins/oauthprovider/echo";

/// Three instances, each a process of its own, and nginx in front of them.
struct Cluster {
    nginx: Nginx,
    /// The public URL, which is nginx's.
    base: String,
    instances: Vec<Service>,
    forge: Forge,
}

impl Cluster {
    fn new() -> Self {
        let forge = Forge::on(Database::Postgres);
        let port = port_to_keep();
        let base = format!("http://127.0.0.1:{port}");
        let instances: Vec<Service> = (0..3).map(|_| serve(&forge, &base, port_to_keep())).collect();
        let nginx = Nginx::start(port, &instances.iter().map(address).collect::<Vec<_>>());
        Self { nginx, base, instances, forge }
    }

    /// Jenkins A with a token of Alice's, who calls nginx.
    fn reporter(&self) -> Tool {
        self.forge.jenkins_a_for_alice().at(&self.base)
    }

    /// The answer of one instance, past nginx, to a tool that takes it for the whole service.
    fn ask(&self, number: usize, tool: &Tool) -> Answer {
        tool.at(&self.instances[number].base).request("GET", ECHO).signed_for(&self.base).send()
    }

    /// Ends one instance by SIGTERM, and starts it again where it was.
    fn restart(&mut self, number: usize) -> Outcome {
        let port = address(&self.instances[number]).rsplit(':').next().unwrap().parse().unwrap();
        let ended = self.instances.remove(number).stop();
        self.instances.insert(number, serve(&self.forge, &self.base, port));
        ended
    }

    /// Ends all of it, and gives what the instances logged.
    fn logs(mut self) -> String {
        drop(self.nginx);
        mem::take(&mut self.instances).into_iter().map(|instance| instance.stop().expect(0).err).collect()
    }
}

/// The program on a forge's database, known to the world by another name than its own.
fn serve(forge: &Forge, public_url: &str, port: u16) -> Service {
    let listen = format!("127.0.0.1:{port}");
    Program::new(&["serve", "--listen", &listen, "--public-url", public_url, "--database-url", forge.database_url()])
        .env("OAUTHPROVIDER_SERVER_TRUSTED_PROXIES", "127.0.0.1")
        .env("OAUTHPROVIDER_SERVER_WORKERS", "2")
        .env("OAUTHPROVIDER_DATABASE_POOL_SIZE", "4")
        .serve()
}

/// Where an instance listens, as nginx names it.
fn address(instance: &Service) -> String {
    instance.base.strip_prefix("http://").unwrap().to_owned()
}

fn instance(answer: &Answer) -> String {
    answer.header(INSTANCE).unwrap_or_else(|| panic!("{:?}", answer.headers)).to_owned()
}

/// The whole dance, of seven requests; which instance answered each.
fn dance(cluster: &Cluster) -> Vec<String> {
    let jenkins = cluster.forge.jenkins_a().at(&cluster.base);
    let mut alice = Browser::new(&cluster.base);
    let asked = jenkins.ask(CALLBACK).send().expect(200);
    let temporary = asked.token();
    let form = alice.get("/login").expect(200);
    let logged_in = alice.log_in("alice");
    let consent = alice.consent(&temporary);
    let decided = alice.post(
        &format!("{PLUGIN}/authorize"),
        &[
            ("oauth_token", &consent.oauth_token),
            ("csrf_token", &consent.csrf_token),
            ("role_id", &consent.role("Reporter/Project A")),
            ("decision", "authorize"),
        ],
    );
    let verifier = query_of(decided.header("Location").unwrap(), "oauth_verifier").unwrap();
    let exchanged = jenkins.exchange(&temporary, &verifier).send().expect(200);
    let called = jenkins.with(&exchanged.token()).get("/api/userinfo").expect(200);
    assert_eq!(called.json()["username"], "alice");
    [asked, form, logged_in, consent.page, decided, exchanged, called].iter().map(instance).collect()
}

#[test]
fn each_step_of_the_dance_is_good_at_each_instance_whoever_took_the_one_before() {
    let cluster = Cluster::new();
    // In turn: seven steps end one further than they began.
    let dances: Vec<Vec<String>> = (0..3).map(|_| dance(&cluster)).collect();
    for steps in &dances {
        assert!(steps.windows(2).all(|two| two[0] != two[1]), "{steps:?}");
    }
    for step in 0..7 {
        let took: BTreeSet<_> = dances.iter().map(|steps| &steps[step]).collect();
        assert_eq!(took.len(), 3, "step {step}: {dances:?}");
    }
}

#[test]
fn of_equal_requests_at_several_instances_at_once_one_is_accepted() {
    let cluster = Cluster::new();
    let call = cluster.reporter().request("GET", ECHO).signed();
    let answers = at_once(32, |_| call.send());
    let (accepted, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    assert_eq!((accepted.len(), refused.len()), (1, 31));
    for answer in refused {
        assert_eq!(answer.problem(), (401, "nonce_used".to_owned()));
    }
    let took: BTreeSet<_> = answers.iter().map(instance).collect();
    assert_eq!(took.len(), 3, "{took:?}");
}

#[test]
fn what_one_instance_revokes_the_others_refuse_at_their_next_request() {
    let cluster = Cluster::new();
    for number in 0..3 {
        let tool = cluster.reporter();
        // Each knows the token well, also by memory.
        for other in [0, 1, 2, 0, 1, 2] {
            cluster.ask(other, &tool).expect(200);
        }
        let mut alice = Browser::new(&cluster.instances[(number + 1) % 3].base);
        alice.log_in("alice");
        let csrf_token = alice.csrf_token();
        let key = &tool.token.as_ref().unwrap().key;
        let query = format!("SELECT CAST(id AS TEXT) AS line FROM access_tokens WHERE key = '{key}'");
        let id = cluster.forge.database().lines(&query).remove(0);
        alice.base.clone_from(&cluster.instances[number].base);
        alice.post(&format!("{PLUGIN}/access_tokens/{id}/revoke"), &[("csrf_token", &csrf_token)]).expect(302);
        for other in [1, 2, 0].map(|further| (number + further) % 3) {
            cluster.ask(other, &tool).expect_problem(401, "token_revoked");
        }
        tool.echo().expect_problem(401, "token_revoked");
    }
}
