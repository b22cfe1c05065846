//! The integration tests, in one binary. Each runs on a database of its own, so they need no order.
//!
//! What speaks to a database runs on both (`on_both_databases!`): SQLite in a temporary file, and PostgreSQL on the server
//! that `OAUTHPROVIDER_TEST_POSTGRES` names (`tests/run` starts one). The actors are in `support`.

// The whole file is tests: one that meets what it does not expect fails there and then.
#![cfg(test)]

mod admin;
mod answers;
mod archived;
mod audit;
mod bad_input;
mod base_string;
mod body_hash;
mod callbacks;
mod calls;
mod command_line;
mod consent_page;
mod consumers_list;
mod corpus;
mod decision;
mod differential;
mod direct_issue;
mod docs;
mod doctor;
mod echo;
mod equal_work;
mod escaping;
mod exactness;
mod exchange;
mod explained;
mod faults;
mod flow;
mod foreign_client;
mod forgetting;
mod header_and_form;
mod items;
mod kept;
mod languages;
mod limits;
mod log_in;
mod lost_rights;
mod mail;
mod many_instances;
mod middleware;
mod migrations;
mod misplaced_tokens;
mod my_tokens;
mod needs;
mod networks;
mod nonce_retention;
mod nonces;
mod overlap;
mod overview;
mod own_pages;
mod people;
mod plugin_use;
mod properties;
mod public_urls;
mod reasons;
mod refusals;
mod role_at_consent;
mod roles;
mod rules;
mod scans;
mod sealed;
mod secrets;
mod signatures;
mod sqlite;
mod support;
mod time_travel;
mod timestamps;
mod tls;
mod tokens_that_end;
mod too_many;
mod vectors;
