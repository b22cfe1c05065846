//! What is kept of one refusal.

use serde::{Deserialize, Serialize};

use super::Remedy;
use crate::{
    clock::UnixSeconds,
    oauth1::{
        Problem,
        explain::{Arrived, Extent, Seen, Text, Whole},
    },
    secret::Secret,
};

/// For how long a refusal can be looked up: long enough to be asked about it, and short enough that what was sent is soon
/// forgotten.
pub const KEPT_SECONDS: i64 = 900;

/// The most bytes of evidence about one request.
const LARGEST: usize = 32 * 1024;
/// The most characters of what an answer says under one name, where the evidence is too large.
const LONGEST_TOLD: usize = 1_024;

/// What a request was answered, and when.
#[derive(Clone, Serialize, Deserialize)]
pub struct Answered {
    /// The server's clock.
    pub at: UnixSeconds,
    /// Why it was refused.
    pub code: String,
    /// The status of the answer.
    pub status: u16,
    /// What the answer says, by name.
    pub told: Vec<(String, String)>,
    /// What it means and what to do about it.
    pub remedy: Remedy,
    /// The client's address.
    pub client: Option<String>,
}

impl Answered {
    /// Whether it is one of those whose requests are compared with what mistakes give; only of theirs is anything kept that
    /// may not be seen.
    pub(super) fn is_signature_invalid(&self) -> bool {
        self.code == Problem::SignatureInvalid.code()
    }
}

/// What was seen of a request, and what it was answered.
pub struct Evidence {
    /// The answer.
    pub answered: Answered,
    /// The request, as far as it may be shown.
    pub seen: Seen,
    /// The request as it arrived, which nobody may see; there only where a signature is to be explained by it.
    pub(super) exact: Option<Whole>,
}

/// How it is written: with one of both, for what may be shown can be made of what arrived again.
#[derive(Serialize, Deserialize)]
struct Written<A, S, E> {
    answered: A,
    request: Kept<S, E>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kept<S, E> {
    Seen(S),
    Exact(E),
}

impl Evidence {
    /// Takes a request apart. From here on only the crate's own explanations know what is behind the masks.
    pub fn of(mut answered: Answered, arrived: &Arrived) -> Self {
        let whole = arrived.read();
        // What the client is told there it wrote itself.
        let named = answered.told.iter_mut().filter(|(name, _)| name.starts_with("oauth_parameters_"));
        named.for_each(|(_, value)| *value = shown_names(value));
        let is_to_be_tried = answered.is_signature_invalid() && whole.extent == Extent::Signed;
        Self { answered, seen: whole.mask(), exact: is_to_be_tried.then_some(whole) }
    }

    /// As text for the store. It is cut where it is too long, and then says so.
    pub(super) fn write(&self) -> Result<Secret, serde_json::Error> {
        let request = match &self.exact {
            Some(exact) => Kept::Exact(exact.to_be_sealed()),
            None => Kept::Seen(&self.seen),
        };
        let text = serde_json::to_string(&Written { answered: &self.answered, request })?;
        if text.len() <= LARGEST {
            return Ok(Secret::new(text));
        }
        let mut answered = self.answered.clone();
        answered.told.iter_mut().for_each(|(_, value)| *value = value.chars().take(LONGEST_TOLD).collect());
        let request: Kept<_, ()> = Kept::Seen(self.seen.clone().cut());
        serde_json::to_string(&Written { answered, request }).map(Secret::new)
    }

    /// From the text of the store.
    pub(super) fn read(text: &Secret) -> Result<Self, serde_json::Error> {
        let Written { answered, request }: Written<Answered, Seen, Whole> = serde_json::from_str(text.expose())?;
        Ok(match request {
            Kept::Seen(seen) => Self { answered, seen, exact: None },
            Kept::Exact(whole) => Self { answered, seen: whole.mask(), exact: Some(whole) },
        })
    }
}

/// A list of names, as the Problem Reporting extension joins them.
fn shown_names(names: &str) -> String {
    names.split('&').map(|name| Text::of_name(name, "x").to_string()).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::oauth1::explain::Body;

    pub(in crate::provider) fn arrived(body: &str) -> Arrived {
        let header = "OAuth oauth_consumer_key=\"k\", oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"1\", \
                      oauth_nonce=\"n\", oauth_signature=\"PROOF\", oauth_verifier=\"PROOF\"";
        Arrived {
            method: "POST".to_owned(),
            origin: "http://h.example".to_owned(),
            origins: vec!["http://h.example".to_owned()],
            host: Some("h.example".to_owned()),
            path: "/p".to_owned(),
            query: Some("a=b&password=PROOF".to_owned()),
            authorization: vec![header.to_owned(), "Bearer PROOF".to_owned(), "PROOF".to_owned()],
            content_type: None,
            is_form: true,
            body: Body { size: Some(body.len()), hashes: None },
            text: Some(body.to_owned()),
            is_cut: false,
        }
    }

    pub(in crate::provider) fn evidence(code: &str, body: &str) -> Evidence {
        let told = vec![("oauth_problem".to_owned(), code.to_owned())];
        let remedy = Remedy::from("Do this.");
        let answered = Answered { at: 1_000, code: code.to_owned(), status: 401, told, remedy, client: None };
        Evidence::of(answered, &arrived(body))
    }

    #[test]
    fn what_is_too_long_is_cut_and_says_so() {
        for body in ["é\u{1}".repeat(10_000), "a=\u{1}&".repeat(1_500), "x".repeat(31_700)] {
            let long = evidence("signature_invalid", &body).write().unwrap();
            assert!(long.expose().len() <= LARGEST, "{}", long.expose().len());
            let read = Evidence::read(&long).unwrap();
            assert!(read.seen.extent == Extent::Cut && read.exact.is_none());
            assert_eq!(read.seen.body.size, Some(body.len()));
        }
        let whole = evidence("signature_invalid", &format!("a={}", "x".repeat(20_000))).write().unwrap();
        let read = Evidence::read(&whole).unwrap();
        assert!(read.seen.extent == Extent::Signed && read.exact.is_some());
    }

    #[test]
    fn what_may_not_be_seen_is_kept_only_of_a_wrong_signature() {
        let kept = |code: &str| evidence(code, "pwd=PROOF").write().unwrap();
        assert_eq!(kept("signature_method_rejected").expose().matches("PROOF").count(), 0);
        let kept = kept("signature_invalid");
        assert!(kept.expose().matches("PROOF").count() >= 4, "{}", kept.expose());
        let read = Evidence::read(&kept).unwrap();
        let seen = serde_json::to_string(&read.seen).unwrap();
        assert_eq!(seen.matches("PROOF").count(), 0, "{seen}");
        let exact = read.exact.unwrap();
        assert_eq!((exact.value("oauth_signature"), exact.value("pwd")), ("PROOF", "PROOF"));
    }

    #[test]
    fn what_is_kept_is_read_again_and_shown_alike() {
        for code in ["signature_invalid", "nonce_used"] {
            let kept = evidence(code, "a=b");
            let read = Evidence::read(&kept.write().unwrap()).unwrap();
            assert_eq!(read.answered.remedy, Remedy::from("Do this."));
            let json = |evidence: &Evidence| serde_json::to_value(&evidence.seen).unwrap();
            assert_eq!(json(&read), json(&kept), "{code}");
            assert_eq!(read.exact.is_some(), code == "signature_invalid");
        }
    }

    #[test]
    fn names_that_the_answer_repeats_are_looked_at_too() {
        let told = vec![("oauth_parameters_rejected".to_owned(), "oauth_x:PROOF&oauth_nonce".to_owned())];
        let told = Answered { told, ..evidence("parameter_rejected", "").answered };
        assert_eq!(Evidence::of(told, &arrived("")).answered.told[0].1, "…(13)&oauth_nonce");
    }
}
