//! That what is said elsewhere is found among the texts, and nothing that only looks like it.

use std::{mem::discriminant, sync::LazyLock};

use super::super::{sentences::found, *};
use crate::{
    oauth1::{
        Problem,
        explain::{Arrived, Body, Difference, Finding, Mistake, compare, normalised},
    },
    provider::refusals::Remedy,
    web::Failure,
};

static TEXTS: LazyLock<[Texts; 2]> = LazyLock::new(|| Language::ALL.map(|language| Texts::of(language).unwrap()));

/// As it is told in German.
#[track_caller]
fn german(english: &str) -> String {
    let said = found(english).unwrap_or_else(|| panic!("no text, or more than one: {english}"));
    let [as_it_was, told] = TEXTS.each_ref().map(|texts| texts.retold(&said).unwrap());
    assert_eq!(as_it_was, english);
    told
}

fn german_of_all(sentences: impl IntoIterator<Item = String>) {
    for sentence in sentences {
        assert_ne!(german(&sentence), sentence);
    }
}

#[test]
fn every_text_is_found_by_its_own_sentence_and_no_other_is() {
    let texts = source(Language::English).lines().filter_map(|line| line.split_once(" = "));
    let texts: Vec<_> = texts.filter(|(id, _)| id.starts_with("said-")).collect();
    assert!(texts.len() > 200, "the texts are not where they are looked for");
    for (id, text) in texts {
        let mut pieces = text.split("{ $");
        let mut sentence = pieces.next().unwrap().to_owned();
        for piece in pieces {
            let (name, after) = piece.split_once(" }").unwrap();
            sentence += if name.starts_with("said") { "query" } else { "7" };
            sentence += after;
        }
        assert_eq!(found(&sentence).map(|said| said.id), Some(id), "{sentence}");
    }
}

/// Each mistake.
fn mistakes() -> Vec<Mistake> {
    let mut all = vec![Mistake::SlashAdded];
    while let Some(next) = next(all.last().unwrap()) {
        all.push(next);
    }
    all
}

/// A mistake for each to follow, so that none is forgotten.
fn next(mistake: &Mistake) -> Option<Mistake> {
    use Mistake::*;
    Some(match mistake {
        SlashAdded => SlashDropped,
        SlashDropped => PathDecoded,
        PathDecoded => PathEscapedTwice,
        PathEscapedTwice => QueryInUri,
        QueryInUri => QueryInBoth,
        QueryInBoth => MethodInLowerCase,
        MethodInLowerCase => OtherMethod("GET".to_owned()),
        OtherMethod(_) => QueryLeftOut,
        QueryLeftOut => BodyLeftOut,
        BodyLeftOut => BodyCounted,
        BodyCounted => RealmIncluded,
        RealmIncluded => LeftOut("of it and sends".to_owned()),
        LeftOut(_) => Added("oauth_version".to_owned(), "1.0A".to_owned()),
        Added(_, value) if !value.is_empty() => Added("oauth_token".to_owned(), String::new()),
        Added(..) => RepeatedLeftOut,
        RepeatedLeftOut => EmptyLeftOut,
        EmptyLeftOut => SortedBeforeEscaping,
        SortedBeforeEscaping => SortedNaturally,
        SortedNaturally => SortedAsWholePairs,
        SortedAsWholePairs => NotSorted,
        NotSorted => NamesNotEscaped,
        NamesNotEscaped => NamesEscapedTwice,
        NamesEscapedTwice => ValuesNotEscaped,
        ValuesNotEscaped => ValuesEscapedTwice,
        ValuesEscapedTwice => BlankAsPlus,
        BlankAsPlus => BlankAsPlusAsSent,
        BlankAsPlusAsSent => LowerCaseEscapes,
        LowerCaseEscapes => TildeEscaped,
        TildeEscaped => MarksNotEscaped,
        MarksNotEscaped => ParametersNotEscapedAgain,
        ParametersNotEscapedAgain => UriNotEscaped,
        UriNotEscaped => SecretsNotEscaped,
        SecretsNotEscaped => AmpersandMissing,
        AmpersandMissing => TokenSecretMissing,
        TokenSecretMissing => ConsumerSecretMissing,
        ConsumerSecretMissing => SecretsSwapped,
        SecretsSwapped => KeyInsteadOfSecret,
        KeyInsteadOfSecret => RequestTokenSecret,
        RequestTokenSecret => OtherHash,
        OtherHash => UrlSafeSignature,
        UrlSafeSignature => HexadecimalSignature,
        HexadecimalSignature => PaddingMissing,
        PaddingMissing => SignatureEscapedTwice,
        SignatureEscapedTwice => SignatureNotEscaped,
        SignatureNotEscaped => {
            OtherOrigin { origin: "http://[::1]:80".to_owned(), slip: "the default port is left out of the URI" }
        }
        OtherOrigin { .. } => return None,
    })
}

#[test]
fn every_mistake_is_told_alone_and_with_every_other() {
    let all = mistakes();
    assert_eq!(all.len(), 46);
    for one in &all {
        let alone = german(&Finding(vec![one.clone()]).sentence());
        assert!(alone.contains("durch diesen Fehler des Clients: Er "), "{alone}");
        for other in all.iter().filter(|other| discriminant(*other) != discriminant(one)) {
            let both = german(&Finding(vec![one.clone(), other.clone()]).sentence());
            assert!(both.contains("durch zwei Fehler") && both.matches(" Er ").count() == 2, "{both}");
        }
        let three = Finding(vec![one.clone(), Mistake::NotSorted, Mistake::PaddingMissing]);
        assert!(german(&three.sentence()).contains("durch drei Fehler des Clients zugleich. Er "));
    }
}

#[test]
fn every_remedy_is_told() {
    german_of_all(Problem::one_of_each().iter().map(|problem| Remedy::of(problem).in_words(None)));
    let clock = Remedy::of(&Problem::TimestampRefused { earliest: 700, latest: 1_300 });
    let apart = [0, 1, -1, 400, -400, 90_000, -90_000, 31_536_000, -31_536_000, i64::MAX];
    german_of_all(apart.into_iter().map(Some).chain([None]).map(|ahead| clock.in_words(ahead)));
    let hours = german(&clock.in_words(Some(-7_300)));
    assert!(hours.contains("liegt um 7300 s (etwa 2 Stunden) hinter der Uhr dieses Servers zurück; erlaubt sind 300"));
    let role_not_held = Failure::RoleNotHeld { role: String::new(), full_name: String::new(), reason: None };
    let failures = [
        role_not_held,
        Failure::Lacks { role: None, needs: String::new() },
        Failure::Forbidden(""),
        Failure::TooManyAttempts { retry_after_seconds: 1 },
        Failure::BodyTooLarge(2_048),
        Failure::HeadTooLarge(2_048),
        Failure::LineTooLong(2_048),
        Failure::BodyIncomplete,
    ];
    german_of_all(failures.iter().map(|failure| failure.refusal().unwrap().remedy.in_words(None)));
}

fn arrived(query: &str) -> Arrived {
    Arrived {
        method: "POST".to_owned(),
        origin: "https://forge.example:8443".to_owned(),
        origins: Vec::new(),
        host: None,
        path: "/tr%2Fack/items".to_owned(),
        query: Some(query.to_owned()),
        authorization: Vec::new(),
        content_type: None,
        is_form: false,
        body: Body { size: Some(0), hashes: None },
        text: None,
        is_cut: false,
    }
}

/// The causes of a difference between the base string of a query and what a client has instead.
fn causes(query: &str, own: impl Fn(&str) -> String) -> Vec<String> {
    let whole = arrived(query).read();
    let seen = whole.mask();
    let ours = normalised(&seen, Some(&whole)).1;
    compare(&seen, Some(&whole), &own(&ours)).map(|Difference { causes, .. }| causes).unwrap()
}

#[test]
fn causes_are_told_whatever_stands_in_them() {
    let query = "a=r%20b&c=it%27s&d=~&e=%C3%A9&f=1&oauth_nonce=n";
    for (from, to) in [
        ("POST", "post"),
        ("POST", "GET"),
        ("POST&", "POST"),
        ("https", "http"),
        ("https%3A%2F%2F", "https://"),
        ("https%3A%2F%2F", "https%253A%252F%252F"),
        ("%3A", "%3a"),
        ("https%3A%2F%2F", "x"),
        ("forge", "Forge"),
        ("forge", "other"),
        ("%3A8443", ""),
        ("%3A8443", "%3A8444"),
        ("items&", "items%2F&"),
        ("items&", "items%3F&"),
        ("items&", "items%3Fa%3Db&"),
        ("items&", "elsewhere&"),
        ("%252F", "%2F"),
        ("%252F", "%25252F"),
        ("%3D1", "=1"),
        ("%2520", "%2B"),
        ("%2520", "%252520"),
        ("%2527", "'"),
        ("~", "%7E"),
        ("%25C3%25A9", "%C3%A9"),
        ("%25C3%25A9", "%25c3%25a9"),
        ("f%3D1", "f%3D2"),
        ("f%3D1%26", ""),
        ("f%3D1", "f%3D1%26x%3D1"),
        ("f%3D1", "f%3D1%26realm%3D1"),
        ("f%3D1", "f%3D1%26oauth_signature%3Dx"),
        ("d%3D~%26e%3D%25C3%25A9", "e%3D%25C3%25A9%26d%3D~"),
    ] {
        let causes = causes(query, |ours| ours.replacen(from, to, 1));
        assert!(!causes.is_empty(), "{from} {to}");
        german_of_all(causes);
    }
    german_of_all(causes(query, |ours| ours.replace('&', "%26")));
    german_of_all(causes("f=1", |ours| ours.replace("f%3D1", "")));
}

#[test]
fn what_can_be_read_in_two_ways_stays_english() {
    let own = |ours: &str| ours.replacen("%3Dw", "%3Dv", 1);
    assert!(german(&causes("a1=w", own)[0]).starts_with("a1 ist anders: "));
    // A parameter with a name like the beginning of another sentence.
    let changed = "The path is another one: /x differs";
    for hostile in [
        format!("{changed}: \"w\" arrived, and the client signed \"v\"."),
        "The path is another one: /a arrived, and the client signed /b arrived, and the client signed /c.".to_owned(),
        "The path is another one: /a arrived, and the client signed x: escaped once too often. A value is escaped once, \
         and the joined parameters once more."
            .to_owned(),
    ] {
        assert_eq!(found(&hostile), None, "{hostile}");
    }
    for separator in [", ", ": ", ", and that ", " (too long)"] {
        assert_eq!(found(&format!("query{}", format!("{separator}query").repeat(9_000))), None);
    }
}
