//! The audit log: what leaves an entry and what does not, who may read it, and that it is one chain however many write.

mod chain;
mod entries;
mod pages;
mod rights;
mod tampering;

use oauthprovider::{
    clock,
    provider::{
        self, Lifetime,
        access::{self, Issue},
        consumers, revoke,
    },
    store::{Connection, access_tokens},
};
use serde_json::{Value, json};

use crate::support::{Browser, Forge, Outcome, PLUGIN, Program, at_once, on_both_databases, operator};

/// Runs a command on the forge's database.
fn command(forge: &Forge, arguments: &[&str]) -> Outcome {
    Program::new(arguments).arg("--database-url").arg(forge.database_url()).run()
}

/// What the log holds, oldest first.
fn export(forge: &Forge) -> Vec<Value> {
    let lines = command(forge, &["audit", "export"]).expect(0).out;
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What `doing` adds to the log: action, who did it, what it was done to, whom it concerns, what else.
fn said(forge: &Forge, doing: impl FnOnce()) -> Vec<Value> {
    let before = export(forge).len();
    doing();
    export(forge).split_off(before)
}

/// The entries in short: action, kind and name of who did it, name of the user and of the consumer concerned.
fn short(entries: &[Value]) -> Vec<[Value; 5]> {
    let one = |e: &Value| {
        [&e["action"], &e["actor"]["kind"], &e["actor"]["name"], &e["user"]["name"], &e["consumer"]["name"]]
            .map(Value::clone)
    };
    entries.iter().map(one).collect()
}

/// One entry in short.
fn of(action: &str, actor: [&str; 2], user: Option<&str>, consumer: Option<&str>) -> [Value; 5] {
    [json!(action), json!(actor[0]), json!(actor[1]), json!(user), json!(consumer)]
}

/// The end of the log, if it holds.
#[track_caller]
fn holds(forge: &Forge) -> String {
    let told = command(forge, &["audit", "verify", "--json"]).expect(0).json();
    told["end"].as_str().unwrap().to_owned()
}

on_both_databases! {
    fn changes_that_are_made_at_once_are_one_chain(forge: Forge) {
        let before = export(&forge).len();
        let there = forge.another_instance();
        let consumers = ["jenkins_a", "jenkins_b"].map(|name| forge.consumer_id(name));
        let browsers: Vec<Browser> = (0..2).map(|_| forge.browser_of("admin")).collect();
        let csrf: Vec<String> = browsers.iter().map(Browser::csrf_token).collect();
        let logged_in = export(&forge).len() - before;
        at_once(32, |number| match number % 4 {
            0 => _ = forge.token("bob", "jenkins_a", "project-a/Reporter"),
            1 => _ = Browser::new(&there.base).log_in("bob"),
            2 => {
                let (browser, which) = (number / 4 % 2, if number % 8 < 4 { 0 } else { 1 });
                let verb = if number < 16 { "disable" } else { "enable" };
                let path = format!("{PLUGIN}/consumers/{}/{verb}", consumers[which]);
                browsers[browser].post(&path, &[("csrf_token", &*csrf[browser])]).expect(302);
            }
            _ => {
                let token = forge.token("alice", "jenkins_b", "project-a/Reader");
                let revoke = |conn: &mut Connection| {
                    let id = access_tokens::with_secret(conn, &token.key)?.unwrap().0.id;
                    conn.write(|tx| revoke::access_token(tx, id, None, &operator(clock::now())))
                };
                forge.store().blocking(revoke).unwrap_or_else(|error| panic!("{error}"));
            }
        });
        let end = holds(&forge);
        let entries = export(&forge);
        assert!(end.starts_with(&format!("{}:", entries.len())));
        let numbers: Vec<i64> = entries.iter().map(|entry| entry["number"].as_i64().unwrap()).collect();
        assert!(numbers.iter().copied().eq(1..=i64::try_from(entries.len()).unwrap()), "{numbers:?}");
        let of_action = |action: &str| entries[before + logged_in..].iter().filter(|e| e["action"] == action).count();
        assert_eq!((of_action("token.issued"), of_action("session.opened"), of_action("token.revoked")), (16, 8, 8));
    }

    fn an_entry_goes_with_the_change_that_is_taken_back(forge: Forge) {
        let before = export(&forge);
        let outcome = forge.store().blocking(|conn| {
            conn.write(|tx| {
                let consumer = consumers::named(tx, "jenkins_a")?;
                consumers::set_enabled(tx, &consumer, false, &operator(1))?;
                Err::<(), _>(provider::Error::NotFound("it after all".to_owned()))
            })
        });
        assert!(outcome.is_err());
        assert_eq!(export(&forge), before);
        forge.jenkins_a().ask("oob").send().expect(200);
    }

    fn nothing_is_changed_where_nothing_can_be_written_down(forge: Forge) {
        forge.database().drop_the_guards_of_the_audit_log();
        forge.sql("DELETE FROM audit_head");
        let issued = forge.store().blocking(|conn| {
            let (role, lifetime) = ("project-a/Reporter", Lifetime::UntilRevoked);
            let wanted = Issue { user: "bob", consumer: "jenkins_a", role, lifetime, label: None };
            conn.write(|tx| access::issue(tx, &wanted, &operator(1)))
        });
        assert!(issued.is_err());
        assert_eq!(forge.tokens_of("bob"), 0);
    }

    fn a_list_is_filtered_by_user_consumer_action_and_time(forge: Forge) {
        forge.token("bob", "jenkins_a", "project-a/Reporter");
        forge.token("alice", "jenkins_b", "project-a/Reader");
        forge.browser_of("bob");
        let listed = |arguments: &[&str]| {
            let all = command(&forge, &[&["audit", "list", "--json"], arguments].concat()).expect(0).json();
            all.as_array().unwrap().clone()
        };
        let actions = |arguments: &[&str]| -> Vec<String> {
            listed(arguments).iter().map(|entry| entry["action"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(actions(&["--user", "bob", "--limit", "2"]), ["session.opened", "token.issued"]);
        assert_eq!(actions(&["--consumer", "jenkins_b"]), ["token.issued", "consumer.registered"]);
        let newest = listed(&["--consumer", "jenkins_b", "--limit", "1"]);
        let tester = ["operator", "tester"];
        assert_eq!(short(&newest), [of("token.issued", tester, Some("alice"), Some("jenkins_b"))]);
        assert_eq!(actions(&["--action", "session.opened"]), ["session.opened"]);
        assert_eq!(actions(&["--since", "2100-01-01"]), [""; 0]);
        assert!(actions(&["--since", "2020-01-01T00:00:00Z"]).len() > 10);
        for (option, bad) in [("--since", "yesterday"), ("--action", "consumer.eaten"), ("--limit", "0")] {
            command(&forge, &["audit", "list", option, bad]).expect(2);
        }
        let table = command(&forge, &["audit", "list", "--user", "bob", "--limit", "1"]).expect(0).out;
        assert!(table.contains("bob") && table.contains("session.opened") && table.lines().count() == 2, "{table}");
    }
}
