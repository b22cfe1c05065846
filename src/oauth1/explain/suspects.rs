//! Which mistakes this request gives room for: each would change its base string, its key or its signature.

use super::{
    mistake::{Mistake, Places},
    recipe::Recipe,
    seen::{Parameter, Place, Whole},
    shown::Text,
};

/// How many names are tried as left out.
const MOST_NAMES: usize = 40;

/// The methods that are mistaken for one another.
const METHODS: [&str; 6] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

const PROXY: &str = "the public URL of this service has the other scheme: where a proxy speaks TLS, public_urls names the \
                     https address that clients call";
const PORT_DROPPED: &str = "the port belongs to the URI unless it is the scheme's default";
const PORT_KEPT: &str = "the default port is left out of the URI";
const OTHER_NAME: &str = "another public name of this service than the one the request came to";
const HOST: &str = "as the Host header says; this service is known by its configured public URL, in lower case";
const LOOPBACK: &str = "localhost and 127.0.0.1 are two names";

/// Each mistake that could be behind this request, the likely ones first.
pub(super) fn suspects(whole: &Whole, right: &Recipe) -> Vec<Mistake> {
    let mut all = origins(whole);
    all.extend(of_places(whole));
    all.extend([
        Mistake::SecretsNotEscaped,
        Mistake::AmpersandMissing,
        Mistake::TokenSecretMissing,
        Mistake::RequestTokenSecret,
        Mistake::OtherHash,
        Mistake::SortedBeforeEscaping,
        Mistake::NamesNotEscaped,
        Mistake::ValuesNotEscaped,
        Mistake::ValuesEscapedTwice,
        Mistake::NamesEscapedTwice,
        Mistake::BlankAsPlus,
        Mistake::BlankAsPlusAsSent,
        Mistake::LowerCaseEscapes,
        Mistake::TildeEscaped,
        Mistake::MarksNotEscaped,
        Mistake::SortedNaturally,
        Mistake::SortedAsWholePairs,
        Mistake::NotSorted,
        Mistake::ParametersNotEscapedAgain,
        Mistake::UriNotEscaped,
        Mistake::MethodInLowerCase,
        Mistake::ConsumerSecretMissing,
        Mistake::SecretsSwapped,
        Mistake::KeyInsteadOfSecret,
        Mistake::RepeatedLeftOut,
        Mistake::EmptyLeftOut,
    ]);
    all.extend(of_versions(right));
    all.extend(of_paths(&right.path));
    all.extend(of_names(right));
    all.extend(
        METHODS
            .iter()
            .filter(|method| **method != right.method)
            .map(|method| Mistake::OtherMethod((*method).to_owned())),
    );
    all
}

/// The pieces that mistakes put elsewhere.
pub(super) fn places(whole: &Whole) -> Places {
    let not_the_signature = |pair: &(String, String)| pair.0 != "oauth_signature";
    Places {
        query: whole.placed(Place::Query).map(Parameter::pair).filter(not_the_signature).collect(),
        query_text: whole.query().map(str::to_owned),
        body: whole.in_body().map(Parameter::pair).filter(not_the_signature).collect(),
        realm: whole.realm().map(str::to_owned),
    }
}

/// The origins that a client may have taken for the right one, each once.
fn origins(whole: &Whole) -> Vec<Mistake> {
    let (scheme, authority) = whole.origin.split_once("://").unwrap_or(("http", &whole.origin));
    let (other, port, other_port) = if scheme == "https" { ("http", "443", "80") } else { ("https", "80", "443") };
    let mut found: Vec<(String, &'static str)> = vec![(format!("{other}://{authority}"), PROXY)];
    let host = without_port(authority);
    if host == authority {
        found.push((format!("{scheme}://{host}:{port}"), PORT_KEPT));
        found.push((format!("{other}://{host}:{other_port}"), PROXY));
        found.push((format!("{other}://{host}:{port}"), PROXY));
    } else {
        found.push((format!("{scheme}://{host}"), PORT_DROPPED));
        found.push((format!("{other}://{host}"), PROXY));
    }
    found.extend(whole.origins.iter().map(|origin| (origin.clone(), OTHER_NAME)));
    // A mistake that is found is told, with the origin.
    let host_header = whole.host_as_shown();
    if let Some(named) = host_header.as_ref().and_then(Text::shown) {
        for scheme in [scheme, other] {
            found.push((format!("{scheme}://{named}"), HOST));
            found.push((format!("{scheme}://{}", without_port(named)), HOST));
        }
    }
    for (one, another) in [("localhost", "127.0.0.1"), ("127.0.0.1", "localhost")] {
        if host == one {
            found.push((whole.origin.replacen(one, another, 1), LOOPBACK));
        }
    }
    let mut seen_already = vec![whole.origin.clone()];
    found.retain(|(origin, _)| {
        let is_new = !seen_already.contains(origin);
        seen_already.push(origin.clone());
        is_new
    });
    found.into_iter().map(|(origin, slip)| Mistake::OtherOrigin { origin, slip }).collect()
}

fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

fn of_places(whole: &Whole) -> Vec<Mistake> {
    let mut found = Vec::new();
    if whole.placed(Place::Query).next().is_some() {
        found.push(Mistake::QueryLeftOut);
    }
    if whole.query().is_some() {
        found.extend([Mistake::QueryInUri, Mistake::QueryInBoth]);
    }
    if whole.in_body().next().is_some() {
        found.push(if whole.is_form { Mistake::BodyLeftOut } else { Mistake::BodyCounted });
    }
    if whole.realm().is_some() {
        found.push(Mistake::RealmIncluded);
    }
    found
}

/// What is signed for a version, and what for a token, though it is not sent so.
fn of_versions(right: &Recipe) -> Vec<Mistake> {
    let added = |name: &str, value: &str| Mistake::Added(name.to_owned(), value.to_owned());
    let versions = ["1.0A", "1.0a", "1.0"].map(|version| added("oauth_version", version));
    let sent = right.pairs.iter().any(|(name, _)| name == "oauth_token");
    let token = (!sent).then(|| added("oauth_token", ""));
    versions.into_iter().chain(token).chain([added("oauth_signature", "")]).collect()
}

fn of_paths(path: &str) -> Vec<Mistake> {
    let mut found = vec![if path.ends_with('/') { Mistake::SlashDropped } else { Mistake::SlashAdded }];
    if path.contains('%') {
        found.extend([Mistake::PathDecoded, Mistake::PathEscapedTwice]);
    }
    found
}

fn of_names(right: &Recipe) -> Vec<Mistake> {
    // A mistake that is found is told, with the name.
    let may_be_told = right.pairs.iter().filter(|(name, value)| Text::of_name(name, value).shown().is_some());
    let mut names: Vec<&String> = may_be_told.map(|(name, _)| name).collect();
    // The protocol's own are forgotten most.
    names.sort_by_key(|name| (!name.starts_with("oauth_"), name.as_str()));
    names.dedup();
    names.into_iter().take(MOST_NAMES).map(|name| Mistake::LeftOut(name.clone())).collect()
}
