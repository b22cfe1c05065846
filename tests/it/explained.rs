//! Refusals that explain themselves: to whom, for how long, and what they say.

mod command;
mod kept;
mod owner;
mod page;
mod wall;

use crate::support::{Answer, Browser, Database, Forge, PLUGIN, Program, Tool, on_both_databases, text_of};

const ECHO: &str = "/plugins/oauthprovider/echo";

/// What the page of a refusal says, without its tags.
#[track_caller]
fn page_of(browser: &Browser, answer: &Answer) -> String {
    let page = browser.get(&format!("{PLUGIN}/refusals/{}", answer.refusal())).expect(200).text();
    text_of(&page.replace('<', " <")).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A command on the forge's database.
fn command(forge: &Forge, arguments: &[&str]) -> Program {
    Program::new(arguments).arg("--database-url").arg(forge.database_url())
}

/// Jenkins A looked after by Bob.
fn owned_by_bob(forge: &Forge) {
    forge.import(r#"{"consumers": [{"name": "jenkins_a", "owner": "bob"}]}"#);
}

mod an_id {
    use super::*;

    on_both_databases! {
        fn stands_in_every_refusal_of_a_signed_request(forge: Forge) {
            let jenkins = forge.jenkins_a_for_alice();
            let stranger = Tool { secret: "guessed".to_owned(), ..jenkins.clone() };
            let refused = [
                stranger.echo(),
                stranger.ask("oob").send(),
                jenkins.request("GET", ECHO).timestamp("soon").send(),
                jenkins.request("GET", ECHO).timestamp(1).send(),
                forge.jenkins_a().echo(),
                forge.anonymous().get(ECHO),
                jenkins.request("GET", "/api/userinfo").tampered("oauth_nonce", None).send(),
            ];
            for answer in &refused {
                let id = answer.refusal();
                assert!(id.len() == 10 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{id}");
                let advice = answer.field("oauth_problem_advice").unwrap();
                assert!(advice.ends_with(&format!("the forge's administrators can look up refusal {id}")), "{advice}");
                assert!(answer.header("WWW-Authenticate").unwrap().contains(&id));
            }
            let mut ids: Vec<_> = refused.iter().map(Answer::refusal).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), refused.len());
        }

        fn leaves_the_json_of_a_lacking_right_as_the_contract_says(forge: Forge) {
            let jenkins = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "project-a/Reader"));
            let items = "/api/projects/project-a/trackers/bugs/items";
            let denied = jenkins.post_json(items, &serde_json::json!({"summary": "x"})).expect(403);
            let said = serde_json::json!({"error": "permission_denied", "role": "Reader", "needs": "tracker:bugs submit"});
            assert_eq!(denied.json(), said);
            let shown = page_of(&forge.browser_of("admin"), &denied);
            assert!(shown.contains("403 permission_denied") && shown.contains("tracker:bugs submit"), "{shown}");
        }

        fn is_no_part_of_other_answers(forge: Forge) {
            let jenkins = forge.jenkins_a_for_alice();
            for answer in [jenkins.echo(), forge.anonymous().get("/"), jenkins.get("/api/nothing"), jenkins.get("/login")] {
                assert_eq!(answer.header("X-Refusal-Id"), None, "{answer:?}");
            }
        }
    }

    #[test]
    fn stands_in_the_log() {
        let database = Database::Sqlite.filled();
        let serve = Program::new(&["serve", "--listen", "127.0.0.1:0", "--database-url"]).arg(&database.url);
        let service = serve.serve();
        let id = Tool::new(&service.base, "nobody", "s").ask("oob").send().expect(401).refusal();
        let log = service.stop().expect(0).err;
        let line = log.lines().find(|line| line.contains(&format!("refusal.id=\"{id}\"")));
        assert!(line.is_some_and(|line| line.contains("consumer_key_unknown")), "{log}");
    }
}
