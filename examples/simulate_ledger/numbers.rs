//! The numbers that go in: rows of the tables of `docs/scaling.md`, each by the name in its first cell.

use std::collections::HashMap;

/// Where they stand.
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/scaling.md");

/// The numbers of each row.
pub struct Numbers(HashMap<String, Vec<f64>>);

/// Which column, where a row has several.
#[derive(Clone, Copy)]
pub enum Database {
    Sqlite,
    Postgres,
}

impl Numbers {
    /// Reads the page; arguments of the form `NAME=NUMBER` say otherwise.
    pub fn read(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let page = std::fs::read_to_string(PAGE).map_err(|error| format!("{PAGE}: {error}"))?;
        let mut numbers = Self(page.lines().filter_map(row).collect());
        for argument in arguments {
            let (name, number) = argument.split_once('=').ok_or(format!("{argument}: it takes NAME=NUMBER"))?;
            let number = number.parse().map_err(|error| format!("{argument}: {error}"))?;
            *numbers.0.get_mut(name).ok_or(format!("no row of {PAGE} is called {name:?}"))? = vec![number];
        }
        Ok(numbers)
    }

    /// The number of this name.
    pub fn get(&self, name: &str) -> Result<f64, String> {
        self.of(Database::Postgres, name)
    }

    /// What was measured of this database.
    pub fn of(&self, database: Database, name: &str) -> Result<f64, String> {
        let number = self.0.get(name).and_then(|numbers| match database {
            Database::Sqlite => numbers.first(),
            Database::Postgres => numbers.last(),
        });
        number.copied().ok_or_else(|| format!("{PAGE} has no row {name:?}"))
    }

    /// The same of things that are counted.
    pub fn count(&self, name: &str) -> Result<usize, String> {
        Ok(self.get(name)? as usize)
    }
}

/// Name and numbers of a table's row.
fn row(line: &str) -> Option<(String, Vec<f64>)> {
    let cells = line.strip_prefix("| ")?.strip_suffix(" |")?;
    let (name, rest) = cells.split_once(" | ")?;
    let numbers = rest.split(" | ").map(|cell| cell.replace(',', "").parse());
    Some((name.to_owned(), numbers.collect::<Result<_, _>>().ok()?))
}
