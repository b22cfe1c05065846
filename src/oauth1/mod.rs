//! OAuth 1.0a (RFC 5849) as pure functions: bytes in, values out.
//!
//! | RFC 5849 | question | file |
//! | --- | --- | --- |
//! | §1.2 | what does a consumer send? | [`signer`] |
//! | §2.1, §2.3 | what does a token answer look like? | [`answer`] |
//! | §2.1, §2.2 | where may the user be sent back to? | [`callback`] |
//! | §3.1, §3.2, §3.5 | what does this request say, and is it well formed? | [`request`] |
//! | §3.4.1.1, §3.4.1.2 | what text is signed, and for which URI? | [`mod@base_string`] |
//! | §3.4.1.3 | which parameters, in what order? | [`params`] |
//! | §3.4.2, §3.4.3 | is it signed with that secret or key? | [`signature`] |
//! | §3.5.1 | what does an `Authorization: OAuth` header hold? | [`header`] |
//! | §3.6 | how is text percent-encoded? | [`encode`] |
//! | Problem Reporting extension | how is a refusal told? | [`problem`] |
//! | – | why was a request refused? | [`explain`] |
//!
//! Nothing here has a clock, randomness or I/O, nor knows consumers, tokens, HTTP status codes or a web framework. So
//! it is tested by published vectors alone, and whether a time stamp is fresh or a nonce new is decided elsewhere.

pub mod answer;
pub mod base_string;
pub mod callback;
pub mod encode;
pub mod explain;
pub mod header;
pub mod params;
pub mod problem;
pub mod request;
pub mod signature;
pub mod signer;

pub use answer::{parse_token_body, temporary_body, token_body};
pub use base_string::{Origin, OriginError, base_string, base_string_uri};
pub use callback::{Callback, CallbackError, CallbackUrl};
pub use encode::{Malformed, Plus, percent_decode, percent_encode};
pub use header::Authorization;
pub use params::{Pair, Pairs, encode_urlencoded, normalise, parse_urlencoded};
pub use problem::Problem;
pub use request::{MAX_PARAMETERS, RawRequest, SignedRequest, is_form, is_oauth_request};
pub use signature::{HmacKey, PublicKey, PublicKeyError, SignatureMethod};
pub use signer::{Credentials, SignError, Signed, ToSign, sign};

#[cfg(test)]
mod vectors;
