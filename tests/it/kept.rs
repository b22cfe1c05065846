//! What was typed into a form is not lost when it cannot be answered now: the page that says so holds it.

use crate::support::{Answer, Browser, Database, Forge, PASSWORD, PLUGIN, hidden, on_each_database, raw, text_of};

const NEW_ITEM: &str = "/projects/project-a/trackers/bugs/items/new";
const HOSTILE: &str = "\"><script>alert(1)</script>&amp;'\r\nü";

fn impatient(kind: Database) -> Forge {
    Forge::with_settings(kind, &[("OAUTHPROVIDER_DATABASE_WAIT_SECONDS", "1")])
}

/// The form to try again that a page holds, if it does: where it goes, and its hidden fields.
fn again(page: &str) -> Option<(String, Vec<(String, String)>)> {
    let form = page.split("<form class=\"card\" method=\"post\" action=\"").nth(1)?.split("</form>").next()?;
    let names = form.split("type=\"hidden\" name=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let typed = names.map(|name| (name.to_owned(), hidden(form, name).unwrap()));
    Some((form.split('"').next().unwrap().to_owned(), typed.collect()))
}

/// Sends the form of a page again.
#[track_caller]
fn try_again(browser: &Browser, page: &str) -> Answer {
    let (action, typed) = again(page).expect(page);
    let typed: Vec<_> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&action, &typed)
}

on_each_database! {
    fn a_form_is_kept_while_the_database_is_out_of_reach(kind: Database) {
        let forge = impatient(kind);
        let alice = forge.browser_of("alice");
        let csrf_token = alice.csrf_token();
        let form = [("csrf_token", csrf_token.as_str()), ("summary", "It broke"), ("details", HOSTILE), ("priority", "4")];
        let gone = forge.database().out_of_reach();
        let page = alice.post(&format!("{NEW_ITEM}?from=list"), &form).expect(503).text();
        assert!(!page.contains("<script>alert"), "{page}");
        let (action, typed) = again(&page).unwrap();
        assert!(action == format!("{NEW_ITEM}?from=list"), "{action}");
        assert_eq!(typed, form.map(|(name, value)| (name.to_owned(), value.to_owned())));
        drop(gone);
        let filed = try_again(&alice, &page).expect(302);
        let item = alice.get(filed.header("Location").unwrap()).expect(200).text();
        assert!(text_of(&item).contains("It broke") && text_of(&item).contains("alert(1)"), "{item}");
    }

    fn a_log_in_keeps_its_user_name_and_no_password(kind: Database) {
        let forge = impatient(kind);
        let gone = forge.database().out_of_reach();
        let form = [("username", "alice \"b"), ("password", PASSWORD), ("next", "/projects")];
        // The session is looked up only where there is one.
        let page = forge.anonymous().post("/login", &form).expect(503).text();
        drop(gone);
        assert!(page.contains("name=\"username\" value=\"alice &quot;b\""), "{page}");
        assert!(page.contains("type=\"password\" id=\"password\" name=\"password\" value=\"\""), "{page}");
        assert!(!page.contains(PASSWORD), "{page}");
        assert_eq!(again(&page).unwrap(), ("/login".to_owned(), vec![("next".to_owned(), "/projects".to_owned())]));
    }

    fn a_decision_is_asked_for_again_with_what_was_chosen(kind: Database) {
        let forge = impatient(kind);
        let alice = forge.browser_of("alice");
        let asked = forge.jenkins_a().request_token("http://127.0.0.1:9/callback");
        let consent = alice.consent(&asked);
        let role = consent.roles[0].0.as_str();
        let form = [
            ("oauth_token", asked.key.as_str()), ("csrf_token", &consent.csrf_token), ("role_id", role),
            ("label", "builder 7"), ("decision", "authorize"),
        ];
        let gone = forge.database().out_of_reach();
        let page = alice.post(&format!("{PLUGIN}/authorize"), &form).expect(503).text();
        drop(gone);
        // From the page of a problem no browser would let a form lead to the callback.
        let question = try_again(&alice, &page).expect(400);
        assert!(question.header("Content-Security-Policy").unwrap().contains("http://127.0.0.1:9"));
        let question = question.text();
        assert!(question.contains("value=\"builder 7\""), "{question}");
        let chosen = question.split(&format!("id=\"role-{role}\"")).nth(1).unwrap().split('>').next().unwrap();
        assert!(chosen.contains(" checked"), "{chosen}");
    }

    fn a_form_outlives_the_session_that_it_was_made_for(kind: Database) {
        let forge = Forge::on(kind);
        let alice = forge.browser_of("alice");
        let former = alice.csrf_token();
        alice.post("/logout", &[("csrf_token", &former)]).expect(302);
        let form = [("csrf_token", former.as_str()), ("summary", "It broke"), ("details", HOSTILE), ("priority", "4")];
        let post = |browser: &Browser, form: &[(&str, &str)], origin: Option<&str>| {
            let request = browser.request("POST", NEW_ITEM).form(form);
            let request = origin.into_iter().fold(request, |request, origin| request.header("Origin", origin));
            request.send().expect(403).text()
        };
        let nobody = post(&alice, &form, Some(forge.base()));
        assert!(nobody.contains("href=\"/login\" target=\"_blank\""), "{nobody}");
        assert_eq!(again(&nobody).unwrap().1[0], ("csrf_token".to_owned(), former.clone()));

        // On another page she logs in, and comes back.
        let alice = forge.browser_of("alice");
        let page = post(&alice, &form, Some(forge.base()));
        assert_eq!(again(&page).unwrap().1[0], ("csrf_token".to_owned(), alice.csrf_token()));
        assert!(text_of(&page).contains("You have logged in since the form was opened."), "{page}");
        let filed = try_again(&alice, &page).expect(302);
        assert!(text_of(&alice.get(filed.header("Location").unwrap()).expect(200).text()).contains("alert(1)"));

        // Who does not say that the form is ours, or that it was made for somebody, gets nothing to press.
        for origin in [None, Some("http://evil.example"), Some("null")] {
            assert!(again(&post(&alice, &form, origin)).is_none(), "{origin:?}");
        }
        assert!(again(&post(&alice, &form[1..], Some(forge.base()))).is_none());
    }

    fn too_many_changes_keep_what_was_typed_and_no_secret(kind: Database) {
        let forge = Forge::with_settings(kind, &[("OAUTHPROVIDER_LIMITS_CHANGES_PER_MINUTE", "1")]);
        let admin = forge.browser_of("admin");
        let csrf_token = admin.csrf_token();
        admin.post(&format!("{PLUGIN}/access_tokens/0/revoke"), &[("csrf_token", &csrf_token)]).expect(404);

        let form = [
            ("csrf_token", csrf_token.as_str()), ("name", "carol"), ("realname", HOSTILE), ("password", "unsayable 1"),
            ("again", "unsayable 2"),
        ];
        let told = admin.post("/users", &form).expect(429);
        assert!(told.header("Retry-After").is_some());
        let page = told.text();
        assert!(!page.contains("unsayable") && !page.contains("<script>alert"), "{page}");
        let typed: Vec<_> = form[..3].iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        assert_eq!(again(&page).unwrap(), ("/users".to_owned(), typed));
        for secret in ["password", "again"] {
            assert!(page.contains(&format!("type=\"password\" id=\"{secret}\" name=\"{secret}\" value=\"\"")), "{page}");
        }

        let token = [("csrf_token", csrf_token.as_str()), ("token", "unsayable 3"), ("token_secret", "unsayable 4")];
        let page = admin.post(&format!("{PLUGIN}/access_tokens/try"), &token).expect(429).text();
        assert!(!page.contains("unsayable") && again(&page).is_some(), "{page}");

        // What counts is what it takes on the page.
        for long in ["x".repeat(33 * 1024), "\"".repeat(8 * 1024)] {
            let too_much = [("csrf_token", csrf_token.as_str()), ("summary", &long)];
            let page = admin.post(NEW_ITEM, &too_much).expect(429).text();
            assert!(page.len() < 10_000 && again(&page).is_none(), "{} bytes", page.len());
            assert!(text_of(&page).contains("too long to be kept on this page"), "{page}");
        }
    }
}

#[test]
fn what_would_be_answered_alike_or_is_none_of_our_forms_is_not_repeated() {
    let settings = [("OAUTHPROVIDER_LIMITS_CHANGES_PER_MINUTE", "1")];
    let forge = Forge::with_settings(Database::Sqlite, &settings);
    let (alice, bob) = (forge.browser_of("alice"), forge.browser_of("bob"));
    let (csrf_token, of_bob) = (alice.csrf_token(), bob.csrf_token());
    let revoke = format!("{PLUGIN}/access_tokens/0/revoke");
    let refused = |status: u16, answer: Answer| {
        let page = answer.expect(status).text();
        assert!(again(&page).is_none() && page.contains("<h1>"), "{page}");
    };
    refused(403, alice.post(&format!("{PLUGIN}/authorize"), &[("csrf_token", &of_bob)]));
    refused(404, alice.post("/nothing/here", &[("csrf_token", &csrf_token)]));
    refused(405, alice.post("/users/new", &[("csrf_token", &csrf_token)]));
    refused(404, alice.post(&revoke, &[("csrf_token", &csrf_token)]));

    // From here on alice has changed too much.
    let form = [("csrf_token", csrf_token.as_str()), ("reason", "why")];
    assert!(again(&alice.post(&revoke, &form).expect(429).text()).is_some());
    refused(429, alice.post(&revoke, &[("reason", "why")]));
    refused(403, alice.post(&revoke, &[&form[..], &[("oauth_signature", "x")]].concat()));
    refused(429, alice.request("POST", &revoke).form(&form).header("Origin", "http://evil.example").send());
    refused(429, alice.request("POST", &revoke).body("text/plain", "csrf_token=x&reason=why").send());
}

#[test]
fn an_address_that_asks_too_often_has_little_repeated_to_it() {
    let settings = [("OAUTHPROVIDER_LIMITS_ADDRESS_PER_SECOND", "1")];
    let forge = Forge::with_settings(Database::Sqlite, &settings);
    let refused = |method: &str, form: &[(&str, &str)]| loop {
        let answer = forge.anonymous().request(method, "/login").form(form).send();
        if answer.status == 429 {
            return answer.text();
        }
    };
    let form = [("username", "alice"), ("password", "p")];
    assert!(refused("POST", &form).contains("name=\"username\" value=\"alice\""));
    let long = refused("POST", &[("username", &"x".repeat(1_100)), ("password", "p")]);
    assert!(!long.contains("xxxx") && again(&long).is_none(), "{long}");
    for none_of_ours in [
        refused("GET", &form),
        refused("PUT", &form),
        refused("POST", &[&form[..], &[("oauth_signature", "s")]].concat()),
    ] {
        assert!(!none_of_ours.contains("alice") && again(&none_of_ours).is_none(), "{none_of_ours}");
    }
}

#[test]
fn a_form_never_leads_to_another_host() {
    let settings = [("OAUTHPROVIDER_LIMITS_ADDRESS_PER_SECOND", "1")];
    let forge = Forge::with_settings(Database::Sqlite, &settings);
    let body = "csrf_token=c&summary=s";
    let request = format!(
        "POST //evil.example/ HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        forge.base().strip_prefix("http://").unwrap(),
        body.len(),
    );
    let refused = loop {
        let answer = raw(forge.base(), request.as_bytes());
        if answer.status == 429 {
            break answer.text();
        }
    };
    assert!(!refused.contains("evil.example") && again(&refused).is_none(), "{refused}");
}
