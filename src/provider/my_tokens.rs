//! A user's own tokens, page by page: found by state, by tool and by words.

use super::Standing;
use crate::{
    clock::UnixSeconds,
    ids::AccessTokenId,
    store::{
        self, Connection,
        access_tokens::{Listed, Own, Part, Place},
    },
};

/// How many tokens a page shows: with two forms each, as many as keep it small.
pub const PAGE: usize = 20;
/// How many are read at once where some of them may not be wanted.
const STEP: i64 = 100;
/// How many are looked at for one page; the next one goes on from there.
const MOST_LOOKED_AT: usize = 1_000;

/// How a token that is looked for stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is good.
    Live,
    /// It is refused for now.
    Asleep,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

impl State {
    /// All of them, in the order in which lists have them.
    pub const ALL: [Self; 4] = [Self::Live, Self::Asleep, Self::Expired, Self::Revoked];

    /// The word for it, which is that of [`Standing`].
    pub const fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Asleep => "asleep",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }

    /// The state that a word means, if it means one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    const fn part(self) -> Part {
        match self {
            Self::Live | Self::Asleep => Part::InUse,
            Self::Expired => Part::Expired,
            Self::Revoked => Part::Revoked,
        }
    }
}

/// Up to where a list was read: behind a token with this place in this part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind(Part, Place);

impl Behind {
    /// The place that an address names, if it names one.
    pub fn parse(text: &str) -> Option<Self> {
        let (word, place) = text.split_once('-')?;
        let part = PARTS.into_iter().find(|part| part_word(*part) == word)?;
        let (expires, id) = match part {
            Part::InUse | Part::Revoked => (None, place),
            Part::Expired => place.split_once('-').map(|(expires, id)| (Some(expires), id))?,
        };
        let expires = expires.map(str::parse).transpose().ok()?;
        Some(Self(part, Place { id: AccessTokenId(id.parse().ok()?), expires }))
    }

    /// How an address names it.
    pub fn text(self) -> String {
        let Self(part, Place { id, expires }) = self;
        match part {
            Part::InUse | Part::Revoked => format!("{}-{id}", part_word(part)),
            Part::Expired => format!("{}-{}-{id}", part_word(part), expires.unwrap_or_default()),
        }
    }

    fn token(part: Part, token: &Listed) -> Self {
        Self(part, Place { id: token.id, expires: token.expires })
    }
}

/// The parts of a list, one after the other.
const PARTS: [Part; 3] = [Part::InUse, Part::Expired, Part::Revoked];

const fn part_word(part: Part) -> &'static str {
    match part {
        Part::InUse => "use",
        Part::Expired => "expired",
        Part::Revoked => "revoked",
    }
}

/// Which of somebody's tokens are looked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Whose they are, and for which tool.
    pub whose: Own,
    /// How they stand; all where nothing is said.
    pub state: Option<State>,
    /// What their names or those of their tools hold; whatever they are called where it is empty.
    pub words: String,
    /// From where on; from the newest where nothing is said.
    pub behind: Option<Behind>,
}

impl Wanted {
    fn is_any(&self) -> bool {
        self.words.is_empty() && matches!(self.state, None | Some(State::Expired | State::Revoked))
    }

    fn fits(&self, token: &Listed, standing: Standing) -> bool {
        let is_in = |text: &str| text.to_lowercase().contains(&self.words.to_lowercase());
        self.state.is_none_or(|state| state.word() == standing.word())
            && (is_in(&token.consumer) || token.label.as_deref().is_some_and(is_in))
    }
}

/// One page of a list.
pub struct Page {
    /// Its tokens.
    pub tokens: Vec<Listed>,
    /// Where the next page begins, if there is more.
    pub older: Option<Behind>,
    /// Whether the page ends because so many were looked at, and not because it is full.
    pub looked_enough: bool,
}

/// One page of the tokens that are looked for: those in use, the newest first; those that expired, the last that did first; and
/// those that were revoked, the newest first.
///
/// # Errors
/// Those of the store.
pub fn page(conn: &mut Connection, wanted: &Wanted, now: UnixSeconds) -> Result<Page, store::Error> {
    let mut found: Vec<(Part, Listed)> = Vec::new();
    let mut looked_at = 0;
    let begins_in = wanted.behind.map_or(Part::InUse, |behind| behind.0);
    let is_wanted = |part: &Part| wanted.state.is_none_or(|state| state.part() == *part);
    // One more than is shown tells that there is more.
    let step = if wanted.is_any() { i64::try_from(PAGE).unwrap_or(STEP) + 1 } else { STEP };
    for part in PARTS.into_iter().skip_while(|part| *part != begins_in).filter(is_wanted) {
        let mut behind = wanted.behind.filter(|behind| behind.0 == part);
        loop {
            let read = store::access_tokens::own(conn, wanted.whose, (part, behind.map(|behind| behind.1)), now, step)?;
            let is_last = read.len() < usize::try_from(step).unwrap_or(usize::MAX);
            looked_at += read.len();
            behind = read.last().map(|token| Behind::token(part, token)).or(behind);
            let fits = |token: &Listed| wanted.fits(token, Standing::of(token, now));
            found.extend(read.into_iter().filter(fits).map(|token| (part, token)));
            if found.len() > PAGE {
                found.truncate(PAGE);
                let older = found.last().map(|(part, token)| Behind::token(*part, token));
                return Ok(Page { tokens: without_parts(found), older, looked_enough: false });
            }
            if is_last {
                break;
            }
            if looked_at >= MOST_LOOKED_AT {
                return Ok(Page { tokens: without_parts(found), older: behind, looked_enough: true });
            }
        }
    }
    Ok(Page { tokens: without_parts(found), older: None, looked_enough: false })
}

fn without_parts(found: Vec<(Part, Listed)>) -> Vec<Listed> {
    found.into_iter().map(|(_, token)| token).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_list_is_found_again_by_its_text() {
        for part in PARTS {
            let expires = (part == Part::Expired).then_some(7);
            let behind = Behind(part, Place { id: AccessTokenId(42), expires });
            assert_eq!(Behind::parse(&behind.text()), Some(behind));
        }
        for text in ["", "use", "use-", "use-x", "live-1", "-1", "use-99999999999999999999", "expired-1", "expired-x-1"]
        {
            assert_eq!(Behind::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_state_is_called_as_tokens_in_it_are() {
        let words = [Standing::Live, Standing::Expired, Standing::Revoked].map(Standing::word);
        assert!(words.iter().all(|word| State::from_word(word).is_some_and(|state| state.word() == *word)));
        assert_eq!(State::from_word("asleep"), Some(State::Asleep));
        assert_eq!(State::from_word(""), None);
    }
}
