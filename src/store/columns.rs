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
            /// All that there are.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

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
    /// A part of an item that changes.
    ItemPart {
        /// One line.
        Summary = "summary",
        /// The rest.
        Details = "details",
        /// 1 to 5.
        Priority = "priority",
        /// Open or closed.
        Status = "status",
    }
    /// Which of a consumer's secrets one is. There is at most one of each.
    SecretPlace {
        /// The one that was made last.
        Newest = "newest",
        /// The one before, which still signs until it retires.
        Former = "former",
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
    /// What was done, as the audit log says it.
    Action {
        /// A consumer was registered.
        ConsumerRegistered = "consumer.registered",
        /// A consumer was looked at by an administrator, or its secret was shown for the only time.
        ConsumerShown = "consumer.shown",
        /// What a consumer says of itself, or its credentials, were replaced by an import.
        ConsumerChanged = "consumer.changed",
        /// A consumer got a fresh secret.
        ConsumerRotated = "consumer.rotated",
        /// A consumer's former secret ended before its time.
        SecretRetired = "consumer.secret_retired",
        /// A consumer's former secret is its only one again.
        RotationTakenBack = "consumer.rotated_back",
        /// A consumer is refused from now on.
        ConsumerDisabled = "consumer.disabled",
        /// A consumer is listened to again.
        ConsumerEnabled = "consumer.enabled",
        /// A consumer was removed, and its tokens with it.
        ConsumerRemoved = "consumer.removed",
        /// A user granted what a consumer asked for.
        DecisionAuthorized = "decision.authorized",
        /// A user refused what a consumer asked for.
        DecisionDenied = "decision.denied",
        /// A user took a grant back before it was exchanged.
        DecisionRevoked = "decision.revoked",
        /// A consumer brought a wrong verifier.
        VerifierRefused = "verifier.refused",
        /// An access token was issued.
        TokenIssued = "token.issued",
        /// An access token was revoked.
        TokenRevoked = "token.revoked",
        /// An access token is called otherwise by its user.
        TokenRenamed = "token.renamed",
        /// A user was added.
        UserAdded = "user.added",
        /// What is known of a user was changed, the status perhaps.
        UserChanged = "user.changed",
        /// A project was added.
        ProjectAdded = "project.added",
        /// A project has another title.
        ProjectChanged = "project.changed",
        /// Nobody acts in a project any more.
        ProjectArchived = "project.archived",
        /// A project is as its roles say again.
        ProjectReopened = "project.reopened",
        /// Tools may act in a project again.
        ProjectPluginOn = "project.plugin_on",
        /// No tool acts in a project any more.
        ProjectPluginOff = "project.plugin_off",
        /// A tracker was added, with the rights on it that roles asked for beforehand.
        TrackerAdded = "tracker.added",
        /// A tracker has another title.
        TrackerChanged = "tracker.changed",
        /// What one token filed in a project was closed, all at once.
        ItemsClosed = "items.closed",
        /// A role was added.
        RoleAdded = "role.added",
        /// What a role may do was changed.
        RoleChanged = "role.changed",
        /// A role was removed, and the tokens under it with it.
        RoleRemoved = "role.removed",
        /// A user was given a role.
        RoleGiven = "role.given",
        /// A role was taken from a user.
        RoleTaken = "role.taken",
        /// Another server key seals from now on.
        ServerKeyRotated = "server_key.rotated",
        /// Somebody logged in.
        LoggedIn = "session.opened",
        /// Somebody logged out.
        LoggedOut = "session.closed",
        /// Somebody tried to log in with a wrong password.
        LoginFailed = "session.refused",
    }
}
