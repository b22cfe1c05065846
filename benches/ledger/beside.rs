//! Past the store: what the database itself says of the batches that were committed, and of how it commits.

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query,
    sql_types::{BigInt, Text},
};

/// A connection of its own.
pub enum Beside {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

#[derive(QueryableByName)]
struct Written {
    #[diesel(sql_type = BigInt)]
    batches: i64,
    #[diesel(sql_type = BigInt)]
    nonces: i64,
}

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    setting: String,
}

impl Beside {
    pub fn open(url: &str) -> Self {
        match url.strip_prefix("sqlite:") {
            Some(path) => Self::Sqlite(SqliteConnection::establish(path).unwrap()),
            None => Self::Postgres(PgConnection::establish(url).unwrap()),
        }
    }

    /// How many batches the log has of this second, and how many nonces. A batch's lines are full, with 60 nonces of 16
    /// bytes each, but for its last one.
    pub fn written(&mut self, second: i64) -> (usize, usize) {
        let query = sql_query(format!(
            "SELECT count(CASE WHEN length(keys) < 960 THEN 1 END) AS batches, \
             CAST(coalesce(sum(length(keys)), 0) / 16 AS BIGINT) AS nonces FROM nonces WHERE second = {second}"
        ));
        let written: Written = match self {
            Self::Sqlite(connection) => query.get_result(connection),
            Self::Postgres(connection) => query.get_result(connection),
        }
        .unwrap();
        (usize::try_from(written.batches).unwrap(), usize::try_from(written.nonces).unwrap())
    }

    /// Stops rather than flatters: a server that does not flush has no place in the figures.
    pub fn must_flush(&mut self) {
        let Self::Postgres(connection) = self else { return };
        for name in ["fsync", "synchronous_commit", "full_page_writes"] {
            let query = sql_query(format!("SELECT current_setting('{name}') AS setting"));
            let Setting { setting } = query.get_result(connection).unwrap();
            assert_eq!(setting, "on", "{name}");
        }
    }
}
