//! The least that a tool needs of a role: what is below cannot be lent to it, at the consent page, by hand, or on one's own page.

use oauthprovider::{
    clock,
    provider::{
        ConsentRefusal, Error, Lifetime,
        access::{self, Issue},
    },
};
use serde_json::json;

use crate::support::{Browser, CALLBACK, Forge, PLUGIN, Program, Token, on_both_databases, operator, text_of};

/// Jenkins A says what it needs.
fn needs(forge: &Forge, needs: &str) {
    forge.import(&format!(r#"{{"consumers": [{{"name": "jenkins_a", "needs": {needs}}}]}}"#));
}

fn decide(browser: &Browser, token: &Token, role: &str) -> u16 {
    let csrf_token = browser.csrf_token();
    let form =
        [("oauth_token", &*token.key), ("csrf_token", &*csrf_token), ("role_id", role), ("decision", "authorize")];
    browser.post(&format!("{PLUGIN}/authorize"), &form).status
}

/// The radio button of a role.
fn radio(page: &str, id: &str) -> String {
    let tag = page.split("<input").find(|tag| tag.contains(&format!("id=\"role-{id}\""))).unwrap();
    tag.split('>').next().unwrap().to_owned()
}

fn shown(forge: &Forge) -> serde_json::Value {
    let show = Program::new(&["consumer", "show", "jenkins_a", "--json", "--database-url", forge.database_url()]);
    show.run().expect(0).json()["needs"].clone()
}

fn epoch(forge: &Forge) -> Vec<String> {
    forge.database().lines("SELECT CAST(epoch AS TEXT) AS line FROM ledger")
}

on_both_databases! {
    fn a_role_below_them_is_greyed_and_says_why_and_a_decision_for_it_decides_nothing(forge: Forge) {
        needs(&forge, r#"{"tracker": "submit"}"#);
        let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
        let temporary = jenkins.request_token(CALLBACK);
        let consent = alice.consent(&temporary);
        let (too_small, enough) = (consent.role("Reader/Project A"), consent.role("Reporter/Project A"));
        let page = consent.page.text();
        assert!(radio(&page, &too_small).contains(" disabled"), "{}", radio(&page, &too_small));
        assert!(!radio(&page, &enough).contains(" disabled"));
        assert!(text_of(&page).contains("which needs to read items, file items in one tracker"));

        assert_eq!(decide(&alice, &temporary, &too_small), 400);
        jenkins.exchange(&temporary, "x").send().expect_problem(401, "permission_unknown");
        assert_eq!(decide(&alice, &temporary, &enough), 302);
    }

    fn the_only_role_that_is_enough_is_chosen_beforehand_and_none_where_none_is(forge: Forge) {
        let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
        let temporary = jenkins.request_token(CALLBACK);
        let page = || alice.consent(&temporary);
        assert!(!page().page.text().contains(" checked"));
        needs(&forge, r#"{"forge": "admin"}"#);
        let consent = page();
        let everywhere = radio(&consent.page.text(), &consent.role("Everywhere"));
        assert!(everywhere.contains(" checked"), "{everywhere}");

        let bob = forge.browser_of("bob");
        let consent = bob.consent(&temporary);
        let text = consent.page.text();
        assert_eq!(consent.roles.len(), 2, "they are shown all the same");
        assert!(!text.contains(" checked") && !text.contains("value=\"authorize\"") && text.contains("value=\"deny\""));
        assert_eq!(decide(&bob, &temporary, &consent.roles[0].0), 400);
    }

    fn rights_that_are_spread_over_trackers_are_not_enough(forge: Forge) {
        forge.import(r#"{"roles": [{"project": "project-a", "name": "Reader", "members": ["alice"],
            "permissions": {"tracker:bugs": "read", "tracker:security": ["read", "vote"]}}]}"#);
        needs(&forge, r#"{"tracker": ["vote", "submit"]}"#);
        let consent = forge.browser_of("alice").consent(&forge.jenkins_a().request_token(CALLBACK));
        let reader = consent.role("Reader/Project A");
        assert!(radio(&consent.page.text(), &reader).contains(" disabled"));
    }

    fn they_hold_for_what_is_issued_by_hand(forge: Forge) {
        needs(&forge, r#"{"project": "admin"}"#);
        let issue = |role: &str| {
            let wanted =
                Issue { user: "alice", consumer: "jenkins_a", role, lifetime: Lifetime::UntilRevoked, label: None };
            forge.store().blocking(|conn| conn.write(|tx| access::issue(tx, &wanted, &operator(clock::now()))))
        };
        let refused = issue("project-a/Reporter").err().unwrap();
        assert!(matches!(refused, Error::Consent(ConsentRefusal::RoleTooSmall)), "{refused}");
        assert_eq!(forge.tokens_of("alice"), 0);
        assert!(issue("forge/Everywhere").is_ok());
    }

    fn tokens_that_there_are_stay_and_no_request_is_judged_by_them(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        jenkins.echo().expect(200);
        let before = epoch(&forge);
        forge.sql("UPDATE consumers SET needs = 'forge=admin' WHERE name = 'jenkins_a'");
        jenkins.echo().expect(200);
        assert_eq!(epoch(&forge), before);
    }

    /// Whoever wrote it past this program did not mean that every role will do.
    fn what_means_nothing_asks_for_everything(forge: Forge) {
        forge.sql("UPDATE consumers SET needs = 'tracker=everything' WHERE name = 'jenkins_a'");
        let consent = forge.browser_of("bob").consent(&forge.jenkins_a().request_token(CALLBACK));
        assert!(consent.roles.iter().all(|(id, _)| radio(&consent.page.text(), id).contains(" disabled")));
    }

    fn they_are_told_kept_replaced_and_written_down(forge: Forge) {
        assert_eq!(shown(&forge), json!({}));
        needs(&forge, r#"{"tracker": ["submit", "read"], "project": "read"}"#);
        let told = json!({"tracker": "submit", "project": "read"});
        assert_eq!(shown(&forge), told);
        forge.import(r#"{"consumers": [{"name": "jenkins_a", "description": "Builds"}]}"#);
        assert_eq!(shown(&forge), told, "what is left out stays");
        needs(&forge, "{}");
        assert_eq!(shown(&forge), json!({}));
        let list = Program::new(&["audit", "list", "--json", "--consumer", "jenkins_a", "--database-url"]);
        let entries = list.arg(forge.database_url()).run().expect(0).json();
        let said: Vec<_> = entries.as_array().unwrap().iter().filter_map(|one| one["details"].get("needs")).collect();
        assert!(said.contains(&&told) && said.contains(&&json!({})), "{entries}");
    }

    fn they_are_registered_at_the_command_line_and_at_the_page(forge: Forge) {
        let add = ["consumer", "add", "--name", "buildbot", "--url", "http://b/", "--description", "d", "--email", "b@b"];
        let more = ["--needs", "tracker=technician", "--needs", "project=read", "--database-url", forge.database_url()];
        Program::new(&[&add[..], &more].concat()).run().expect(0);
        let kept = |name: &str| forge.database().lines(&format!("SELECT needs AS line FROM consumers WHERE name = '{name}'"));
        assert_eq!(kept("buildbot"), ["tracker=technician project=read"]);

        let admin = forge.browser_of("admin");
        let register = |name: &str, needs: &str| {
            let csrf_token = admin.csrf_token();
            let form = [
                ("csrf_token", &*csrf_token), ("name", name), ("url", "http://c/"), ("description", "d"),
                ("email", "c@c"), ("needs", needs),
            ];
            admin.post(&format!("{PLUGIN}/consumers"), &form)
        };
        register("by_page", "tracker=submit").expect(200);
        assert_eq!(kept("by_page"), ["tracker=submit"]);
        let page = |name: &str| {
            let html = admin.get(&format!("{PLUGIN}/consumers/{}", forge.consumer_id(name))).expect(200).text();
            text_of(&html).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert!(page("by_page").contains("Needs to read items, file items in one tracker"), "{}", page("by_page"));
        assert!(page("buildbot").contains("to see a project") && page("jenkins_a").contains("nothing in particular"));
        let again = register("wrong", "tracker=sumbit").expect(422).text();
        assert!(again.contains("id=\"needs-error\"") && again.contains("<option value=\"tracker=sumbit\" selected>"));
    }
}

#[test]
fn what_nobody_can_need_is_refused_with_its_place_in_the_file() {
    for (needs, expected) in [
        (r#"{"tracker": "sumbit"}"#, "consumers[0].needs: "),
        (r#"{"tracker": []}"#, "consumers[0].needs: "),
        (r#"{"tracker": 7}"#, "consumers[0].needs: "),
        (r#"{"tracker:bugs": "read"}"#, "consumers[0].needs: "),
        (r#"{"forge": "read"}"#, "consumers[0].needs: "),
        (r#""tracker=submit""#, "consumers[0].needs: "),
    ] {
        let file = format!(r#"{{"consumers": [{{"name": "c", "url": "http://c/", "needs": {needs}}}]}}"#);
        let told = Program::new(&["import", "f.json", "--database-url", "sqlite:f.db"]).file("f.json", &file).run();
        let told = told.complaint();
        assert!(told.contains(expected), "{needs} told {told:?}");
    }
}
