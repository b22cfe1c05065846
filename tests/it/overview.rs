//! The overview: what came of calls, who asks most, how tokens stand, and what was done last.

use oauthprovider::{clock, provider::census::Census};

use crate::support::{Browser, Forge, PLUGIN, on_both_databases, text_of, wait_for};

fn page(browser: &Browser) -> String {
    browser.get(&format!("{PLUGIN}/overview")).expect(200).text()
}

/// What stands beside a term.
fn fact(html: &str, term: &str) -> String {
    let (_, rest) = html.split_once(&format!("<dt>{term}</dt><dd>")).unwrap();
    text_of(rest.split("</dd>").next().unwrap()).trim().to_owned()
}

fn card<'a>(html: &'a str, id: &str) -> &'a str {
    html.split(&format!("aria-labelledby=\"{id}\"")).nth(1).unwrap_or_default().split("</section>").next().unwrap()
}

/// Tokens of every standing: two live, one asleep for each reason that there is, one expired, two revoked.
fn of_every_standing(forge: &Forge) {
    let now = clock::now();
    for _ in 0..2 {
        forge.token("alice", "jenkins_a", "project-a/Reporter");
    }
    forge.token("bob", "jenkins_a", "project-b/Reporter");
    forge.token("alice", "jenkins_b", "forge/Everywhere");
    forge.token("alice", "jenkins_a", "project-a/Reader");
    for _ in 0..3 {
        forge.token("alice", "jenkins_a", "project-a/Technician");
    }
    forge.sql("UPDATE projects SET status = 'archived' WHERE name = 'project-b'");
    forge.sql("UPDATE consumers SET enabled = FALSE WHERE name = 'jenkins_b'");
    forge.sql("DELETE FROM role_members WHERE role_id = (SELECT id FROM roles WHERE name = 'Reader')");
    forge.sql(&format!("UPDATE access_tokens SET expires = {now} WHERE id = 6"));
    forge.sql(&format!("UPDATE access_tokens SET revoked = {now} WHERE id IN (7, 8)"));
}

on_both_databases! {
    fn counts_calls_and_names_the_busiest(forge: Forge) {
        let (admin, acting) = (forge.browser_of("admin"), forge.jenkins_a_for_alice());
        let empty = page(&admin);
        assert!(empty.contains("No call yet.") && empty.contains("No tool has asked anything today."), "{empty}");
        for _ in 0..3 {
            acting.echo().expect(200);
        }
        acting.request("GET", "/plugins/oauthprovider/echo").timestamp(7).send().expect(401);
        forge.tool("jenkins_b").ask("oob").send().expect(200);
        let told = page(&admin);
        for words in ["4 accepted", "1 refused", "The highest bar is 5 in one hour.", "<code>timestamp_refused</code>"] {
            assert!(told.contains(words), "{words} in {told}");
        }
        let busiest = text_of(&card(&told, "busiest").replace('<', " <"));
        let busiest: Vec<&str> = busiest.split_whitespace().skip_while(|word| !word.starts_with("jenkins")).collect();
        assert_eq!(busiest, ["jenkins_a", "3", "1", "jenkins_b", "1", "0"]);
    }

    fn says_how_tokens_stand_and_names_those_that_need_somebody(forge: Forge) {
        of_every_standing(&forge);
        let soon = clock::now() + 36 * 3_600;
        forge.sql(&format!("UPDATE access_tokens SET expires = {soon} WHERE id = 1"));
        let html = page(&forge.browser_of("admin"));
        assert_eq!((fact(&html, "Live"), fact(&html, "Expired"), fact(&html, "Revoked")), ("2".into(), "1".into(), "2".into()));
        assert!(fact(&html, "Asleep").starts_with('3'), "{}", fact(&html, "Asleep"));
        for reason in ["1: the tool is disabled", "1: the project is archived", "1: the user does not hold the role"] {
            assert!(fact(&html, "Asleep").contains(reason), "{reason}");
        }
        let asleep = card(&html, "asleep");
        assert_eq!(asleep.matches("<tr>").count(), 1 + 3, "{asleep}");
        assert!(asleep.contains("project-a/Reader") && asleep.contains("forge/Everywhere"));
        let expiring = card(&html, "expiring");
        assert!(expiring.matches("<tr>").count() == 2 && expiring.contains(">tomorrow<"), "{expiring}");
        assert!(card(&html, "last-done").contains("session.opened"));
        forge.browser_of("bob").get(&format!("{PLUGIN}/overview")).expect(403);
    }

    /// A census goes through stretches of numbers, and over those that nobody has.
    fn a_census_finds_tokens_however_far_their_numbers_are_apart(forge: Forge) {
        of_every_standing(&forge);
        for (id, number) in [(1, 4_999), (3, 5_001), (4, 40_000), (5, 1_000_000)] {
            forge.sql(&format!("UPDATE access_tokens SET id = {number} WHERE id = {id}"));
        }
        let census = wait_for(Census::take(forge.store(), clock::now())).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((census.live, census.expired, census.revoked), (2, 1, 2));
        assert_eq!(census.asleep.values().copied().collect::<Vec<i64>>(), [1, 1, 1]);
        assert_eq!(census.sleepers.iter().map(|id| id.0).collect::<Vec<_>>(), [1_000_000, 40_000, 5_001]);
    }

    fn a_census_is_taken_at_most_once_a_minute_and_says_when(forge: Forge) {
        let admin = forge.browser_of("admin");
        assert_eq!(fact(&page(&admin), "Live"), "0");
        forge.jenkins_a_for_alice();
        let html = page(&admin);
        assert_eq!(fact(&html, "Live"), "0");
        assert!(html.contains("Counted <time"), "{html}");
    }
}
