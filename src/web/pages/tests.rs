//! Every page with the same text in every string: nothing gets out of its place, and every page is well made.

mod samples;

use super::content::*;
use super::{LETTER, Language, Pages, Reader, STYLE, TEMPLATES};
use samples::{Sheet, alice, consent, consumers::form, front::end_points, show_all};

const HOSTILE: &str = "<script>alert(1)</script>\"'&";
const HARMLESS: &str = "harmless";

/// Somebody who reads English, or nobody in particular.
fn reader(viewer: Option<Viewer>) -> Reader {
    Reader { viewer, language: Language::English, now: 1_700_000_000 }
}

/// Every page in every shape and language, with `text` wherever text can be and `url` where a home page is.
fn every_page(text: &str, url: &str, viewer: Option<&Viewer>) -> Vec<(String, String)> {
    let pages = Pages::new().unwrap();
    let in_language = |language| {
        let reader = Reader { language, ..reader(viewer.cloned()) };
        let mut sheet = Sheet { text, url, pages: &pages, reader, shown: Vec::new() };
        show_all(&mut sheet);
        sheet.shown
    };
    Language::ALL.into_iter().flat_map(in_language).collect()
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
            assert!(!html.contains("<script>"), "{name}: a script element");
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
            let own_script =
                tag.starts_with("script src=\"/plugins/oauthprovider/script.js?v=") && tag.ends_with("\" defer");
            assert!(own_script || !(tag.starts_with("script") || tag.starts_with("style")), "{name}: <{tag}>");
            let handler = tag.split(' ').any(|part| part.starts_with("on") && part.contains('='));
            assert!(!handler && !tag.contains(" style="), "{name}: <{tag}>");
        }
    }
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import"), "the style sheet loads nothing");
}

#[test]
fn no_page_leads_elsewhere_but_to_the_home_page_of_a_tool() {
    for (name, html) in every_page(HARMLESS, "https://tool.example/", Some(&alice(HARMLESS))) {
        let sources = attributes(&html, "src");
        let is_own = |source: &str| source.starts_with("/plugins/oauthprovider/script.js?v=");
        assert!(sources.len() == 1 && is_own(sources[0]), "{name}: {sources:?}");
        for source in [attributes(&html, "srcset"), attributes(&html, "formaction")] {
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
        assert_eq!(linked, 17 * Language::ALL.len(), "consent, issuing, the list, and the tool enabled or disabled");
    }
}

#[test]
fn every_page_is_one_small_document_with_its_landmarks() {
    for viewer in [None, Some(alice(HARMLESS))] {
        for (name, html) in every_page(HARMLESS, "https://tool.example/", viewer.as_ref()) {
            assert!(html.len() < 60 * 1024, "{name}: {} bytes", html.len());
            let language = if name.ends_with("(de)") { "de" } else { "en" };
            assert!(html.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{language}\">")), "{name}");
            for once in ["<h1", "<main ", "<header ", "<footer ", "<title>", "class=\"skip\"", "rel=\"stylesheet\""] {
                assert_eq!(html.matches(once).count(), 1, "{name}: {once}");
            }
            let sheet = attributes(&html, "href")[0];
            assert!(sheet.starts_with("/plugins/oauthprovider/style.css?v="), "{name}: {sheet}");
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
            assert!(posts || form.contains("method=\"get\""), "{name}");
            let log_in = form.contains("action=\"/login\"");
            assert_eq!(form.matches("name=\"csrf_token\"").count(), usize::from(posts && !log_in), "{name}");
        }
    }
}

#[test]
fn the_head_offers_what_the_viewer_may_do() {
    let pages = Pages::new().unwrap();
    let home = |viewer: Option<&Viewer>| pages.render(&reader(viewer.cloned()), &Home(end_points(HARMLESS))).unwrap();
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
    let reporter = consent::chosen(consent::role(3, Some("Project A"), "Reporter"));
    let mut question = consent::question("jenkins_a", "http://ci-a.example/", vec![reporter.clone()]);
    question.action = "/plugins/oauthprovider/authorize".into();
    let one = pages.render(&reader(Some(alice("Alice"))), &question).unwrap();
    assert_eq!(one.matches("<form").count(), 1);
    assert_eq!(attributes(&one, "action"), ["/plugins/oauthprovider/authorize"]);
    assert!(one.contains("name=\"role_id\" value=\"3\"") && one.contains(" checked"));
    assert!(one.contains("Reporter</strong> in Project A"));
    assert!(one.contains("name=\"decision\" value=\"authorize\">"));
    assert!(one.contains("name=\"decision\" value=\"deny\" formnovalidate>"));
    let watcher = consent::role(4, None, "Watcher");
    question.roles = consent::roles(vec![RoleCard { chosen: false, ..reporter }, watcher]);
    let two = pages.render(&reader(Some(alice("Alice"))), &question).unwrap();
    assert!(two.contains("on the whole forge"));
    assert!(!two.contains(" checked"), "with two roles the user chooses");
    question.roles = OfferedRoles::default();
    let none = pages.render(&reader(Some(alice("Alice"))), &question).unwrap();
    assert!(!none.contains("role_id") && !none.contains("value=\"authorize\"") && none.contains("value=\"deny\""));
}

#[test]
fn a_role_that_is_too_small_is_greyed_and_says_why() {
    let lack = Lack { what: "tracker", rights: vec!["read", "submit"] };
    let reader_role = RoleCard { lacks: vec![lack], ..consent::role(3, Some("Project A"), "Reader") };
    let question = consent::question("jenkins_a", "http://a/", vec![reader_role, consent::role(4, None, "Reporter")]);
    let page = Pages::new().unwrap().render(&reader(None), &question).unwrap();
    let radio = |id: u8| tags(&page).find(|tag| tag.contains(&format!("id=\"role-{id}\""))).unwrap().to_owned();
    assert!(radio(3).contains(" disabled") && !radio(3).contains(" required"), "{}", radio(3));
    assert!(!radio(4).contains(" disabled") && radio(4).contains(" required"), "{}", radio(4));
    assert!(page.contains("Too little for this tool, which needs to read items, file items in one tracker."));
    assert!(page.contains("In <strong>Reader</strong> it can read items, file items."));
    assert!(page.contains("It cannot open and close items, change items."));
}

#[test]
fn the_verifier_is_the_whole_text_of_its_element() {
    let pages = Pages::new().unwrap();
    let page = |verifier: Option<String>| {
        pages.render(&reader(None), &OutOfBand { consumer: "jenkins_a".into(), verifier }).unwrap()
    };
    let granted = page(Some("v-123".into()));
    let element = granted.split("id=\"oauth_verifier\"").nth(1).unwrap();
    assert_eq!(element.split('>').nth(1).unwrap(), "v-123</code");
    assert!(!page(None).contains("oauth_verifier") && page(None).contains("Nothing was granted"));
}

#[test]
fn a_refused_form_keeps_what_was_typed_and_says_what_is_wrong_beside_it() {
    let mut typed = ConsumerForm { name: "my tool".into(), callbacks: "http://a/\nhttp://b/".into(), ..form("x") };
    typed.errors = vec![FieldError::said("name", "no blanks, please".into())];
    let html = Pages::new().unwrap().render(&reader(None), &typed).unwrap();
    assert!(html.contains("value=\"my tool\"") && html.contains(">http://a/\nhttp://b/</textarea>"));
    let beside = html.split("id=\"name-error\"").nth(1).unwrap();
    assert!(beside.split("</div>").next().unwrap().contains("no blanks, please"));
    assert_eq!(html.matches("aria-invalid=\"true\"").count(), 1);
}

#[test]
fn escaping_is_never_switched_off() {
    for (name, source) in TEMPLATES.iter().copied() {
        assert!(name.ends_with(".html") || name == LETTER, "{name}");
        assert!(!source.contains("safe") && !source.contains("autoescape"), "{name}");
    }
}
