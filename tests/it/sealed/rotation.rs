//! Another server key while services run, and what is in the way of it.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use oauthprovider::sealing::ServerKey;

use super::{Keys, names_of_keys, on, serve};
use crate::support::{Browser, Own, Program, SERVER_KEY, Service, Token, Tool, on_each_database};

const NEXT_KEY: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn jenkins(service: &Service) -> Tool {
    Tool::new(&service.base, "key of jenkins_a", "s3cret &%+ of jenkins_a ✓")
}

/// The whole dance, for a token of Alice's.
fn dance(service: &Service, alice: &Browser) -> Token {
    let jenkins = jenkins(service);
    let temporary = jenkins.request_token("oob");
    let verifier = alice.decide(&temporary, "Reporter/Project A", "authorize").expect(200).verifier();
    jenkins.exchange(&temporary, &verifier).send().expect(200).token()
}

fn rotate(database: &Own, keys: &Keys) {
    let told = on(database, keys, &["rotate-server-key"]).run().expect(0).out;
    assert!(keys.keys().iter().all(|key| !told.contains(key.as_str())), "{told}");
}

on_each_database! {
    fn everything_is_sealed_anew_while_the_service_runs_and_nobody_notices(kind: Database) {
        let (database, keys) = (kind.filled(), Keys::holding(&[SERVER_KEY]));
        let service = serve(&database, &keys);
        let mut alice = Browser::new(&service.base);
        alice.log_in("alice");
        let early = jenkins(&service).with(&dance(&service, &alice));
        let former = names_of_keys(&database);
        let over = AtomicBool::new(false);
        let tokens = thread::scope(|scope| {
            let dancing = scope.spawn(|| {
                let mut tokens = Vec::new();
                while !over.load(Ordering::SeqCst) {
                    tokens.push(dance(&service, &alice));
                    early.echo().expect(200);
                }
                tokens
            });
            for _ in 0..3 {
                rotate(&database, &keys);
            }
            over.store(true, Ordering::SeqCst);
            dancing.join().unwrap()
        });
        let after = names_of_keys(&database);
        assert!(after.len() == 1 && after != former, "{former:?} {after:?}");
        assert!(keys.keys().len() == 1 && keys.keys() != [SERVER_KEY]);
        // What was answered is good, here and at a service that never knew the former keys.
        let fresh = serve(&database, &keys);
        for token in tokens.iter().chain(&early.token) {
            for service in [&service, &fresh] {
                jenkins(service).with(token).echo().expect(200);
            }
        }
    }

    fn a_key_is_prepared_first_where_its_file_has_to_be_copied(kind: Database) {
        let (database, keys) = (kind.filled(), Keys::holding(&[SERVER_KEY]));
        let copy = Keys::holding(&[SERVER_KEY]);
        let elsewhere = serve(&database, &copy);
        let before = names_of_keys(&database);
        for _ in 0..2 {
            on(&database, &keys, &["rotate-server-key", "--prepare"]).run().expect(0);
            assert_eq!((keys.keys().len(), keys.keys()[1].as_str()), (2, SERVER_KEY), "it is prepared once");
        }
        jenkins(&elsewhere).request_token("oob");
        assert_eq!(names_of_keys(&database), before, "it seals nothing yet");
        let prepared = keys.keys()[0].clone();
        std::fs::write(&copy.path, keys.keys().join("\n")).unwrap();
        rotate(&database, &keys);
        assert_eq!(keys.keys(), [prepared]);
        jenkins(&elsewhere).request_token("oob");
        assert!(names_of_keys(&database).len() == 1 && names_of_keys(&database) != before);
    }

    fn a_rotation_that_broke_off_is_run_again(kind: Database) {
        let (database, keys) = (kind.filled(), Keys::holding(&[SERVER_KEY]));
        let left = keys.path.with_file_name(".forge.key.unfinished-a1B2c3");
        std::fs::copy(&keys.path, &left).unwrap();
        let service = serve(&database, &keys);
        jenkins(&service).request_token("oob");
        // As it is after a crash: the new key seals, and most is still sealed with the former one.
        let told = on(&database, &keys, &["rotate-server-key", "--prepare"]).run().expect(0).out;
        let next = told.split_whitespace().nth(3).unwrap().to_owned();
        database.execute(&format!("UPDATE sealing SET key_name = '{next}'"));
        jenkins(&service).request_token("oob");
        let mut both = names_of_keys(&database);
        assert!(both.len() == 2 && both.contains(&next), "{told}: {both:?}");
        jenkins(&serve(&database, &keys)).request_token("oob");
        rotate(&database, &keys);
        assert!(!left.exists(), "what was being written then is gone");
        both.extend(names_of_keys(&database));
        assert_eq!((both.len(), keys.keys().len()), (3, 1));
        jenkins(&service).request_token("oob");
    }

    fn a_key_that_was_given_is_rotated_by_giving_the_next_one_in_front_of_it(kind: Database) {
        let database = kind.filled();
        let given = |keys: &str, arguments: &[&str]| {
            let program = Program::new(arguments).arg("--database-url").arg(&database.url);
            program.env("OAUTHPROVIDER_DATABASE_SERVER_KEY", keys)
        };
        let told = given(SERVER_KEY, &["rotate-server-key"]).run().complaint();
        assert!(told.contains("openssl rand -hex 32") && !told.contains(SERVER_KEY), "{told}");
        let both = format!("{NEXT_KEY},{SERVER_KEY}");
        let behind = given(SERVER_KEY, &["serve", "--listen", "127.0.0.1:0"]).serve();
        let ready = given(&both, &["serve", "--listen", "127.0.0.1:0"]).serve();
        let before = names_of_keys(&database);
        jenkins(&ready).request_token("oob");
        assert_eq!(names_of_keys(&database), before);
        given(&both, &["rotate-server-key"]).run().expect(0);
        jenkins(&ready).request_token("oob");
        // Who was not given the next key knows nothing to say, and does not say that the caller is wrong.
        jenkins(&behind).ask("oob").send().expect(503);
        jenkins(&given(NEXT_KEY, &["serve", "--listen", "127.0.0.1:0"]).serve()).request_token("oob");
        assert!(given(SERVER_KEY, &["serve", "--listen", "127.0.0.1:0"]).run().complaint().contains("is not in"));
    }

    fn a_rotation_to_a_key_that_was_given_goes_on_where_it_broke_off(kind: Database) {
        let database = kind.filled();
        let rotate = |keys: &str| {
            let program = Program::new(&["rotate-server-key", "--database-url"]).arg(&database.url);
            program.env("OAUTHPROVIDER_DATABASE_SERVER_KEY", keys).run()
        };
        let next = ServerKey::parse(NEXT_KEY).unwrap().name().to_string();
        database.execute(&format!("UPDATE sealing SET key_name = '{next}'"));
        assert!(!names_of_keys(&database).contains(&next));
        let both = format!("{NEXT_KEY},{SERVER_KEY}");
        let told = rotate(&both).expect(0).out;
        assert!(told.contains(&next) && !told.starts_with("0 "), "{told}");
        assert_eq!(names_of_keys(&database), [next]);
        // There is nothing left to do, so this asks for another key.
        assert!(rotate(&both).complaint().contains("openssl rand -hex 32"));
    }

    fn what_never_opens_is_not_in_the_way_of_another_key(kind: Database) {
        let (database, keys) = (kind.filled(), Keys::holding(&[SERVER_KEY]));
        let name = names_of_keys(&database).remove(0);
        database.execute(&format!("UPDATE consumer_secrets SET secret = '{name}:AAAA' WHERE consumer_id = 2"));
        let newest = [(); 2].map(|()| {
            on(&database, &keys, &["rotate-server-key"]).run().complaint();
            keys.keys().remove(0)
        });
        assert!(newest[0] != newest[1]);
    }

    fn what_does_not_open_is_named_and_keeps_the_former_key(kind: Database) {
        let (database, keys) = (kind.filled(), Keys::holding(&[SERVER_KEY]));
        let name = names_of_keys(&database).remove(0);
        database.execute(&format!("UPDATE consumer_secrets SET secret = '{name}:AAAA' WHERE consumer_id = 2"));
        let told = on(&database, &keys, &["rotate-server-key"]).run().complaint();
        assert!(told.contains("consumer_secrets.secret in row 2"), "{told}");
        assert_eq!((keys.keys().len(), keys.keys()[1].as_str()), (2, SERVER_KEY));
        jenkins(&serve(&database, &keys)).request_token("oob");
    }

    /// Failed log-ins are counted by hashes under the server key, and another key is no chance to go on guessing.
    fn who_has_to_wait_after_too_many_failures_waits_after_a_rotation_too(kind: Database) {
        let (database, keys) = (kind.filled(), Keys::holding(&[SERVER_KEY]));
        let service = serve(&database, &keys);
        let guess = || Browser::new(&service.base).post("/login", &[("username", "alice"), ("password", "guessed")]);
        (0..6).for_each(|_| _ = guess().expect(401));
        rotate(&database, &keys);
        (0..4).for_each(|_| _ = guess().expect(401));
        guess().expect(429);
    }
}
