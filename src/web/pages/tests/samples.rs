//! What the pages are shown with: the same text wherever text can be. One file for each part of the house.

pub mod consent;
pub mod consumers;
pub mod front;
pub mod people;
pub mod records;
pub mod tokens;
pub mod trackers;

use super::super::{Page, Pages, Reader, content::*};

/// Where the pages are shown, one after the other.
pub struct Sheet<'a> {
    /// The text that is wherever text can be.
    pub text: &'a str,
    /// The home page of every tool.
    pub url: &'a str,
    pub pages: &'a Pages,
    pub reader: Reader,
    pub shown: Vec<(String, String)>,
}

impl Sheet<'_> {
    /// The text.
    pub fn text(&self) -> String {
        self.text.to_owned()
    }

    /// The text, where there need not be any.
    pub fn some(&self) -> Option<String> {
        Some(self.text())
    }

    /// Shows a page.
    pub fn show<P: Page>(&mut self, name: &str, page: &P) {
        let html = self.pages.render(&self.reader, page);
        let html = html.unwrap_or_else(|error| panic!("{name}: {error}"));
        self.shown.push((format!("{name} ({})", self.reader.language.tag()), html));
    }
}

/// Every page in every shape.
pub fn show_all(sheet: &mut Sheet<'_>) {
    front::show(sheet);
    consent::show(sheet);
    consumers::show(sheet);
    tokens::show(sheet);
    people::show(sheet);
    records::show(sheet);
    trackers::show(sheet);
}

pub fn alice(text: &str) -> Viewer {
    Viewer { name: text.into(), user: text.into(), csrf_token: text.into(), is_forge_admin: true }
}
