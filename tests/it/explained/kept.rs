//! How much is kept, of whom, and for how long.

use std::sync::Arc;

use oauthprovider::{
    clock,
    oauth1::explain::{Arrived, Body},
    provider::refusals::{Answered, Evidence, Waiting, write},
};

use super::{ECHO, page_of};
use crate::support::{Forge, Tool, on_both_databases};

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
    let code = "nonce_used".to_owned();
    Evidence::of(Answered { at: clock::now(), code, status: 401, told: Vec::new(), client: None }, &arrived)
}

/// Refuses many requests that name this consumer, as far as the queue takes them.
fn flood(forge: &Forge, key: &str, count: usize) {
    let waiting = Waiting::default();
    for number in 0..count {
        let is_known = key.starts_with("jenkins") || key.starts_with("key of");
        waiting.put(Some(key.to_owned()), is_known, &format!("{key} {number}"), || evidence("GET"));
        if number % 30 == 29 || number + 1 == count {
            let batch = waiting.next();
            forge.store().blocking(|conn| write(conn, &batch, clock::now())).unwrap_or_else(|error| panic!("{error}"));
            waiting.is_written(&batch);
        }
    }
    assert_eq!((waiting.is_empty(), waiting.dropped()), (true, 0));
}

fn count(forge: &Forge, consumer: &str) -> usize {
    let query = format!("SELECT id AS line FROM refusals WHERE id LIKE '{consumer} %'");
    forge.database().lines(&query).len()
}

on_both_databases! {
    fn is_bounded_and_a_flood_pushes_out_its_own(forge: Forge) {
        flood(&forge, "key of jenkins_a", 3);
        flood(&forge, "jenkins-b", 400);
        for stranger in 0..20 {
            flood(&forge, &format!("stranger {stranger}"), 20);
        }
        assert_eq!((count(&forge, "key of jenkins_a"), count(&forge, "jenkins-b")), (3, 256));
        assert_eq!(count(&forge, "stranger"), 256);
        // The last ones are kept.
        assert_eq!((count(&forge, "stranger 19"), count(&forge, "stranger 0")), (20, 0));
    }

    fn goes_with_the_consumer(forge: Forge) {
        flood(&forge, "key of jenkins_a", 3);
        forge.sql("DELETE FROM consumers WHERE name = 'jenkins_a'");
        assert_eq!(count(&forge, "key of jenkins_a"), 0);
    }

    fn is_written_once_however_often_it_is_tried(forge: Forge) {
        let waiting = Waiting::default();
        waiting.put(None, false, "once", || evidence("GET"));
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
