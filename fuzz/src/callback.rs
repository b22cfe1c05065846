//! A registered callback on the first line, and the one that is asked for on the next. Where a browser is sent is where
//! the registered one leads, and nothing that is added to it leads elsewhere, breaks a header or runs as a script.

use oauthprovider::oauth1::{Callback, CallbackUrl, encode_urlencoded};
use url::{Origin, Url};

/// What is added when the user has decided.
const ADDED: [(&str, &str); 2] = [("oauth_token", "t&\r\n #"), ("oauth_verifier", "v=%\"<✓")];

/// Whether both lines are callbacks, and the second is the registered one.
pub fn is_good(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let (registered, asked) = text.split_once('\n').unwrap_or((text, text));
    let (registered, asked) = (read(registered), read(asked));
    let (Some(Callback::Url(registered)), Some(Callback::Url(asked))) = (registered, asked) else { return false };
    assert!(registered.is_registered_as(&registered) && asked.is_registered_as(&asked));
    let matches = asked.is_registered_as(&registered);
    if matches {
        leads_to_the_same_place(&asked, &registered);
    }
    matches
}

/// Reads one, and checks what must hold of it alone.
fn read(text: &str) -> Option<Callback> {
    let callback = Callback::parse(text).ok()?;
    assert_eq!(Callback::parse(callback.as_str()).as_ref(), Ok(&callback), "what is kept is read otherwise");
    match &callback {
        Callback::OutOfBand => assert_eq!(text, "oob"),
        Callback::Url(url) => is_safe(text, url),
    }
    Some(callback)
}

fn is_safe(text: &str, url: &CallbackUrl) {
    let (kept, origin, sent) = (url.as_str(), url.origin(), url.with_query(&ADDED));
    assert!(text.len() <= 2_000 && kept.len() <= 2_000);
    assert!(!text.contains(|c: char| c.is_control() || c.is_whitespace() || matches!(c, '\\' | '#')), "{text:?}");
    assert!(origin.starts_with("http://") || origin.starts_with("https://"), "{origin}");
    assert!(!origin.contains(['@', ';', ',', ' ', '\'', '"']), "{origin} breaks a content security policy");
    for one in [kept, sent.as_str()] {
        assert!(one.bytes().all(|byte| (b'!'..=b'~').contains(&byte)), "{one:?} breaks a header");
        assert!(one.strip_prefix(&origin).is_some_and(|rest| rest.starts_with('/')), "{one} is not at {origin}");
        let browsers = browsers(one);
        assert_eq!(browsers.origin().ascii_serialization(), origin, "a browser goes elsewhere: {one}");
        assert!(browsers.username().is_empty() && browsers.password().is_none() && browsers.fragment().is_none());
    }
    let added = encode_urlencoded(&ADDED);
    assert!(sent.starts_with(kept) && sent.ends_with(&added), "{sent}");
    let last: Vec<_> = browsers(&sent).query_pairs().into_owned().collect();
    let last = last.iter().rev().take(2).rev().map(|(name, value)| (name.as_str(), value.as_str()));
    assert!(last.eq(ADDED), "the tool reads something else: {sent}");
}

fn leads_to_the_same_place(asked: &CallbackUrl, registered: &CallbackUrl) {
    let (asked, registered) = (browsers(asked.as_str()), browsers(registered.as_str()));
    assert_eq!(asked.path(), registered.path());
    match (asked.origin(), registered.origin()) {
        (Origin::Tuple(scheme, host, port), Origin::Tuple(other_scheme, other_host, other_port)) => {
            assert_eq!((&scheme, &host), (&other_scheme, &other_host));
            let host = host.to_string();
            let is_own_machine = host == "localhost" || host.starts_with("127.") || host == "[::1]";
            assert!(port == other_port || is_own_machine, "{asked} is not {registered}");
        }
        (one, other) => panic!("{one:?} or {other:?} leads nowhere"),
    }
}

/// What a browser makes of it.
fn browsers(text: &str) -> Url {
    Url::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
