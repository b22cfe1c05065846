//! What to do about what is found, in words.
//!
//! What a refusal means the server knows best, and says so in its advice. Here is what it cannot know: what lies between it and
//! this machine, and what several answers say together.

use super::{Found, probe::Refused};
use crate::oauth1::Origin;

/// For parameters that do not arrive.
pub const PLACEMENT: &str = "something in between takes it away (web servers drop Authorization, proxies drop bodies): let it \
                         through, or put the parameters elsewhere";

/// For what the service does not answer like that.
pub const UNHEARD_OF: &str = "see the service's log, and whether something else answers in its place: URL is the address of the \
                              service itself, without a path";

/// For a request that arrives more than once.
pub const TWICE: &str = "something in between sends requests twice: see what the proxy repeats (proxy_next_upstream)";

/// Something wrong, and what to do about it.
pub fn wrong(what: impl Into<String>, repair: &str) -> Found {
    Found::Wrong { what: what.into(), repair: repair.to_owned() }
}

/// No request could be signed.
pub fn no_randomness() -> Found {
    wrong("the system has no randomness for a nonce", "see what ails its random source")
}

/// The consumer's credentials are right.
pub fn good_consumer() -> Found {
    Found::Fine("key and secret are right".to_owned())
}

/// The signature is right for another origin of the same machine.
pub fn signs_for_another(origin: &Origin, vouched: &Origin) -> Found {
    let repair = format!(
        "if {origin} is the service, tell the tool that, and ask there: oauthprovider client doctor {origin} …; else name \
         {vouched} in public_urls; a proxy in between must pass the Host header on"
    );
    wrong(format!("the server builds base strings from {origin}, and not from {vouched}"), &repair)
}

/// The server says that it is known elsewhere, which is for the user to judge: it may be any server.
pub fn known_elsewhere(named: &Origin, vouched: &Origin) -> Found {
    let repair = format!(
        "if {named} is the service, tell the tool that, and ask there: oauthprovider client doctor {named} …; else name \
         {vouched} in public_urls, and compare key and secret with what was printed at registration"
    );
    wrong(format!("no signature for {vouched} is right, and the server says that it is {named}"), &repair)
}

/// The consumer is refused for another reason than its signature.
pub fn bad_consumer(refusal: &Refused) -> Found {
    let repair = match refusal.code.as_str() {
        "parameter_absent" => PLACEMENT.to_owned(),
        "nonce_used" => TWICE.to_owned(),
        _ => advised(refusal),
    };
    wrong(refusal.named(), &repair)
}

/// The token is refused.
pub fn bad_token(refusal: &Refused) -> Found {
    let repair = match refusal.code.as_str() {
        "signature_invalid" => {
            "the consumer's secret is right, so the token's secret is wrong: it is the access token's own, not the request \
             token's"
                .to_owned()
        }
        _ => advised(refusal),
    };
    wrong(refusal.named(), &repair)
}

/// What the server advises, which is for the user to judge: it may be any server. Else whom to ask.
fn advised(refusal: &Refused) -> String {
    match refusal.advice() {
        Some(advice) => format!("the server advises: {advice}"),
        None => "ask an administrator of the forge to look the refusal up (oauthprovider explain)".to_owned(),
    }
}
