//! States and kinds as the database keeps them: enums in Rust, short words in a text column.

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    serialize::{self, Output, ToSql},
    sql_types::Text,
};

macro_rules! text_enum {
    ($(#[$doc:meta] $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ })+) => {$(
        #[$doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, AsExpression, FromSqlRow)]
        #[diesel(sql_type = Text)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// The word that stands in the database and in answers.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The state that a word means, if it means one.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl<DB: Backend> FromSql<Text, DB> for $name
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                let word = String::from_sql(value)?;
                Self::from_word(&word).ok_or_else(|| format!("{word:?} is no {}", stringify!($name)).into())
            }
        }

        impl<DB: Backend> ToSql<Text, DB> for $name
        where
            str: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.word().to_sql(out)
            }
        }
    )+};
}

text_enum! {
    /// Whether a user may act.
    UserStatus {
        /// May log in, and tokens act in the user's name.
        Active = "active",
        /// May not; tokens rest meanwhile.
        Suspended = "suspended",
    }
    /// Whether anybody acts in a project.
    ProjectStatus {
        /// As its roles say.
        Active = "active",
        /// Nobody does: its roles are held by nobody, and what is in it can at most be read.
        Archived = "archived",
    }
    /// Whether an item is still to be dealt with.
    ItemStatus {
        /// To be dealt with.
        Open = "open",
        /// Dealt with.
        Closed = "closed",
    }
    /// What became of temporary credentials.
    RequestTokenState {
        /// The user has not decided.
        Pending = "pending",
        /// The user agreed; the verifier is out.
        Authorized = "authorized",
        /// The user refused.
        Denied = "denied",
        /// Token credentials were issued for it.
        Exchanged = "exchanged",
        /// Ended by too many wrong verifiers.
        Ended = "ended",
        /// Withdrawn by the user after the decision.
        Revoked = "revoked",
    }
    /// The section of a role's setting, as FusionForge names them; each has a reference and a value.
    Section {
        /// Reference -1, value 0 or 1.
        ForgeAdmin = "forge_admin",
        /// Reference: a project, value 0 or 1.
        ProjectAdmin = "project_admin",
        /// Reference: a project, value 0 or 1.
        ProjectRead = "project_read",
        /// Reference: a project, value 0 or 1.
        TrackerAdmin = "tracker_admin",
        /// Reference: a tracker, value: bits (1 read, 2 tech, 4 manager, 8 submit, 16 vote).
        Tracker = "tracker",
        /// Reference: a project, or -1 for all: the bits given on a tracker that is made later. Grants nothing by itself.
        NewTracker = "new_tracker",
    }
}
