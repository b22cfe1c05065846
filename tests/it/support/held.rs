//! PostgreSQL held up by somebody else, who is in the middle of something.

use std::thread;

use diesel::{Connection, PgConnection, RunQueryDsl, sql_query};

use super::Own;

/// A transaction of somebody else's, in which this statement was run; unless it is committed, it is rolled back when this
/// is dropped.
pub struct Held(PgConnection);

impl Held {
    pub fn by(url: &str, statement: &str) -> Self {
        let mut connection = PgConnection::establish(url).unwrap();
        for statement in ["BEGIN", statement] {
            sql_query(statement).execute(&mut connection).unwrap();
        }
        Self(connection)
    }

    pub fn commit(mut self) {
        sql_query("COMMIT").execute(&mut self.0).unwrap();
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        sql_query("ROLLBACK").execute(&mut self.0).unwrap();
    }
}

impl Own {
    /// Waits until somebody in this PostgreSQL database waits for a lock; `or` is asked meanwhile, and may give up.
    #[track_caller]
    pub fn until_somebody_waits(&self, or: impl Fn()) {
        let waits = "SELECT 'one' AS line FROM pg_stat_activity \
                     WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while self.lines(waits).is_empty() {
            or();
            thread::yield_now();
        }
    }
}
