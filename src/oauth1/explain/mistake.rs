//! The well-known mistakes of clients: what each does to the recipe, and how it is told.

use super::recipe::{Escapes, KeyUse, Order, Parts, Recipe, Times};
use crate::oauth1::{Plus, SignatureMethod, percent_decode};

/// Something that a client does otherwise than RFC 5849 says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// Builds the URI from this origin, which is told in these words.
    OtherOrigin {
        /// Scheme and authority as the client has them.
        origin: String,
        /// What it does, and what to do instead.
        slip: &'static str,
    },
    /// A `/` at the end of the path that is not on the wire.
    SlashAdded,
    /// No `/` at the end of the path, where there is one on the wire.
    SlashDropped,
    /// Escapes in the path decoded.
    PathDecoded,
    /// The path escaped once more than it is on the wire.
    PathEscapedTwice,
    /// The query in the URI instead of among the parameters.
    QueryInUri,
    /// The query in the URI and among the parameters.
    QueryInBoth,
    /// The method in lower case.
    MethodInLowerCase,
    /// Another method.
    OtherMethod(String),
    /// The query's parameters are not signed.
    QueryLeftOut,
    /// The form body's parameters are not signed.
    BodyLeftOut,
    /// A body that is no form is signed as one.
    BodyCounted,
    /// The header's realm is signed.
    RealmIncluded,
    /// This parameter is sent and not signed.
    LeftOut(String),
    /// This parameter is signed and not sent, or with another value.
    Added(String, String),
    /// Of parameters that repeat a name only the last is signed.
    RepeatedLeftOut,
    /// Parameters with empty values are not signed.
    EmptyLeftOut,
    /// Sorted before escaping.
    SortedBeforeEscaping,
    /// Sorted as people sort.
    SortedNaturally,
    /// Sorted by `name=value`.
    SortedAsWholePairs,
    /// Not sorted.
    NotSorted,
    /// Names are not escaped.
    NamesNotEscaped,
    /// Names are escaped twice.
    NamesEscapedTwice,
    /// Values are not escaped.
    ValuesNotEscaped,
    /// Values are escaped twice.
    ValuesEscapedTwice,
    /// A blank is `+`.
    BlankAsPlus,
    /// A blank is `+` in the query and the form, and not in what the protocol adds.
    BlankAsPlusAsSent,
    /// Escapes in lower case.
    LowerCaseEscapes,
    /// `~` is escaped.
    TildeEscaped,
    /// `!*'()` are not escaped.
    MarksNotEscaped,
    /// The joined parameters are not escaped as a whole.
    ParametersNotEscapedAgain,
    /// The URI is not escaped.
    UriNotEscaped,
    /// The secrets are not escaped.
    SecretsNotEscaped,
    /// No `&` between, or after, the secrets.
    AmpersandMissing,
    /// The token's secret is not part of the key.
    TokenSecretMissing,
    /// The consumer's secret is not part of the key.
    ConsumerSecretMissing,
    /// The secrets are in the wrong order.
    SecretsSwapped,
    /// A public half stands in the place of a secret.
    KeyInsteadOfSecret,
    /// The secret of a request token.
    RequestTokenSecret,
    /// The other hash.
    OtherHash,
    /// The signature in the URL-safe alphabet.
    UrlSafeSignature,
    /// The signature in hexadecimal.
    HexadecimalSignature,
    /// The signature without its `=`.
    PaddingMissing,
    /// The signature escaped twice.
    SignatureEscapedTwice,
    /// The signature not escaped, so that its `+` arrived as blanks.
    SignatureNotEscaped,
}

/// What a mistake touches: two of one aspect cannot be made at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aspect {
    Origin,
    Path,
    Query,
    Method,
    Body,
    Parameter,
    Order,
    Names,
    Values,
    Escapes,
    Parts,
    Key,
    Hash,
    Text,
}

impl Mistake {
    pub(super) fn aspect(&self) -> Aspect {
        match self {
            Self::OtherOrigin { .. } => Aspect::Origin,
            Self::SlashAdded | Self::SlashDropped | Self::PathDecoded | Self::PathEscapedTwice => Aspect::Path,
            Self::QueryInUri | Self::QueryInBoth | Self::QueryLeftOut => Aspect::Query,
            Self::MethodInLowerCase | Self::OtherMethod(_) => Aspect::Method,
            Self::BodyLeftOut | Self::BodyCounted => Aspect::Body,
            Self::RealmIncluded | Self::LeftOut(_) | Self::Added(..) => Aspect::Parameter,
            Self::RepeatedLeftOut | Self::EmptyLeftOut => Aspect::Parameter,
            Self::SortedBeforeEscaping | Self::SortedNaturally => Aspect::Order,
            Self::SortedAsWholePairs | Self::NotSorted => Aspect::Order,
            Self::NamesNotEscaped | Self::NamesEscapedTwice => Aspect::Names,
            Self::ValuesNotEscaped | Self::ValuesEscapedTwice => Aspect::Values,
            Self::BlankAsPlus | Self::BlankAsPlusAsSent | Self::LowerCaseEscapes => Aspect::Escapes,
            Self::TildeEscaped | Self::MarksNotEscaped => Aspect::Escapes,
            Self::ParametersNotEscapedAgain | Self::UriNotEscaped => Aspect::Parts,
            Self::SecretsNotEscaped | Self::AmpersandMissing | Self::TokenSecretMissing => Aspect::Key,
            Self::ConsumerSecretMissing | Self::SecretsSwapped => Aspect::Key,
            Self::KeyInsteadOfSecret | Self::RequestTokenSecret => Aspect::Key,
            Self::OtherHash => Aspect::Hash,
            Self::UrlSafeSignature | Self::HexadecimalSignature | Self::PaddingMissing => Aspect::Text,
            Self::SignatureEscapedTwice | Self::SignatureNotEscaped => Aspect::Text,
        }
    }

    /// Makes the mistake. Those in the body and the query look at what `suspects.rs` left for them.
    pub(super) fn make(&self, recipe: &mut Recipe, places: &Places) {
        match self {
            Self::OtherOrigin { origin, .. } => recipe.origin.clone_from(origin),
            Self::SlashAdded => recipe.path.push('/'),
            Self::SlashDropped => recipe.path.truncate(recipe.path.len().saturating_sub(1)),
            Self::PathDecoded => recipe.path = decoded(&recipe.path),
            Self::PathEscapedTwice => recipe.path = escaped_path(&recipe.path),
            Self::QueryInUri => {
                remove(&mut recipe.pairs, &places.query);
                recipe.query_in_uri.clone_from(&places.query_text);
            }
            Self::QueryInBoth => recipe.query_in_uri.clone_from(&places.query_text),
            Self::MethodInLowerCase => recipe.method.make_ascii_lowercase(),
            Self::OtherMethod(method) => recipe.method.clone_from(method),
            Self::QueryLeftOut => remove(&mut recipe.pairs, &places.query),
            Self::BodyLeftOut => remove(&mut recipe.pairs, &places.body),
            Self::BodyCounted => recipe.pairs.extend(places.body.iter().cloned()),
            Self::RealmIncluded => {
                recipe.pairs.extend(places.realm.iter().map(|realm| ("realm".to_owned(), realm.clone())));
            }
            Self::LeftOut(name) => recipe.pairs.retain(|(known, _)| known != name),
            Self::Added(name, value) => {
                recipe.pairs.retain(|(known, _)| known != name);
                recipe.pairs.push((name.clone(), value.clone()));
            }
            Self::RepeatedLeftOut => keep_last(&mut recipe.pairs),
            Self::EmptyLeftOut => recipe.pairs.retain(|(_, value)| !value.is_empty()),
            Self::SortedBeforeEscaping => recipe.order = Order::Plain,
            Self::SortedNaturally => recipe.order = Order::Natural,
            Self::SortedAsWholePairs => recipe.order = Order::Whole,
            Self::NotSorted => recipe.order = Order::AsSent,
            Self::NamesNotEscaped => recipe.names = Times::Never,
            Self::NamesEscapedTwice => recipe.names = Times::Twice,
            Self::ValuesNotEscaped => recipe.values = Times::Never,
            Self::ValuesEscapedTwice => recipe.values = Times::Twice,
            Self::BlankAsPlus => recipe.escapes = Escapes::Form,
            Self::BlankAsPlusAsSent => recipe.has_plus = true,
            Self::LowerCaseEscapes => recipe.escapes = Escapes::LowerCase,
            Self::TildeEscaped => recipe.escapes = Escapes::Tilde,
            Self::MarksNotEscaped => recipe.escapes = Escapes::Marks,
            Self::ParametersNotEscapedAgain => recipe.parts = Parts::ParametersRaw,
            Self::UriNotEscaped => recipe.parts = Parts::UriRaw,
            Self::SecretsNotEscaped => recipe.key = KeyUse::NotEscaped,
            Self::AmpersandMissing => recipe.key = KeyUse::NoAmpersand,
            Self::TokenSecretMissing => recipe.key = KeyUse::NoToken,
            Self::ConsumerSecretMissing => recipe.key = KeyUse::NoConsumer,
            Self::SecretsSwapped => recipe.key = KeyUse::Swapped,
            Self::KeyInsteadOfSecret => recipe.key = KeyUse::PublicHalves,
            Self::RequestTokenSecret => recipe.key = KeyUse::RequestToken,
            Self::OtherHash => recipe.algorithm = other_hash(recipe.algorithm),
            // These happen to the signature when it is there.
            Self::UrlSafeSignature | Self::HexadecimalSignature | Self::PaddingMissing => {}
            Self::SignatureEscapedTwice | Self::SignatureNotEscaped => {}
        }
    }

    /// How it is told: the words that follow "this signature is what a client makes that".
    pub fn words(&self) -> String {
        let words = match self {
            Self::OtherOrigin { origin, slip } => return format!("signs for {origin} ({slip})"),
            Self::OtherMethod(method) => return format!("signs the method {method} and sends another"),
            Self::LeftOut(name) => return format!("sends {name} and leaves it out of the base string"),
            Self::Added(name, value) if value.is_empty() => {
                return format!("signs an empty {name} that it does not send");
            }
            Self::Added(name, value) => {
                return format!("adds {name}={value} to the base string and does not send it so");
            }
            Self::SlashAdded => "signs the path with a slash at its end and sends it without",
            Self::SlashDropped => "signs the path without the slash at its end that it sends",
            Self::PathDecoded => "decodes the path before it signs it; the path is signed as it stands on the wire",
            Self::PathEscapedTwice => "escapes the path that it sends once more before it signs it",
            Self::QueryInUri => {
                "leaves the query in the URI; its parameters belong among the others, and the URI ends before the ?"
            }
            Self::QueryInBoth => "signs the query among the parameters, as it should, and leaves it in the URI too",
            Self::MethodInLowerCase => "writes the method in lower case; the base string has it in upper case",
            Self::QueryLeftOut => "leaves the parameters of the query out of the base string",
            Self::BodyLeftOut => "leaves the parameters of the form body out of the base string",
            Self::BodyCounted => {
                "signs its body as a form, though its content type says that it is none (application/x-www-form-urlencoded)"
            }
            Self::RealmIncluded => "signs the realm, which is the header's and no parameter",
            Self::RepeatedLeftOut => "signs only the last of several parameters of one name, as a map keeps them",
            Self::EmptyLeftOut => "leaves parameters with empty values out of the base string",
            Self::SortedBeforeEscaping => {
                "sorts the parameters before it escapes them; they are sorted by their escaped bytes"
            }
            Self::SortedNaturally => "sorts a2 before a10, as people do; parameters are sorted byte by byte",
            Self::SortedAsWholePairs => "sorts name=value as one text; names are compared first, and then values",
            Self::NotSorted => "does not sort the parameters",
            Self::NamesNotEscaped => "escapes the parameters' values and not their names",
            Self::NamesEscapedTwice => {
                "escapes the parameters' names twice before the base string escapes them once more"
            }
            Self::ValuesNotEscaped => "does not escape the parameters' values before it joins them",
            Self::ValuesEscapedTwice => {
                "escapes the parameters' values twice before the base string escapes them once more"
            }
            Self::BlankAsPlusAsSent => {
                "writes a blank of the query or the form as + in the base string; it is %20, and so %2520 there"
            }
            Self::BlankAsPlus => "writes a blank as + in the base string; it is %20, and so %2520 there",
            Self::LowerCaseEscapes => {
                "writes escapes in lower case (%3a); the base string has them in upper case (%3A)"
            }
            Self::TildeEscaped => "escapes ~, which stays as it is",
            Self::MarksNotEscaped => "does not escape !*'(), as JavaScript's encodeURIComponent",
            Self::ParametersNotEscapedAgain => {
                "does not escape the joined parameters as a whole before it appends them"
            }
            Self::UriNotEscaped => "does not escape the URI before it appends it",
            Self::SecretsNotEscaped => "does not percent-encode the secrets before it joins them to the key",
            Self::AmpersandMissing => "leaves out the & of the key, which stays even where the token's secret is empty",
            Self::TokenSecretMissing => "signs with the consumer's secret alone, as if there were no token",
            Self::ConsumerSecretMissing => "signs with the token's secret alone",
            Self::SecretsSwapped => "puts the token's secret before the consumer's in the key",
            Self::KeyInsteadOfSecret => "puts a key where its secret belongs",
            Self::RequestTokenSecret => {
                "still signs with the secret of the request token; the access token has its own"
            }
            Self::OtherHash => "signs with the other hash than oauth_signature_method says (SHA-1, SHA-256)",
            Self::UrlSafeSignature => {
                "writes the signature in the URL-safe alphabet of base64; it is the standard one, with + and /"
            }
            Self::HexadecimalSignature => "writes the signature in hexadecimal; it is base64 of the bytes",
            Self::PaddingMissing => "cuts the = off the end of the signature",
            Self::SignatureEscapedTwice => "escapes the signature twice",
            Self::SignatureNotEscaped => "does not escape the signature, so that its + arrives as a blank",
        };
        words.to_owned()
    }
}

/// The pieces of a request that a mistake may put elsewhere.
pub(super) struct Places {
    pub query: Vec<(String, String)>,
    pub query_text: Option<String>,
    pub body: Vec<(String, String)>,
    pub realm: Option<String>,
}

/// Takes these pairs out, each once.
fn remove(pairs: &mut Vec<(String, String)>, taken: &[(String, String)]) {
    for pair in taken {
        if let Some(at) = pairs.iter().position(|known| known == pair) {
            pairs.remove(at);
        }
    }
}

fn keep_last(pairs: &mut Vec<(String, String)>) {
    let all = std::mem::take(pairs);
    for (at, pair) in all.iter().enumerate() {
        if !all.iter().skip(at + 1).any(|(name, _)| *name == pair.0) {
            pairs.push(pair.clone());
        }
    }
}

fn decoded(path: &str) -> String {
    percent_decode(path.as_bytes(), Plus::Plus).map_or_else(|_| path.to_owned(), |path| path.into_owned())
}

fn escaped_path(path: &str) -> String {
    path.split('/').map(|piece| Escapes::Rfc3986.of(piece)).collect::<Vec<_>>().join("/")
}

fn other_hash(algorithm: SignatureMethod) -> SignatureMethod {
    match algorithm {
        SignatureMethod::HmacSha1 => SignatureMethod::HmacSha256,
        SignatureMethod::HmacSha256 => SignatureMethod::HmacSha1,
        SignatureMethod::RsaSha1 => SignatureMethod::RsaSha256,
        SignatureMethod::RsaSha256 => SignatureMethod::RsaSha1,
    }
}
