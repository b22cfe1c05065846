//! Whose refusals wait and are kept, where there is not room for all: of everybody as many as of everybody else.
//!
//! Whoever knows a consumer's key can have requests refused that name it, without end and without proving anything. So
//! what carries a signature that proved right has room of its own, and of all else each household of addresses has a share:
//! where there is too much, those who sent most lose their oldest, and who sent little loses nothing.

use std::{collections::HashMap, net::IpAddr};

use crate::store::refusals::Kept;

/// How many refusals are kept of one household's requests that name one consumer, proved or not; of all such households
/// together; and altogether.
const MOST_OF_A_SHARE: usize = 64;
const MOST_OF_A_RING: usize = 256;
const MOST: usize = 4_096;

/// How far it is known who sent a refused request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its signature proved right.
    Proved,
    /// It names a registered consumer, as anybody can.
    Named,
    /// It may name anybody.
    Stranger,
}

/// Who sent a refused request, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// What it proves.
    pub standing: Standing,
    /// Where it came from: see [`household`](crate::address::household).
    pub household: Option<IpAddr>,
    /// The consumer's key that it names.
    pub consumer_key: Option<String>,
}

impl Sender {
    /// Whether both take from one share of what waits. A stranger could make up as many keys as there are.
    pub(super) fn shares_with(&self, other: &Self) -> bool {
        let is_stranger = self.standing == Standing::Stranger;
        self.household == other.household && (is_stranger || self.consumer_key == other.consumer_key)
    }
}

/// The numbers of those that are beyond their shares, of all that are kept, the newest first.
pub(super) fn beyond(kept: &[Kept]) -> Vec<i64> {
    let mut rings: HashMap<_, Vec<&Kept>> = HashMap::new();
    for place in kept {
        rings.entry((place.consumer, place.is_proved)).or_default().push(place);
    }
    let of_a_ring = level(rings.values().map(Vec::len), MOST).min(MOST_OF_A_RING);
    rings.values().flat_map(|ring| beyond_a_ring(ring, of_a_ring)).collect()
}

fn beyond_a_ring(ring: &[&Kept], most: usize) -> Vec<i64> {
    let mut households: HashMap<&str, usize> = HashMap::new();
    for place in ring {
        *households.entry(&place.household).or_default() += 1;
    }
    let of_a_share = level(households.into_values(), most).min(MOST_OF_A_SHARE);
    let (mut shares, mut whole) = (HashMap::<&str, usize>::new(), 0);
    let beyond = ring.iter().copied().filter_map(|place| {
        let share = shares.entry(&place.household).or_default();
        *share += 1;
        let is_kept = *share <= of_a_share && whole < most;
        whole += usize::from(is_kept);
        (!is_kept).then_some(place.number)
    });
    beyond.collect()
}

/// How many each may have at most, so that all together have no more than `most`, and nobody gives up anything for who has
/// more. It is never nothing: where there are too many with one each, their age decides.
fn level(counts: impl Iterator<Item = usize>, most: usize) -> usize {
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
    use super::*;
    use crate::ids::ConsumerId;

    /// So many of each of these households, the first ones the oldest.
    fn kept(households: &[(&str, usize)], is_proved: bool) -> Vec<Kept> {
        let all = households.iter().flat_map(|(household, count)| (0..*count).map(|_| (*household).to_owned()));
        let places = all.enumerate().map(|(number, household)| Kept {
            number: i64::try_from(number).unwrap(),
            consumer: Some(ConsumerId(1)),
            is_proved,
            household,
        });
        let mut places: Vec<_> = places.collect();
        places.reverse();
        places
    }

    #[test]
    fn who_sent_most_gives_way_and_loses_the_oldest() {
        assert_eq!(beyond(&kept(&[("owner", 3), ("flood", 1_000)], false)), (3..939).rev().collect::<Vec<_>>());
        let floods: Vec<String> = (0..50).map(|n| format!("flood {n}")).collect();
        let mut all = vec![("owner", 3)];
        all.extend(floods.iter().map(|flood| (flood.as_str(), 20)));
        let gone = beyond(&kept(&all, false));
        assert!(gone.iter().all(|number| *number >= 3), "of the owner nothing");
        assert_eq!(gone.len(), 50 * 15, "of the others five each are left");
    }

    #[test]
    fn what_proves_nothing_pushes_out_nothing_that_is_proved() {
        let floods: Vec<String> = (0..2_000).map(|n| format!("flood {n}")).collect();
        let mut all = kept(&floods.iter().map(|flood| (flood.as_str(), 1)).collect::<Vec<_>>(), false);
        let mut proved = kept(&[("owner", 30)], true);
        proved.iter_mut().for_each(|place| place.number += 10_000);
        all.extend(proved);
        let gone = beyond(&all);
        assert_eq!(gone.len(), 2_000 - MOST_OF_A_RING);
        assert!(gone.iter().all(|number| *number < 2_000 - 256), "the newest are left, and what is proved");
    }

    #[test]
    fn all_together_are_bounded_and_who_has_few_keeps_them() {
        let of = |consumer: i64, count: usize| {
            let mut kept = kept(
                &[
                    ("one", count / 5),
                    ("two", count / 5),
                    ("three", count / 5),
                    ("four", count / 5),
                    ("five", count / 5),
                ],
                false,
            );
            kept.iter_mut().for_each(|place| {
                (place.consumer, place.number) = (Some(ConsumerId(consumer)), consumer * 1_000 + place.number)
            });
            kept
        };
        let all: Vec<Kept> = (0..40).flat_map(|consumer| of(consumer, if consumer == 7 { 5 } else { 300 })).collect();
        let gone = beyond(&all);
        let left = all.len() - gone.len();
        assert!(left <= MOST && left > MOST - 40 * 5, "{left}");
        assert!(gone.iter().all(|number| !(7_000..8_000).contains(number)));
    }

    #[test]
    fn a_level_is_as_high_as_it_can_be() {
        assert_eq!(level([1, 2, 3].into_iter(), 6), 6);
        assert_eq!(level([1, 20, 30].into_iter(), 11), 5);
        assert_eq!(level([5, 5, 5].into_iter(), 2), 1);
        assert_eq!(level([].into_iter(), 2), 2);
    }
}
