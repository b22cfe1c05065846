//! A request as it arrived: its raw pieces. They are taken apart once, when it is noted that it was refused, and dropped.

use super::seen::{Aside, Body, Exact, Extent, Parameter, Place, Request, Unread, Whole};
use crate::oauth1::{
    Authorization, MAX_PARAMETERS, Origin, Plus, RawRequest, SignedRequest, header, params::urlencoded, percent_decode,
};

/// The most bytes of all pieces that are taken apart.
const LARGEST: usize = 31 * 1024;
/// The longest query that is tried within the URI.
const LONGEST_QUERY: usize = 4 * 1024;
/// The schemes that `Authorization` is known to have; what another header begins with may be the credential itself.
const SCHEMES: [&str; 8] = ["Basic", "Bearer", "Digest", "DPoP", "HOBA", "Negotiate", "NTLM", "Token"];

/// The raw pieces of a request. It may hold any secret, and is neither kept nor shown.
#[derive(Clone)]
pub struct Arrived {
    /// The method on the wire.
    pub method: String,
    /// The public URL that the base string was built from.
    pub origin: String,
    /// All public URLs of the service, the canonical one first.
    pub origins: Vec<String>,
    /// The `Host` header.
    pub host: Option<String>,
    /// The path on the wire, without query.
    pub path: String,
    /// What follows the `?`.
    pub query: Option<String>,
    /// Each `Authorization` header, of whatever scheme.
    pub authorization: Vec<String>,
    /// The content type.
    pub content_type: Option<String>,
    /// Whether the body is a form, and so part of what is signed.
    pub is_form: bool,
    /// What is known of the body.
    pub body: Body,
    /// The body's text, where it is a form or looks like one.
    pub text: Option<String>,
    /// Whether something of that is missing.
    pub is_cut: bool,
}

impl Arrived {
    /// Takes it apart, as far as it can be.
    pub fn read(&self) -> Whole {
        let taken_apart = if self.is_cut() { None } else { self.taken_apart() };
        let extent = match &taken_apart {
            None if self.is_cut() => Extent::Cut,
            None => Extent::Unreadable,
            Some(_) if self.is_signed() => Extent::Signed,
            Some(_) => Extent::Unsigned,
        };
        let unread = if taken_apart.is_none() { self.unread() } else { Vec::new() };
        let (parameters, aside) = taken_apart.map_or_else(Default::default, |(all, aside)| (all, Some(aside)));
        Request {
            method: self.method.clone(),
            origin: self.origin.clone(),
            origins: self.origins.clone(),
            host: self.host.as_ref().map(Exact::new),
            path: self.path.split('/').map(Exact::new).collect(),
            other_schemes: self.others().map(|header| known_scheme(header).to_owned()).collect(),
            content_type: self.content_type.as_deref().map(|text| Exact::new(without_parameters(text))),
            is_form: self.is_form,
            body: self.body.clone(),
            extent,
            parameters,
            unread,
            aside,
        }
    }

    fn is_cut(&self) -> bool {
        let texts = [&self.query, &self.text].into_iter().flatten().chain(&self.authorization);
        self.is_cut || self.path.len() + texts.map(String::len).sum::<usize>() > LARGEST
    }

    /// Its parameters, decoded, and what is aside of them; `None` where something cannot be.
    fn taken_apart(&self) -> Option<(Vec<Parameter<Exact>>, Aside<Exact>)> {
        percent_decode(self.path.as_bytes(), Plus::Plus).ok()?;
        let mut headers = self.of_oauth();
        let header = headers.next();
        if headers.next().is_some() {
            return None;
        }
        let in_header = header.map_or(Some(Vec::new()), |header| header::parse(header.as_bytes()).ok())?;
        let mut parameters = placed(Place::Header, in_header);
        parameters.extend(placed(Place::Query, decoded(self.query.as_deref())?));
        let in_body = decoded(self.text.as_deref()).map(|pairs| placed(Place::Body, pairs));
        let loose = if self.is_form {
            parameters.extend(in_body?);
            Vec::new()
        } else {
            in_body.unwrap_or_default()
        };
        let short = |query: &&String| !query.is_empty() && query.len() <= LONGEST_QUERY;
        let aside = Aside {
            query: self.query.as_ref().filter(short).map(Exact::new),
            realm: header.and_then(|header| header::realm(header.as_bytes())).map(Exact::new),
            loose,
        };
        // Some more than are let in: those of the protocol do not count.
        (parameters.len() <= 2 * MAX_PARAMETERS).then_some((parameters, aside))
    }

    /// Where parameters may stand, as it stands there.
    fn unread(&self) -> Vec<Unread<Exact>> {
        let headers = self.of_oauth().map(|header| (Place::Header, header));
        let query = self.query.iter().map(|query| (Place::Query, query));
        let body = self.text.iter().filter(|_| self.is_form).map(|text| (Place::Body, text));
        headers.chain(query).chain(body).map(|(place, text)| Unread { place, text: Exact::new(text) }).collect()
    }

    /// Whether the service reads it as a signed request.
    fn is_signed(&self) -> bool {
        let Ok(origin) = Origin::parse(&self.origin) else { return false };
        let request = RawRequest {
            method: &self.method,
            origin: &origin,
            path: &self.path,
            query: self.query.as_deref(),
            authorization: self.authorization.iter().map(|header| header.as_bytes()).collect::<Authorization<'_>>(),
            is_form: self.is_form,
            body: self.text.as_deref().unwrap_or_default().as_bytes(),
        };
        SignedRequest::read(&request).is_ok()
    }

    /// The `Authorization` headers of the scheme `OAuth`.
    fn of_oauth(&self) -> impl Iterator<Item = &String> {
        self.authorization.iter().filter(|header| is_oauth(header))
    }

    fn others(&self) -> impl Iterator<Item = &String> {
        self.authorization.iter().filter(|header| !is_oauth(header))
    }

    /// The value of the first protocol parameter of this name, wherever it stands and however malformed the rest is.
    pub fn claimed(&self, name: &str) -> Option<String> {
        let of = |text: &str, separator: char| {
            text.split(separator).find_map(|piece| {
                let (found, value) = piece.split_once('=')?;
                let found = found.rsplit([' ', '\t']).next().unwrap_or_default();
                (decoded_text(found)? == name).then(|| decoded_text(value.trim().trim_matches('"')))?
            })
        };
        let in_header = self.of_oauth().find_map(|header| of(header, ','));
        let in_query = || self.query.as_deref().and_then(|query| of(query, '&'));
        let in_body = || self.text.as_deref().filter(|_| self.is_form).and_then(|body| of(body, '&'));
        in_header.or_else(in_query).or_else(in_body)
    }
}

fn is_oauth(header: &str) -> bool {
    Authorization::from_iter([header.as_bytes()]).is_oauth()
}

fn known_scheme(header: &str) -> &'static str {
    let scheme = header.split_ascii_whitespace().next().unwrap_or_default();
    SCHEMES.into_iter().find(|known| known.eq_ignore_ascii_case(scheme)).unwrap_or("another")
}

/// Nothing here asks about the parameters of a content type.
fn without_parameters(content_type: &str) -> String {
    content_type.split_once(';').map_or_else(|| content_type.to_owned(), |(before, _)| format!("{before}; …"))
}

fn decoded(text: Option<&str>) -> Option<Vec<(String, String)>> {
    let pairs = text.into_iter().flat_map(|text| urlencoded(text.as_bytes()));
    let owned = pairs.map(|pair| pair.ok().map(|(name, value)| (name.into_owned(), value.into_owned())));
    owned.collect()
}

fn placed(place: Place, pairs: Vec<(String, String)>) -> Vec<Parameter<Exact>> {
    let parameter =
        |(name, value): (String, String)| Parameter { place, name: Exact::new(name), value: Exact::new(value) };
    pairs.into_iter().map(parameter).collect()
}

fn decoded_text(text: &str) -> Option<String> {
    percent_decode(text.as_bytes(), Plus::Plus).ok().map(|text| text.into_owned())
}
