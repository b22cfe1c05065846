//! Behind the service's back: statements on a test's own database, all of its rows as text, and its being out of reach.

use std::{collections::BTreeSet, path::Path};

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, connection::SimpleConnection, sql_query,
    sql_types::Text,
};

use oauthprovider::{provider, store};

use super::database::{self, Own, as_server};

/// A connection of the test's own, past the service and its pool.
enum Beside {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// One text that a query gives.
#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Holds SQLite's database for itself until it is dropped.
pub struct Locked(SqliteConnection);

impl Own {
    fn beside(&self) -> Beside {
        match self.sqlite_path() {
            Some(path) => {
                let mut connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
                sql_query("PRAGMA busy_timeout = 20000").execute(&mut connection).unwrap();
                sql_query("PRAGMA foreign_keys = ON").execute(&mut connection).unwrap();
                Beside::Sqlite(connection)
            }
            None => Beside::Postgres(PgConnection::establish(&self.url).unwrap()),
        }
    }

    /// Runs one statement over a connection of its own.
    #[track_caller]
    pub fn execute(&self, statement: &str) {
        let outcome = match self.beside() {
            Beside::Sqlite(mut connection) => sql_query(statement).execute(&mut connection),
            Beside::Postgres(mut connection) => sql_query(statement).execute(&mut connection),
        };
        outcome.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    /// Runs all statements of a text in one transaction, as a migration is run.
    #[track_caller]
    pub fn execute_all(&self, text: &str) {
        let outcome = match self.beside() {
            Beside::Sqlite(mut connection) => connection.transaction(|connection| connection.batch_execute(text)),
            Beside::Postgres(mut connection) => connection.transaction(|connection| connection.batch_execute(text)),
        };
        outcome.unwrap_or_else(|error| panic!("{text}: {error}"));
    }

    /// Takes back this step of the schema and all later ones, the newest first, by their own SQL.
    pub fn take_back_from(&self, step: &str) {
        let kind = if self.sqlite_path().is_some() { "sqlite" } else { "postgres" };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind);
        let names = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let steps: BTreeSet<String> = names.filter(|name| name.as_str() >= step).collect();
        for name in steps.iter().rev() {
            self.execute_all(&std::fs::read_to_string(folder.join(name).join("down.sql")).unwrap());
            let version = name.split('_').next().unwrap().replace('-', "");
            self.execute(&format!("DELETE FROM __diesel_schema_migrations WHERE version = '{version}'"));
        }
    }

    /// What the database says to a statement that it refuses.
    #[track_caller]
    pub fn refused(&self, statement: &str) -> String {
        let outcome = match self.beside() {
            Beside::Sqlite(mut connection) => sql_query(statement).execute(&mut connection),
            Beside::Postgres(mut connection) => sql_query(statement).execute(&mut connection),
        };
        outcome.map(|_| format!("not refused: {statement}")).unwrap_or_else(|error| error.to_string())
    }

    /// Lets the audit log be changed, as whoever may do everything can.
    pub fn drop_the_guards_of_the_audit_log(&self) {
        match self.sqlite_path() {
            Some(_) => {
                let guards =
                    "SELECT name AS line FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'";
                for guard in self.lines(guards) {
                    self.execute(&format!("DROP TRIGGER {guard}"));
                }
            }
            None => {
                for guard in ["keep_the_audit_log()", "keep_the_key_of_the_audit_log()"] {
                    self.execute(&format!("DROP FUNCTION IF EXISTS {guard} CASCADE"));
                }
            }
        }
    }

    /// What a query gives, whose one column is a text called `line`.
    #[track_caller]
    pub fn lines(&self, query: &str) -> Vec<String> {
        let lines: Result<Vec<Line>, _> = match self.beside() {
            Beside::Sqlite(mut connection) => sql_query(query).load(&mut connection),
            Beside::Postgres(mut connection) => sql_query(query).load(&mut connection),
        };
        lines.unwrap_or_else(|error| panic!("{query}: {error}")).into_iter().map(|line| line.line).collect()
    }

    /// How SQLite would go about a statement, step by step.
    #[track_caller]
    pub fn plan(&self, statement: &str) -> Vec<String> {
        #[derive(QueryableByName)]
        struct Step {
            #[diesel(sql_type = Text)]
            detail: String,
        }
        let Beside::Sqlite(mut connection) = self.beside() else {
            panic!("PostgreSQL writes its plans down by itself")
        };
        let steps: Result<Vec<Step>, _> = sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load(&mut connection);
        steps.unwrap_or_else(|error| panic!("{statement}: {error}")).into_iter().map(|step| step.detail).collect()
    }

    /// Every secret of a consumer or an access token that it holds, opened.
    pub fn secrets(&self) -> Vec<String> {
        let tokens = self.lines("SELECT key AS line FROM access_tokens");
        let opened = database::open(&self.url, 1).blocking(|conn| {
            let mut secrets = Vec::new();
            for (consumer, _) in provider::consumers::list(conn, oauthprovider::clock::now())? {
                secrets.extend(
                    store::consumer_secrets::opened(conn, (consumer.id, &consumer.key))?
                        .into_iter()
                        .map(|(_, one)| one),
                );
            }
            for key in tokens {
                secrets.extend(store::access_tokens::with_secret(conn, &key)?.map(|(_, one)| one));
            }
            Ok::<_, provider::Error>(secrets)
        });
        opened.unwrap_or_else(|error| panic!("{error}")).iter().map(|secret| secret.expose().to_owned()).collect()
    }

    /// The names of the tables, sorted, without those in which the migrations and SQLite keep their own accounts.
    pub fn tables(&self) -> Vec<String> {
        let query = match self.sqlite_path() {
            Some(_) => "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            None => "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = 'public'",
        };
        let mut tables = self.lines(query);
        tables.retain(|table| !table.starts_with("__"));
        tables.sort();
        tables
    }

    /// The names of a table's columns.
    pub fn columns(&self, table: &str) -> Vec<String> {
        self.lines(&match self.sqlite_path() {
            Some(_) => format!("SELECT name AS line FROM pragma_table_info('{table}')"),
            None => format!(
                "SELECT column_name::text AS line FROM information_schema.columns \
                 WHERE table_schema = 'public' AND table_name = '{table}'"
            ),
        })
    }

    /// Every row of every table, as text: equal before and after means that nothing changed. What was refused is written
    /// down some time afterwards, and is no part of it.
    pub fn dump(&self) -> String {
        let mut dump = String::new();
        for table in self.tables().iter().filter(|table| *table != "refusals") {
            let query = match self.sqlite_path() {
                Some(_) => {
                    let quoted: Vec<String> =
                        self.columns(table).iter().map(|column| format!("quote({column})")).collect();
                    format!("SELECT {} AS line FROM {table} ORDER BY 1", quoted.join(" || ', ' || "))
                }
                None => format!("SELECT to_jsonb({table})::text AS line FROM {table} ORDER BY 1"),
            };
            dump += &format!("{table}:\n  {}\n", self.lines(&query).join("\n  "));
        }
        dump
    }

    /// Takes the database away from the service until this is dropped: SQLite's has a writer that does not end (its
    /// readers still get through), PostgreSQL lets nobody in any more and ends who is in already.
    pub fn out_of_reach(&self) -> OutOfReach<'_> {
        match self.beside() {
            Beside::Sqlite(mut connection) => {
                sql_query("BEGIN EXCLUSIVE").execute(&mut connection).unwrap();
                OutOfReach { own: self, _lock: Some(Locked(connection)) }
            }
            Beside::Postgres(_) => {
                as_server(&format!("ALTER DATABASE {} ALLOW_CONNECTIONS false", self.name()));
                self.end_connections();
                OutOfReach { own: self, _lock: None }
            }
        }
    }

    /// Ends every connection to this PostgreSQL database, as a restarted server does; new ones are welcome.
    pub fn end_connections(&self) {
        as_server(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'", self.name()));
    }

    fn name(&self) -> String {
        self.url.rsplit('/').next().unwrap().to_owned()
    }
}

/// While this is there, the database is not to be had.
pub struct OutOfReach<'a> {
    own: &'a Own,
    _lock: Option<Locked>,
}

impl Drop for OutOfReach<'_> {
    fn drop(&mut self) {
        if self.own.sqlite_path().is_none() {
            as_server(&format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.own.name()));
        }
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        sql_query("ROLLBACK").execute(&mut self.0).unwrap();
    }
}
