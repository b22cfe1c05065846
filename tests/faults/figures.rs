//! What was done and found, in lines that say their unit.

use std::fmt::Display;

/// The figures of one test; printed when it is through, because a test that failed has none to show.
pub struct Figures {
    title: String,
    lines: Vec<(String, String)>,
}

impl Figures {
    pub fn of(title: impl Into<String>) -> Self {
        Self { title: title.into(), lines: Vec::new() }
    }

    /// One more figure.
    pub fn add(&mut self, name: &str, value: impl Display) -> &mut Self {
        self.lines.push((name.to_owned(), value.to_string()));
        self
    }

    pub fn print(&self) {
        println!("\n{}", self.title);
        for (name, value) in &self.lines {
            println!("  {value:>10}  {name}");
        }
    }
}
