//! Who people are, and what they may do: users, projects, roles, rights, trackers, and sessions at the pages.
//!
//! It outlives OAuth: nothing here knows of tokens or signatures. [`Caller`] is the only answer to *who acts*, and
//! [`may`] the only answer to *may they*.

mod by;
mod caller;
mod error;
mod name;
pub mod password;
mod permission;
pub mod project;
pub mod role;
pub mod session;
pub mod tracker;

pub use by::{Actor, By, Reason, ReasonError};
pub use caller::{Acting, Caller, Identity, Through};
pub use error::Error;
pub use name::{Name, NameError, RoleName, is_printable};
pub use permission::{ALL_TRACKER_BITS, Grants, Object, Right, TrackerRight, WHOLE_FORGE, may, needs};
