//! Exactness under load: whatever the pace, a request is accepted once, and never after its rights were taken away.
//!
//! The built program serves, as one process and as two on one database; a generator keeps it busy through all of it.

mod epoch;
mod killed;
mod ledger;
mod load;
mod races;
mod stage;
mod taken;
mod watch;
