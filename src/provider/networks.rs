//! From where a consumer may ask: the blocks of addresses that an admin names, and the question that they answer.

use std::net::IpAddr;

use super::FieldError;
use crate::address::AddressBlock;

/// The most blocks of one consumer.
const MOST_NETWORKS: usize = 50;

/// The blocks of a consumer, each once; none: it may ask from everywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Networks(Vec<String>);

impl Networks {
    /// Checks that these are blocks in CIDR notation, or addresses alone.
    ///
    /// # Errors
    /// The first one that is neither, or that there are too many.
    pub fn check(texts: &[String]) -> Result<Self, FieldError> {
        let wrong = |message: String| FieldError { field: "networks", message };
        let blocks: Result<Vec<AddressBlock>, String> = texts.iter().map(|text| text.parse()).collect();
        let mut texts: Vec<String> = blocks.map_err(wrong)?.iter().map(AddressBlock::to_string).collect();
        texts.sort();
        texts.dedup();
        if texts.len() > MOST_NETWORKS {
            return Err(wrong(format!("must be at most {MOST_NETWORKS}")));
        }
        Ok(Self(texts))
    }

    /// The blocks in one spelling, in the order of their texts.
    pub fn texts(&self) -> &[String] {
        &self.0
    }
}

/// What is remembered of a consumer's blocks.
pub(super) enum Reach {
    /// It has none.
    Everywhere,
    /// These alone.
    Only(Vec<AddressBlock>),
}

impl Reach {
    /// Takes the blocks as the store has them. One that is no block holds no address, and the others stay the only ones.
    pub(super) fn of(rows: &[String]) -> Self {
        if rows.is_empty() {
            Self::Everywhere
        } else {
            Self::Only(rows.iter().filter_map(|text| text.parse().ok()).collect())
        }
    }

    /// May it ask from there? An address that is not known lies outside of every block.
    pub(super) fn includes(&self, address: Option<IpAddr>) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Only(blocks) => address.is_some_and(|address| blocks.iter().any(|block| block.contains(address))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(blocks: &[&str]) -> Vec<String> {
        blocks.iter().map(|block| (*block).to_owned()).collect()
    }

    #[test]
    fn blocks_are_kept_once_in_one_spelling() {
        let checked = Networks::check(&texts(&["10.0.0.7", "fd00::/8", "10.0.0.7/32", "::ffff:10.0.0.0/104"])).unwrap();
        assert_eq!(checked.texts(), ["10.0.0.0/8", "10.0.0.7/32", "fd00::/8"]);
        assert!(Networks::check(&texts(&["10.0.0.1/8"])).unwrap_err().message.contains("did you mean"));
        let many: Vec<String> = (0..51).map(|one| format!("10.0.0.{one}")).collect();
        assert!(Networks::check(&many).is_err());
    }

    #[test]
    fn without_blocks_everywhere_is_inside_and_with_them_the_unknown_is_outside() {
        let address = |text: &str| Some(text.parse().unwrap());
        assert!(Reach::of(&[]).includes(None) && Reach::of(&[]).includes(address("192.0.2.1")));
        let reach = Reach::of(&texts(&["10.0.0.0/8", "fd00::/8"]));
        assert!(reach.includes(address("10.1.2.3")) && reach.includes(address("::ffff:10.1.2.3")));
        assert!(!reach.includes(address("192.0.2.1")) && !reach.includes(None));
    }

    #[test]
    fn a_row_that_is_no_block_opens_nothing() {
        assert!(!Reach::of(&texts(&["somewhere"])).includes(Some("10.0.0.1".parse().unwrap())));
    }
}
