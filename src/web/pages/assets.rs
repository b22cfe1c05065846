//! What pages are dressed in: one style sheet and one script, embedded in the program. Their addresses change with what is in
//! them, so that no browser shows the pages of a new program in what it kept of the former one.

use std::hash::{DefaultHasher, Hash, Hasher};

use tera::{Kwargs, State, Tera, TeraResult};

/// The one style sheet, served at `/plugins/oauthprovider/style.css`.
pub const STYLE: &str = include_str!("../../../templates/style.css");

/// The one script, served at `/plugins/oauthprovider/script.js`. No page needs it.
pub const SCRIPT: &str = include_str!("../../../templates/script.js");

/// Teaches templates where these are: `asset(name="style.css")`.
pub(super) fn teach(templates: &mut Tera) {
    let known = [("style.css", STYLE), ("script.js", SCRIPT)].map(|(name, text)| (name, address(name, text)));
    templates.register_function("asset", move |given: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let asked = given.must_get::<&str>("name")?;
        let found = known.iter().find(|(name, _)| *name == asked);
        found
            .map(|(_, address)| address.clone())
            .ok_or_else(|| tera::Error::message(format!("no asset is called {asked}")))
    });
}

fn address(name: &str, text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("/plugins/oauthprovider/{name}?v={:x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_changes_with_what_is_there() {
        assert_eq!(address("style.css", "a"), address("style.css", "a"));
        assert_ne!(address("style.css", "a"), address("style.css", "b"));
    }
}
