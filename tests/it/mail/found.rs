//! What is found by looking: tokens that end soon, and tokens that fell asleep.

use oauthprovider::{clock, provider::mail::rounds, store::Store};

use crate::support::{Forge, on_both_databases};

const DAY: i64 = 86_400;

/// The same database, for a forge that writes letters.
pub fn telling(forge: &Forge) -> Store {
    forge.store().clone().telling_by_mail()
}

/// Looks until there is nothing left to look at.
fn look(forge: &Forge, now: i64) {
    let store = telling(forge);
    while store.blocking(|conn| rounds::look(conn, now)).unwrap() {}
}

/// What waits to be sent, and is taken away: to whom, and the letter.
pub fn waiting(forge: &Forge) -> Vec<String> {
    let query = "SELECT users.name || ' ' || mail.letter AS line FROM mail JOIN users ON users.id = mail.user_id \
                 ORDER BY mail.id";
    let lines = forge.database().lines(query);
    forge.sql("DELETE FROM mail");
    lines
}

/// A token of this user that was issued a year ago and ends then.
fn token_until(forge: &Forge, user: &str, expires: i64) {
    forge.token(user, "jenkins_a", "project-a/Reporter");
    let created = expires - 365 * DAY;
    let newest = "id = (SELECT max(id) FROM access_tokens)";
    forge.sql(&format!("UPDATE access_tokens SET created = {created}, expires = {expires} WHERE {newest}"));
}

on_both_databases! {
    fn of_a_token_that_ends_in_a_week_its_user_is_told_once(forge: Forge) {
        let now = clock::now();
        token_until(&forge, "alice", now + 8 * DAY);
        token_until(&forge, "bob", now + 9 * DAY);
        // Its end is the same second's.
        token_until(&forge, "alice", now + 8 * DAY);
        look(&forge, now);
        assert_eq!(waiting(&forge), [""; 0]);
        look(&forge, now + DAY);
        let told = waiting(&forge);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|one| one.starts_with("alice ") && one.contains("\"ending\"")), "{told:?}");
        for hour in 0..24 {
            look(&forge, now + DAY + hour * 3_600);
        }
        assert_eq!(waiting(&forge), [""; 0]);
        look(&forge, now + 2 * DAY);
        let told = waiting(&forge);
        assert!(told.len() == 1 && told[0].starts_with("bob "), "{told:?}");
    }

    fn of_a_token_that_was_not_to_last_longer_nobody_is_told(forge: Forge) {
        let now = clock::now();
        token_until(&forge, "alice", now + 3 * DAY);
        forge.sql(&format!("UPDATE access_tokens SET created = {now}"));
        token_until(&forge, "alice", now + 3 * DAY);
        forge.sql(&format!("UPDATE access_tokens SET revoked = {now} WHERE id = (SELECT max(id) FROM access_tokens)"));
        // It has ended before anybody looked.
        token_until(&forge, "alice", now);
        look(&forge, now);
        assert_eq!(waiting(&forge), [""; 0]);
    }

    fn many_tokens_are_looked_at_in_small_steps_and_none_is_passed_by(forge: Forge) {
        let now = clock::now();
        token_until(&forge, "alice", now + 10 * DAY);
        let numbers = "WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1301) ";
        let rows = format!(
            "SELECT n, consumer_id, CASE WHEN n % 20 = 0 THEN 2 ELSE user_id END, role_id, 'key ' || n, 'sealed', created, \
             {now} + 10 * {DAY} + n % 3 FROM access_tokens, numbers"
        );
        let insert = "INSERT INTO access_tokens (id, consumer_id, user_id, role_id, key, secret, created, expires) ";
        forge.sql(&match forge.database().sqlite_path() {
            Some(_) => format!("{insert} {numbers} {rows}"),
            None => format!("{numbers} {insert} {rows}"),
        });
        look(&forge, now + 4 * DAY);
        let told = waiting(&forge);
        // Of one user not more wait than anybody reads.
        let bobs = told.iter().filter(|one| one.starts_with("bob ")).count();
        assert_eq!((bobs, told.len()), (65, 165));
        forge.sql("UPDATE consumers SET enabled = FALSE WHERE name = 'jenkins_a'");
        look(&forge, now + 4 * DAY);
        assert_eq!(waiting(&forge).iter().filter(|one| one.starts_with("bob ")).count(), 65);
        let told = "SELECT CAST(count(*) AS TEXT) AS line FROM mail_told_asleep";
        assert_eq!(forge.database().lines(told), ["1301"]);
    }

    fn of_a_token_that_falls_asleep_its_user_is_told_once_and_again_when_it_had_woken(forge: Forge) {
        let now = clock::now();
        forge.token("alice", "jenkins_a", "project-a/Reporter");
        forge.token("bob", "jenkins_a", "project-a/Reporter");
        forge.token("alice", "jenkins_b", "project-a/Reporter");
        look(&forge, now);
        assert_eq!(waiting(&forge), [""; 0]);
        let falls_asleep = |statement: &str, because: &str, users: &[&str]| {
            forge.sql(statement);
            look(&forge, now);
            look(&forge, now);
            let told = waiting(&forge);
            assert!(told.iter().all(|one| one.contains(because)), "{statement}: {told:?}");
            let mut of: Vec<_> = told.iter().map(|one| one.split(' ').next().unwrap()).collect();
            of.sort_unstable();
            assert_eq!(of, users, "{statement}");
        };
        let wakes = |statement: &str| falls_asleep(statement, "nothing", &[]);
        falls_asleep("UPDATE consumers SET enabled = FALSE WHERE name = 'jenkins_a'", "consumer_disabled", &["alice", "bob"]);
        wakes("UPDATE consumers SET enabled = TRUE");
        falls_asleep("UPDATE projects SET status = 'archived' WHERE name = 'project-a'", "project_archived", &["alice", "alice", "bob"]);
        // Still asleep, for one reason more.
        wakes("DELETE FROM role_members WHERE user_id = 2");
        wakes("UPDATE projects SET status = 'active'");
        falls_asleep("DELETE FROM role_members WHERE user_id = 1", "role_not_held", &["alice", "alice"]);
        wakes("UPDATE access_tokens SET revoked = 7");
    }

    fn who_is_suspended_is_told_when_they_are_back_of_what_still_sleeps(forge: Forge) {
        let now = clock::now();
        forge.token("alice", "jenkins_a", "project-a/Reporter");
        forge.sql("UPDATE users SET status = 'suspended' WHERE name = 'alice'");
        look(&forge, now);
        forge.sql("UPDATE consumers SET enabled = FALSE");
        look(&forge, now);
        assert_eq!(waiting(&forge), [""; 0]);
        forge.sql("UPDATE users SET status = 'active'");
        look(&forge, now);
        assert_eq!(waiting(&forge).len(), 1);
    }
}
