//! Names for rows: one number type per table, so that a role is never looked up by a user's number.

use std::fmt;

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    serialize::{self, Output, ToSql},
    sql_types::BigInt,
};
use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta] $name:ident)+) => {$(
        #[$doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, AsExpression, FromSqlRow)]
        #[diesel(sql_type = BigInt)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl<DB: Backend> FromSql<BigInt, DB> for $name
        where
            i64: FromSql<BigInt, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                i64::from_sql(value).map(Self)
            }
        }

        impl<DB: Backend> ToSql<BigInt, DB> for $name
        where
            i64: ToSql<BigInt, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

id! {
    /// A registered tool: what RFC 5849 calls a client.
    ConsumerId
    /// One of a consumer's secrets.
    ConsumerSecretId
    /// A user of the forge.
    UserId
    /// A project of the forge.
    ProjectId
    /// A role, of one project or global.
    RoleId
    /// A tracker of one project.
    TrackerId
    /// An item in a tracker.
    ItemId
    /// Temporary credentials (RFC 5849, section 2.1).
    RequestTokenId
    /// Token credentials (RFC 5849, section 2.3).
    AccessTokenId
    /// A letter to a user that waits to be sent.
    MailId
}
