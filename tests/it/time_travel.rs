//! What runs out, at the second: the provider is told the time, so nobody waits.

mod pitfall_23_and_24_lifetimes {
    use oauthprovider::{
        clock,
        ids::{RoleId, UserId},
        oauth1::{Origin, Problem, RawRequest, SignedRequest},
        provider::{
            ConsentRefusal, Error, Lifetime, Lifetimes,
            consent::{self, Decision, Grant, Outcome},
            sweep,
        },
        store,
    };

    use crate::support::{CALLBACK, Forge, Request, Token, on_both_databases, operator};

    const LIFETIMES: Lifetimes =
        Lifetimes { request_token_seconds: 600, verifier_seconds: 300, longest_token_seconds: None };

    /// What the service reads when a tool sends this.
    fn read(forge: &Forge, request: Request, now: i64) -> SignedRequest {
        let call = request.timestamp(now).signed();
        let origin = Origin::parse(forge.base()).unwrap();
        let authorization = &call.headers.iter().find(|(name, _)| name == "Authorization").unwrap().1;
        let path = call.url.strip_prefix(forge.base()).unwrap();
        let raw = RawRequest {
            method: &call.method,
            origin: &origin,
            path,
            query: None,
            authorization: [authorization.as_bytes()].into_iter().collect(),
            is_form: false,
            body: &[],
        };
        SignedRequest::read(&raw).unwrap()
    }

    fn ask(forge: &Forge, now: i64) -> Token {
        let request = read(forge, forge.jenkins_a().ask(CALLBACK), now);
        let issued = forge.issue(&request, LIFETIMES, now);
        let issued = issued.unwrap_or_else(|error| panic!("{error}"));
        Token { key: issued.key, secret: issued.secret.expose().to_owned() }
    }

    fn look(forge: &Forge, token: &Token, now: i64) -> Result<(), Error> {
        forge.store().blocking(|conn| consent::ask(conn, &token.key, now).map(drop))
    }

    fn decide(forge: &Forge, token: &Token, now: i64) -> Result<String, Error> {
        forge.store().blocking(|conn| {
            let alice = store::users::by_name(conn, "alice")?.unwrap().id;
            let role = a_role_of(conn, alice);
            let grant = Grant { role, lifetime: Lifetime::UntilRevoked, label: None };
            let decision = Decision::Authorize(grant);
            let (_, outcome) = consent::decide(conn, &token.key, alice, decision, LIFETIMES, &operator(now))?;
            match outcome {
                Outcome::Authorized(verifier) => Ok(verifier.expose().to_owned()),
                Outcome::Denied => panic!("it was not denied"),
            }
        })
    }

    fn a_role_of(conn: &mut store::Connection, user: UserId) -> RoleId {
        store::roles::of_user(conn, user).unwrap().first().unwrap().id
    }

    fn bring(forge: &Forge, token: &Token, verifier: &str, now: i64) -> Result<(), Error> {
        let request = read(forge, forge.jenkins_a().exchange(token, verifier), now);
        forge.exchange(&request, now).map(drop)
    }

    #[track_caller]
    fn is_over(outcome: Result<impl Sized, Error>) {
        assert!(matches!(outcome, Err(Error::Consent(ConsentRefusal::Over))));
    }

    #[track_caller]
    fn is_refused(outcome: Result<(), Error>, expected: Problem) {
        match outcome {
            Err(Error::Problem(problem)) => assert_eq!(problem, expected),
            Err(other) => panic!("{other}"),
            Ok(()) => panic!("it was accepted"),
        }
    }

    on_both_databases! {
        fn a_request_token_waits_so_long_and_not_a_second_longer(forge: Forge) {
            let now = clock::now();
            let token = ask(&forge, now);
            look(&forge, &token, now + 599).unwrap_or_else(|error| panic!("{error}"));
            is_over(look(&forge, &token, now + 600));
            is_over(decide(&forge, &token, now + 600));
            is_refused(bring(&forge, &token, "x", now + 599), Problem::PermissionUnknown);
            is_refused(bring(&forge, &token, "x", now + 600), Problem::TokenExpired);
            // It was not decided by any of that.
            decide(&forge, &token, now + 599).unwrap_or_else(|error| panic!("{error}"));
        }

        fn a_verifier_waits_so_long_from_the_decision_on(forge: Forge) {
            let now = clock::now();
            let (in_time, late) = (ask(&forge, now), ask(&forge, now));
            let decided = now + 599;
            let good = decide(&forge, &in_time, decided).unwrap_or_else(|error| panic!("{error}"));
            let stale = decide(&forge, &late, decided).unwrap_or_else(|error| panic!("{error}"));
            bring(&forge, &in_time, &good, decided + 299).unwrap_or_else(|error| panic!("{error}"));
            is_refused(bring(&forge, &late, &stale, decided + 300), Problem::TokenExpired);
            // An exchanged one is said to be used, however late.
            is_refused(bring(&forge, &in_time, &good, decided + 300), Problem::TokenUsed);
            assert_eq!(forge.tokens_of("alice"), 1);
        }

        fn what_ran_out_is_swept_and_until_then_says_why(forge: Forge) {
            let now = clock::now();
            let token = ask(&forge, now);
            let sweep = |at: i64| while forge.store().blocking(|conn| sweep::batch(conn, at)).unwrap() > 0 {};
            sweep(now + 3_600);
            is_refused(bring(&forge, &token, "x", now + 3_600), Problem::TokenExpired);
            sweep(now + 30 * 86_400);
            is_refused(bring(&forge, &token, "x", now + 30 * 86_400), Problem::TokenRejected);
        }

        fn a_session_ends_at_its_time(forge: Forge) {
            let alice = forge.browser_of("alice");
            let id = alice.cookie.as_deref().unwrap().split_once('=').unwrap().1;
            let id = oauthprovider::secret::Secret::new(id);
            let live = |now: i64| {
                forge.store().blocking(|conn| oauthprovider::forge::session::caller(conn, &id, now)).unwrap().is_some()
            };
            let now = clock::now();
            assert!(live(now + 28_700));
            assert!(!live(now + 28_801));
        }
    }
}
