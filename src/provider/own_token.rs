//! One's own token: a tool asks what it holds, and gives it back; a user gives it a name.

use serde_json::json;

use super::{Error, Label, Standing, access::Authenticator, revoke, said};
use crate::{
    address::Arrival,
    forge::{Actor, By, Caller},
    ids::{AccessTokenId, UserId},
    oauth1::{Problem, SignedRequest},
    store::{
        self, Action, Transaction,
        access_tokens::{Filter, Listed},
    },
};

/// What a tool holds.
pub struct Held {
    /// As whom it acts, if the token's role is held; it is [`crate::forge::Error::RoleNotHeld`] if not.
    pub caller: Result<Caller, Error>,
    /// Its token.
    pub token: Listed,
    /// How that stands.
    pub standing: Standing,
}

impl Authenticator {
    /// Tells a tool what it holds, asleep or not.
    ///
    /// # Errors
    /// [`Error::Problem`] when the request is not good.
    pub async fn tell(&self, request: &SignedRequest, arrival: Arrival) -> Result<Held, Error> {
        let (id, caller) = self.presented(request, arrival).await?;
        let filter = Filter { id: Some(id), ..Filter::default() };
        let found = self.store().run(move |conn| store::access_tokens::list(conn, filter, arrival.at, 1)).await?;
        // Removed between the look-up and here.
        let token = found.into_iter().next().ok_or(Problem::TokenRejected)?;
        let standing = Standing::of(&token, arrival.at);
        Ok(Held { caller, token, standing })
    }

    /// Revokes the token that a request is signed with. It may be asleep: giving up a right takes no role.
    ///
    /// # Errors
    /// [`Error::Problem`] when the request is not good.
    pub async fn give_back(&self, request: &SignedRequest, arrival: Arrival) -> Result<(), Error> {
        let (id, _) = self.presented(request, arrival).await?;
        let consumer_key = request.consumer_key().to_owned();
        let revoke = move |conn: &mut store::Connection| {
            conn.write(|tx| {
                let consumer = store::consumers::by_key(tx, &consumer_key)?.ok_or(Problem::ConsumerKeyUnknown)?;
                let who = Actor::Consumer { id: consumer.id, name: consumer.name };
                revoke::access_token(tx, id, None, &By { who, arrival, reason: None })
            })
        };
        self.store().run(revoke).await.map_err(|error| match error {
            Error::NotFound(_) => Problem::TokenRejected.into(),
            other => other,
        })
    }
}

/// Gives a token of this user another name, or none. The same again changes nothing.
///
/// # Errors
/// [`Error::NotFound`] when this user has no such token.
pub fn rename(
    tx: &mut Transaction<'_>,
    id: AccessTokenId,
    of: UserId,
    label: Option<&Label>,
    by: &By,
) -> Result<(), Error> {
    let label = label.map(Label::as_str);
    let is_done = store::access_tokens::set_label(tx, id, of, label)?;
    said::done_to_access_token(tx, by, (Action::TokenRenamed, id), (is_done, Some(of)), json!({"label": label}))
}
