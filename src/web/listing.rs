//! Lists that are shown a page at a time: what a page shows of what was found, and the addresses of the other pages.

use std::fmt;

use super::pages::content::Pages;
use crate::oauth1::encode_urlencoded;

/// Where a list is, and what it is narrowed to.
#[derive(Debug, Clone)]
pub struct Address {
    base: String,
    asked: Vec<(&'static str, String)>,
}

impl Address {
    /// The whole list.
    pub fn of(base: impl Into<String>) -> Self {
        Self { base: base.into(), asked: Vec::new() }
    }

    /// The same, narrowed by this too; what is empty narrows nothing.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.asked.extend(Some((name, value.to_string())).filter(|(_, value)| !value.is_empty()));
        self
    }

    /// Whether this is not the whole list.
    pub fn is_narrowed(&self) -> bool {
        !self.asked.is_empty()
    }

    /// The ways to other pages: to the first one from a page that begins further on, and to the next one where there is more.
    /// Addresses have the place where a page begins by this name.
    pub fn pages<Here, Next: ToString>(&self, place: &'static str, here: Option<Here>, next: Option<Next>) -> Pages {
        let next = next.map(|next| self.clone().with(place, next));
        Pages {
            first: here.map(|_| self.to_string()).unwrap_or_default(),
            older: next.map(|next| next.to_string()).unwrap_or_default(),
            looked_enough: false,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base)?;
        if self.is_narrowed() { write!(f, "?{}", encode_urlencoded(&self.asked)) } else { Ok(()) }
    }
}

/// As much of what was found as a page shows. Whoever looks for one row more knows whether there are others behind it.
pub struct Cut<Row> {
    /// What the page shows.
    pub rows: Vec<Row>,
    /// The first row that it has no room for.
    pub next: Option<Row>,
}

impl<Row> Cut<Row> {
    /// At most so many rows.
    pub fn to(most: usize, mut found: Vec<Row>) -> Self {
        let next = found.drain(most.min(found.len())..).next();
        Self { rows: found, next }
    }

    /// The last row of the page, where the list goes on behind it.
    pub fn goes_on_behind(&self) -> Option<&Row> {
        self.next.as_ref().and(self.rows.last())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_what_was_asked_and_nothing_that_is_empty() {
        let list = Address::of("/users");
        assert!(!list.is_narrowed() && list.to_string() == "/users");
        let narrowed = list.with("q", "a b&c").with("status", "");
        assert!(narrowed.is_narrowed());
        assert_eq!(narrowed.to_string(), "/users?q=a%20b%26c");
    }

    #[test]
    fn a_page_leads_to_the_first_and_to_the_next_one_where_there_are_any() {
        let list = Address::of("/users").with("q", "x");
        let ways = |here: Option<i64>, next: Option<i64>| {
            let Pages { first, older, looked_enough } = list.pages("after", here, next);
            assert!(!looked_enough);
            [first, older]
        };
        assert_eq!(ways(None, None), ["", ""]);
        assert_eq!(ways(None, Some(7)), ["", "/users?q=x&after=7"]);
        assert_eq!(ways(Some(7), None), ["/users?q=x", ""]);
        assert_eq!(ways(Some(7), Some(9)), ["/users?q=x", "/users?q=x&after=9"]);
    }

    #[test]
    fn a_page_shows_so_many_rows_and_knows_of_the_next() {
        let cut = |found: &[i64]| {
            let cut = Cut::to(2, found.to_vec());
            (cut.goes_on_behind().copied(), cut.rows, cut.next)
        };
        assert_eq!(cut(&[]), (None, vec![], None));
        assert_eq!(cut(&[1, 2]), (None, vec![1, 2], None));
        assert_eq!(cut(&[1, 2, 3]), (Some(2), vec![1, 2], Some(3)));
    }
}
