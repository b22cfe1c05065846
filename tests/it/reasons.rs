//! Why somebody does something: every form that asks for it comes back when the reason cannot be kept, with what was typed and
//! what is wrong beside the field.

use crate::support::{Browser, CALLBACK, Forge, PLUGIN, on_both_databases, text_of};

/// It turns the direction of writing of the audit log around.
const REFUSED: &str = "because \u{202e}\"of\" it";

/// The form of a page that posts to this address.
fn form<'a>(html: &'a str, path: &str) -> &'a str {
    let (_, rest) =
        html.split_once(&format!("action=\"{path}\"")).unwrap_or_else(|| panic!("no form of {path} in {html}"));
    rest.split("</form>").next().unwrap()
}

/// Posts with the reason that cannot be kept, and gives the form that is shown again.
#[track_caller]
fn again(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let csrf_token = browser.csrf_token();
    let common = [("csrf_token", csrf_token.as_str()), ("reason", REFUSED)];
    let html = browser.post(path, &[fields, &common].concat()).expect(422).text();
    let form = form(&html, path);
    let id = if path.ends_with("/password") { "password-reason" } else { "reason" };
    let (_, field) = form.split_once(&format!("<input type=\"text\" id=\"{id}\" name=\"reason\"")).unwrap();
    let field = field.split('>').next().unwrap();
    assert!(text_of(field).contains(&format!("value=\"{REFUSED}\"")), "{path} forgets what was typed: {field}");
    assert!(field.contains("aria-invalid=\"true\"") && field.contains(&format!("{id}-error")), "{path}: {field}");
    assert!(form.contains(&format!("id=\"{id}-error\"")), "{path} does not say what is wrong: {form}");
    form.to_owned()
}

/// How often anything was done, but for people who came.
fn done(forge: &Forge) -> Vec<String> {
    forge.database().lines("SELECT CAST(count(*) AS TEXT) AS line FROM audit_log WHERE action NOT LIKE 'session.%'")
}

/// The number of the role of project A that Alice lends.
fn reporter(forge: &Forge) -> String {
    let query = "SELECT CAST(roles.id AS TEXT) AS line FROM roles JOIN projects ON projects.id = project_id \
                 WHERE projects.name = 'project-a' AND roles.name = 'Reporter'";
    forge.database().lines(query).remove(0)
}

on_both_databases! {
    fn are_asked_for_again_where_tools_are_looked_after(forge: Forge) {
        let (admin, before) = (forge.browser_of("admin"), done(&forge));
        let page = format!("{PLUGIN}/consumers/{}", forge.consumer_id("jenkins_a"));
        let names = ["url", "description", "email", "callbacks", "public_key", "networks", "owner"];
        let fields = names.map(|name| (name, if name == "description" { "Still <here>" } else { "" }));
        for path in [format!("{PLUGIN}/consumers"), format!("{page}/edit")] {
            assert!(again(&admin, &path, &fields).contains("Still &lt;here&gt;"), "{path}");
        }
        for what in ["disable", "enable", "retire", "rotate-back", "remove"] {
            let form = again(&admin, &format!("{page}/{what}"), &[]);
            assert!(form.contains(&format!("href=\"{page}\">Cancel")), "{what}: {form}");
        }
        assert!(again(&admin, &format!("{page}/rotate"), &[("former", "week")]).contains("value=\"week\" selected"));
        assert_eq!(done(&forge), before);
    }

    fn are_asked_for_again_where_tokens_are(forge: Forge) {
        let token = forge.token("alice", "jenkins_a", "project-a/Reporter");
        let items = "/api/projects/project-a/trackers/bugs/items";
        forge.jenkins_a().with(&token).request("POST", items).json(r#"{"summary": "x"}"#).send().expect(201);
        let (alice, before) = (forge.browser_of("alice"), done(&forge));
        let issue = [("tool", "jenkins_a"), ("role_id", &*reporter(&forge)), ("lifetime", "86400"), ("label", "builder 7")];
        let form = again(&alice, &format!("{PLUGIN}/access_tokens"), &issue);
        assert!(form.contains("value=\"builder 7\"") && form.contains("checked") && form.contains("value=\"86400\" selected"), "{form}");
        let form = again(&alice, &format!("{PLUGIN}/access_tokens/revoke"), &[("consumer", "jenkins_a")]);
        assert!(form.contains("value=\"jenkins_a\""), "{form}");
        assert_eq!(done(&forge), before);
        let (jenkins, temporary) = (forge.jenkins_a(), forge.jenkins_a().request_token(CALLBACK));
        let verifier = alice.authorize(&temporary, "Reporter/Project A");
        let page = alice.get(&format!("{PLUGIN}/request_tokens")).expect(200).text();
        assert!(page.contains("popovertarget=\"take-back-") && page.contains("name=\"reason\""), "{page}");
        let path = page.split("action=\"").find_map(|rest| rest.split('"').next().filter(|path| path.ends_with("/revoke"))).unwrap();
        let form = again(&alice, path, &[]);
        assert!(form.contains("jenkins_a would act as Reporter in Project A.") && form.contains("request_tokens\">Cancel"), "{form}");
        jenkins.exchange(&temporary, &verifier).send().expect(200);
        let before = done(&forge);
        let query = format!("SELECT CAST(id AS TEXT) AS line FROM access_tokens WHERE key = '{}'", token.key);
        let (admin, id) = (forge.browser_of("admin"), forge.database().lines(&query).remove(0));
        let form = again(&alice, &format!("{PLUGIN}/access_tokens/{id}/revoke"), &[]);
        assert!(form.contains("access_tokens\">Cancel"), "{form}");
        let of_project = format!("/projects/project-a/tokens/{id}");
        let form = again(&admin, &format!("{of_project}/revoke"), &[]);
        assert!(form.contains("href=\"/projects/project-a/tokens\">Cancel"), "{form}");
        again(&admin, &format!("{of_project}/items/close"), &[("which", "all")]);
        assert_eq!(done(&forge), before);
        // Of another project it is not there, whatever is typed.
        let csrf_token = admin.csrf_token();
        let form = [("csrf_token", csrf_token.as_str()), ("reason", REFUSED)];
        admin.post(&format!("/projects/project-b/tokens/{id}/revoke"), &form).expect(404);
    }

    fn are_asked_for_again_where_people_and_projects_are(forge: Forge) {
        let (admin, before) = (forge.browser_of("admin"), done(&forge));
        let of_role = format!("/projects/project-a/roles/{}", reporter(&forge));
        let passwords = [("password", "through the glass"), ("again", "through the glass")];
        let (name, realname) = (("name", "newcomer"), ("realname", "Nora"));
        let form = again(&admin, "/users", &[&passwords[..], &[name, realname]].concat());
        assert!(form.contains("value=\"newcomer\"") && form.contains("value=\"Nora\""), "{form}");
        assert!(again(&admin, "/users/alice/profile", &[realname]).contains("value=\"Nora\""));
        assert!(!again(&admin, "/users/alice/password", &passwords).contains("glass"));
        again(&admin, "/users/admin/plugin", &[("uses", "no")]);
        again(&admin, "/users/alice/status", &[("status", "suspended")]);
        assert!(again(&admin, "/projects", &[name, ("title", "New")]).contains("value=\"newcomer\""));
        assert!(again(&admin, "/projects/project-a/title", &[("title", "New")]).contains("value=\"New\""));
        again(&admin, "/projects/project-a/plugin", &[("uses", "no")]);
        again(&admin, "/projects/project-a/status", &[("status", "archived")]);
        for path in ["/projects/project-a/roles", "/roles", &of_role] {
            let form = again(&admin, path, &[("name", "Guard"), ("admin", "on")]);
            assert!(form.contains("value=\"Guard\"") && form.contains("value=\"on\" checked"), "{path}: {form}");
        }
        again(&admin, &format!("{of_role}/remove"), &[]);
        again(&admin, &format!("{of_role}/members/alice/remove"), &[]);
        assert_eq!(done(&forge), before);
    }
}
