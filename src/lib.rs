//! A forge OAuth 1.0a provider: remote tools act on a forge user's behalf, without the user's password, and with exactly
//! one of the user's roles.
//!
//! The rooms of the house, from the leaves up; nobody calls upstairs (`docs/architecture.md` has the whole picture):
//!
//! | room | answers for |
//! | --- | --- |
//! | [`ids`], [`clock`], [`address`], [`secret`], [`shares`] | the words that everybody shares |
//! | [`sealing`] | keeping secrets where others may read: server keys, sealed texts, hashes |
//! | [`oauth1`] | RFC 5849 as pure functions |
//! | [`store`] | rows in, rows out, on two databases |
//! | [`forge`] | who people are, and what they may do |
//! | [`provider`] | the OAuth legs and their rules |
//! | [`web`] | HTTP in, HTTP out; the middleware for your own service |
//! | [`config`], [`plugin`], [`cli`] | wiring |

pub mod address;
pub mod clock;
pub mod ids;
pub mod sealing;
pub mod secret;
pub mod shares;

pub mod oauth1;
pub mod store;

pub mod forge;
pub mod provider;

pub mod web;

pub mod cli;
pub mod config;
pub mod plugin;
