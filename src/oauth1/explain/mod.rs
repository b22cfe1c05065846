//! Answers: why was this request refused, and what is its author to do? (RFC 5849, sections 3.4.1 to 3.4.3, the wrong way)
//!
//! | question | file |
//! | --- | --- |
//! | what arrived? | `seen.rs` |
//! | what may be shown of it? | `shown.rs` |
//! | how is a base string made, each step apart? | `recipe.rs` |
//! | which mistakes are well known? | `mistake.rs` |
//! | at which origin, with which parameters could they have been made here? | `suspects.rs` |
//! | which of them give this signature? | `diagnosis.rs` |
//! | where does the client's own base string differ? | `comparison.rs` |
//! | and why? | `cause.rs` |
//! | what does a problem mean, in a sentence? | `words.rs` |
//!
//! Nothing here is on the way of a request: it runs when somebody who may know asks. It loads no secret, and shows none:
//! what leaves this module holds no signature, no verifier and no whole token.

mod cause;
mod comparison;
mod diagnosis;
mod mistake;
mod recipe;
mod seen;
mod shown;
mod suspects;
#[cfg(test)]
mod tests;
mod words;

pub use comparison::{Difference, Side, compare, normalised};
pub use diagnosis::{Diagnosis, Finding, Secrets, diagnose};
pub use mistake::Mistake;
pub use seen::{Body, Parameter, Place, Seen};
pub use shown::{abbreviated, masked, shown_value, without_signatures};
pub use words::{clock_in_words, what_to_do};
