//! Who people are, what they may do, and what they did: users, projects, roles, rights, trackers, sessions at the pages,
//! and the audit log.
//!
//! It outlives OAuth: nothing here knows of tokens or signatures. [`Caller`] is the only answer to *who acts*, and
//! [`may`] the only answer to *may they*.

pub mod audit;
mod by;
mod caller;
mod error;
mod level;
mod mistake;
mod name;
mod needs;
pub mod password;
mod permission;
mod powers;
pub mod project;
pub mod rights;
pub mod role;
pub mod role_change;
pub mod session;
pub mod tracker;
pub mod user;

pub use by::{Actor, By, Reason, ReasonError};
pub use caller::{Acting, Caller, Identity, Through};
pub use error::Error;
pub use level::Level;
pub use mistake::{LONGEST_LINE, Mistake, Reading, Wrong, line, mail, name, reason};
pub use name::{Name, NameError, RoleName, is_printable, prints};
pub use needs::{Need, Needs, NeedsError};
pub use permission::{
    ALL_TRACKER_BITS, Grants, Object, Readable, Right, TrackerRight, WHOLE_FORGE, may, needs, readable,
};
pub use powers::{InTracker, Powers, ProjectRight};
