//! What the lists of a user's tokens and decisions say, and in which order.

use oauthprovider::clock;

use crate::support::{CALLBACK, PLUGIN, Program, cells, on_both_databases};

on_both_databases! {
    /// However many were revoked since: what can still be revoked comes first, newest first in each part.
    fn live_tokens_come_before_revoked_ones(forge: Forge) {
        for role in ["a/Reader", "a/Reporter", "a/Technician", "b/Manager"] {
            forge.token("alice", "jenkins_a", &format!("project-{role}"));
        }
        forge.token("alice", "jenkins_a", "forge/Everywhere");
        let on = |arguments: &[&str]| {
            Program::new(arguments).arg("--database-url").arg(forge.database_url()).run().expect(0)
        };
        let all = on(&["token", "list", "--all", "--json"]).json();
        let mut ids: Vec<i64> = all.as_array().unwrap().iter().map(|token| token["id"].as_i64().unwrap()).collect();
        ids.sort_unstable();
        for id in &ids[2..] {
            on(&["token", "revoke", &id.to_string()]);
        }

        let page = forge.browser_of("alice").get(&format!("{PLUGIN}/access_tokens")).expect(200).text();
        assert_eq!(cells(&page, "State"), ["live until it is revoked", "live until it is revoked", "revoked just now", "revoked just now", "revoked just now"]);
        let acts_as: Vec<String> = cells(&page, "Acts as");
        let expected = ["Reporter", "Reader", "Everywhere", "Manager", "Technician"];
        assert!(acts_as.iter().zip(expected).all(|(told, role)| told.contains(role)), "{acts_as:?}");

        // Rows of the table, first and last word of each.
        let rows = |arguments: &[&str]| -> Vec<(String, String)> {
            let row = |row: &str| {
                let mut words = row.split_whitespace().map(str::to_owned);
                (words.next().unwrap(), words.next_back().unwrap())
            };
            on(arguments).out.lines().map(row).collect()
        };
        let row = |index: usize, state: &str| (ids[index].to_string(), state.to_owned());
        let heading = ("id".to_owned(), "state".to_owned());
        let live = [heading, row(1, "live"), row(0, "live")];
        assert_eq!(rows(&["token", "list"]), live);
        let revoked = [row(4, "revoked"), row(3, "revoked"), row(2, "revoked")];
        assert_eq!(rows(&["token", "list", "--all"]), [&live[..], &revoked].concat());
        let listed = on(&["token", "list", "--json"]).json();
        assert_eq!(listed.as_array().unwrap().len(), 2, "{listed}");
    }

    fn a_decisions_time_is_when_it_was_decided(forge: Forge) {
        let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
        let temporary = jenkins.request_token(CALLBACK);
        forge.sql("UPDATE request_tokens SET created = created - 100");
        let before = clock::now();
        alice.authorize(&temporary, "Reporter/Project A");
        let after = clock::now();
        // However long the operator lets it be good for, now or then.
        forge.sql("UPDATE request_tokens SET expires = expires + 1000");
        let page = alice.get(&format!("{PLUGIN}/request_tokens")).expect(200).text();
        assert_eq!(cells(&page, "Decided"), ["just now"]);
        let moment = |heading: &str| {
            let cell = page.split(&format!("data-label=\"{heading}\"")).nth(1).unwrap();
            cell.split("datetime=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        let told = moment("Decided");
        assert!((before..=after).any(|moment| told == clock::rfc3339(moment)), "{told:?}");
        assert!(moment("Expires") > clock::rfc3339(before + 1_000));
    }
}
