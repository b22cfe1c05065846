//! Pages in the reader's language.

use std::collections::BTreeSet;

use oauthprovider::clock;

use crate::support::{Browser, Database, Forge, PLUGIN, Tool, files, rust_files, text_of};

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

#[test]
fn from_a_page_that_answered_a_form_the_switch_leads_to_a_page_that_there_is() {
    let forge = Forge::on(Database::Sqlite);
    let admin = forge.browser_of("admin");
    let switched = |path: &str| {
        let came_from = format!("{}{path}", forge.base());
        let switched = admin.request("GET", "/language/de").header("Referer", &came_from).send().expect(302);
        switched.header("Location").unwrap().to_owned()
    };
    let consumer = format!("{PLUGIN}/consumers/{}", forge.consumer_id("jenkins_a"));
    let (tokens, decisions) = (format!("{PLUGIN}/access_tokens"), format!("{PLUGIN}/request_tokens"));
    for (posted_to, leads_to) in [
        (format!("{consumer}/enable"), consumer.as_str()),
        (format!("{tokens}/7/label"), &tokens),
        (format!("{tokens}/7/revoke?a=b"), &tokens),
        (format!("{tokens}/try"), &tokens),
        (format!("{decisions}/7/revoke"), &decisions),
        ("/users/alice/profile".to_owned(), "/users/alice"),
        ("/projects/project-a/title".to_owned(), "/projects/project-a"),
        ("/projects/project-a/tokens/7/revoke".to_owned(), "/projects/project-a/tokens"),
        ("/logout".to_owned(), "/"),
    ] {
        admin.get(&posted_to).expect(405);
        assert_eq!(switched(&posted_to), leads_to, "{posted_to}");
        admin.get(leads_to).expect(200);
    }
    for (posted_to, leads_to) in [
        ("/projects/project-a/trackers/bugs/items/7/status", "/projects/project-a/trackers/bugs/items/7"),
        ("/roles/7/members", "/roles/7"),
        ("/projects/project-a/roles/7/members", "/projects/project-a/roles/7"),
        // What can be looked at is looked at.
        ("/users?q=a", "/users?q=a"),
        ("/nothing/here", "/nothing/here"),
    ] {
        assert_eq!(switched(posted_to), leads_to);
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

/// The string literals of a source, but for those of its comments and attributes.
fn literals(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with(['/', '#']));
    let code: String = lines.map(|line| line.replace("'\"'", "") + "\n").collect();
    let joined = |literal: &str| {
        let lines = literal.split("\\\n").enumerate();
        lines.map(|(at, line)| if at == 0 { line } else { line.trim_start() }).collect()
    };
    code.split('"').skip(1).step_by(2).map(joined).collect()
}

/// Whether these are words that a person reads, and not the glue between some.
fn is_said(text: &str) -> bool {
    let words =
        without_values(text).split(' ').filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1).count();
    words > 1 && !text.starts_with([' ', ',']) && !text.ends_with(' ')
}

/// The English sentences that have words in every language, without their values.
fn sentences_with_words() -> Vec<String> {
    let texts = include_str!("../../templates/texts/en.ftl");
    let said = texts.lines().filter_map(|line| line.split_once(" = ")).filter(|(id, _)| id.starts_with("said-"));
    said.map(|(_, sentence)| without_values(sentence)).collect()
}

#[test]
fn everything_that_explains_a_refusal_has_words_in_every_language() {
    let told = sentences_with_words();
    for (source, at_least) in [
        (include_str!("../../src/oauth1/explain/mistake.rs"), 40),
        (include_str!("../../src/oauth1/explain/suspects.rs"), 6),
        (include_str!("../../src/oauth1/explain/diagnosis.rs"), 1),
        (include_str!("../../src/oauth1/explain/cause.rs"), 30),
        (include_str!("../../src/oauth1/explain/comparison.rs"), 1),
        (include_str!("../../src/provider/refusals/remedy.rs"), 20),
        (include_str!("../../src/provider/refusals/explain.rs"), 20),
        (include_str!("../../src/web/refusal.rs"), 8),
    ] {
        let sentences: Vec<String> = literals(source).into_iter().filter(|text| is_said(text)).collect();
        assert!(sentences.len() >= at_least, "the sentences are not where they are looked for: {sentences:?}");
        for sentence in sentences {
            assert!(told.contains(&without_values(&sentence)), "add {sentence:?} to templates/texts, as said-…");
        }
    }
}

/// Whether a text's id is this one, in which `*` stands for what is put in where it is asked for.
fn is_such(id: &str, pattern: &str) -> bool {
    let (first, last) = (pattern.split('*').next().unwrap(), pattern.rsplit('*').next().unwrap());
    match pattern.matches('*').count() {
        0 => id == pattern,
        _ => !first.is_empty() && id.len() > first.len() + last.len() && id.starts_with(first) && id.ends_with(last),
    }
}

/// The ids of texts that templates and code ask for.
fn asked_for() -> BTreeSet<String> {
    let mut asked = BTreeSet::new();
    for (_, template) in [files("templates", "html"), files("templates", "txt")].concat() {
        for expression in template.split("id=").skip(1).filter_map(|rest| rest.split([',', ')']).next()) {
            let part =
                |part: &str| part.trim().strip_prefix('"').map_or("*", |text| text.trim_end_matches('"')).to_owned();
            asked.insert(expression.split('~').map(part).collect());
            // One of two, perhaps.
            asked.extend(expression.split('"').skip(1).step_by(2).map(str::to_owned));
        }
    }
    for (_, code) in rust_files("src").into_iter().filter(|(path, _)| path.starts_with("web/")) {
        let literals = code.split('"').filter(|text| text.contains('-') && !text.contains([' ', '\n']));
        asked.extend(literals.map(|text| without_values(text).replace("{}", "*")));
    }
    asked
}

#[test]
fn there_is_no_text_that_nothing_asks_for() {
    let asked = asked_for();
    let ids = include_str!("../../templates/texts/en.ftl").lines().filter_map(|line| Some(line.split_once(" =")?.0));
    let ids = ids.filter(|id| id.starts_with(|c: char| c.is_ascii_lowercase()) && !id.contains(' '));
    // Those are asked for by their sentences.
    let ids: Vec<&str> = ids.filter(|id| !id.starts_with("said-")).collect();
    assert!(ids.len() > 100, "the texts are not where they are looked for");
    let idle: Vec<&str> = ids.into_iter().filter(|id| !asked.iter().any(|pattern| is_such(id, pattern))).collect();
    assert_eq!(idle, [""; 0]);
}

/// A text with its values left out.
fn without_values(text: &str) -> String {
    let mut pieces = text.split('{');
    let first = pieces.next().unwrap().to_owned();
    pieces.fold(first, |text, piece| format!("{text}{{}}{}", piece.split_once('}').map_or("", |(_, after)| after)))
}

#[test]
fn every_mistake_in_a_tools_registration_has_words_in_every_language() {
    let told = sentences_with_words();
    for (source, before) in [
        (include_str!("../../src/oauth1/callback.rs"), "{}: "),
        (include_str!("../../src/oauth1/signature/rsa.rs"), ""),
        (include_str!("../../src/forge/needs.rs"), ""),
    ] {
        let errors: Vec<&str> =
            source.split("#[error(\"").skip(1).filter_map(|rest| rest.split("\")]\n").next()).collect();
        assert!(errors.len() > 2, "the mistakes are not where they are looked for");
        for error in errors {
            let sentence = error.split("\", ").next().unwrap().replace("\\\"", "\"");
            let sentence = format!("{before}{}", without_values(&sentence));
            assert!(told.contains(&sentence), "add {sentence:?} to templates/texts, as said-…");
        }
    }
}

#[test]
fn a_form_that_is_wrong_is_told_so_in_the_readers_language_alone() {
    let forge = Forge::on(Database::Sqlite);
    let admin = forge.browser_of("admin");
    let csrf_token = admin.csrf_token();
    let (long, many) = ("x".repeat(2_001), (0..51).map(|one| format!("http://a{one}/\n")).collect::<String>());
    let blocks: String = (0..51).map(|one| format!("10.0.0.{one}\n")).collect();
    for (field, text, told) in [
        ("name", "", "muss 1 bis 128 Zeichen lang sein"),
        ("name", "a b", "darf nur Buchstaben ohne Umlaute"),
        ("name", "jenkins_a", "ist schon vergeben"),
        ("url", "mailto:a", "muss eine http- oder https-Adresse ohne Benutzernamen sein"),
        ("description", &long, "muss druckbarer Text von höchstens 2000 Zeichen sein"),
        ("email", "nobody", "muss eine E-Mail-Adresse sein"),
        ("callbacks", "mailto:a'b", "\"mailto:a'b\": Eine Rücksprungadresse ist „oob“"),
        ("callbacks", &many, "höchstens 50 sind erlaubt"),
        ("public_key", "none", "das ist kein öffentlicher Schlüssel in PEM"),
        ("networks", "here", "\"here\" ist weder eine IP-Adresse noch ein CIDR-Block"),
        ("networks", "10.0.0.0/33", "\"10.0.0.0/33\" hat vor dem Schrägstrich mehr als 32 Bits"),
        ("networks", "10.0.0.1/8", "nach den ersten 8; meinten Sie \"10.0.0.0/8\"?"),
        ("networks", &blocks, "höchstens 50 sind erlaubt"),
        ("needs", "{ $word }", "\"{\" kann niemand brauchen"),
        ("needs", "tracker=all", "\"tracker=all\": Von einem Tracker gibt es read, submit"),
        ("owner", "is \"there\" twice", "es gibt keinen Benutzer \"is \\\"there\\\" twice\""),
        ("reason", &long, "Ein Grund ist eine Zeile druckbarer Text, höchstens 500 Zeichen."),
    ] {
        let mut form =
            vec![("name", "fine"), ("url", "http://a/"), ("description", "Builds"), ("email", "a@b.example")];
        form.retain(|(name, _)| *name != field);
        form.extend([(field, text), ("csrf_token", &csrf_token)]);
        let posted = admin.request("POST", &format!("{PLUGIN}/consumers")).header("Accept-Language", "de").form(&form);
        let html = posted.send().expect(422).text();
        assert!(!html.contains("<span lang=\"en\">"), "{field}: {}", text_of(&html));
        // At its head, and beside the field.
        assert_eq!(text_of(&html).matches(told).count(), 2, "{field}: {told}");
    }
}

#[test]
fn a_refusal_is_explained_in_the_readers_language_alone() {
    const ECHO: &str = "/plugins/oauthprovider/echo";
    let forge = Forge::on(Database::Sqlite);
    let (jenkins, admin) = (forge.jenkins_a_for_alice(), forge.browser_of("admin"));
    let echo = || jenkins.request("GET", ECHO);
    let by_hand = |parameters: &str| jenkins.by_hand("GET", ECHO, parameters).call(&format!("{ECHO}?c2=&c%40=r%20b"));
    let stranger = Tool { secret: "guessed".to_owned(), ..jenkins.clone() };
    for (refused, told) in [
        (
            by_hand("c2=&c%40=r%20b&@").send(),
            "durch diesen Fehler des Clients: Er sortiert die Parameter, bevor er sie kodiert;",
        ),
        (by_hand("c%40=r+b&c2=&@").send(), "im Base String als +; es heißt %20"),
        (echo().signed_for(&forge.base().replace("http:", "https:")).send(), "Er signiert für https://127.0.0.1:"),
        (echo().signed_for("https://forge.example").send(), "Keiner der bekannten Fehler ergibt diese Signatur"),
        (stranger.request("POST", ECHO).form("a=b").send(), "3 Bytes, als Formular mitgezählt"),
        (echo().timestamp(clock::now() - 7_300).send(), "(etwa 2 Stunden) hinter der Uhr dieses Servers zurück"),
        (forge.anonymous().get(ECHO), "OAuth-Parameter in nicht vorhanden"),
        (jenkins.get("/login"), "Seiten sind für Menschen an einem Browser"),
        (echo().header("X-Pad", &"x".repeat(17_000)).send(), "zusammen größer als 16 KiB"),
    ] {
        let own = "?base_string=GET%26http%253A%252F%252Fforge.example%26a%253Db";
        for query in ["", own] {
            let page = format!("{PLUGIN}/refusals/{}{query}", refused.refusal());
            let html = admin.request("GET", &page).header("Accept-Language", "de").send().expect(200).text();
            let main = html.split_once("<main").unwrap().1;
            // What the tool was answered is quoted.
            let (explained, quoted) = main.split_once("id=\"told\"").unwrap();
            assert!(!explained.contains("lang=\"en\""), "{explained}");
            assert!(quoted.contains("lang=\"en\""), "{quoted}");
            let text = text_of(&explained.replace('<', " <")).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(told), "{told}: {text}");
            assert_eq!(text.contains("Der Host ist ein anderer: "), !query.is_empty(), "{text}");
        }
    }
}

#[test]
fn what_a_refused_request_held_is_not_taken_for_words_about_it() {
    let forge = Forge::on(Database::Sqlite);
    let request = forge.jenkins_a_for_alice().request("POST", "/plugins/oauthprovider/echo").body("none", b"");
    let refused = request.tampered("oauth_signature_method", Some("unknown")).send().expect(400);
    let page = format!("{PLUGIN}/refusals/{}", refused.refusal());
    let html = forge.browser_of("admin").request("GET", &page).header("Accept-Language", "de").send().text();
    for row in ["Content-Type</dt><dd>none<", "Signaturverfahren</dt><dd>unknown<", "Inhalt</dt><dd>leer<"] {
        assert!(html.contains(row), "{row}: {html}");
    }
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
