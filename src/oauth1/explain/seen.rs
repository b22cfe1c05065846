//! A request as it arrived: its raw pieces, from which everything else is made again when somebody looks.

use serde::{Deserialize, Serialize};

use crate::oauth1::{
    Authorization, Origin, Plus, Problem, RawRequest, SignedRequest, header, params::urlencoded, percent_decode,
};

/// The raw pieces of a request. It may hold a signature, a verifier and whole tokens, and is never shown as it is.
#[derive(Clone, Serialize, Deserialize)]
pub struct Seen {
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
    /// Each `Authorization` header of the scheme `OAuth`.
    pub authorization: Vec<String>,
    /// The schemes of other `Authorization` headers, without their credentials.
    pub other_schemes: Vec<String>,
    /// The content type.
    pub content_type: Option<String>,
    /// Whether the body is a form, and so part of what is signed.
    pub is_form: bool,
    /// The body.
    pub body: Body,
    /// Whether pieces were too long to be kept whole.
    pub is_cut: bool,
}

/// What is known of a body.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Body {
    /// How many bytes arrived.
    pub size: usize,
    /// The text, where it is a form or looks like one.
    pub text: Option<String>,
    /// The values of `oauth_body_hash` that would be right, SHA-1's and SHA-256's, where one was sent.
    pub hashes: Option<(String, String)>,
}

/// Where a parameter was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The `Authorization` header.
    Header,
    /// The query.
    Query,
    /// The body, counted or not.
    Body,
}

impl Place {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Query => "query",
            Self::Body => "body",
        }
    }
}

/// A parameter, decoded once.
#[derive(Clone)]
pub struct Parameter {
    /// Where it was found.
    pub place: Place,
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Seen {
    /// Reads it as the service did.
    ///
    /// # Errors
    /// The problem that the service had with it.
    pub fn read(&self) -> Result<SignedRequest, Problem> {
        let malformed = || Problem::ParameterRejected { names: Vec::new(), advice: None };
        let origin = Origin::parse(&self.origin).map_err(|_| malformed())?;
        SignedRequest::read(&RawRequest {
            method: &self.method,
            origin: &origin,
            path: &self.path,
            query: self.query.as_deref(),
            authorization: self.authorization.iter().map(|header| header.as_bytes()).collect::<Authorization<'_>>(),
            is_form: self.is_form,
            body: self.body.text.as_deref().unwrap_or_default().as_bytes(),
        })
    }

    /// Every parameter that takes part in the signature, in the order sent; what cannot be decoded is left out.
    pub fn parameters(&self) -> Vec<Parameter> {
        let mut found: Vec<_> = self.in_header();
        found.extend(decoded(Place::Query, self.query.as_deref()));
        if self.is_form {
            found.extend(self.in_body());
        }
        found
    }

    /// The parameters that the body holds, or would hold if it were a form.
    pub fn in_body(&self) -> Vec<Parameter> {
        decoded(Place::Body, self.body.text.as_deref()).collect()
    }

    fn in_header(&self) -> Vec<Parameter> {
        let pairs = self.authorization.first().and_then(|header| header::parse(header.as_bytes()).ok());
        let parameter = |(name, value)| Parameter { place: Place::Header, name, value };
        pairs.unwrap_or_default().into_iter().map(parameter).collect()
    }

    /// The realm of the header.
    pub fn realm(&self) -> Option<String> {
        header::realm(self.authorization.first()?.as_bytes())
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
        let in_header = self.authorization.iter().find_map(|header| of(header, ','));
        let in_query = || self.query.as_deref().and_then(|query| of(query, '&'));
        let in_body = || self.body.text.as_deref().filter(|_| self.is_form).and_then(|body| of(body, '&'));
        in_header.or_else(in_query).or_else(in_body)
    }
}

fn decoded(place: Place, text: Option<&str>) -> impl Iterator<Item = Parameter> {
    let pairs = text.into_iter().flat_map(|text| urlencoded(text.as_bytes())).filter_map(Result::ok);
    pairs.map(move |(name, value)| Parameter { place, name: name.into_owned(), value: value.into_owned() })
}

fn decoded_text(text: &str) -> Option<String> {
    percent_decode(text.as_bytes(), Plus::Plus).ok().map(|text| text.into_owned())
}
