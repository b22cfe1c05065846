//! Answers: why was this request refused, and what is its author to do? (RFC 5849, sections 3.4.1 to 3.4.3, the wrong way)
//!
//! | question | file |
//! | --- | --- |
//! | what arrived? | `arrived.rs` |
//! | what is it, as it is and as it may be shown? | `seen.rs` |
//! | what may be shown? | `shown.rs` |
//! | what looks like a secret? | `telling.rs` |
//! | and of what cannot be read? | `outline.rs` |
//! | how is a base string made, each step apart? | `recipe.rs` |
//! | which mistakes are well known? | `mistake.rs` |
//! | at which origin, with which parameters could they have been made here? | `suspects.rs` |
//! | which of them give this signature? | `diagnosis.rs` |
//! | where does the client's own base string differ? | `comparison.rs`, `spans.rs` |
//! | and why? | `cause.rs`, `pairs.rs` |
//!
//! A refused request is taken apart when it is noted; all else runs when somebody who may know asks. Nothing here loads a
//! secret, and nothing shows one: what is not known to be harmless is masked before it is kept, and what is behind a mask
//! leaves this module only to be sealed.

mod arrived;
mod cause;
mod comparison;
mod diagnosis;
mod mistake;
mod outline;
mod pairs;
mod recipe;
mod seen;
mod shown;
mod spans;
mod suspects;
mod telling;
#[cfg(test)]
mod tests;

pub use arrived::Arrived;
pub use comparison::{Difference, Side, compare, normalised};
pub use diagnosis::{Diagnosis, Finding, Secrets, diagnose};
pub use mistake::Mistake;
pub use seen::{Body, Exact, Extent, Parameter, Place, Request, Seen, Unread, Whole};
pub use shown::Text;
