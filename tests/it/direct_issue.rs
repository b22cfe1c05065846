//! A token that a user issues to a tool on their own page, without the dance.

use crate::support::{
    Answer, Browser, Database, Forge, PLUGIN, Program, Token, element, hidden, on_both_databases, text_of,
};

/// The number of a role as the form for a tool offers it.
fn role(browser: &Browser, tool: &str, label: &str) -> String {
    let page = browser.get(&format!("{PLUGIN}/access_tokens/new?tool={tool}")).expect(200).text();
    let radios = page.split("<input type=\"radio\"").skip(1);
    let found = radios.filter(|radio| text_of(radio.split("</label>").next().unwrap()).contains(label));
    let [radio] = &found.collect::<Vec<_>>()[..] else { panic!("{label} is not one role of {page}") };
    radio.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

fn issue(browser: &Browser, form: &[(&str, &str)]) -> Answer {
    let csrf_token = browser.csrf_token();
    browser.post(&format!("{PLUGIN}/access_tokens"), &[&[("csrf_token", csrf_token.as_str())], form].concat())
}

fn shown(answer: Answer) -> Token {
    let page = answer.expect(200).text();
    Token { key: element(&page, "token").unwrap(), secret: element(&page, "token_secret").unwrap() }
}

fn try_out(browser: &Browser, token: &str, secret: &str) -> Answer {
    let csrf_token = browser.csrf_token();
    let form = [("csrf_token", &*csrf_token), ("token", token), ("token_secret", secret)];
    browser.post(&format!("{PLUGIN}/access_tokens/try"), &form)
}

on_both_databases! {
    fn works_at_once_with_the_one_role_and_is_shown_once(forge: Forge) {
        let alice = forge.browser_of("alice");
        let reporter = role(&alice, "jenkins_a", "Reporter in Project A");
        let answer = issue(&alice, &[
            ("tool", "jenkins_a"), ("role_id", &reporter), ("lifetime", "86400"), ("label", " nightly "), ("reason", "why"),
        ]);
        assert_eq!(answer.header("Cache-Control"), Some("no-store"));
        let page = answer.text();
        let token = shown(answer);
        let base = forge.base();
        for ready in [
            format!("{base}/plugins/oslc/cm/project/project-a/tracker/bugs"),
            "Access Token Secret".to_owned(), "Automatic Bug Creation URL".to_owned(), "OAuth1Session(".to_owned(),
            "oauthprovider client call GET".to_owned(),
        ] {
            assert!(page.contains(&ready) || text_of(&page).contains(&ready), "{ready}: {page}");
        }
        assert!(!page.contains("tracker/security"), "the role cannot file there");
        let echo = forge.jenkins_a().with(&token).echo().expect(200).json();
        assert_eq!((&echo["user"]["name"], &echo["role"]["name"]), (&"alice".into(), &"Reporter".into()));

        let list = alice.get(&format!("{PLUGIN}/access_tokens")).expect(200).text();
        assert!(list.contains("nightly") && !list.contains(&token.secret) && !list.contains(&token.key));
        let log = Program::new(&["audit", "list", "--json", "--database-url", forge.database_url()]).run().expect(0);
        let entry = log.json().as_array().unwrap().iter().find(|one| one["action"] == "token.issued").unwrap().clone();
        assert_eq!((&entry["reason"], &entry["details"]["role"]), (&"why".into(), &"project-a/Reporter".into()));
        assert!(!log.out.contains(&token.secret) && !log.out.contains(&token.key));
    }

    fn is_for_ones_own_roles_and_for_tools_that_are_listened_to(forge: Forge) {
        let (alice, bob) = (forge.browser_of("alice"), forge.browser_of("bob"));
        let of_bob = role(&bob, "jenkins_a", "Reporter in Project B");
        let own = role(&alice, "jenkins_a", "Reader in Project A");
        forge.import(r#"{"consumers": [{"name": "jenkins_b", "disabled": true}]}"#);
        for (tool, role, status) in [
            ("jenkins_a", of_bob.as_str(), 403), ("jenkins_a", "999999", 400), ("jenkins_a", "x", 422),
            ("jenkins_b", own.as_str(), 403), ("nobody", own.as_str(), 404),
        ] {
            assert_eq!(issue(&alice, &[("tool", tool), ("role_id", role)]).status, status, "{tool} {role}");
        }
        let path = format!("{PLUGIN}/access_tokens");
        alice.post(&path, &[("tool", "jenkins_a"), ("role_id", &own)]).expect(403);
        forge.anonymous().post(&path, &[("tool", "jenkins_a"), ("role_id", &own)]).expect(403);
        assert_eq!(forge.tokens_of("alice"), 0);

        let tools = |query: &str| text_of(&alice.get(&format!("{path}/new{query}")).expect(200).text());
        assert!(tools("").contains("jenkins_a") && !tools("").contains("jenkins_b"));
        assert!(tools("?words=jen").contains("jenkins_a") && tools("?words=zzz").contains("No enabled tool has a name"));
        alice.get(&format!("{path}/new?tool=jenkins_b")).expect(403);
        alice.get(&format!("{path}/new?tool=nobody")).expect(404);
    }

    fn asks_for_as_much_as_the_tool_needs(forge: Forge) {
        forge.import(r#"{"consumers": [{"name": "jenkins_a", "needs": {"tracker": "technician"}}]}"#);
        let alice = forge.browser_of("alice");
        let too_small = role(&alice, "jenkins_a", "Reporter in Project A");
        let again = issue(&alice, &[("tool", "jenkins_a"), ("role_id", &too_small), ("label", "builder 7")]).expect(400).text();
        assert!(text_of(&again).contains("That role lets the tool do less than it needs."), "{again}");
        assert!(again.contains("value=\"builder 7\""), "{again}");
        assert_eq!(forge.tokens_of("alice"), 0);
        let enough = role(&alice, "jenkins_a", "Technician in Project A");
        issue(&alice, &[("tool", "jenkins_a"), ("role_id", &enough)]).expect(200);
    }

    fn keeps_what_was_typed_where_something_is_wrong(forge: Forge) {
        let alice = forge.browser_of("alice");
        let reader = role(&alice, "jenkins_a", "Reader in Project A");
        let (long, reason) = ("x".repeat(65), "y".repeat(501));
        for (form, field) in [
            (vec![("label", "kept <b>")], "role_id"),
            (vec![("role_id", reader.as_str()), ("label", long.as_str())], "label"),
            (vec![("role_id", reader.as_str()), ("reason", reason.as_str())], "reason"),
            (vec![("role_id", reader.as_str()), ("lifetime", "soon")], "lifetime"),
        ] {
            let again = issue(&alice, &[&[("tool", "jenkins_a")], &form[..]].concat()).expect(422).text();
            for (name, value) in &form {
                let kept = match *name {
                    "role_id" => again.contains(&format!("value=\"{value}\" id=\"role-{value}\" aria-describedby=\"rights-{value}\" required checked")),
                    "lifetime" => true,
                    _ => again.contains(&value.replace('<', "&lt;").replace('>', "&gt;")),
                };
                assert!(kept, "{name} is not kept: {again}");
            }
            let beside = if field == "role_id" { "class=\"wrong-choice\"".to_owned() } else { format!("id=\"{field}-error\"") };
            assert!(again.contains(&beside), "{field}: {again}");
        }
        assert_eq!(forge.tokens_of("alice"), 0);
    }

    fn keeps_the_page_of_roles_that_one_chose_from(forge: Forge) {
        let role = |number: u8| format!(r#"{{"project": "project-a", "name": "Watcher {number}", "members": ["alice"], "permissions": {{"project": "read"}}}}"#);
        forge.import(&format!(r#"{{"roles": [{}]}}"#, (10..50).map(role).collect::<Vec<_>>().join(",")));
        let alice = forge.browser_of("alice");
        let second = alice.get(&format!("{PLUGIN}/access_tokens/new?tool=jenkins_a&roles=30")).expect(200).text();
        let from = hidden(&second, "roles").unwrap();
        let chosen = second.split("name=\"role_id\" value=\"").nth(2).unwrap().split('"').next().unwrap();
        let wrong = [("tool", "jenkins_a"), ("lifetime", "soon")];
        for form in [vec![("role_id", chosen)], vec![("roles", &*from)], vec![("role_id", chosen), ("roles", &*from)]] {
            let again = issue(&alice, &[&wrong[..], &form].concat()).expect(422).text();
            assert_eq!(again.contains(" checked"), form[0].0 == "role_id", "{again}");
            assert!(again.contains(&format!("value=\"{chosen}\" id=\"role-{chosen}\"")), "{form:?}: {again}");
            assert_eq!(hidden(&again, "roles").as_ref(), Some(&from));
        }
    }

    fn can_be_tried_by_its_user_alone_and_says_how_it_went(forge: Forge) {
        let (alice, bob) = (forge.browser_of("alice"), forge.browser_of("bob"));
        let reporter = role(&alice, "jenkins_a", "Reporter in Project A");
        let token = shown(issue(&alice, &[("tool", "jenkins_a"), ("role_id", &reporter)]));
        let told = |secret: &str| text_of(&try_out(&alice, &token.key, secret).expect(200).text());
        assert!(told(&token.secret).contains("It works: the request came through as alice with the role project-a/Reporter."));
        assert!(told("another").contains("The request was refused: signature_invalid."));
        try_out(&bob, &token.key, &token.secret).expect(404);
        try_out(&alice, "no such token", &token.secret).expect(404);
        alice.post(&format!("{PLUGIN}/access_tokens/try"), &[("token", &token.key)]).expect(403);

        let members = |members: &str| forge.import(&format!(r#"{{"roles": [{{"project": "project-a", "name": "Reporter",
            "members": [{members}], "permissions": {{"tracker:bugs": "submit"}}}}]}}"#));
        members("");
        assert!(told(&token.secret).contains("The request was refused: role_not_held."));
        members("\"alice\"");
        assert!(told(&token.secret).contains("It works"));
        forge.sql("UPDATE access_tokens SET revoked = created");
        assert!(told(&token.secret).contains("The request was refused: token_revoked."));
    }
}

#[test]
fn can_be_switched_off_for_all_but_administrators() {
    let forge = Forge::with_settings(Database::Sqlite, &[("OAUTHPROVIDER_OAUTH_DIRECT_ISSUE", "false")]);
    let (bob, alice) = (forge.browser_of("bob"), forge.browser_of("alice"));
    let new = format!("{PLUGIN}/access_tokens/new");
    bob.get(&new).expect(403);
    issue(&bob, &[("tool", "jenkins_a"), ("role_id", "2")]).expect(403);
    assert!(!bob.get(&format!("{PLUGIN}/access_tokens")).expect(200).text().contains(&new));
    // Alice runs the forge through one of her roles.
    assert!(alice.get(&format!("{PLUGIN}/access_tokens")).expect(200).text().contains(&new));
    let reader = role(&alice, "jenkins_a", "Reader in Project A");
    issue(&alice, &[("tool", "jenkins_a"), ("role_id", &reader)]).expect(200);
}
