//! The log as administrators of the forge read it.

use serde_json::json;

use crate::support::{Browser, PLUGIN, on_both_databases, text_of};

/// The cells under a heading, top to bottom.
fn cells(html: &str, heading: &str) -> Vec<String> {
    let marker = format!("data-label=\"{heading}\"");
    let cells = html.split(&marker).skip(1).map(|rest| rest.split_once('>').unwrap().1);
    cells.map(|cell| text_of(cell.split("</td>").next().unwrap()).trim().to_owned()).collect()
}

fn page(browser: &Browser, query: &str) -> String {
    browser.get(&format!("{PLUGIN}/audit{query}")).expect(200).text()
}

on_both_databases! {
    fn shows_the_newest_first_and_leads_to_the_older_ones(forge: Forge) {
        for _ in 0..40 {
            forge.token("bob", "jenkins_a", "project-a/Reporter");
        }
        let admin = forge.browser_of("admin");
        let first = page(&admin, "");
        let numbers = |html: &str| cells(html, "Entry").iter().map(|cell| cell.parse().unwrap()).collect::<Vec<i64>>();
        let newest = numbers(&first);
        assert_eq!(newest.len(), 50);
        assert!(newest.windows(2).all(|pair| pair[0] == pair[1] + 1), "{newest:?}");
        assert!(cells(&first, "What")[0].starts_with("Logged in session.opened user admin"));
        assert_eq!(cells(&first, "Who")[..2], ["admin from 127.0.0.1", "operator tester"]);
        let (_, rest) = first.split_once(">Next page<").map(|(before, _)| before.rsplit_once("href=\"").unwrap()).unwrap();
        let older = crate::support::text_of(rest.split('"').next().unwrap());
        let second = admin.get(&older).expect(200).text();
        assert_eq!(numbers(&second)[0], newest[49] - 1);
        assert_eq!(numbers(&second).last(), Some(&1));
        assert!(!second.contains(">Next page<") && second.contains(">Back to the first page<"));
    }

    fn shows_what_concerns_one_user_or_one_tool(forge: Forge) {
        forge.token("bob", "jenkins_b", "project-a/Reporter");
        let admin = forge.browser_of("admin");
        let id = forge.consumer_id("jenkins_b");
        let form = [("csrf_token", &*admin.csrf_token()), ("reason", "<b>\"it\"</b> & more")];
        admin.post(&format!("{PLUGIN}/consumers/{id}/disable"), &form).expect(302);
        let of_jenkins = page(&admin, "?consumer=jenkins_b&user=");
        let told = cells(&of_jenkins, "What");
        for (cell, words) in told.iter().zip(["Tool disabled consumer.disabled ", "Token issued token.issued ", "Tool registered consumer.registered "]) {
            assert!(cell.starts_with(words), "{cell}");
        }
        assert_eq!(told.len(), 3);
        assert_eq!(cells(&of_jenkins, "Why")[..2], ["<b>\"it\"</b> & more", "–"]);
        assert!(!of_jenkins.contains("<b>\""));
        let of_bob = page(&admin, "?user=bob");
        assert!(cells(&of_bob, "What").iter().all(|cell| cell.contains("bob")) && cells(&of_bob, "What").len() > 2);
        assert_eq!(cells(&page(&admin, "?user=nobody%20of%20that%20name"), "What"), [""; 0]);
        assert!(cells(&page(&admin, "?before=x&user=%20"), "What").len() > 10);
        // From the tool's own page.
        let shown = admin.get(&format!("{PLUGIN}/consumers/{id}")).expect(200).text();
        assert!(shown.contains(&format!("{PLUGIN}/audit?consumer=jenkins_b")));
    }

    fn is_narrowed_by_action_and_day(forge: Forge) {
        forge.token("bob", "jenkins_b", "project-a/Reporter");
        let admin = forge.browser_of("admin");
        let what = |query: &str| cells(&page(&admin, query), "What");
        let issued = what("?action=token.issued");
        assert!(issued.len() == 1 && issued[0].starts_with("Token issued token.issued"), "{issued:?}");
        assert!(page(&admin, "?action=token.issued").contains("<option value=\"token.issued\" selected>Token issued (token.issued)</option>"));
        assert_eq!(what("?action=token.issued&consumer=jenkins_a"), [""; 0]);
        assert_eq!(what("?action=nothing.of.that.name"), [""; 0]);
        assert_eq!((what("?since=2020-01-01").len() > 10, what("?since=2999-01-01").len()), (true, 0));
        assert!(what("?since=2020-01-01T00:00:00Z&action=token.issued&user=bob").len() == 1);
        let mistyped = admin.get(&format!("{PLUGIN}/audit?since=last%20%3Cweek&user=bob")).expect(422).text();
        assert!(mistyped.contains("id=\"since-error\"") && mistyped.contains("value=\"last &lt;week\""), "{mistyped}");
        assert!(mistyped.contains("value=\"bob\""));
    }

    fn a_reason_that_cannot_be_kept_is_refused_and_nothing_done(forge: Forge) {
        let admin = forge.browser_of("admin");
        let path = format!("{PLUGIN}/consumers/{}/disable", forge.consumer_id("jenkins_a"));
        let csrf_token = admin.csrf_token();
        for bad in ["a\u{202e}b", "a\nb", &"x".repeat(501)] {
            admin.post(&path, &[("csrf_token", &csrf_token), ("reason", bad)]).expect(422);
        }
        forge.jenkins_a().ask("oob").send().expect(200);
        admin.post(&path, &[("csrf_token", &csrf_token)]).expect(302);
        assert_eq!(json!(forge.jenkins_a().ask("oob").send().status), json!(401));
    }
}
