//! The tokens that act in a project, for its administrators.

use super::{bob_administers_project_a, post, said, walk};
use crate::support::{Browser, cells, on_both_databases};

const TOKENS: &str = "/projects/project-a/tokens";

/// The address that the first revoking form on a page posts to.
fn revoking(html: &str) -> String {
    let before = html.split("/revoke\"").next().unwrap();
    format!("{}/revoke", before.rsplit("action=\"").next().unwrap())
}

fn page(browser: &Browser, query: &str) -> String {
    browser.get(&format!("{TOKENS}{query}")).expect(200).text()
}

on_both_databases! {
    fn are_listed_without_their_secrets_whoever_they_act_for(forge: Forge) {
        let bob = bob_administers_project_a(&forge);
        assert!(page(&bob, "").contains("No tool acts here"));
        let issued = [
            forge.token("alice", "jenkins_a", "project-a/Reporter"),
            forge.token("bob", "jenkins_b", "project-a/Reporter"),
            forge.token("alice", "jenkins_a", "project-b/Manager"),
            forge.token("alice", "jenkins_b", "forge/Everywhere"),
        ];
        let html = page(&bob, "");
        assert_eq!(cells(&html, "Role"), ["forge/Everywhere", "project-a/Reporter", "project-a/Reporter"]);
        assert_eq!(cells(&html, "Acts for"), ["alice", "bob", "alice"]);
        assert_eq!(html.matches("/revoke\"").count(), 2, "what acts by a role of the forge is not the project's to revoke");
        assert!(html.contains("Its role is not of this project"), "{html}");
        for token in &issued {
            assert!(!html.contains(&token.key) && !html.contains(&token.secret));
        }
        assert_eq!(cells(&page(&bob, "?user=alice"), "Acts for"), ["alice", "alice"]);
        assert_eq!(cells(&page(&bob, "?tool=jenkins_b"), "Acts for"), ["alice", "bob"]);
        assert_eq!(cells(&page(&bob, "?tool=jenkins_b&user=bob"), "Role"), ["project-a/Reporter"]);
        for nothing in ["?tool=none", "?user=none"] {
            assert!(page(&bob, nothing).contains("No token fits"), "{nothing}");
        }
        forge.sql(&format!("UPDATE access_tokens SET revoked = 1 WHERE key = '{}'", issued[0].key));
        assert_eq!(cells(&page(&bob, ""), "State"), ["live", "live", "revoked"]);
        assert_eq!(cells(&page(&bob, "?state=live"), "State"), ["live", "live"]);
    }

    fn are_shown_twenty_five_at_a_time(forge: Forge) {
        let bob = bob_administers_project_a(&forge);
        for number in 0..60 {
            forge.token(if number % 2 == 0 { "alice" } else { "bob" }, "jenkins_a", "project-a/Reporter");
        }
        let pages = walk(&bob, TOKENS, |html| cells(html, "Role"));
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [25, 25, 10]);
    }

    fn are_revoked_by_whoever_administers_the_project_and_by_the_forges_administrators(forge: Forge) {
        let (bob, admin) = (bob_administers_project_a(&forge), forge.browser_of("admin"));
        for (browser, name) in [(&bob, "bob"), (&admin, "admin")] {
            let tool = forge.jenkins_a_for_alice();
            tool.echo().expect(200);
            let path = revoking(&page(browser, ""));
            browser.post(&path, &[("reason", "no token")]).expect(403);
            tool.echo().expect(200);
            let long = "x".repeat(501);
            post(browser, &path, &[("reason", &long)]).expect(422);
            tool.echo().expect(200);
            post(browser, &path, &[("reason", "misbehaves")]).expect(302);
            tool.echo().expect_problem(401, "token_revoked");
            // A second time changes nothing.
            post(browser, &path, &[]).expect(302);
            assert_eq!(said(&forge, "'token.revoked'").last().unwrap(), &format!("{name} token.revoked alice misbehaves"));
        }
        assert_eq!(said(&forge, "'token.revoked'").len(), 2);
    }
}
