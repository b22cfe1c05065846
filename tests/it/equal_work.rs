//! Whoever is refused does not learn from the work what it was for: an unknown consumer, an unknown token, a wrong secret
//! and whatever else may be wrong cost as many questions to the database and as many HMACs. They are counted, not timed:
//! the store and the signatures tell each one at the finest log level.

use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{Arc, Mutex},
};

use oauthprovider::{
    address::Arrival,
    clock,
    ids::{RoleId, UserId},
    oauth1::SignatureMethod,
    provider::{
        self, Lifetimes,
        access::Authenticator,
        consent::{self, Decision, Grant},
        exchange, temporary,
    },
    store,
};
use tracing::{
    Dispatch, Event, Metadata, Subscriber, dispatcher,
    field::{Field, Visit},
    span,
};

use crate::support::{Call, Forge, PUBLIC_KEY, Request, Token, Tool, on_both_databases, operator};

const METHODS: [SignatureMethod; 2] = [SignatureMethod::HmacSha1, SignatureMethod::HmacSha256];

const LIFETIMES: Lifetimes =
    Lifetimes { request_token_seconds: 600, verifier_seconds: 600, longest_token_seconds: None };

/// How often each kind of work was done.
type Work = BTreeMap<String, usize>;

/// Hears of all work on the threads that it is set for.
#[derive(Clone, Default)]
struct Counter(Arc<Mutex<Work>>);

impl Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        ["oauthprovider::store::backend", "oauthprovider::oauth1::signature"]
            .iter()
            .any(|worker| metadata.target().starts_with(worker))
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Tally(&mut self.0.lock().unwrap()));
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct Tally<'a>(&'a mut Work);

impl Visit for Tally<'_> {
    fn record_debug(&mut self, _: &Field, told: &dyn Debug) {
        *self.0.entry(format!("{told:?}")).or_default() += 1;
    }
}

/// What a request is answered and the work for that, on the threads that work for it alone. What the ledger's own thread
/// commits for those who are accepted is not among it.
fn counted<T>(asked: impl Future<Output = Result<T, provider::Error>>) -> (String, Work) {
    let counter = Counter::default();
    let dispatch = Dispatch::new(counter.clone());
    let on_each_thread = dispatch.clone();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .on_thread_start(move || std::mem::forget(dispatcher::set_default(&on_each_thread)))
        .build()
        .unwrap();
    let outcome = dispatcher::with_default(&dispatch, || runtime.block_on(asked));
    let verdict = match outcome {
        Ok(_) => "accepted".to_owned(),
        Err(provider::Error::Problem(problem)) => problem.code().to_owned(),
        Err(provider::Error::Forge(oauthprovider::forge::Error::RoleNotHeld { .. })) => "role_not_held".to_owned(),
        Err(other) => panic!("{other}"),
    };
    let work = counter.0.lock().unwrap().clone();
    (verdict, work)
}

/// Asks for each row and compares the work. Each is asked of a service that remembers nobody.
#[track_caller]
fn cost_the_same<T, F>(rows: &[(&str, Request)], ask: impl Fn(Call) -> F)
where
    F: Future<Output = Result<T, provider::Error>>,
{
    let asked = |number: usize, (_, request): &(&str, Request), method: SignatureMethod| {
        counted(ask(request.clone().signed_by(method).nonce(&format!("{number} by {}", method.name())).signed()))
    };
    // What is told for the first time while somebody else begins to listen may be heard by nobody.
    asked(rows.len(), &rows[0], METHODS[0]);
    for method in METHODS {
        let mut first: Option<Work> = None;
        for (number, row @ (expected, _)) in rows.iter().enumerate() {
            let (verdict, work) = asked(number, row, method);
            assert_eq!(verdict, *expected);
            let done = |what: &str| work.get(what).copied().unwrap_or_default();
            let proofs = done("an HMAC") + done("a verification by RSA");
            assert!(done("a statement") >= 4 && proofs >= 1, "that was not counted: {work:?}");
            let reference = first.get_or_insert_with(|| work.clone());
            assert_eq!(&work, reference, "{expected}, by {}, is not the work of {}", method.name(), rows[0].0);
        }
    }
}

fn wrong_secret(tool: &Tool) -> Tool {
    Tool { secret: "wrong".to_owned(), ..tool.clone() }
}

fn nobody(tool: &Tool) -> Tool {
    Tool { key: "nobody".to_owned(), ..tool.clone() }
}

/// A tool that was registered and is not listened to any more.
fn disabled(forge: &Forge) -> Tool {
    let consumer = |more: &str| {
        forge.import(&format!(
            r#"{{"consumers": [{{"name": "asleep", "url": "http://ci-c.example/", "description": "d",
                "email": "c@example.org", "key": "asleep", "secret": "the secret of asleep"{more}}}]}}"#
        ));
    };
    consumer("");
    consumer(r#", "disabled": true"#);
    Tool::new(forge.base(), "asleep", "the secret of asleep")
}

fn suspend_bob(forge: &Forge) {
    forge.import(r#"{"users": [{"name": "bob", "status": "suspended"}]}"#);
}

/// `role_id` and its user's, by name.
fn alice_and_reporter(forge: &Forge, user: &str) -> (UserId, RoleId) {
    let found = forge.store().blocking(|conn| {
        let project = store::projects::by_name(conn, "project-a")?.unwrap().id;
        let user = store::users::by_name(conn, user)?.unwrap().id;
        Ok::<_, store::Error>((user, store::roles::by_name(conn, Some(project), "Reporter")?.unwrap().id))
    });
    found.unwrap()
}

fn temporary(forge: &Forge, tool: &Tool, seconds: i64) -> Token {
    let lifetimes = Lifetimes { request_token_seconds: seconds, ..LIFETIMES };
    let issued = forge.issue(&tool.ask("oob").signed().read(), lifetimes, clock::now());
    let issued = issued.unwrap_or_else(|error| panic!("{error}"));
    Token { key: issued.key, secret: issued.secret.expose().to_owned() }
}

/// Temporary credentials on which this user decided, and the verifier where it was granted.
fn decided(forge: &Forge, tool: &Tool, user: &str, grant: bool) -> (Token, String) {
    let (token, (user, role)) = (temporary(forge, tool, 600), alice_and_reporter(forge, user));
    let grant = grant.then(|| Grant { role, lifetime: LIFETIMES.longest(), label: None });
    let decision = grant.map_or(Decision::Deny, Decision::Authorize);
    let by = operator(clock::now());
    let decide = |conn: &mut store::Connection| consent::decide(conn, &token.key, user, decision, LIFETIMES, &by);
    let (_, outcome) = forge.store().blocking(decide).unwrap_or_else(|error| panic!("{error}"));
    let verifier = outcome.verifier().map_or("none", |verifier| verifier.expose()).to_owned();
    (token, verifier)
}

on_both_databases! {
    fn pitfall_20_whoever_calls_with_a_token_is_judged_by_the_same_work(forge: Forge) {
        let (alice, asleep) = (forge.jenkins_a_for_alice(), disabled(&forge));
        let token = alice.token.clone().unwrap();
        let with = |user: &str, consumer: &str, role: &str| forge.tool(consumer).with(&forge.token(user, consumer, role));
        let (bobs, lost) = (with("bob", "jenkins_a", "project-a/Reporter"), with("alice", "jenkins_a", "project-b/Manager"));
        let revoked = with("alice", "jenkins_a", "project-a/Reporter");
        let asleep = asleep.with(&forge.token("alice", "asleep", "project-a/Reporter"));
        suspend_bob(&forge);
        forge.import(r#"{"roles": [{"project": "project-b", "name": "Manager", "members": []}]}"#);
        forge.sql(&format!("UPDATE access_tokens SET revoked = 1 WHERE key = '{}'", revoked.token.as_ref().unwrap().key));

        let unknown = Token { key: "nothing".to_owned(), ..token.clone() };
        let guessed = Token { secret: "wrong".to_owned(), ..token.clone() };
        let echo = |tool: &Tool| tool.request("GET", "/plugins/oauthprovider/echo");
        let rows = [
            ("accepted", echo(&alice)),
            ("consumer_key_unknown", echo(&nobody(&alice))),
            ("consumer_key_unknown", echo(&nobody(&alice).with(&unknown))),
            ("token_rejected", echo(&alice.with(&unknown))),
            ("token_rejected", echo(&wrong_secret(&alice).with(&unknown))),
            ("token_rejected", echo(&forge.tool("jenkins_b").with(&token))),
            ("signature_invalid", echo(&wrong_secret(&alice))),
            ("signature_invalid", echo(&alice.with(&guessed))),
            ("signature_invalid", echo(&alice).tampered("oauth_signature", Some("no base64"))),
            ("consumer_key_rejected", echo(&asleep)),
            ("signature_invalid", echo(&wrong_secret(&asleep))),
            ("token_rejected", echo(&bobs)),
            ("token_revoked", echo(&revoked)),
            ("role_not_held", echo(&lost)),
        ];
        cost_the_same(&rows, |call| {
            let authenticator = Authenticator::new(forge.store().clone());
            async move { authenticator.authenticate(&call.read(), Arrival::at(clock::now())).await }
        });
    }

    fn pitfall_20_whoever_claims_to_sign_by_rsa_is_refused_by_the_same_work(forge: Forge) {
        let alice = forge.jenkins_a_for_alice();
        let keyed = serde_json::json!({"consumers": [{"name": "keyed", "url": "http://ci-k.example/", "description": "d",
            "email": "k@example.org", "key": "keyed", "secret": "unused", "public_key": PUBLIC_KEY}]});
        forge.import(&keyed.to_string());
        let keyed = forge.tool("keyed").with(&forge.token("alice", "keyed", "project-a/Reporter"));
        let unknown = Token { key: "nothing".to_owned(), secret: "unused".to_owned() };
        // As long as the key wants it.
        let signature = format!("{}==", "A".repeat(342));
        for method in ["RSA-SHA1", "RSA-SHA256"] {
            let claim = |tool: &Tool| {
                let request = tool.request("GET", "/plugins/oauthprovider/echo").tampered("oauth_signature_method", Some(method));
                request.tampered("oauth_signature", Some(&signature))
            };
            let rows = [
                ("signature_invalid", claim(&keyed)),
                ("consumer_key_unknown", claim(&nobody(&keyed))),
                ("token_rejected", claim(&keyed.with(&unknown))),
                ("signature_method_rejected", claim(&alice)),
            ];
            cost_the_same(&rows, |call| {
                let authenticator = Authenticator::new(forge.store().clone());
                async move { authenticator.authenticate(&call.read(), Arrival::at(clock::now())).await }
            });
        }
    }

    fn pitfall_20_whoever_asks_for_a_token_and_is_refused_is_so_by_the_same_work(forge: Forge) {
        let (jenkins, asleep) = (forge.jenkins_a(), disabled(&forge));
        let rows = [
            ("signature_invalid", wrong_secret(&jenkins).ask("oob")),
            ("consumer_key_unknown", nobody(&jenkins).ask("oob")),
            ("signature_invalid", jenkins.ask("oob").tampered("oauth_signature", Some(""))),
            ("consumer_key_rejected", asleep.ask("oob")),
            ("signature_invalid", wrong_secret(&asleep).ask("oob")),
        ];
        cost_the_same(&rows, |call| {
            let by = Authenticator::new(forge.store().clone());
            async move { temporary::issue(&by, &call.read(), LIFETIMES, Arrival::at(clock::now())).await }
        });
    }

    fn pitfall_20_whoever_exchanges_a_verifier_and_is_refused_is_so_by_the_same_work(forge: Forge) {
        let jenkins = forge.jenkins_a();
        let ((granted, verifier), (denied, _)) =
            (decided(&forge, &jenkins, "alice", true), decided(&forge, &jenkins, "alice", false));
        let ((used, once), (bobs, of_bob)) =
            (decided(&forge, &jenkins, "alice", true), decided(&forge, &jenkins, "bob", true));
        forge.exchange(&jenkins.exchange(&used, &once).signed().read(), clock::now()).map(drop).unwrap();
        suspend_bob(&forge);
        let unknown = Token { key: "nothing".to_owned(), ..granted.clone() };
        let guessed = Token { secret: "wrong".to_owned(), ..granted.clone() };
        let rows = [
            ("signature_invalid", wrong_secret(&jenkins).exchange(&granted, &verifier)),
            ("signature_invalid", jenkins.exchange(&guessed, &verifier)),
            ("consumer_key_unknown", nobody(&jenkins).exchange(&granted, &verifier)),
            ("token_rejected", jenkins.exchange(&unknown, &verifier)),
            ("token_rejected", forge.tool("jenkins_b").exchange(&granted, &verifier)),
            ("token_rejected", jenkins.exchange(&bobs, &of_bob)),
            ("permission_unknown", jenkins.exchange(&temporary(&forge, &jenkins, 600), "none")),
            ("token_expired", jenkins.exchange(&temporary(&forge, &jenkins, 0), "none")),
            ("permission_denied", jenkins.exchange(&denied, "none")),
            ("token_used", jenkins.exchange(&used, &once)),
        ];
        cost_the_same(&rows, |call| {
            let by = Authenticator::new(forge.store().clone());
            async move { exchange::exchange(&by, &call.read(), Arrival::at(clock::now())).await }
        });
    }
}
