//! Answers: which parameters does a request carry, and where? (RFC 5849, sections 3.4.1.3.1 and 3.5)
//!
//! Collects header, query and form body into what is signed, what belongs to the protocol and what is the
//! application's. Stops at the first parameter too many, so that a hostile request costs little. Does not look at
//! values.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::mem;

use super::{MAX_PARAMETERS, RawRequest};
use crate::oauth1::params::{Pair, Pairs, urlencoded};
use crate::oauth1::problem::Problem;

/// How many parameters an ordinary request has at most; with more of them the list grows.
const ORDINARY: usize = 16;

/// Where a parameter was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Header,
    Query,
    Body,
}

/// The parameters that every OAuth request may carry, decoded, the first of each name; these are not counted.
#[derive(Default)]
pub(super) struct Protocol<'a> {
    pub(super) consumer_key: Option<Cow<'a, str>>,
    pub(super) token: Option<Cow<'a, str>>,
    pub(super) signature_method: Option<Cow<'a, str>>,
    pub(super) signature: Option<Cow<'a, str>>,
    pub(super) timestamp: Option<Cow<'a, str>>,
    pub(super) nonce: Option<Cow<'a, str>>,
    pub(super) version: Option<Cow<'a, str>>,
    pub(super) callback: Option<Cow<'a, str>>,
    pub(super) verifier: Option<Cow<'a, str>>,
    pub(super) body_hash: Option<Cow<'a, str>>,
}

impl<'a> Protocol<'a> {
    /// The place of the parameter with this name, if it is one of them.
    pub(super) fn slot(&mut self, name: &str) -> Option<&mut Option<Cow<'a, str>>> {
        match name.strip_prefix("oauth_")? {
            "consumer_key" => Some(&mut self.consumer_key),
            "token" => Some(&mut self.token),
            "signature_method" => Some(&mut self.signature_method),
            "signature" => Some(&mut self.signature),
            "timestamp" => Some(&mut self.timestamp),
            "nonce" => Some(&mut self.nonce),
            "version" => Some(&mut self.version),
            "callback" => Some(&mut self.callback),
            "verifier" => Some(&mut self.verifier),
            "body_hash" => Some(&mut self.body_hash),
            _ => None,
        }
    }
}

/// The parameters of one request.
pub(super) struct Gathered<'a> {
    /// All but `oauth_signature`, decoded, unsorted.
    pub(super) signed: Vec<Pair<'a>>,
    /// The application's, decoded: the query's, then the form body's.
    pub(super) parameters: Pairs,
    /// The `oauth_` ones that are known.
    pub(super) protocol: Protocol<'a>,
    /// The names of those that are not.
    unknown: BTreeSet<Cow<'a, str>>,
    /// Where the first `oauth_` parameter was found.
    place: Option<Place>,
    /// Names of `oauth_` parameters that are there twice, or not where the first one is.
    misplaced: Vec<String>,
    counted: usize,
}

impl<'a> Gathered<'a> {
    /// Collects all parameters of a request.
    ///
    /// # Errors
    /// [`Problem::ParameterRejected`] for two OAuth headers, for what cannot be decoded, and for too many parameters.
    pub(super) fn read(raw: &RawRequest<'a>) -> Result<Self, Problem> {
        let mut gathered = Self {
            signed: Vec::with_capacity(ORDINARY),
            parameters: Vec::new(),
            protocol: Protocol::default(),
            unknown: BTreeSet::new(),
            place: None,
            misplaced: Vec::new(),
            counted: 0,
        };
        for pair in raw.authorization.pairs()? {
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

    fn add(&mut self, place: Place, (name, mut value): Pair<'a>) -> Result<(), Problem> {
        let is_signed = name != "oauth_signature";
        let slot = self.protocol.slot(&name);
        if !matches!(slot, Some(None)) {
            self.counted += 1;
        }
        if self.counted > MAX_PARAMETERS {
            return Err(rejected(&[], format!("send at most {MAX_PARAMETERS} parameters")));
        }
        if name.starts_with("oauth_") {
            let is_repeated = match slot {
                Some(Some(_)) => true,
                Some(free) => {
                    // What is not signed is not needed twice.
                    *free = Some(if is_signed { value.clone() } else { mem::take(&mut value) });
                    false
                }
                None => !self.unknown.insert(name.clone()),
            };
            if is_repeated || *self.place.get_or_insert(place) != place {
                self.misplaced.push(name.to_string());
            }
        } else if place != Place::Header {
            self.parameters.push((name.to_string(), value.to_string()));
        }
        if is_signed {
            self.signed.push((name, value));
        }
        Ok(())
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
        if self.place.is_none() { Err(Problem::NothingSigned) } else { Ok(()) }
    }
}

/// A malformed request, in these parameters and for this reason.
pub(super) fn rejected(names: &[&str], advice: impl Into<String>) -> Problem {
    let names = names.iter().map(|&name| name.to_owned()).collect();
    Problem::ParameterRejected { names, advice: Some(advice.into()) }
}
