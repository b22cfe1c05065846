//! For which other origin the server may take signatures: what its page says, and what is next to the one that was given.
//!
//! A server may say what it likes. Whoever asks decides what is signed for an origin that only the server named.

use crate::{oauth1::Origin, web::PLUGIN};

/// The origin that the page for authors of tools names: it has the end points in full.
pub fn named_by(page: &str) -> Option<Origin> {
    let (before, _) = page.split_once(&format!("{PLUGIN}/request_token"))?;
    Origin::parse(before.rsplit(['>', '"', ' ']).next()?).ok()
}

/// Whether both are on one machine, as far as names tell.
pub fn are_near(one: &Origin, other: &Origin) -> bool {
    one.shares_host_with(other) || (one.is_loopback() && other.is_loopback())
}

/// The origins on the same machine for which a signature may be meant: another scheme, the default port, the other name of
/// a machine that asks itself, and what the page names, if it is there.
pub fn next_to(origin: &Origin, named: Option<&Origin>) -> Vec<Origin> {
    let (scheme, authority) = (origin.scheme(), origin.authority());
    let other = if origin.is_https() { "http" } else { "https" };
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    let mut texts = vec![(other, authority.to_owned()), (scheme, host.to_owned()), (other, host.to_owned())];
    for (one, another) in [("localhost", "127.0.0.1"), ("127.0.0.1", "localhost")] {
        if host == one {
            texts.push((scheme, authority.replacen(one, another, 1)));
        }
    }
    let guessed = texts.iter().filter_map(|(scheme, at)| Origin::parse(&format!("{scheme}://{at}")).ok());
    let mut origins: Vec<Origin> = Vec::new();
    for candidate in named.cloned().into_iter().chain(guessed) {
        if candidate != *origin && are_near(&candidate, origin) && !origins.contains(&candidate) {
            origins.push(candidate);
        }
    }
    origins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(text: &str) -> Origin {
        Origin::parse(text).unwrap()
    }

    #[test]
    fn a_page_names_an_origin_or_none() {
        let page = |before: &str| named_by(&format!("<p><code>{before}{PLUGIN}/request_token</code>"));
        assert_eq!(page("https://forge.example.org"), Some(origin("https://forge.example.org")));
        for nothing in ["", "forge.example.org", "https://a\u{1b}[31m", "https://a/b", "javascript:"] {
            assert_eq!(page(nothing), None, "{nothing:?}");
        }
        assert_eq!(named_by("a login page"), None);
    }

    #[test]
    fn what_is_tried_is_on_the_same_machine_whatever_the_page_names() {
        let tried = |named: &str| {
            let tried = next_to(&origin("http://127.0.0.1:8080"), Some(&origin(named)));
            tried.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let guessed = ["https://127.0.0.1:8080", "http://127.0.0.1", "https://127.0.0.1", "http://localhost:8080"];
        for elsewhere in ["https://forge.example.org", "http://127.0.0.1.example:8080", "http://10.0.0.1:8080"] {
            assert_eq!(tried(elsewhere), guessed, "{elsewhere}");
        }
        assert_eq!(tried("http://127.0.0.1:8081")[0], "http://127.0.0.1:8081");
        assert_eq!(tried("http://127.0.0.1:8080"), guessed, "not the one that was refused already");
        assert_eq!(next_to(&origin("https://[2001:db8::1]:8443"), None).len(), 3);
    }
}
