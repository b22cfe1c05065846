//! Trying out a token for whoever just made it: a request is signed here as the tool would sign it, and verified like any other.
//! Nothing goes over the network, and nothing is kept but the use of the token.

use super::{Error, access::Authenticator};
use crate::{
    address::Arrival,
    forge::Caller,
    ids::{AccessTokenId, UserId},
    oauth1::{self, Authorization, Credentials, Origin, RawRequest, SignatureMethod, SignedRequest, ToSign},
    secret::{Secret, random_key},
    store::{self, Connection},
};

/// How a rehearsal went.
pub struct Rehearsed {
    /// The number of the token that was tried.
    pub token: AccessTokenId,
    /// As whom and with which role the request came through, or what it was refused for.
    pub outcome: Result<Caller, Error>,
}

impl Authenticator {
    /// Signs a `GET` of this path with a token of this user and with its tool's own secret, and verifies it as what arrived from
    /// where the user is.
    ///
    /// # Errors
    /// [`Error::NotFound`] when this user has no such token; what fails before the request is judged.
    pub async fn rehearse(
        &self,
        user: UserId,
        (key, secret): (String, Secret),
        (origin, path): (&Origin, &str),
        arrival: Arrival,
    ) -> Result<Rehearsed, Error> {
        let looked_up = key.clone();
        let (token, consumer_key, consumer_secret) =
            self.store().run(move |conn| credentials_of(conn, user, &looked_up)).await?;
        let (nonce, timestamp) = (random_key()?, arrival.at.to_string());
        let to_sign = ToSign {
            method: "GET",
            url: &format!("{origin}{path}"),
            form: None,
            nonce: &nonce,
            timestamp: &timestamp,
            signature_method: SignatureMethod::HmacSha256,
            realm: None,
            callback: None,
            verifier: None,
        };
        let credentials = Credentials {
            consumer_key: &consumer_key,
            consumer_secret: &consumer_secret,
            token: Some((&key, &secret)),
        };
        let signed =
            oauth1::sign(&to_sign, &credentials).map_err(|_| Error::NotFound(format!("URL {origin}{path}")))?;
        let request = SignedRequest::read(&RawRequest {
            method: "GET",
            origin,
            path,
            query: None,
            authorization: Authorization::from_iter([signed.authorization.as_bytes()]),
            is_form: false,
            body: b"",
        });
        let outcome = match request {
            Ok(request) => self.authenticate(&request, arrival).await,
            Err(problem) => Err(problem.into()),
        };
        Ok(Rehearsed { token, outcome })
    }
}

/// A token's number, and with what its tool signs: its newest secret.
fn credentials_of(conn: &mut Connection, user: UserId, key: &str) -> Result<(AccessTokenId, String, Secret), Error> {
    let missing = || Error::NotFound("such access token".to_owned());
    let token = store::access_tokens::by_key(conn, key)?.filter(|token| token.user_id == user).ok_or_else(missing)?;
    let consumer = store::consumers::by_id(conn, token.consumer_id)?.ok_or_else(missing)?;
    let secrets = store::consumer_secrets::opened(conn, (consumer.id, &consumer.key))?;
    let newest = secrets.into_iter().next().ok_or_else(missing)?;
    Ok((token.id, consumer.key, newest.1))
}
