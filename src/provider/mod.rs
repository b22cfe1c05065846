//! The OAuth legs and their rules, in the order in which a consumer meets them:
//!
//! 1. [`consumers`]: a forge admin registers it, and gives it other secrets later ([`consumer_secrets`]);
//! 2. [`temporary`]: it asks for temporary credentials (RFC 5849, section 2.1);
//! 3. [`consent`]: a user decides, and binds the grant to one role (section 2.2);
//! 4. [`exchange`]: it exchanges the verifier for token credentials (section 2.3);
//! 5. [`access`]: it acts with them (section 3);
//! 6. [`own_token`]: it asks what it holds, or gives it back;
//! 7. [`revoke`]: a user takes them back.
//!
//! And where it is refused, [`refusals`] explains why; what becomes of their tokens users are told by [`mail`].
//!
//! Every signed request goes through `verify`, where the order of checks is written down; `guard` says when it is too
//! much. Nothing here knows HTTP: a
//! request arrives as [`crate::oauth1::SignedRequest`] and the time as a number.

pub mod access;
mod calls;
pub mod census;
pub mod consent;
pub mod consumer_secrets;
pub mod consumers;
mod error;
pub mod exchange;
mod facts;
mod guard;
pub mod mail;
mod memory;
pub mod my_tokens;
mod networks;
mod offers;
pub mod own_token;
pub mod policy;
mod recorder;
pub mod refusals;
mod rehearsal;
pub mod revoke;
mod said;
mod signing;
mod standing;
pub mod stops;
pub mod sweep;
pub mod temporary;
mod terms;
mod uses;
mod verify;

pub use calls::Asker;
pub use error::{ConsentRefusal, Error, FieldError};
pub use guard::{Guard, Limits, TooMany};
pub use networks::Networks;
pub use offers::{Offer, offers};
pub use policy::Lifetimes;
pub use rehearsal::Rehearsed;
pub use standing::{Asleep, Standing};
pub use terms::{Label, LabelError, Lifetime};
