//! Refusals that explain themselves: what was seen of a refused request is kept for a while, for who looks after the consumer.
//!
//! | file | answers for |
//! | --- | --- |
//! | `evidence.rs` | what is kept of one refusal, how long and how large it may be, and what of it may not be seen |
//! | `remedy.rs` | what a problem means, and what to do about it |
//! | `shares.rs` | whose refusals wait and are kept, where there is not room for all |
//! | `waiting.rs` | the queue between the request, which waits for nothing, and the store |
//! | `found.rs` | what the store knows of it, when somebody who may know asks |
//! | `explain.rs` | what can be said of it |
//!
//! Nothing here refuses anything, and nothing is judged by what is kept here.

mod evidence;
mod explain;
mod found;
mod remedy;
mod shares;
mod waiting;

pub use evidence::{Answered, Evidence, KEPT_SECONDS};
pub use explain::{Comparison, Explained, Fact, OwnBaseString, Shown, ShownParameter, TooLongToCompare};
pub use found::{Found, find, list};
pub use remedy::Remedy;
pub use shares::{Sender, Standing};
pub use waiting::{Noted, Waiting, write};
