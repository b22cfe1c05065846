//! Letters to users: what is told, when, to whom, and how it arrives.

mod found;
mod queued;
mod sent;
