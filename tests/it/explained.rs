//! Refusals that explain themselves: to whom, for how long, and what they say.

mod command;
mod kept;
mod owner;
mod page;
mod wall;

use crate::support::{
    Answer, Browser, Database, Forge, PLUGIN, Placement, Program, Token, Tool, on_both_databases, text_of,
};

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
            let too_large = vec![b'x'; 256 * 1024 + 1];
            let anonymous = forge.anonymous();
            for answer in [
                jenkins.echo(),
                anonymous.get("/"),
                jenkins.get("/api/nothing"),
                anonymous.post("/login", &[("username", "alice"), ("password", "wrong")]),
                forge.browser_of("bob").get(&format!("{PLUGIN}/consumers")).expect(403),
                anonymous.request("POST", "/login").body("text/plain", too_large).send().expect(413),
                anonymous.request("GET", "/").header("X-Pad", &"x".repeat(17_000)).send().expect(431),
            ] {
                assert_eq!(answer.header("X-Refusal-Id"), None, "{answer:?}");
            }
        }

        fn is_given_to_what_is_too_large_and_to_what_would_open_a_page(forge: Forge) {
            let (jenkins, admin) = (forge.jenkins_a_for_alice(), forge.browser_of("admin"));
            let words = "over 16 KiB";
            for (answer, (status, code), said) in [
                (jenkins.get("/login"), (403, "forbidden"), "A signed request opens no page"),
                (jenkins.get(&format!("{PLUGIN}/no/such/page")), (403, "forbidden"), "pages are for people"),
                (jenkins.request("POST", "/login").form("a=b").placed(Placement::Body).send(), (403, "forbidden"), "body"),
                (jenkins.request("POST", ECHO).body("text/plain", &[b'x'; 300_000]).send(), (413, "body_too_large"), "not read"),
                (jenkins.request("GET", ECHO).header("X-Pad", &"x".repeat(17_000)).send(), (431, "head_too_large"), words),
                (jenkins.get(&format!("{ECHO}?a={}", "x".repeat(17_000))), (414, "line_too_long"), words),
            ] {
                let answer = answer.expect(status);
                let shown = page_of(&admin, &answer);
                let code = format!("{status} {code}");
                assert!(shown.contains(&code) && shown.contains(said) && shown.contains("jenkins_a"), "{code}: {shown}");
            }
        }
    }

    #[test]
    fn is_given_to_a_signed_request_that_has_to_wait_at_a_page() {
        let settings =
            [("OAUTHPROVIDER_LIMITS_ADDRESS_PER_SECOND", "10"), ("OAUTHPROVIDER_SERVER_TRUSTED_PROXIES", "127.0.0.1")];
        let forge = Forge::with_settings(Database::Sqlite, &settings);
        let from_afar = forge.jenkins_a().request("GET", "/login").header("X-Forwarded-For", "203.0.113.9");
        let waits = (0..60).map(|_| from_afar.send()).find(|answer| answer.status == 429).unwrap();
        let shown = page_of(&forge.browser_of("admin"), &waits);
        assert!(shown.contains("429 too_many_attempts") && shown.contains("Try again in"), "{shown}");
    }

    #[test]
    fn does_not_tell_a_secret_that_is_in_the_place_of_a_key_or_in_a_path() {
        const SECRET: &str = "theS3cretOfSomeTool";
        let database = Database::Sqlite.filled();
        let serve = Program::new(&["serve", "--listen", "127.0.0.1:0", "--database-url"]).arg(&database.url);
        let service = serve.serve();
        let swapped = Tool::new(&service.base, SECRET, "k");
        let mut admin = Browser::new(&service.base);
        admin.log_in("admin");
        let unknown = Token { key: "aTokenOfNobody".to_owned(), secret: "t".to_owned() };
        let early = swapped.with(&unknown).request("GET", ECHO).timestamp(1).send();
        for answer in [swapped.ask("oob").send(), early] {
            let shown = page_of(&admin, &answer.expect(401));
            assert!(shown.contains("theS3c…") && !shown.contains(SECRET), "{shown}");
        }
        let known = Tool::new(&service.base, "key of jenkins_a", "guessed").with(&unknown);
        let answer = known.get(&format!("{ECHO}/https://alice:{SECRET}@forge.example/password/{SECRET}"));
        let shown = page_of(&admin, &answer.expect(401));
        assert!(shown.contains("key of jenkins_a") && !shown.contains(SECRET), "{shown}");
        let log = service.stop().expect(0).err;
        assert!(log.contains("consumer.key=\"theS3c…\"") && log.contains("consumer.key=\"key of jenkins_a\""), "{log}");
        assert!(log.contains("/echo/https:") && !log.contains(SECRET), "{log}");
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
