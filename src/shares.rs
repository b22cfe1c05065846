//! Shares: where there is not room for all, nobody gives up anything for who has more.

use std::{collections::HashMap, hash::Hash};

/// How many each has of what there is only so much of. Who has nothing is not remembered.
#[derive(Debug)]
pub struct Shares<K>(HashMap<K, usize>);

impl<K> Default for Shares<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash + Clone> Shares<K> {
    /// How many this one has.
    pub fn of(&self, who: &K) -> usize {
        self.0.get(who).copied().unwrap_or_default()
    }

    /// Gives it one more.
    pub fn add(&mut self, who: &K) {
        *self.0.entry(who.clone()).or_default() += 1;
    }

    /// Takes one from it.
    pub fn remove(&mut self, who: &K) {
        match self.0.get_mut(who) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(self.0.remove(who)),
        }
    }

    /// Who is to give one up for this one: whoever has most, if that is more.
    pub fn gives_way_to(&self, who: &K) -> Option<K> {
        let (most_of, most) = self.0.iter().max_by_key(|(_, count)| **count)?;
        (*most > self.of(who)).then(|| most_of.clone())
    }
}

/// How many each may have, so that all together have no more than `most` and who has fewer keeps them. It is never nothing:
/// where there are too many with one each, something else has to decide.
pub fn level(counts: impl Iterator<Item = usize>, most: usize) -> usize {
    let mut counts: Vec<usize> = counts.collect();
    counts.sort_unstable();
    let (mut left, mut sharing) = (most, counts.len());
    for count in counts {
        let fair = left / sharing;
        if count > fair {
            return fair.max(1);
        }
        (left, sharing) = (left - count, sharing - 1);
    }
    most
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_level_is_as_high_as_it_can_be() {
        assert_eq!(level([1, 2, 3].into_iter(), 6), 6);
        assert_eq!(level([1, 20, 30].into_iter(), 11), 5);
        assert_eq!(level([5, 5, 5].into_iter(), 2), 1);
        assert_eq!(level([].into_iter(), 2), 2);
    }

    proptest! {
        #[test]
        fn who_has_fewer_never_gives_way_to_who_has_more(comes in prop::collection::vec((0..6_u8, any::<bool>()), 0..200)) {
            let mut shares = Shares::default();
            for (who, goes) in comes {
                if goes {
                    shares.remove(&who);
                } else {
                    shares.add(&who);
                }
                for newcomer in 0..6 {
                    let most = (0..6).map(|other| shares.of(&other)).max().unwrap();
                    match shares.gives_way_to(&newcomer) {
                        Some(other) => prop_assert!(shares.of(&other) == most && most > shares.of(&newcomer)),
                        None => prop_assert_eq!(most, shares.of(&newcomer)),
                    }
                }
            }
        }

        #[test]
        fn at_a_level_all_have_room_and_nobody_has_less_than_they_could(counts in prop::collection::vec(1..50_usize, 1..40), most in 40..400_usize) {
            let level = level(counts.iter().copied(), most);
            let taken = |level: usize| counts.iter().map(|count| (*count).min(level)).sum::<usize>();
            prop_assert!(taken(level) <= most);
            prop_assert!(taken(level + 1) == taken(level) || taken(level + 1) > most);
        }
    }
}
