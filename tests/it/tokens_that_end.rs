//! Tokens that end: when, by whom, and what is known of them until then.

mod expiry;
mod last_use;
mod own_token;
mod standing;
mod swept;
