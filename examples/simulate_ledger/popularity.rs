//! Who asks: consumers, some of which ask far more often than others.

use fastrand::Rng;

/// How often each of some is drawn.
pub struct Popularity {
    /// Who, and how large a share of all that is asked is theirs.
    shares: Vec<(usize, f64)>,
    /// Of each: below which number it is drawn itself, and who is drawn instead of it otherwise.
    places: Vec<(f64, usize)>,
}

impl Popularity {
    /// As Zipf found it in words: the second asks 2^exponent times less often than the first, the third 3^exponent.
    pub fn zipf(count: usize, exponent: f64) -> Self {
        let weights: Vec<f64> = (1..=count).map(|rank| (rank as f64).powf(-exponent)).collect();
        let sum: f64 = weights.iter().sum();
        Self::of(weights.into_iter().map(|weight| weight / sum).enumerate().collect())
    }

    /// Those who live on this shard, by a hash, as a distributed database would have it.
    pub fn on_shard(&self, shard: usize, shards: usize) -> Self {
        Self::of(self.shares.iter().copied().filter(|(who, _)| scattered(*who) % shards == shard).collect())
    }

    /// How large a share of all that is asked is theirs.
    pub fn share(&self) -> f64 {
        self.shares.iter().map(|(_, share)| share).sum()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.shares.len()
    }

    /// The number, among these, of one that asks.
    pub fn draw(&self, random: &mut Rng) -> usize {
        let place = random.usize(..self.places.len());
        match self.places.get(place) {
            Some((below, instead)) if random.f64() >= *below => *instead,
            Some(_) | None => place,
        }
    }

    /// Prepares drawing in constant time: whoever has more than an average share gives of it to those who have less,
    /// until every place is filled by two at most.
    fn of(shares: Vec<(usize, f64)>) -> Self {
        let average = shares.iter().map(|(_, share)| share).sum::<f64>() / shares.len() as f64;
        let mut places: Vec<(f64, usize)> =
            shares.iter().enumerate().map(|(place, (_, share))| (share / average, place)).collect();
        let (mut poor, mut rich): (Vec<usize>, Vec<usize>) =
            (0..places.len()).partition(|place| places.get(*place).is_some_and(|(has, _)| *has < 1.0));
        while let (Some(one), Some(other)) = (poor.pop(), rich.pop()) {
            let Some((has, instead)) = places.get_mut(one) else { break };
            *instead = other;
            let given = 1.0 - *has;
            let Some((left, _)) = places.get_mut(other) else { break };
            *left -= given;
            if *left < 1.0 { poor.push(other) } else { rich.push(other) }
        }
        Self { shares, places }
    }
}

/// A hash of a number (the finalizer of SplitMix64).
fn scattered(number: usize) -> usize {
    let mut hash = (number as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (hash ^ (hash >> 31)) as usize
}
