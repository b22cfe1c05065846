//! Every page with the same text in every string: nothing gets out of its place, and every page is well made.

mod samples;

use super::content::*;
use super::{Pages, STYLE, TEMPLATES};
use samples::*;

const HOSTILE: &str = "<script>alert(1)</script>\"'&";
const HARMLESS: &str = "harmless";

/// Every page in every shape, with `text` wherever text can be and `url` where a home page is.
fn every_page(text: &str, url: &str, viewer: Option<&Viewer>) -> Vec<(&'static str, String)> {
    let pages = Pages::new().unwrap();
    let some = || Some(text.to_owned());
    let two_roles = vec![role(1, Some(text), text), role(2, None, text)];
    let row = ConsumerRow { id: 7, name: text.into(), url: url.into(), enabled: true, tokens: 1, created: text.into() };
    let pending =
        PendingRow { id: 1, consumer: text.into(), role: text.into(), decided: text.into(), expires: text.into() };
    let csrf_token = || text.to_owned();
    let made = |is_new| Secrets {
        title: text.into(),
        is_new,
        key: text.into(),
        secret: text.into(),
        public_url: text.into(),
        next: "/plugins/oauthprovider/consumers".into(),
    };
    let problem = ProblemPage { status: 410, title: text.into(), words: text.into(), reference: some() };
    let rendered = [
        ("home", pages.render(viewer, &Home(end_points(text)))),
        ("endpoints", pages.render(viewer, &end_points(text))),
        ("login", pages.render(None, &Login { next: text.into(), username: text.into(), message: some() })),
        ("consent", pages.render(viewer, &question(text, url, two_roles))),
        ("consent, one role", pages.render(viewer, &question(text, url, vec![role(1, Some(text), text)]))),
        ("consent, no role", pages.render(viewer, &question(text, url, Vec::new()))),
        ("out of band", pages.render(viewer, &OutOfBand { consumer: text.into(), verifier: some() })),
        ("nothing granted", pages.render(viewer, &OutOfBand { consumer: text.into(), verifier: None })),
        ("problem", pages.render(viewer, &problem)),
        ("consumers", pages.render(viewer, &Consumers { rows: vec![row] })),
        ("consumers, none", pages.render(viewer, &Consumers { rows: Vec::new() })),
        ("consumer form", pages.render(viewer, &form(text))),
        ("consumer form, empty", pages.render(viewer, &ConsumerForm::default())),
        ("consumer created", pages.render(viewer, &made(true))),
        ("consumer, another secret", pages.render(viewer, &made(false))),
        ("consumer", pages.render(viewer, &tool(text, url, true))),
        ("consumer, disabled", pages.render(viewer, &tool(text, url, false))),
        ("consumer, remove", pages.render(viewer, &ConsumerRemoval(tool(text, url, true)))),
        ("audit log", pages.render(viewer, &trail(text))),
        ("audit log, empty", pages.render(viewer, &AuditTrail { rows: Vec::new(), ..trail(text) })),
        (
            "access tokens",
            pages.render(
                viewer,
                &AccessTokens { rows: vec![token(text, true), token(text, false)], csrf_token: csrf_token() },
            ),
        ),
        ("access tokens, none", pages.render(viewer, &AccessTokens { rows: Vec::new(), csrf_token: csrf_token() })),
        ("refusals", {
            let row = |consumer: Option<String>| RefusalRow {
                id: text.into(),
                consumer,
                code: text.into(),
                request: text.into(),
                at: text.into(),
            };
            pages.render(viewer, &Refusals { rows: vec![row(some()), row(None)], is_everybodys: true })
        }),
        ("refusals, none", pages.render(viewer, &Refusals { rows: Vec::new(), is_everybodys: false })),
        ("refusal", pages.render(viewer, &refusal(text, true))),
        ("refusal, malformed", pages.render(viewer, &refusal(text, false))),
        ("request tokens", pages.render(viewer, &RequestTokens { rows: vec![pending], csrf_token: text.into() })),
        ("request tokens, none", pages.render(viewer, &RequestTokens { rows: Vec::new(), csrf_token: text.into() })),
    ];
    rendered.map(|(name, page)| (name, page.unwrap())).into()
}

/// The values of all attributes of this name.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!(" {name}=\"");
    html.split(opening.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// All tags, from `<` to `>`.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap())
}

#[test]
fn a_hostile_string_comes_out_escaped_on_every_page_and_once() {
    let viewer = alice(HOSTILE);
    for url in [HOSTILE.to_owned(), format!("https://{HOSTILE}")] {
        for (name, html) in every_page(HOSTILE, &url, Some(&viewer)) {
            assert!(!html.contains("<script"), "{name}: a script element");
            assert!(!html.contains("alert(1)<"), "{name}: an unescaped end tag");
            assert!(!html.contains("\"'&"), "{name}: raw quotes");
            assert!(!html.contains("&amp;lt;"), "{name}: escaped twice");
            let escaped = html.matches("&lt;script&gt;alert(1)&lt;&#x2F;script&gt;&quot;&#x27;&amp;").count()
                + html.matches("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;").count()
                + html.matches("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;").count();
            assert_eq!(escaped, html.matches("alert(1)").count(), "{name}");
            assert!(escaped > 0, "{name}: the string is not there");
        }
    }
}

#[test]
fn a_hostile_string_leaves_the_tags_of_every_page_as_they_are() {
    let shape = |text: &str| -> Vec<Vec<String>> {
        every_page(text, "https://tool.example/", Some(&alice(text)))
            .iter()
            .map(|(_, html)| tags(html).map(|tag| tag.split([' ', '\n']).next().unwrap().to_owned()).collect())
            .collect()
    };
    assert_eq!(shape(HOSTILE), shape(HARMLESS));
}

#[test]
fn no_page_has_inline_script_style_or_handlers() {
    for (name, html) in every_page(HARMLESS, "https://tool.example/", Some(&alice(HARMLESS))) {
        for tag in tags(&html) {
            assert!(!tag.starts_with("script") && !tag.starts_with("style"), "{name}: <{tag}>");
            let handler = tag.split(' ').any(|part| part.starts_with("on") && part.contains('='));
            assert!(!handler && !tag.contains(" style="), "{name}: <{tag}>");
        }
    }
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import"), "the style sheet loads nothing");
}

#[test]
fn no_page_leads_elsewhere_but_to_the_home_page_of_a_tool() {
    for (name, html) in every_page(HARMLESS, "https://tool.example/", Some(&alice(HARMLESS))) {
        for source in [attributes(&html, "src"), attributes(&html, "srcset"), attributes(&html, "formaction")] {
            assert!(source.is_empty(), "{name}: {source:?}");
        }
        for address in [attributes(&html, "href"), attributes(&html, "action")].concat() {
            let home_page = address == "https://tool.example/";
            let own = address.starts_with('#') || (address.starts_with('/') && !address.starts_with("//"));
            assert!(own || home_page || address == HARMLESS, "{name}: {address}");
        }
        for link in tags(&html).filter(|tag| tag.contains("https://")) {
            assert_eq!(link, "a href=\"https://tool.example/\" rel=\"noopener noreferrer nofollow\"", "{name}");
        }
    }
}

#[test]
fn a_home_page_is_a_link_only_over_http() {
    for url in ["javascript:alert(1)", "data:text/html,hi", "//evil.example/", " https://x.example/", "ftp://x/", ""] {
        for (name, html) in every_page(HARMLESS, url, None) {
            let linked = tags(&html).any(|tag| tag.contains("rel=\"noopener"));
            assert!(!linked && !attributes(&html, "href").contains(&url), "{name}: {url}");
        }
    }
    for url in ["http://tool.example/", "https://tool.example/"] {
        let linked =
            every_page(HARMLESS, url, None).iter().filter(|(_, html)| attributes(html, "href").contains(&url)).count();
        assert_eq!(linked, 6, "the consent pages, the list, and the tool enabled or disabled");
    }
}

#[test]
fn every_page_is_one_small_document_with_its_landmarks() {
    for viewer in [None, Some(alice(HARMLESS))] {
        for (name, html) in every_page(HARMLESS, "https://tool.example/", viewer.as_ref()) {
            assert!(html.len() < 60 * 1024, "{name}: {} bytes", html.len());
            assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"), "{name}");
            for once in ["<h1", "<main ", "<header ", "<footer ", "<title>", "class=\"skip\"", "rel=\"stylesheet\""] {
                assert_eq!(html.matches(once).count(), 1, "{name}: {once}");
            }
            assert_eq!(attributes(&html, "href").first(), Some(&"/plugins/oauthprovider/style.css"), "{name}");
        }
    }
    assert!(STYLE.len() < 60 * 1024);
}

#[test]
fn every_visible_control_has_a_label_and_every_id_is_unique() {
    for (name, html) in every_page(HARMLESS, "https://tool.example/", Some(&alice(HARMLESS))) {
        let mut ids = attributes(&html, "id");
        for described in attributes(&html, "aria-describedby").iter().flat_map(|value| value.split(' ')) {
            assert!(ids.contains(&described), "{name}: nothing describes as {described}");
        }
        let kinds = ["input ", "select ", "textarea "];
        let control = |tag: &&str| kinds.iter().any(|kind| tag.starts_with(kind));
        for tag in tags(&html).filter(control).filter(|tag| !tag.contains("type=\"hidden\"")) {
            let id = attributes(tag, "id").first().copied().unwrap_or_default();
            assert!(html.contains(&format!("<label for=\"{id}\">")), "{name}: <{tag}>");
        }
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}: an id twice");
    }
}

#[test]
fn every_posting_form_but_log_in_carries_a_csrf_token() {
    for (name, html) in every_page(HARMLESS, "https://tool.example/", Some(&alice(HARMLESS))) {
        for form in html.split("<form ").skip(1).map(|rest| rest.split("</form>").next().unwrap()) {
            let posts = form.contains("method=\"post\"");
            assert!(posts || form.starts_with("class=\"card\" method=\"get\""), "{name}");
            let log_in = form.contains("action=\"/login\"");
            assert_eq!(form.matches("name=\"csrf_token\"").count(), usize::from(posts && !log_in), "{name}");
        }
    }
}

#[test]
fn the_head_offers_what_the_viewer_may_do() {
    let pages = Pages::new().unwrap();
    let home = |viewer: Option<&Viewer>| pages.render(viewer, &Home(end_points(HARMLESS))).unwrap();
    let anonymous = home(None);
    assert!(anonymous.contains("href=\"/login\"") && !anonymous.contains("<form"));
    assert!(!anonymous.contains("/consumers\"") && !anonymous.contains("/access_tokens\""));
    let member = home(Some(&Viewer { is_forge_admin: false, ..alice("Alice Liddell") }));
    assert!(member.contains("Alice Liddell") && member.contains("action=\"/logout\""));
    assert!(member.contains("/access_tokens\"") && !member.contains("/consumers\""));
    assert!(home(Some(&alice("Root"))).contains("/consumers\""));
}

#[test]
fn the_consent_page_has_exactly_one_form() {
    let pages = Pages::new().unwrap();
    let mut consent = question("jenkins_a", "http://ci-a.example/", vec![role(3, Some("Project A"), "Reporter")]);
    consent.action = "/plugins/oauthprovider/authorize".into();
    let one = pages.render(Some(&alice("Alice")), &consent).unwrap();
    assert_eq!(one.matches("<form").count(), 1);
    assert_eq!(attributes(&one, "action"), ["/plugins/oauthprovider/authorize"]);
    assert!(one.contains("name=\"role_id\" value=\"3\"") && one.contains(" checked"));
    assert!(one.contains("Reporter</strong> in Project A"));
    assert!(one.contains("name=\"decision\" value=\"authorize\">"));
    assert!(one.contains("name=\"decision\" value=\"deny\" formnovalidate>"));
    consent.roles.push(role(4, None, "Watcher"));
    let two = pages.render(Some(&alice("Alice")), &consent).unwrap();
    assert!(two.contains("on the whole forge"));
    assert!(!two.contains(" checked"), "with two roles the user chooses");
    consent.roles.clear();
    let none = pages.render(Some(&alice("Alice")), &consent).unwrap();
    assert!(!none.contains("role_id") && !none.contains("value=\"authorize\"") && none.contains("value=\"deny\""));
}

#[test]
fn the_verifier_is_the_whole_text_of_its_element() {
    let pages = Pages::new().unwrap();
    let page =
        |verifier: Option<String>| pages.render(None, &OutOfBand { consumer: "jenkins_a".into(), verifier }).unwrap();
    let granted = page(Some("v-123".into()));
    let element = granted.split("id=\"oauth_verifier\"").nth(1).unwrap();
    assert_eq!(element.split('>').nth(1).unwrap(), "v-123</code");
    assert!(!page(None).contains("oauth_verifier") && page(None).contains("Nothing was granted"));
}

#[test]
fn a_refused_form_keeps_what_was_typed_and_says_what_is_wrong_beside_it() {
    let mut typed = ConsumerForm { name: "my tool".into(), callbacks: "http://a/\nhttp://b/".into(), ..form("x") };
    typed.errors = vec![FieldError { field: "name".into(), message: "no blanks, please".into() }];
    let html = Pages::new().unwrap().render(None, &typed).unwrap();
    assert!(html.contains("value=\"my tool\"") && html.contains(">http://a/\nhttp://b/</textarea>"));
    let beside = html.split("id=\"name-error\"").nth(1).unwrap();
    assert!(beside.split("</div>").next().unwrap().contains("no blanks, please"));
    assert_eq!(html.matches("aria-invalid=\"true\"").count(), 1);
}

#[test]
fn escaping_is_never_switched_off() {
    for (name, source) in TEMPLATES {
        assert!(name.ends_with(".html"), "{name}");
        assert!(!source.contains("safe") && !source.contains("autoescape"), "{name}");
    }
}
