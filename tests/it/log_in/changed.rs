//! What changes about a user while the password of a log-in is compared.

use std::thread;

use oauthprovider::{
    clock,
    forge::session::{self, Admission, Attempt, Settled},
    store::{Transaction, users::User},
};
use serde_json::{Value, json};

use crate::support::{Database, Forge, Held, on_both_databases};

/// Alice, as a log-in found her whose password is being compared now.
fn admitted(forge: &Forge, attempt: &Attempt) -> User {
    match forge.store().blocking(|conn| session::admit(conn, attempt, clock::now())).unwrap() {
        Admission::Try(Some(alice)) => alice,
        Admission::Try(None) | Admission::Wait(_) => panic!("she is let in"),
    }
}

/// Was a session opened? The password was right.
fn opens(forge: &Forge, attempt: &Attempt, right: &User) -> bool {
    let settle = |tx: &mut Transaction<'_>| session::settle(tx, attempt, Some(right), None, clock::now(), 60);
    match forge.store().blocking(|conn| conn.write(settle)).unwrap() {
        Settled::Session(_) => true,
        Settled::Wrong => false,
        Settled::Wait(_) => panic!("nobody has guessed"),
    }
}

fn rows(forge: &Forge, table: &str) -> usize {
    forge.database().lines(&format!("SELECT 'one' AS line FROM {table}")).len()
}

fn import(forge: &Forge, changed: &Value) {
    let mut alice = json!({"name": "alice"});
    alice.as_object_mut().unwrap().extend(changed.as_object().unwrap().clone());
    forge.import(&json!({"users": [alice]}).to_string());
}

on_both_databases! {
    fn the_password_is_wrong_that_was_right_until_another_was_set(forge: Forge) {
        let attempt = Attempt::new("alice", None);
        let alice = admitted(&forge, &attempt);
        import(&forge, &json!({"password": "through the looking-glass"}));
        assert!(!opens(&forge, &attempt, &alice));
        assert_eq!((rows(&forge, "sessions"), rows(&forge, "login_failures")), (0, 1));
        assert!(opens(&forge, &attempt, &admitted(&forge, &attempt)));
    }

    fn nobody_is_let_in_who_was_suspended_meanwhile(forge: Forge) {
        let attempt = Attempt::new("alice", None);
        let alice = admitted(&forge, &attempt);
        import(&forge, &json!({"status": "suspended"}));
        assert!(!opens(&forge, &attempt, &alice));
        assert_eq!((rows(&forge, "sessions"), rows(&forge, "login_failures")), (0, 1));
    }

    fn what_else_changes_about_a_user_keeps_nobody_out(forge: Forge) {
        let attempt = Attempt::new("alice", None);
        let alice = admitted(&forge, &attempt);
        import(&forge, &json!({"realname": "Alice", "status": "active"}));
        assert!(opens(&forge, &attempt, &alice));
    }
}

/// Who changes the password has ended the sessions that there are, and commits later.
#[test]
fn a_log_in_waits_for_who_is_changing_its_user() {
    let forge = Forge::on(Database::Postgres);
    let attempt = Attempt::new("alice", None);
    let alice = admitted(&forge, &attempt);
    let change = "UPDATE users SET password_hash = 'another' WHERE name = 'alice'";
    let changed = Held::by(forge.database_url(), change);
    thread::scope(|scope| {
        let opened = scope.spawn(|| opens(&forge, &attempt, &alice));
        forge.database().until_somebody_waits(|| assert!(!opened.is_finished(), "it waited for nobody"));
        changed.commit();
        assert!(!opened.join().unwrap());
    });
    assert_eq!(rows(&forge, "sessions"), 0);
}
