//! The page of a refusal: what it says, and to whom.

use oauthprovider::{
    clock,
    oauth1::SignatureMethod,
    store::{
        self,
        refusals::{self, Whose},
    },
};

use super::{ECHO, owned_by_bob, page_of};
use crate::support::{
    Answer, Browser, Call, Database, Forge, PLUGIN, Placement, Token, Tool, element, on_both_databases,
};

/// Jenkins signs for the right URL in a way that is wrong.
fn wrongly(jenkins: &Tool, parameters: &str) -> Answer {
    jenkins.by_hand("GET", ECHO, parameters).call(&format!("{ECHO}?c2=&c%40=r%20b")).send()
}

on_both_databases! {
    fn names_the_mistake_of_a_client(forge: Forge) {
        let (jenkins, admin) = (forge.jenkins_a_for_alice(), forge.browser_of("admin"));
        wrongly(&jenkins, "c%40=r%20b&c2=&@").expect(200);
        let unsorted = wrongly(&jenkins, "c2=&c%40=r%20b&@").expect_problem(401, "signature_invalid");
        assert!(page_of(&admin, &unsorted).contains("sorts the parameters before it escapes them"));
        let plus = wrongly(&jenkins, "c%40=r+b&c2=&@").expect_problem(401, "signature_invalid");
        assert!(page_of(&admin, &plus).contains("as + in the base string"));
        let elsewhere = jenkins.request("GET", ECHO).signed_for("https://forge.example").send();
        assert!(page_of(&admin, &elsewhere).contains("None of the known mistakes"));
        let https = jenkins.request("GET", ECHO).signed_for(&forge.base().replace("http:", "https:")).send();
        assert!(page_of(&admin, &https).contains("signs for https://127.0.0.1:"));
        let body = jenkins.request("POST", ECHO).form("a=b").signed();
        let unsaid = Call { headers: vec![body.headers[0].clone()], ..body }.header("Content-Type", "text/plain").send();
        assert!(page_of(&admin, &unsaid).contains("signs its body as a form"));
        let stranger = Tool { secret: "guessed".to_owned(), ..jenkins };
        assert!(page_of(&admin, &stranger.echo()).contains("probably the secret is wrong"));
    }

    fn shows_what_the_server_saw(forge: Forge) {
        let jenkins = Tool { secret: "guessed".to_owned(), ..forge.jenkins_a_for_alice() };
        let request = jenkins.request("POST", &format!("{ECHO}?q=1")).form("note=it%27s+5%25");
        let refused = request.placed(Placement::Query).signed_by(SignatureMethod::HmacSha256).send();
        let shown = page_of(&forge.browser_of("admin"), &refused);
        let base_uri = format!("{}{ECHO}", forge.base());
        for words in [
            "POST", &base_uri, "HMAC-SHA256", "query", "application/x-www-form-urlencoded",
            "16 bytes, counted as a form", "note=it%27s%205%25", "±300 s", "127.0.0.1", "key of jenkins_a",
            "signature_invalid", "(chosen)",
        ] {
            assert!(shown.contains(words), "{words} in {shown}");
        }
        let html = forge.browser_of("admin").get(&format!("{PLUGIN}/refusals/{}", refused.refusal())).text();
        let base_string = element(&html, "ours").unwrap();
        assert!(base_string.starts_with("POST&http%3A%2F%2F127.0.0.1"), "{base_string}");
        assert!(base_string.contains("&note%3Dit%2527s%25205%2525%26"), "{base_string}");
    }

    fn explains_a_clock_in_words(forge: Forge) {
        let now = clock::now();
        let refused = forge.jenkins_a_for_alice().request("GET", ECHO).timestamp(now - 7_300).send();
        let shown = page_of(&forge.browser_of("admin"), &refused.expect_problem(401, "timestamp_refused"));
        assert!(shown.contains("(about 2 hours) behind this server's clock"), "{shown}");
    }

    fn tells_apart_what_shares_a_code(forge: Forge) {
        let (jenkins, admin) = (forge.jenkins_a_for_alice(), forge.browser_of("admin"));
        let says = |code: &str, words: &str, not: &str| {
            let refused = jenkins.echo().expect_problem(401, code);
            let shown = page_of(&admin, &refused);
            assert!(shown.contains(words) && !shown.contains(not), "{shown}");
            assert!(!refused.text().contains("oauthprovider"), "what helps the owner is for the owner: {refused:?}");
        };
        let (enables, elsewhere) = ("oauthprovider consumer enable", "may not ask from the address");
        forge.import(r#"{"consumers": [{"name": "jenkins_a", "networks": ["192.0.2.0/24"]}]}"#);
        says("consumer_key_rejected", elsewhere, enables);
        forge.sql("UPDATE consumers SET enabled = false WHERE key = 'key of jenkins_a'");
        says("consumer_key_rejected", enables, elsewhere);
        let temporary = forge.tool("jenkins_b").request_token("oob");
        forge.browser_of("alice").decide(&temporary, "Reporter/Project A", "authorize").expect(200);
        let wrong = forge.tool("jenkins_b").exchange(&temporary, "wrong").send();
        let shown = page_of(&admin, &wrong.expect_problem(401, "parameter_rejected"));
        assert!(shown.contains("fifth wrong one ends the request token"), "{shown}");
    }

    fn shows_what_could_not_be_read(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        let signed = jenkins.request("GET", ECHO).signed();
        let broken = Call { url: format!("{}?broken=%zz", signed.url), ..signed }.send();
        let shown = page_of(&forge.browser_of("admin"), &broken.expect_problem(400, "parameter_rejected"));
        assert!(shown.contains("broken=…(3): here a percent sign is not followed"), "{shown}");
        assert!(!shown.contains(&jenkins.token.unwrap().key), "{shown}");
    }

    fn shows_a_wrong_body_hash_for_what_it_is(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        let hashed = jenkins.by_hand("POST", ECHO, "@").with("oauth_body_hash", "2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
        let refused = hashed.call(ECHO).body("application/json", "{}").send().expect_problem(401, "signature_invalid");
        let shown = page_of(&forge.browser_of("admin"), &refused);
        assert!(shown.contains("What is wrong is oauth_body_hash") && shown.contains("2 bytes"), "{shown}");
    }

    fn points_at_the_first_difference_of_a_base_string(forge: Forge) {
        let (jenkins, admin) = (forge.jenkins_a_for_alice(), forge.browser_of("admin"));
        let refused = jenkins.request("GET", ECHO).signed_for("http://forge.example").send();
        let path = format!("{PLUGIN}/refusals/{}", refused.refusal());
        let own = "GET&http%3A%2F%2Fforge.example%2Fplugins%2Foauthprovider%2Fecho&a%3Db";
        let answers = [
            admin.get(&format!("{path}?base_string={}", oauthprovider::oauth1::percent_encode(own))),
            admin.post(&path, &[("base_string", own), ("csrf_token", &admin.csrf_token())]),
        ];
        for answer in answers {
            let html = answer.expect(200).text();
            assert!(html.contains("<mark>▸forge.example"), "{html}");
            assert!(element(&html, "causes").is_some());
            assert!(html.contains("The host differs"), "{html}");
        }
        admin.post(&path, &[("base_string", own)]).expect(403);
    }

    fn compares_no_more_than_64_kib_and_says_so(forge: Forge) {
        let (jenkins, admin) = (forge.jenkins_a_for_alice(), forge.browser_of("admin"));
        let refused = jenkins.request("GET", ECHO).signed_for("http://forge.example").send();
        let path = format!("{PLUGIN}/refusals/{}", refused.refusal());
        let paste = |own: &str| admin.post(&path, &[("base_string", own), ("csrf_token", &admin.csrf_token())]);
        let longest = format!("GET&x&{}", "a%3Db%26".repeat(8_192)).chars().take(65_536).collect::<String>();
        assert!(element(&paste(&longest).expect(200).text(), "causes").is_some());
        let told = paste(&format!("{longest}x")).expect(422).text();
        assert!(told.contains("at most 65536 bytes are compared, and these are 65537"), "{told}");
        assert!(told.contains("Nothing was compared") && element(&told, "ours").is_some(), "{told}");
        assert!(element(&told, "causes").is_none() && !told.contains("a%3Db%26a"), "{told}");
    }

    fn is_for_administrators_and_the_owner_alone(forge: Forge) {
        owned_by_bob(&forge);
        let jenkins = forge.jenkins_a_for_alice();
        let others = Tool { secret: "guessed".to_owned(), ..forge.tool("jenkins_b") };
        let ours = Tool { secret: "guessed".to_owned(), ..jenkins }.echo();
        let theirs = others.ask("oob").send();
        let nobodys = Tool { key: "nobody".to_owned(), ..others }.ask("oob").send();
        let path = |answer: &Answer| format!("{PLUGIN}/refusals/{}", answer.refusal());
        let (bob, alice, admin) = (forge.browser_of("bob"), forge.browser_of("alice"), forge.browser_of("admin"));
        for answer in [&ours, &theirs, &nobodys] {
            let led = forge.anonymous().get(&path(answer)).expect(302);
            assert!(led.header("Location").unwrap().starts_with("/login?next="));
            // Alice holds a role of the whole forge that administers it, and so sees all.
            admin.get(&path(answer)).expect(200);
            alice.get(&path(answer)).expect(200);
        }
        bob.get(&path(&ours)).expect(200);
        forge.browser_of("nora").get(&path(&ours)).expect(404);
        for answer in [&theirs, &nobodys] {
            let unknown = bob.get(&path(answer)).expect(404).text();
            assert!(unknown.contains("There is no such refusal"), "{unknown}");
        }
        for nobodys in ["0123456789", "a%00b", "%F0%9F%98%80", "x'--"] {
            bob.get(&format!("{PLUGIN}/refusals/{nobodys}")).expect(404);
        }
        jenkins_is_signed_on_no_page(&forge, &path(&ours));
    }

    fn lists_what_one_may_see_newest_first(forge: Forge) {
        owned_by_bob(&forge);
        let list = |user: &str| forge.browser_of(user).get(&format!("{PLUGIN}/refusals")).expect(200).text();
        assert!(list("bob").contains("Nothing was refused lately"));
        let jenkins = forge.jenkins_a();
        let stranger = Tool { secret: "guessed".to_owned(), ..jenkins };
        let (first, second) = (stranger.echo(), stranger.ask("oob").send());
        let theirs = Tool { secret: "guessed".to_owned(), ..forge.tool("jenkins_b") }.ask("oob").send();
        let bobs = list("bob");
        let place = |html: &str, answer: &Answer| html.find(&answer.refusal());
        assert!(place(&bobs, &second).unwrap() < place(&bobs, &first).unwrap());
        assert_eq!(place(&bobs, &theirs), None);
        assert!(place(&list("admin"), &theirs).is_some());
        assert_eq!(place(&list("nora"), &first), None);
        forge.anonymous().get(&format!("{PLUGIN}/refusals")).expect(302);
    }

    fn is_gone_after_a_quarter_of_an_hour(forge: Forge) {
        let admin = forge.browser_of("admin");
        let refused = forge.anonymous().get(ECHO);
        let path = format!("{PLUGIN}/refusals/{}", refused.refusal());
        admin.get(&path).expect(200);
        forge.sql("UPDATE refusals SET at = at - 890");
        admin.get(&path).expect(200);
        forge.sql("UPDATE refusals SET at = at - 11");
        assert!(admin.get(&path).expect(404).text().contains("over a quarter of an hour old"));
        let list = admin.get(&format!("{PLUGIN}/refusals")).expect(200).text();
        assert!(!list.contains(&refused.refusal()), "{list}");
        let sweep = |conn: &mut oauthprovider::store::Connection| oauthprovider::provider::sweep::batch(conn, clock::now());
        assert_eq!(forge.store().blocking(sweep).unwrap_or_else(|error| panic!("{error}")), 1);
    }

    fn of_another_instance_is_found_too(forge: Forge) {
        let other = forge.another_instance();
        let refused = forge.anonymous().get(ECHO);
        let admin = Browser { base: other.base.clone(), ..forge.browser_of("admin") };
        admin.get(&format!("{PLUGIN}/refusals/{}", refused.refusal())).expect(200);
    }

    fn tells_no_secret_and_keeps_no_credentials_of_others(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        let temporary = forge.jenkins_a().request_token("oob");
        let refused = [
            Tool { secret: "guessed secret".to_owned(), ..jenkins.clone() }.echo(),
            jenkins.request("GET", ECHO).signed_for("http://forge.example").placed(Placement::Query).send(),
            forge.jenkins_a().exchange(&temporary, "a verifier to guess").send(),
            forge.jenkins_a().exchange(&temporary, "another to guess").signed_for("http://forge.example").send(),
            jenkins.request("GET", ECHO).tampered("oauth_signature_method", Some("PLAINTEXT")).send(),
            forge.anonymous().request("GET", ECHO).header("Authorization", "Basic YWxpY2U6d29uZGVybGFuZA==").send(),
        ];
        let token = jenkins.token.as_ref().unwrap().key.clone();
        let admin = forge.browser_of("admin");
        for answer in &refused {
            let path = format!("{PLUGIN}/refusals/{}?base_string=GET%26x%26oauth_token%253D{token}", answer.refusal());
            let html = admin.get(&path).expect(200).text();
            assert!(!html.contains("YWxpY2U6") && !html.contains(&temporary.key), "{html}");
            assert!(!html.contains(&token), "{html}");
        }
        let sealed = forge.database().lines("SELECT evidence AS line FROM refusals").join("\n");
        assert!(!sealed.contains("oauth_"), "{sealed}");
        let open = |conn: &mut store::Connection| {
            let found = refused.iter().map(|answer| refusals::find(conn, &answer.refusal(), Whose::All, 0));
            found.map(|found| Ok(found?.unwrap().evidence.expose().to_owned())).collect::<Result<String, store::Error>>()
        };
        let kept = forge.store().blocking(open).unwrap();
        assert!(!kept.contains("YWxpY2U6"), "{kept}");
        // What may not be seen is kept only to try mistakes on: of the three whose signatures are wrong.
        assert_eq!(kept.matches("\"request\":{\"exact\":").count(), 3, "{kept}");
        assert_eq!((kept.matches(&token).count(), kept.matches("another to guess").count()), (3, 1));
        assert_eq!(kept.matches("a verifier to guess").count(), 0);
    }
}

fn jenkins_is_signed_on_no_page(forge: &Forge, path: &str) {
    forge.jenkins_a_for_alice().get(path).expect(403);
    forge.jenkins_a_for_alice().get("/plugins/oauthprovider/refusals").expect(403);
}

#[test]
fn a_tool_that_guesses_is_told_from_one_that_asks_too_often() {
    let settings = [
        ("OAUTHPROVIDER_LIMITS_WRONG_SIGNATURES_PER_MINUTE", "1"),
        ("OAUTHPROVIDER_LIMITS_REQUEST_TOKENS_PER_MINUTE", "1"),
    ];
    let forge = Forge::with_settings(Database::Sqlite, &settings);
    let (jenkins, admin) = (forge.jenkins_a_for_alice(), forge.browser_of("admin"));
    let refused = |answer: Answer| page_of(&admin, &answer.expect_problem(429, "consumer_key_refused"));
    Tool {
        token: jenkins.token.clone().map(|token| Token { secret: "guessed".to_owned(), ..token }),
        ..jenkins.clone()
    }
    .echo()
    .expect_problem(401, "signature_invalid");
    let rests = refused(jenkins.echo());
    assert!(rests.contains("So many signatures were wrong") && !rests.contains("ask less"), "{rests}");
    forge.jenkins_a().request_token("oob");
    let asks = refused(forge.jenkins_a().ask("oob").send());
    assert!(asks.contains("too many requests") && asks.contains("ask less"), "{asks}");
    assert!(!asks.contains("signatures were wrong"), "{asks}");
}
