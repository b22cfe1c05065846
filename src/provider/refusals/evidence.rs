//! What is kept of one refusal.

use serde::{Deserialize, Serialize};

use super::Remedy;
use crate::{
    clock::UnixSeconds,
    oauth1::explain::{Arrived, Exact, Seen, Text, Whole},
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
    /// What it means and what to do about it. Former versions kept none.
    #[serde(default)]
    pub remedy: Remedy,
    /// The client's address.
    pub client: Option<String>,
}

/// What was seen of a request, and what it was answered. What may be shown of it is apart from what may not.
pub struct Evidence {
    /// The answer.
    pub answered: Answered,
    /// The request, as far as it may be shown.
    pub seen: Seen,
    /// What nobody may see; there only where a signature is to be explained by it.
    exact: Option<Exact>,
}

/// What of it may be shown, as it is written.
#[derive(Serialize, Deserialize)]
struct Shown<A, S> {
    answered: A,
    seen: S,
}

impl Evidence {
    /// The problem whose requests are compared with what mistakes give; only of theirs is anything kept that may not be seen.
    pub(super) const SIGNATURE_INVALID: &'static str = "signature_invalid";

    /// Takes a request apart. From here on only the crate's own explanations know what is behind the masks.
    pub fn of(mut answered: Answered, arrived: &Arrived) -> Self {
        let (seen, exact) = arrived.noted();
        let exact = exact.filter(|_| answered.code == Self::SIGNATURE_INVALID);
        // What the client is told there it wrote itself.
        let named = answered.told.iter_mut().filter(|(name, _)| name.starts_with("oauth_parameters_"));
        named.for_each(|(_, value)| *value = shown_names(value));
        Self { answered, seen, exact }
    }

    /// The request with nothing masked, to try mistakes on.
    pub(super) fn whole(&self) -> Option<Whole> {
        Whole::joined(&self.seen, self.exact.as_ref()?)
    }

    /// As text for the store: what may be shown on the first line, what may not on the second. It is cut where it is too
    /// long, and then says so.
    pub(super) fn write(&self) -> Result<Secret, serde_json::Error> {
        let mut text = shown(&self.answered, &self.seen)?;
        if let Some(exact) = &self.exact {
            text = format!("{text}\n{}", serde_json::to_string(exact.to_be_sealed())?);
        }
        if text.len() <= LARGEST {
            return Ok(Secret::new(text));
        }
        let mut answered = self.answered.clone();
        answered.told.iter_mut().for_each(|(_, value)| *value = value.chars().take(LONGEST_TOLD).collect());
        shown(&answered, &self.seen.clone().cut()).map(Secret::new)
    }

    /// From the text of the store.
    pub(super) fn read(text: &Secret) -> Result<Self, serde_json::Error> {
        let (shown, exact) =
            text.expose().split_once('\n').map_or((text.expose(), None), |(shown, exact)| (shown, Some(exact)));
        let Shown { answered, seen } = serde_json::from_str(shown)?;
        let unsealed = |text: &str| Exact::unsealed(&mut serde_json::Deserializer::from_str(text));
        Ok(Self { answered, seen, exact: exact.map(unsealed).transpose()? })
    }
}

fn shown(answered: &Answered, seen: &Seen) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Shown { answered, seen })
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
            assert!(read.seen.is_cut && read.whole().is_none());
            assert_eq!(read.seen.body.size, Some(body.len()));
        }
        let whole = evidence("signature_invalid", &format!("a={}", "x".repeat(20_000))).write().unwrap();
        let read = Evidence::read(&whole).unwrap();
        assert!(!read.seen.is_cut && read.whole().is_some());
    }

    #[test]
    fn what_may_not_be_seen_is_kept_only_of_a_wrong_signature_and_apart() {
        let kept = |code: &str| evidence(code, "pwd=PROOF").write().unwrap().expose().to_owned();
        assert_eq!(kept("signature_method_rejected").matches("PROOF").count(), 0);
        let (shown, exact) = {
            let kept = kept("signature_invalid");
            let (shown, exact) = kept.split_once('\n').unwrap();
            (shown.to_owned(), exact.to_owned())
        };
        assert_eq!(shown.matches("PROOF").count(), 0, "{shown}");
        assert!(exact.matches("PROOF").count() >= 4, "{exact}");
        let read = Evidence::read(&Secret::new(kept("signature_invalid"))).unwrap();
        assert_eq!(read.whole().unwrap().value("oauth_signature"), "PROOF");
        assert_eq!(read.whole().unwrap().value("pwd"), "PROOF");
    }

    #[test]
    fn what_a_former_version_kept_without_a_remedy_is_read() {
        let kept = evidence("nonce_used", "").write().unwrap().expose().to_owned();
        let former = kept.replacen(r#""remedy":{"words":"Do this."},"#, "", 1);
        assert!(former.len() < kept.len(), "{kept}");
        let read = |kept: String| Evidence::read(&Secret::new(kept)).unwrap().answered;
        assert_eq!((read(kept).remedy, read(former.clone()).remedy), (Remedy::from("Do this."), Remedy::default()));
        assert_eq!(read(former).code, "nonce_used");
    }

    #[test]
    fn names_that_the_answer_repeats_are_looked_at_too() {
        let told = vec![("oauth_parameters_rejected".to_owned(), "oauth_x:PROOF&oauth_nonce".to_owned())];
        let told = Answered { told, ..evidence("parameter_rejected", "").answered };
        assert_eq!(Evidence::of(told, &arrived("")).answered.told[0].1, "…(13)&oauth_nonce");
    }
}
