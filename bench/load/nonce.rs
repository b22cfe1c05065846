//! Answers: which nonce was never used before?
//!
//! Real consumers send random text, and a database's index notices the difference to a number that counts up. So each
//! nonce is a counter whose bits are mixed beyond recognition, by steps that can all be undone: different counters stay
//! different nonces. What tells this process from every other is random.

use std::num::Wrapping;

use oauthprovider::secret::Secret;

/// How many characters a nonce has.
pub const LENGTH: usize = 24;

/// An endless row of nonces.
pub struct Nonces {
    counter: Wrapping<u64>,
    process: u32,
}

impl Nonces {
    /// Begins somewhere that no other process begins.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self, String> {
        let random = Secret::random().map_err(|error| error.to_string())?;
        let number = random.expose().bytes().fold(0_u128, |sum, byte| sum.wrapping_mul(61).wrapping_add(byte.into()));
        let [begin, process] = [number as u64, (number >> 64) as u64];
        Ok(Self { counter: Wrapping(begin), process: process as u32 })
    }

    /// The next one: hexadecimal digits.
    pub fn next(&mut self) -> [u8; LENGTH] {
        // An odd step visits every number once before it comes back to the first.
        self.counter += 0x9e37_79b9_7f4a_7c15;
        let mut nonce = [0_u8; LENGTH];
        let (mixed, process) = nonce.split_at_mut(16);
        hexadecimal(mix(self.counter), mixed);
        hexadecimal(u64::from(self.process), process);
        nonce
    }
}

/// The last step of SplitMix64: each line can be undone, so no two numbers become one.
fn mix(Wrapping(mut bits): Wrapping<u64>) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// Writes the lowest bits, as many as there are places.
fn hexadecimal(mut bits: u64, places: &mut [u8]) {
    for place in places.iter_mut().rev() {
        *place = match (bits & 15) as u8 {
            digit @ 0..=9 => b'0' + digit,
            digit => b'a' + digit - 10,
        };
        bits >>= 4;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_nonce_comes_twice() {
        let [mut one, mut other] = [Nonces::random().unwrap(), Nonces::random().unwrap()];
        let nonces: HashSet<_> = (0..10_000).flat_map(|_| [one.next(), other.next()]).collect();
        assert_eq!(nonces.len(), 20_000);
        assert!(nonces.iter().flatten().all(u8::is_ascii_hexdigit));
    }
}
