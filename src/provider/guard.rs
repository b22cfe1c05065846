//! Who asks too often, and who guesses: the limits on how much is done for one address, consumer, token or user.
//!
//! | limit | counts | when |
//! | --- | --- | --- |
//! | of an address | what is signed, and pages | before anything is looked up |
//! | on wrong signatures | those that name a known token, or a known consumer where there is no token | when the signature was compared |
//! | of a consumer, of a token | what was accepted | looked at when the signature proved right, taken when the nonce was new |
//! | of a user | changes on the pages | when it is known who asks |
//!
//! So nobody uses up somebody else's share by naming their key, or by sending again what they once sent. What is counted
//! is kept in this process alone, for a minute or less, and for so many at most; several instances count each for
//! itself.

mod rate;
mod rests;

use std::net::IpAddr;

use self::{rate::Rate, rests::Rests};
use super::Error;
use crate::{
    address::{Arrival, household},
    ids::{AccessTokenId, ConsumerId, RequestTokenId, UserId},
    oauth1::Problem,
};

/// How many addresses, consumers or tokens one limit keeps count of. Beyond it those that were seen least are forgotten,
/// and begin anew: a few megabytes, however many there are in the world.
const MOST_COUNTED: usize = 20_000;

/// How much is done for whom, as the operator set it. 0 is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests from one address (of IPv6: from one network of 64 bits) in a second.
    pub address_per_second: u32,
    /// Accepted requests of one consumer in a second.
    pub consumer_per_second: u32,
    /// Accepted requests with one access token in a second.
    pub token_per_second: u32,
    /// Request tokens of one consumer in a minute.
    pub request_tokens_per_minute: u32,
    /// Wrong signatures for one token in a minute, before it rests; without a token, for one consumer and address.
    pub wrong_signatures_per_minute: u32,
    /// Changes that one user makes on the pages in a minute.
    pub changes_per_minute: u32,
}

impl Default for Limits {
    /// Those of a service that nobody configured: good requests are as many as the machine can take.
    fn default() -> Self {
        Self {
            address_per_second: 0,
            consumer_per_second: 0,
            token_per_second: 0,
            request_tokens_per_minute: 0,
            wrong_signatures_per_minute: 600,
            changes_per_minute: 300,
        }
    }
}

/// It is too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many requests, try again in {retry_after_seconds} seconds")]
pub struct TooMany {
    /// When to try again, at least 1.
    pub retry_after_seconds: u64,
}

impl From<TooMany> for Error {
    fn from(too_many: TooMany) -> Self {
        Problem::ConsumerKeyRefused { retry_after_seconds: too_many.retry_after_seconds }.into()
    }
}

/// What a signature is made for: whoever guesses secrets tries many for the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Target {
    /// Token credentials.
    AccessToken(AccessTokenId),
    /// Temporary credentials.
    RequestToken(RequestTokenId),
    /// A consumer's own secret. Keys of consumers are better known than tokens, so a stranger who guesses is told from
    /// the consumer by the address.
    Consumer(ConsumerId, Option<IpAddr>),
}

impl Target {
    /// A consumer's own secret, tried from where this request came.
    pub(super) fn consumer(id: ConsumerId, arrival: Arrival) -> Self {
        Self::Consumer(id, arrival.from.map(household))
    }
}

/// Whose share an accepted request takes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Share {
    Consumer(ConsumerId),
    Token(AccessTokenId),
}

/// Keeps count for one process.
pub struct Guard {
    addresses: Option<Rate<IpAddr>>,
    consumers: Option<Rate<Share>>,
    tokens: Option<Rate<Share>>,
    request_tokens: Option<Rate<Share>>,
    changes: Option<Rate<UserId>>,
    rests: Option<Rests>,
}

impl Guard {
    /// Counted nothing yet.
    pub fn new(limits: Limits) -> Self {
        Self {
            addresses: Rate::per_second(limits.address_per_second),
            consumers: Rate::per_second(limits.consumer_per_second),
            tokens: Rate::per_second(limits.token_per_second),
            request_tokens: Rate::per_minute(limits.request_tokens_per_minute),
            changes: Rate::per_minute(limits.changes_per_minute),
            rests: Rests::after(limits.wrong_signatures_per_minute),
        }
    }

    /// Counts a request by where it comes from; what comes from nowhere in particular is not counted.
    ///
    /// # Errors
    /// [`TooMany`]; it is not counted then.
    pub fn admit(&self, from: Option<IpAddr>) -> Result<(), TooMany> {
        match (&self.addresses, from) {
            (Some(addresses), Some(from)) => addresses.take(household(from)),
            (_, _) => Ok(()),
        }
    }

    /// Counts a change that a user makes on a page: each may make everybody's facts be read again.
    ///
    /// # Errors
    /// [`TooMany`]; it is not counted then.
    pub fn change(&self, user: UserId) -> Result<(), TooMany> {
        self.changes.as_ref().map_or(Ok(()), |changes| changes.take(user))
    }

    /// Takes note of a signature that was compared, and counts it if it is wrong.
    ///
    /// # Errors
    /// [`Problem::Resting`] while the target rests, whether the signature is right or wrong: else guessing would go on.
    pub(super) fn compared(&self, target: Target, is_wrong: bool, arrival: Arrival) -> Result<(), Problem> {
        let Some(rests) = &self.rests else { return Ok(()) };
        let verdict = if is_wrong { rests.count(target, arrival.at) } else { rests.look(target, arrival.at) };
        verdict.map_err(|TooMany { retry_after_seconds }| Problem::Resting { retry_after_seconds })
    }

    /// Looks whether the consumer, and what it signs with, may ask for more.
    ///
    /// # Errors
    /// [`TooMany`].
    pub(super) fn look(&self, consumer: ConsumerId, target: Target) -> Result<(), TooMany> {
        self.shares(consumer, target).try_for_each(|(rate, share)| rate.look(share))
    }

    /// Takes what was looked at. Of requests at the same moment more may have been let in than there were shares; those
    /// take nothing.
    pub(super) fn take(&self, consumer: ConsumerId, target: Target) {
        self.shares(consumer, target).for_each(|(rate, share)| {
            rate.take(share).ok();
        });
    }

    /// What a request takes a share of, where there is a limit.
    fn shares(&self, consumer: ConsumerId, target: Target) -> impl Iterator<Item = (&Rate<Share>, Share)> {
        let of_consumer = Share::Consumer(consumer);
        let further = match target {
            Target::AccessToken(token) => Some((&self.tokens, Share::Token(token))),
            Target::Consumer(..) => Some((&self.request_tokens, of_consumer)),
            Target::RequestToken(_) => None,
        };
        let all = [Some((&self.consumers, of_consumer)), further].into_iter().flatten();
        all.filter_map(|(rate, share)| Some((rate.as_ref()?, share)))
    }
}
