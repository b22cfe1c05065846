//! Temporary credentials, from the request to the exchange. Each step's condition stands in its `WHERE`, so that of two
//! callers at once exactly one changes a row.

use diesel::prelude::*;

use super::{
    Connection, Error, RequestTokenState, Transaction,
    access_tokens::Own,
    schema::{consumers, projects, request_tokens, roles},
    sealed::REQUEST_TOKEN,
};
use crate::{
    clock::UnixSeconds,
    ids::{ConsumerId, RequestTokenId, RoleId, UserId},
    sealing::Recognised,
    secret::Secret,
};

/// A row of temporary credentials, without what is secret of them.
#[derive(Clone, Queryable, Selectable)]
pub struct RequestToken {
    /// The row's number.
    pub id: RequestTokenId,
    /// Who asked.
    pub consumer_id: ConsumerId,
    /// The public half, unique.
    pub key: String,
    /// Where the answer goes: an address, or `oob`.
    pub callback: String,
    /// What became of it.
    pub state: RequestTokenState,
    /// Until when the next step must have been made.
    pub expires: UnixSeconds,
    /// Who decided.
    pub user_id: Option<UserId>,
    /// The one role that was granted.
    pub role_id: Option<RoleId>,
    /// For how many seconds from the exchange; none: until the token is revoked.
    pub token_seconds: Option<i64>,
    /// What the user calls the token.
    pub label: Option<String>,
}

/// What a user granted.
#[derive(Clone, Copy)]
pub struct Granted<'a> {
    /// The one role.
    pub role: RoleId,
    /// What proves that the same user came back.
    pub verifier: &'a Secret,
    /// For how many seconds from the exchange; none: until the token is revoked.
    pub token_seconds: Option<i64>,
    /// What the user calls the token.
    pub label: Option<&'a str>,
}

/// A decision that is still to be exchanged, as its user sees it.
#[derive(Clone, Queryable)]
pub struct Outstanding {
    /// The row's number.
    pub id: RequestTokenId,
    /// The consumer's name.
    pub consumer: String,
    /// The role's name.
    pub role: String,
    /// The title of the role's project; none for a role of the whole forge.
    pub project_title: Option<String>,
    /// When it was decided.
    pub decided: UnixSeconds,
    /// Until when it can be exchanged.
    pub expires: UnixSeconds,
}

/// Finds temporary credentials by key.
///
/// # Errors
/// Those of the database.
pub fn by_key(conn: &mut Connection, key: &str) -> Result<Option<RequestToken>, Error> {
    let query = request_tokens::table.filter(request_tokens::key.eq(key));
    Ok(query.select(RequestToken::as_select()).first(conn.db()).optional()?)
}

/// The same with the secret half, for who verifies with it.
///
/// # Errors
/// Those of the database; [`Error::Unopened`] when the secret does not open.
pub fn with_secret(conn: &mut Connection, key: &str) -> Result<Option<(RequestToken, Secret)>, Error> {
    let found: Option<(RequestToken, String)> = request_tokens::table
        .filter(request_tokens::key.eq(key))
        .select((RequestToken::as_select(), request_tokens::secret))
        .first(conn.db())
        .optional()?;
    let Some((token, sealed)) = found else { return Ok(None) };
    let secret = conn.unseal((REQUEST_TOKEN, token.id.0), key, &sealed)?;
    Ok(Some((token, secret)))
}

/// The secrets of the temporary credentials that a consumer was given last, at most `limit`.
///
/// # Errors
/// Those of the database; [`Error::Unopened`] when one does not open.
pub fn latest_secrets(conn: &mut Connection, consumer: ConsumerId, limit: i64) -> Result<Vec<Secret>, Error> {
    let sealed: Vec<(i64, String, String)> = request_tokens::table
        .filter(request_tokens::consumer_id.eq(consumer))
        .select((request_tokens::id, request_tokens::key, request_tokens::secret))
        .order(request_tokens::id.desc())
        .limit(limit)
        .load(conn.db())?;
    sealed.into_iter().map(|(id, key, sealed)| conn.unseal((REQUEST_TOKEN, id), &key, &sealed)).collect()
}

/// What a user granted and nobody exchanged yet, newest first, at most `limit`; those before a number, where one is given.
///
/// # Errors
/// Those of the database.
pub fn outstanding(
    conn: &mut Connection,
    user: UserId,
    before: Option<RequestTokenId>,
    now: UnixSeconds,
    limit: i64,
) -> Result<Vec<Outstanding>, Error> {
    Ok(request_tokens::table
        .inner_join(consumers::table)
        .inner_join(roles::table.left_join(projects::table))
        .filter(request_tokens::user_id.eq(user))
        .filter(request_tokens::state.eq(RequestTokenState::Authorized))
        .filter(request_tokens::expires.gt(now))
        .filter(request_tokens::id.lt(before.unwrap_or(RequestTokenId(i64::MAX))))
        .select((
            request_tokens::id,
            consumers::name,
            roles::name,
            projects::title.nullable(),
            request_tokens::decided.assume_not_null(),
            request_tokens::expires,
        ))
        .order(request_tokens::id.desc())
        .limit(limit)
        .load(conn.db())?)
}

/// How many decisions of somebody nobody exchanged yet, for one consumer where one is given.
///
/// # Errors
/// Those of the database.
pub fn count_outstanding(conn: &mut Connection, whose: Own, now: UnixSeconds) -> Result<i64, Error> {
    let of_user = request_tokens::table
        .filter(request_tokens::user_id.eq(whose.user))
        .filter(request_tokens::state.eq(RequestTokenState::Authorized))
        .filter(request_tokens::expires.gt(now));
    Ok(match whose.consumer {
        Some(consumer) => of_user.filter(request_tokens::consumer_id.eq(consumer)).count().get_result(conn.db())?,
        None => of_user.count().get_result(conn.db())?,
    })
}

/// The numbers of somebody's decisions that nobody exchanged yet, for one consumer where one is given, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn outstanding_of(
    conn: &mut Connection,
    whose: Own,
    now: UnixSeconds,
    limit: i64,
) -> Result<Vec<RequestTokenId>, Error> {
    let mut query = request_tokens::table
        .filter(request_tokens::user_id.eq(whose.user))
        .filter(request_tokens::state.eq(RequestTokenState::Authorized))
        .filter(request_tokens::expires.gt(now))
        .into_boxed();
    if let Some(consumer) = whose.consumer {
        query = query.filter(request_tokens::consumer_id.eq(consumer));
    }
    Ok(query.select(request_tokens::id).order(request_tokens::id).limit(limit).load(conn.db())?)
}

/// Adds temporary credentials.
///
/// # Errors
/// Those of the database.
pub fn insert(
    tx: &mut Transaction<'_>,
    consumer: ConsumerId,
    (key, secret): (&str, &Secret),
    callback: &str,
    created: UnixSeconds,
    expires: UnixSeconds,
) -> Result<(), Error> {
    let sealed = tx.seal(REQUEST_TOKEN, key, secret)?;
    let row = (
        request_tokens::consumer_id.eq(consumer),
        request_tokens::key.eq(key),
        request_tokens::secret.eq(sealed),
        request_tokens::callback.eq(callback),
        request_tokens::state.eq(RequestTokenState::Pending),
        request_tokens::created.eq(created),
        request_tokens::expires.eq(expires),
    );
    diesel::insert_into(request_tokens::table).values(row).execute(tx.db())?;
    Ok(())
}

/// Writes down what the user decided: what was granted, with a hash of the verifier that goes out, or none for a refusal.
/// False: it was decided or had expired already, and nothing changed.
///
/// # Errors
/// Those of the database.
pub fn decide(
    tx: &mut Transaction<'_>,
    (id, key): (RequestTokenId, &str),
    user: UserId,
    granted: Option<Granted<'_>>,
    now: UnixSeconds,
    expires: UnixSeconds,
) -> Result<bool, Error> {
    let state = if granted.is_some() { RequestTokenState::Authorized } else { RequestTokenState::Denied };
    let changed = diesel::update(request_tokens::table.filter(request_tokens::id.eq(id)))
        .filter(request_tokens::state.eq(RequestTokenState::Pending))
        .filter(request_tokens::expires.gt(now))
        .set((
            request_tokens::state.eq(state),
            request_tokens::decided.eq(now),
            request_tokens::user_id.eq(user),
            request_tokens::role_id.eq(granted.map(|granted| granted.role)),
            request_tokens::verifier_hash.eq(granted.map(|granted| Recognised::Verifier(key).hash(granted.verifier))),
            request_tokens::token_seconds.eq(granted.and_then(|granted| granted.token_seconds)),
            request_tokens::label.eq(granted.and_then(|granted| granted.label)),
            request_tokens::expires.eq(expires),
        ))
        .execute(tx.db())?;
    Ok(changed == 1)
}

/// An attempt to exchange a verifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// Whether the verifier is the one that went out.
    pub is_right: bool,
    /// How many attempts there were, this one included.
    pub number: i64,
}

/// Counts an attempt to exchange, and says whether the verifier that was offered is right.
///
/// The row is locked from here to the end of the transaction, so attempts come one after the other however many arrive
/// at once. `None`: there is nothing to exchange (any more).
///
/// # Errors
/// Those of the database.
pub fn attempt(
    tx: &mut Transaction<'_>,
    (id, key): (RequestTokenId, &str),
    offered: &Secret,
    now: UnixSeconds,
) -> Result<Option<Attempt>, Error> {
    let row: Option<(Option<String>, i64)> = diesel::update(request_tokens::table.filter(request_tokens::id.eq(id)))
        .filter(request_tokens::state.eq(RequestTokenState::Authorized))
        .filter(request_tokens::expires.gt(now))
        .set(request_tokens::attempts.eq(request_tokens::attempts + 1))
        .returning((request_tokens::verifier_hash, request_tokens::attempts))
        .get_result(tx.db())
        .optional()?;
    let judge = |kept: String, number| Attempt { is_right: Recognised::Verifier(key).is(offered, &kept), number };
    Ok(row.and_then(|(kept, number)| kept.map(|kept| judge(kept, number))))
}

/// Moves credentials whose user agreed to their last state, and forgets the verifier.
///
/// # Errors
/// Those of the database.
pub fn conclude(tx: &mut Transaction<'_>, id: RequestTokenId, state: RequestTokenState) -> Result<(), Error> {
    diesel::update(request_tokens::table.filter(request_tokens::id.eq(id)))
        .set((request_tokens::state.eq(state), request_tokens::verifier_hash.eq(None::<String>)))
        .execute(tx.db())?;
    Ok(())
}

/// Withdraws a decision of this user that nobody exchanged yet. False: there is none such.
///
/// # Errors
/// Those of the database.
pub fn revoke(tx: &mut Transaction<'_>, id: RequestTokenId, user: UserId) -> Result<bool, Error> {
    let changed = diesel::update(request_tokens::table.filter(request_tokens::id.eq(id)))
        .filter(request_tokens::user_id.eq(user))
        .filter(request_tokens::state.eq(RequestTokenState::Authorized))
        .set((request_tokens::state.eq(RequestTokenState::Revoked), request_tokens::verifier_hash.eq(None::<String>)))
        .execute(tx.db())?;
    Ok(changed == 1)
}

/// Who asked for these credentials: the consumer's number and name.
///
/// # Errors
/// Those of the database.
pub fn consumer(conn: &mut Connection, id: RequestTokenId) -> Result<Option<(ConsumerId, String)>, Error> {
    Ok(request_tokens::table
        .inner_join(consumers::table)
        .filter(request_tokens::id.eq(id))
        .select((consumers::id, consumers::name))
        .first(conn.db())
        .optional()?)
}

/// Removes at most `limit` credentials whose time ran out before `before`, and says how many.
///
/// # Errors
/// Those of the database.
pub fn sweep(tx: &mut Transaction<'_>, before: UnixSeconds, limit: i64) -> Result<usize, Error> {
    let old: Vec<RequestTokenId> = request_tokens::table
        .filter(request_tokens::expires.lt(before))
        .select(request_tokens::id)
        .order(request_tokens::expires)
        .limit(limit)
        .load(tx.db())?;
    Ok(diesel::delete(request_tokens::table.filter(request_tokens::id.eq_any(old))).execute(tx.db())?)
}
