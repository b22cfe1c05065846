//! What waits to be sent: written with what it tells, taken by one, tried again, and given up.

use oauthprovider::{
    address::Arrival,
    clock,
    forge::{Actor, By, Reason},
    ids::{AccessTokenId, UserId},
    provider::{
        self,
        mail::queue::{self, Due, Fate, Then},
    },
    store::{self, Store, Transaction},
};

use super::found::{telling, waiting};
use crate::support::{at_once, on_both_databases, operator};

fn claim(store: &Store, now: i64) -> Vec<Due> {
    store.blocking(|conn| conn.write(|tx| queue::claim(tx, now))).unwrap()
}

fn settle(store: &Store, due: &Due, fate: Fate, now: i64) -> Then {
    store.blocking(|conn| conn.write(|tx| queue::settle(tx, due, fate, now))).unwrap()
}

/// Issues a token of Alice's as whoever this is.
fn issue(store: &Store, by: &By) -> AccessTokenId {
    let issue = provider::access::Issue {
        user: "alice",
        consumer: "jenkins_a",
        role: "project-a/Reporter",
        lifetime: provider::Lifetime::Seconds(3_600),
        label: None,
    };
    store.blocking(|conn| conn.write(|tx| provider::access::issue(tx, &issue, by))).unwrap().0
}

fn user(id: i64, name: &str, reason: Option<&str>) -> By {
    let who = Actor::User { id: UserId(id), name: name.to_owned() };
    let from = Some("::ffff:192.0.2.7".parse().unwrap());
    let reason = reason.and_then(|reason| Reason::parse(reason).unwrap());
    By { who, arrival: Arrival { at: clock::now(), from }, reason }
}

on_both_databases! {
    fn what_is_done_to_a_token_is_told_to_its_user_and_by_whom(forge: Forge) {
        let (store, now) = (telling(&forge), clock::now());
        let told = |id: AccessTokenId, by: &By| {
            store.blocking(|conn| conn.write(|tx| provider::revoke::access_token(tx, id, None, by))).unwrap();
            // A second time nothing is done.
            store.blocking(|conn| conn.write(|tx| provider::revoke::access_token(tx, id, None, by))).unwrap();
            waiting(&forge)
        };
        let (own, admin) = (user(1, "alice", None), user(4, "admin", Some("left the company")));
        let first = issue(&store, &own);
        let expires = own.at() + 3_600;
        let letter = format!(
            "alice {{\"tool\":\"jenkins_a\",\"role\":\"project-a/Reporter\",\"label\":null,\
             \"news\":{{\"created\":{{\"by\":\"own\",\"from\":\"192.0.2.7\",\"expires\":{expires}}}}}}}"
        );
        assert_eq!(waiting(&forge), [letter]);
        assert_eq!(told(first, &own), [""; 0], "they know");
        let second = issue(&store, &operator(now));
        assert!(waiting(&forge)[0].contains("{\"by\":\"operator\",\"from\":null"));
        let taken = told(second, &admin);
        assert!(taken[0].ends_with("{\"revoked\":{\"by\":{\"user\":\"admin\"},\"reason\":\"left the company\"}}}"), "{taken:?}");
        assert_eq!(taken.len(), 1);
        let third = issue(&store, &operator(now));
        waiting(&forge);
        assert!(told(third, &operator(now))[0].contains("\"revoked\":{\"by\":\"operator\",\"reason\":null}"));
    }

    fn who_removes_a_tool_or_a_role_tells_the_users_of_their_tokens(forge: Forge) {
        let store = telling(&forge);
        let admin = user(4, "admin", Some("a new build server"));
        let letter = "alice {\"tool\":\"jenkins_a\",\"role\":\"project-a/Reporter\",\"label\":null,\
             \"news\":{\"revoked\":{\"by\":{\"user\":\"admin\"},\"reason\":\"a new build server\"}}}";
        issue(&store, &operator(clock::now()));
        forge.sql("DELETE FROM mail");
        let remove_tool = |tx: &mut Transaction<'_>| {
            let consumer = provider::consumers::named(tx, "jenkins_a")?;
            provider::consumers::remove(tx, &consumer, &admin)
        };
        let remove_role = |tx: &mut Transaction<'_>| {
            let project = store::projects::by_name(tx, "project-a")?.unwrap().id;
            let role = store::roles::by_name(tx, Some(project), "Reporter")?.unwrap().id;
            Ok::<_, provider::Error>(provider::stops::remove_role(tx, role, Some(project), &admin)?)
        };
        store.blocking(|conn| conn.write(remove_role)).unwrap();
        assert_eq!(waiting(&forge), [letter]);
        let told = "SELECT details AS line FROM audit_log WHERE action = 'role.removed'";
        assert_eq!(forge.database().lines(told), ["{\"live_tokens\":1}"]);
        forge.sql("DELETE FROM mail");
        forge.import(r#"{"roles": [{"project": "project-a", "name": "Reporter", "members": ["alice"], "permissions": {"tracker:bugs": "submit"}}]}"#);
        issue(&store, &operator(clock::now()));
        forge.sql("DELETE FROM mail");
        store.blocking(|conn| conn.write(remove_tool)).unwrap();
        assert_eq!(waiting(&forge), [letter]);
    }

    fn what_a_tool_gives_back_its_user_is_not_told_of(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        jenkins.request("DELETE", "/api/token").send().expect(204);
        assert_eq!(waiting(&forge), [""; 0]);
    }

    fn what_was_rolled_back_is_told_to_nobody(forge: Forge) {
        let store = telling(&forge);
        let undone = store.blocking(|conn| {
            conn.write(|tx| {
                let id = AccessTokenId(1);
                provider::revoke::access_token(tx, id, None, &operator(7))?;
                Err::<(), _>(provider::Error::NotFound("reason to go on".to_owned()))
            })
        });
        assert!(undone.is_err());
        let id = issue(&store, &operator(7));
        waiting(&forge);
        let undone = store.blocking(|conn| {
            conn.write(|tx| {
                provider::revoke::access_token(tx, id, None, &operator(8))?;
                Err::<(), _>(provider::Error::NotFound("reason to go on".to_owned()))
            })
        });
        assert!(undone.is_err());
        assert_eq!(waiting(&forge), [""; 0]);
    }

    fn a_forge_that_writes_no_letters_lets_none_wait(forge: Forge) {
        let id = issue(forge.store(), &operator(7));
        forge.store().blocking(|conn| conn.write(|tx| provider::revoke::access_token(tx, id, None, &operator(8)))).unwrap();
        assert_eq!(waiting(&forge), [""; 0]);
    }

    fn each_letter_is_taken_by_one(forge: Forge) {
        let store = telling(&forge);
        for _ in 0..20 {
            issue(&store, &operator(7));
        }
        let now = clock::now();
        let mut taken: Vec<String> = at_once(4, |_| {
            let mut own = Vec::new();
            while let some @ [_, ..] = claim(&store, now).as_slice() {
                own.extend(some.iter().map(Due::name));
            }
            own
        })
        .into_iter()
        .flatten()
        .collect();
        taken.sort();
        taken.dedup();
        assert_eq!(taken.len(), 20);
        assert!(claim(&store, now + 899).is_empty());
        // Who took them has died.
        assert!(!claim(&store, now + 900).is_empty());
    }

    fn a_letter_is_tried_again_after_growing_pauses_and_given_up_after_three_days(forge: Forge) {
        let (store, start) = (telling(&forge), 1_000_000);
        issue(&store, &operator(start));
        let (mut now, mut pauses) = (start, Vec::new());
        loop {
            let [due] = &claim(&store, now)[..] else { panic!("a letter at {now}") };
            if settle(&store, due, Fate::Failed, now) == Then::GivenUp {
                break;
            }
            let pause = (1..).map(|minutes| minutes * 60).find(|pause| !claim(&store, now + pause).is_empty()).unwrap();
            forge.sql(&format!("UPDATE mail SET attempts = attempts - 1, due = {}", now + pause));
            pauses.push(pause / 60);
            now += pause;
        }
        assert_eq!(pauses[..10], [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]);
        assert!((3 * 86_400..4 * 86_400).contains(&(now - start)), "{}", now - start);
        assert_eq!(waiting(&forge), [""; 0]);
    }

    fn a_letter_that_was_taken_waits_no_more(forge: Forge) {
        let store = telling(&forge);
        issue(&store, &operator(7));
        let due = claim(&store, 7);
        assert_eq!((due[0].to.email.as_str(), due[0].to.name.as_str()), ("alice@example.org", "Alice Liddell"));
        assert_eq!(settle(&store, &due[0], Fate::Sent, 8), Then::Done);
        assert_eq!(waiting(&forge), [""; 0]);
    }

    fn who_cannot_be_written_to_gets_no_letters_later_either(forge: Forge) {
        let store = telling(&forge);
        for change in ["status = 'suspended'", "status = 'active', email = ' '"] {
            issue(&store, &operator(7));
            forge.sql(&format!("UPDATE users SET {change} WHERE name = 'alice'"));
            assert!(claim(&store, 7).is_empty(), "{change}");
            assert_eq!(waiting(&forge), [""; 0], "{change}");
        }
    }

    fn a_letter_that_cannot_be_read_is_not_tried_for_ever(forge: Forge) {
        let store = telling(&forge);
        issue(&store, &operator(7));
        forge.sql("UPDATE mail SET letter = '{\"tool\": 7}'");
        assert!(claim(&store, 7).is_empty());
        assert_eq!(waiting(&forge), [""; 0]);
    }

    fn there_is_an_end_to_what_waits(forge: Forge) {
        let store = telling(&forge);
        for _ in 0..102 {
            issue(&store, &operator(7));
        }
        assert_eq!(waiting(&forge).len(), 100);
        let rows = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000) ";
        let select = "SELECT 2, 'a letter', 7, 7 FROM numbers";
        let insert = "INSERT INTO mail (user_id, letter, created, due) ";
        forge.sql(&match forge.database().sqlite_path() {
            Some(_) => format!("{insert} {rows} {select}"),
            None => format!("{rows} {insert} {select}"),
        });
        issue(&store, &operator(7));
        assert_eq!(waiting(&forge).len(), 10_000);
    }
}
