//! Whose refusals wait and are kept, where there is not room for all: of everybody as many as of everybody else.
//!
//! Whoever knows a consumer's key can have requests refused that name it, without end and without proving anything. So
//! what carries a signature that proved right has room of its own, and of all else each household of addresses has a share:
//! where there is too much, those who sent most lose their oldest, and who sent little loses nothing.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    net::IpAddr,
};

use crate::{shares::level, store::refusals::Kept};

/// How many refusals are kept altogether.
const MOST: usize = 4_096;
/// Who shares what is kept, from the outside in, and how much of it one may have: the requests that name one consumer,
/// proved or not; of those the ones of a neighbourhood; of those the ones of a household.
const LEVELS: [Level; 3] = [
    Level { of: |kept| format!("{:?} {}", kept.consumer, kept.is_proved), most: 256 },
    Level { of: |kept| neighbourhood(&kept.household), most: 128 },
    Level { of: |kept| kept.household.clone(), most: 64 },
];

struct Level {
    of: fn(&Kept) -> String,
    most: usize,
}

/// Who may hold many households: an IPv6 network of 48 bits is given to one site (RFC 6177), an IPv4 address to one.
fn neighbourhood(household: &str) -> String {
    match household.parse() {
        Ok(IpAddr::V6(address)) => format!("{:x?}", &address.segments()[..3]),
        Ok(IpAddr::V4(_)) | Err(_) => household.to_owned(),
    }
}

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

/// The numbers of those that are beyond their shares, of all that are kept.
pub(super) fn beyond(kept: &[Kept]) -> Vec<i64> {
    let within: HashSet<i64> = within(kept.iter().collect(), MOST, &LEVELS).iter().map(|kept| kept.number).collect();
    kept.iter().map(|kept| kept.number).filter(|number| !within.contains(number)).collect()
}

/// The newest of them, so many, of each as many as of each other.
fn within<'a>(mut kept: Vec<&'a Kept>, most: usize, levels: &[Level]) -> Vec<&'a Kept> {
    if let Some((outer, inner)) = levels.split_first() {
        let mut groups: HashMap<String, Vec<&Kept>> = HashMap::new();
        kept.into_iter().for_each(|kept| groups.entry((outer.of)(kept)).or_default().push(kept));
        let share = level(groups.values().map(Vec::len), most).min(outer.most);
        kept = groups.into_values().flat_map(|group| within(group, share, inner)).collect();
    }
    kept.sort_unstable_by_key(|kept| Reverse(kept.number));
    kept.truncate(most);
    kept
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
        let gone = beyond(&kept(&[("owner", 3), ("flood", 1_000)], false));
        assert_eq!(gone, (3..939).rev().collect::<Vec<_>>());
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
        assert_eq!(gone.len(), 2_000 - 256);
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
    fn a_network_of_48_bits_pushes_nobody_out_with_its_65536_households() {
        let floods: Vec<String> = (0..2_000).map(|n| format!("2001:db8:1:{n:x}::")).collect();
        let mut all = vec![("2001:db8:2::", 3)];
        all.extend(floods.iter().map(|flood| (flood.as_str(), 1)));
        let gone = beyond(&kept(&all, false));
        assert!(gone.iter().all(|number| *number >= 3), "of the owner nothing");
        assert_eq!(gone.len(), 2_000 - 128);
    }
}
