//! How much is kept, of whom, and for how long.

use std::{net::IpAddr, sync::Arc, thread};

use oauthprovider::{
    clock,
    oauth1::explain::{Arrived, Body},
    provider::refusals::{Answered, Evidence, Remedy, Sender, Standing, Waiting, write},
};

use super::{ECHO, page_of};
use crate::support::{Answer, Database, Forge, Held, PLUGIN, Token, Tool, on_both_databases, on_each_database};

fn evidence(method: &str) -> Evidence {
    let arrived = Arrived {
        method: method.to_owned(),
        origin: "http://h.example".to_owned(),
        origins: Vec::new(),
        host: None,
        path: "/".to_owned(),
        query: None,
        authorization: Vec::new(),
        content_type: None,
        is_form: false,
        body: Body::default(),
        text: None,
        is_cut: false,
    };
    let (code, told, remedy) = ("nonce_used".to_owned(), Vec::new(), Remedy::from("Sign again."));
    Evidence::of(Answered { at: clock::now(), code, status: 401, told, remedy, client: None }, &arrived)
}

/// Refuses many requests that name this consumer, from this household, as far as the queue takes them.
fn flood(forge: &Forge, (key, household): (&str, u32), count: usize) {
    let is_known = key.starts_with("jenkins") || key.starts_with("key of");
    let sender = Sender {
        standing: if is_known { Standing::Named } else { Standing::Stranger },
        household: Some(IpAddr::V4(household.into())),
        consumer_key: Some(key.to_owned()),
    };
    let waiting = Waiting::default();
    for number in 0..count {
        assert!(waiting.has_room_for(&sender));
        waiting.put(sender.clone(), &format!("{key} {household} {number}"), &evidence("GET"));
        if number % 30 == 29 || number + 1 == count {
            let batch = waiting.next();
            forge.store().blocking(|conn| write(conn, &batch, clock::now())).unwrap_or_else(|error| panic!("{error}"));
            waiting.is_written(&batch);
        }
    }
    assert_eq!((waiting.is_empty(), waiting.dropped()), (true, 0));
}

fn count(forge: &Forge, ids: &str) -> usize {
    let query = format!("SELECT id AS line FROM refusals WHERE id LIKE '{ids} %'");
    forge.database().lines(&query).len()
}

on_both_databases! {
    fn is_bounded_and_a_flood_pushes_out_its_own(forge: Forge) {
        flood(&forge, ("key of jenkins_a", 1), 3);
        flood(&forge, ("jenkins-b", 1), 3);
        flood(&forge, ("jenkins-b", 2), 150);
        assert_eq!(count(&forge, "jenkins-b 2"), 64);
        (3..10).for_each(|household| flood(&forge, ("jenkins-b", household), 60));
        for stranger in 0..12 {
            flood(&forge, (&format!("stranger {stranger}"), 1), 20);
        }
        // Eight households send too much, and share what is left by who sent little.
        assert_eq!((count(&forge, "key of jenkins_a"), count(&forge, "jenkins-b 1")), (3, 3));
        assert!((2..10).all(|household| count(&forge, &format!("jenkins-b {household}")) >= 31));
        assert!(count(&forge, "jenkins-b") <= 256);
        assert_eq!(count(&forge, "stranger"), 64);
        // The last ones are kept.
        assert_eq!((count(&forge, "stranger 11"), count(&forge, "stranger 0")), (20, 0));
    }

    fn goes_with_the_consumer(forge: Forge) {
        flood(&forge, ("key of jenkins_a", 1), 3);
        forge.sql("DELETE FROM consumers WHERE name = 'jenkins_a'");
        assert_eq!(count(&forge, "key of jenkins_a"), 0);
    }

    fn is_written_once_however_often_it_is_tried(forge: Forge) {
        let waiting = Waiting::default();
        let sender = Sender { standing: Standing::Stranger, household: None, consumer_key: None };
        waiting.put(sender, "once", &evidence("GET"));
        let batch = waiting.next();
        for _ in 0..2 {
            let batch: Vec<Arc<_>> = batch.clone();
            forge.store().blocking(move |conn| write(conn, &batch, clock::now())).unwrap_or_else(|error| panic!("{error}"));
        }
        assert_eq!(forge.database().lines("SELECT id AS line FROM refusals"), ["once"]);
    }

    fn is_a_long_form_cut_and_told_so(forge: Forge) {
        let jenkins = Tool { secret: "guessed".to_owned(), ..forge.jenkins_a_for_alice() };
        let refused = jenkins.request("POST", ECHO).form(&format!("a={}", "x".repeat(100_000))).send();
        let shown = page_of(&forge.browser_of("admin"), &refused.expect_problem(401, "signature_invalid"));
        assert!(shown.contains("too long to be kept whole") && shown.contains("100002 bytes"), "{shown}");
        let longest = forge.database().lines("SELECT CAST(max(length(evidence)) AS TEXT) AS line FROM refusals");
        assert!(longest[0].parse::<usize>().unwrap() <= 32 * 1024, "{longest:?}");
    }
}

/// Between the look for the tool and what is written of it the tool is removed.
#[test]
fn goes_with_no_other_consumer_than_its_own() {
    let forge = Forge::on(Database::Postgres);
    let (url, admin) = (forge.database_url(), forge.browser_of("admin"));
    let guessing = |tool: Tool| Tool { secret: "guessed".to_owned(), ..tool }.ask("oob").send().refusal();
    let removed = Held::by(url, "DELETE FROM consumers WHERE name = 'jenkins_a'");
    let sealing = Held::by(url, "SELECT key_name FROM sealing FOR UPDATE");
    // While this one waits to be sealed, the two after it come together.
    let first = guessing(Tool::new(forge.base(), "nobody", "s"));
    forge.database().until_somebody_waits(|| ());
    let others = [guessing(forge.tool("jenkins_b")), guessing(forge.jenkins_a())];
    drop(sealing);
    while forge.database().lines("SELECT id AS line FROM refusals") != [first.as_str()] {
        thread::yield_now();
    }
    forge.database().until_somebody_waits(|| ());
    removed.commit();
    for id in others {
        admin.get(&format!("{PLUGIN}/refusals/{id}")).expect(200);
    }
}

mod of_one_tool {
    use super::*;

    /// One that comes through the proxy from this address, and proves nothing.
    fn from(tool: &Tool, address: &str) -> Answer {
        tool.request("GET", ECHO).header("X-Forwarded-For", address).send().expect(401)
    }

    on_each_database! {
        fn is_not_pushed_out_by_who_only_knows_the_key(kind: Database) {
            let forge = Forge::with_settings(kind, &[("OAUTHPROVIDER_SERVER_TRUSTED_PROXIES", "127.0.0.1")]);
            let (admin, jenkins) = (forge.browser_of("admin"), forge.jenkins_a_for_alice());
            let mistaken = Tool { secret: "mistaken".to_owned(), ..jenkins.clone() };
            let stranger = jenkins.with(&Token { key: "none".to_owned(), secret: String::new() });
            let ours = [from(&mistaken, "203.0.113.1"), from(&mistaken, "2001:db8:0:1::1")];
            let list = || admin.get(&format!("{PLUGIN}/refusals")).expect(200);
            list();
            for number in 0..330 {
                let in_one_network = format!("2001:db8:0:2::{number:x}");
                from(&stranger, if number % 2 == 0 { "203.0.113.2" } else { &in_one_network });
                if number % 30 == 29 {
                    list();
                }
            }
            ours.iter().for_each(|answer| drop(page_of(&admin, answer)));
        }
    }
}
