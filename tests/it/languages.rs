//! Pages in the reader's language.

use crate::support::{Browser, Database, Forge, PLUGIN, rust_files};

/// The language that a page says it is in.
fn language_of(browser: &Browser, path: &str, accepted: &str) -> String {
    let page = browser.request("GET", path).header("Accept-Language", accepted).send().text();
    page.split_once("<html lang=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

#[test]
fn a_page_is_in_the_language_that_the_browser_prefers_until_its_reader_chooses_one() {
    let forge = Forge::on(Database::Sqlite);
    let mut browser = forge.anonymous();
    assert_eq!(language_of(&browser, "/", "de-AT,en;q=0.5"), "de");
    assert_eq!(language_of(&browser, "/", "fr"), "en");
    let came_from = format!("{}{PLUGIN}/?a=b", forge.base());
    let switched = browser.request("GET", "/language/en").header("Referer", &came_from).send().expect(302);
    assert_eq!(switched.header("Location"), Some(format!("{PLUGIN}/?a=b").as_str()));
    let cookie = switched.header("Set-Cookie").unwrap();
    assert!(cookie.starts_with("language=en;") && cookie.contains("HttpOnly"), "{cookie}");
    browser.cookie = cookie.split(';').next().map(str::to_owned);
    assert_eq!(language_of(&browser, "/", "de"), "en");
}

#[test]
fn the_switch_leads_nowhere_else_and_knows_only_the_languages_that_there_are() {
    let forge = Forge::on(Database::Sqlite);
    let browser = forge.anonymous();
    for referer in ["//evil.example/", "https://evil.example/x", "data:x", "", "/x"] {
        let switched = browser.request("GET", "/language/de").header("Referer", referer).send().expect(302);
        assert_eq!(switched.header("Location"), Some("/"), "{referer}");
    }
    assert_eq!(browser.get("/language/de").expect(302).header("Location"), Some("/"));
    // A page about a switch that failed has the switch too; it does not lead to itself.
    let failed = format!("{}/language/de", forge.base());
    let switched = browser.request("GET", "/language/de").header("Referer", &failed).send().expect(302);
    assert_eq!(switched.header("Location"), Some("/"));
    for tag in ["fr", "de-DE", "DE", "..%2Fen", "%00"] {
        browser.get(&format!("/language/{tag}")).expect(404);
    }
}

/// The sentences that refusals are made of, as they stand in the source.
fn sentences() -> Vec<String> {
    let mut sentences = Vec::new();
    for (_, text) in rust_files("src").into_iter().filter(|(path, _)| path.starts_with("web/")) {
        let code = text.split("#[cfg(test)]").next().unwrap();
        for opening in ["Forbidden(\"", "Gone(\"", "BadRequest(\""] {
            let found = code.split(opening).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
            // What is wrong with a form that no browser sends is told to programs.
            sentences.extend(found.filter(|sentence| sentence.ends_with('.')));
        }
    }
    sentences
}

#[test]
fn every_sentence_of_a_refusal_can_be_told_in_every_language() {
    let texts = include_str!("../../templates/texts/en.ftl");
    let told: Vec<&str> = texts
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .filter(|(id, _)| id.starts_with("said-"))
        .map(|(_, sentence)| sentence)
        .collect();
    let sentences = sentences();
    assert!(sentences.len() > 5, "the sentences are not where they are looked for");
    let missing: Vec<_> = sentences.iter().filter(|sentence| !told.contains(&sentence.as_str())).collect();
    assert_eq!(missing, [""; 0], "add them to templates/texts, as said-…");
}

#[test]
fn a_problem_is_told_in_the_readers_language_and_to_who_is_logged_in() {
    let forge = Forge::on(Database::Sqlite);
    let bob = forge.browser_of("bob");
    let missing = format!("{PLUGIN}/consumers/1");
    assert_eq!(language_of(&bob, &missing, "de"), "de");
    let german = bob.request("GET", &missing).header("Accept-Language", "de").send().text();
    assert!(german.contains("Diese Seite ist für die Verwaltung der Forge."), "{german}");
    let german = bob.request("GET", "/nothing/here").header("Accept-Language", "de").send().expect(404).text();
    assert!(german.contains("<h1>Hier ist nichts</h1>") && german.contains("oder nichts für Sie"), "{german}");
    let page = bob.get(&missing).expect(403).text();
    assert!(page.contains("action=\"/logout\""), "who is logged in is not asked to log in");
}
