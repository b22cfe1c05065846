//! The stage: a running service on a database of its own, and the actors who speak to it.

mod browser;
mod by_hand;
mod crowd;
mod database;
mod forge;
mod held;
mod http;
mod nginx;
mod post_office;
mod process;
mod record;
mod rows;
mod sources;
mod tool;

pub use browser::{Browser, cells, element, hidden, text_of, timeless};
pub use by_hand::{ByHand, PUBLIC_KEY, encoded};
pub use crowd::at_once;
pub use database::{Database, Own, SERVER_KEY, open_patiently};
pub use forge::{CALLBACK, FORGE, Forge, PASSWORD, PLUGIN, operator, wait_for};
pub use held::Held;
pub use http::{Answer, Call, Line, raw, raw_to_the_end};
pub use nginx::{INSTANCE, Nginx, port_to_keep};
pub use post_office::{PostOffice, Taken};
pub use process::{Outcome, Program, Service};
pub use record::{Record, heard, said};
pub use sources::{files, rust_files};
pub use tool::{Placement, Request, Token, Tool, query_of};

/// Makes each test twice: in a module `sqlite` and in a module `postgres`, with a fresh forge on that database.
macro_rules! on_both_databases {
    ($($(#[$attribute:meta])* fn $name:ident($forge:ident: Forge) $body:block)+) => {
        $(fn $name($forge: $crate::support::Forge) $body)+

        mod sqlite {
            $($(#[$attribute])* #[test] fn $name() {
                super::$name($crate::support::Forge::on($crate::support::Database::Sqlite));
            })+
        }

        mod postgres {
            $($(#[$attribute])* #[test] fn $name() {
                super::$name($crate::support::Forge::on($crate::support::Database::Postgres));
            })+
        }
    };
}

/// The same for a test that starts its own service or none: it is told which database to be on.
macro_rules! on_each_database {
    ($($(#[$attribute:meta])* fn $name:ident($kind:ident: Database) $body:block)+) => {
        $(fn $name($kind: $crate::support::Database) $body)+

        mod sqlite {
            $($(#[$attribute])* #[test] fn $name() {
                super::$name($crate::support::Database::Sqlite);
            })+
        }

        mod postgres {
            $($(#[$attribute])* #[test] fn $name() {
                super::$name($crate::support::Database::Postgres);
            })+
        }
    };
}

pub(crate) use {on_both_databases, on_each_database};
