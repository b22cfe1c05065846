//! Answers: which parameters does a request carry, and where? (RFC 5849, sections 3.4.1.3.1 and 3.5)
//!
//! Collects header, query and form body into what is signed, what belongs to the protocol and what is the
//! application's. Stops at the first parameter too many, so that a hostile request costs little. Does not look at
//! values.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{MAX_PARAMETERS, RawRequest};
use crate::oauth1::encode::percent_encode;
use crate::oauth1::header;
use crate::oauth1::params::{Pairs, urlencoded};
use crate::oauth1::problem::Problem;

/// The parameters that every OAuth request may carry; the first of each is not counted.
const PROTOCOL: [&str; 10] = [
    "oauth_consumer_key",
    "oauth_token",
    "oauth_signature_method",
    "oauth_signature",
    "oauth_timestamp",
    "oauth_nonce",
    "oauth_version",
    "oauth_callback",
    "oauth_verifier",
    "oauth_body_hash",
];

/// Where a parameter was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Header,
    Query,
    Body,
}

/// The parameters of one request.
pub(super) struct Gathered {
    /// All but `oauth_signature`, each name and value encoded, unsorted.
    pub(super) signed: Pairs,
    /// The application's, decoded: the query's, then the form body's.
    pub(super) parameters: Pairs,
    /// The `oauth_` ones, decoded, the first of each name.
    protocol: BTreeMap<String, String>,
    /// Where the first `oauth_` parameter was found.
    place: Option<Place>,
    /// Names of `oauth_` parameters that are there twice, or not where the first one is.
    misplaced: Vec<String>,
    counted: usize,
}

impl Gathered {
    /// Collects all parameters of a request.
    ///
    /// # Errors
    /// [`Problem::ParameterRejected`] for two OAuth headers, for what cannot be decoded, and for too many parameters.
    pub(super) fn read(raw: &RawRequest<'_>) -> Result<Self, Problem> {
        let mut gathered = Self {
            signed: Vec::new(),
            parameters: Vec::new(),
            protocol: BTreeMap::new(),
            place: None,
            misplaced: Vec::new(),
            counted: 0,
        };
        let mut headers = raw.authorization.iter().filter(|value| header::is_oauth(value));
        let header = headers.next();
        if headers.next().is_some() {
            return Err(rejected(&[], "send one Authorization: OAuth header, not several"));
        }
        for pair in header.into_iter().flat_map(|value| header::elements(value)) {
            gathered.add(Place::Header, pair?)?;
        }
        for pair in raw.query.into_iter().flat_map(|query| urlencoded(query.as_bytes())) {
            gathered.add(Place::Query, pair.map_err(|fault| rejected(&[], format!("in the query {fault}")))?)?;
        }
        let body = if raw.is_form { raw.body } else { &[] };
        for pair in urlencoded(body) {
            gathered.add(Place::Body, pair.map_err(|fault| rejected(&[], format!("in the form body {fault}")))?)?;
        }
        Ok(gathered)
    }

    fn add(&mut self, place: Place, (name, value): (String, String)) -> Result<(), Problem> {
        let is_free = PROTOCOL.contains(&name.as_str()) && !self.protocol.contains_key(&name);
        if !is_free {
            self.counted += 1;
        }
        if self.counted > MAX_PARAMETERS {
            return Err(rejected(&[], format!("send at most {MAX_PARAMETERS} parameters")));
        }
        if name != "oauth_signature" {
            self.signed.push((percent_encode(&name), percent_encode(&value)));
        }
        if name.starts_with("oauth_") {
            self.add_protocol(place, name, value);
        } else if place != Place::Header {
            self.parameters.push((name, value));
        }
        Ok(())
    }

    fn add_protocol(&mut self, place: Place, name: String, value: String) {
        let is_elsewhere = *self.place.get_or_insert(place) != place;
        match self.protocol.entry(name) {
            Entry::Occupied(first) => self.misplaced.push(first.key().clone()),
            Entry::Vacant(free) => {
                if is_elsewhere {
                    self.misplaced.push(free.key().clone());
                }
                free.insert(value);
            }
        }
    }

    /// Whether the `oauth_` parameters are all there once and in one place (section 3.5), and there are any.
    ///
    /// # Errors
    /// [`Problem::ParameterRejected`] with the names that stand twice or elsewhere; [`Problem::NothingSigned`].
    pub(super) fn check_places(&mut self) -> Result<(), Problem> {
        if !self.misplaced.is_empty() {
            self.misplaced.sort_unstable();
            self.misplaced.dedup();
            let names = self.misplaced.iter().map(String::as_str).collect::<Vec<_>>();
            return Err(rejected(&names, "send each oauth_ parameter once, and all of them in one place"));
        }
        if self.protocol.is_empty() { Err(Problem::NothingSigned) } else { Ok(()) }
    }

    /// Whether there is a protocol parameter of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.protocol.contains_key(name)
    }

    /// Takes a protocol parameter's value out.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        self.protocol.remove(name)
    }
}

/// A malformed request, in these parameters and for this reason.
pub(super) fn rejected(names: &[&str], advice: impl Into<String>) -> Problem {
    let names = names.iter().map(|&name| name.to_owned()).collect();
    Problem::ParameterRejected { names, advice: Some(advice.into()) }
}
