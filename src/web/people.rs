//! The pages of the embedded forge about people: users, projects, roles, and what tools do in them.
//!
//! What one may not see is not there (404); what one may see and not change is refused (403). Whatever takes something from
//! somebody is asked about first, on a page that names the tokens that stop.

pub mod account;
pub(super) mod asking;
mod place;
pub mod project_tokens;
pub mod projects;
pub mod roles;
pub mod users;

use std::borrow::Borrow;

use super::{
    App, Failure,
    extract::Fields,
    person::{Person, Submitted},
    wrong::{Outcome, outcome},
};
use crate::{
    forge::{self, By},
    store::Transaction,
};

/// The most characters of a text that a page shows of many.
const LONGEST_SHOWN: usize = 200;

/// A text as a page shows it that shows many: whole, or its beginning.
fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Whether tools are to act, as a form says.
///
/// # Errors
/// [`Failure::BadRequest`] where it says neither.
fn uses(form: &Fields) -> Result<bool, Failure> {
    match form.required("uses")? {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Failure::BadRequest("uses must be yes or no".to_owned())),
    }
}

/// Is this box of a form checked?
fn is_checked(form: &Fields, name: &str) -> bool {
    form.one(name).is_some()
}

impl App {
    /// Changes something in one transaction, for whoever submitted it and because of what they say.
    async fn changed<W: Borrow<Person>, T: Send + 'static>(
        &self,
        asked: &Submitted<W>,
        change: impl FnOnce(&mut Transaction<'_>, &By) -> Result<T, forge::Error> + Send + 'static,
    ) -> Result<Outcome<T>, Failure> {
        let by = match asked.because() {
            Ok(by) => by,
            Err(wrong) => return Ok(Err(vec![wrong.into()])),
        };
        outcome(self.store.run(move |conn| conn.write(|tx| change(tx, &by))).await)
    }
}
