//! The schema: the same steps for both databases, there and back, and two processes that take them at once.

use std::{collections::BTreeSet, path::Path, thread};

use crate::support::{Database, Own, Program, on_each_database};

/// The SQL files of one database's steps, by their paths below its folder.
fn steps(database: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database);
    let mut files = BTreeSet::new();
    for step in std::fs::read_dir(&folder).unwrap() {
        let step = step.unwrap();
        for file in std::fs::read_dir(step.path()).unwrap() {
            let name = file.unwrap().file_name();
            files.insert(format!("{}/{}", step.file_name().to_str().unwrap(), name.to_str().unwrap()));
        }
    }
    files
}

fn migrate(database: &Own) -> Program {
    Program::new(&["migrate", "--database-url"]).arg(&database.url)
}

/// What there is, by table and column, whatever each database calls its types.
fn shape(database: &Own) -> Vec<String> {
    let mut shape = Vec::new();
    for table in database.tables() {
        let query = match database.sqlite_path() {
            Some(_) => format!(
                "SELECT name || CASE WHEN \"notnull\" OR pk THEN ' not null' ELSE '' END AS line \
                 FROM pragma_table_info('{table}') ORDER BY 1"
            ),
            None => format!(
                "SELECT column_name || CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END AS line \
                 FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY 1"
            ),
        };
        shape.extend(database.lines(&query).into_iter().map(|column| format!("{table}.{column}")));
    }
    shape.sort();
    shape
}

/// The names of the indexes that have one in the steps (others are made for constraints).
fn indexes(database: &Own) -> BTreeSet<String> {
    let query = match database.sqlite_path() {
        Some(_) => "SELECT name AS line FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
        None => {
            "SELECT indexname::text AS line FROM pg_indexes WHERE schemaname = 'public' \
            AND indexname NOT LIKE '%\\_pkey' AND indexname NOT LIKE '%\\_key'"
        }
    };
    database.lines(query).into_iter().collect()
}

#[test]
fn both_databases_have_the_same_steps_each_with_its_way_back() {
    let (sqlite, postgres) = (steps("sqlite"), steps("postgres"));
    assert_eq!(sqlite, postgres);
    let ups = sqlite.iter().filter(|file| file.ends_with("/up.sql")).count();
    assert!(ups > 0 && ups * 2 == sqlite.len(), "{sqlite:?}");
}

#[test]
fn both_databases_end_at_the_same_tables_columns_and_indexes() {
    let [sqlite, postgres] = [Database::Sqlite, Database::Postgres].map(|kind| {
        let database = kind.empty();
        migrate(&database).run().expect(0);
        (shape(&database), indexes(&database))
    });
    assert_eq!(sqlite, postgres);
}

on_each_database! {
    fn up_down_and_up_again_ends_where_up_ended(kind: Database) {
        let database = kind.empty();
        migrate(&database).run().expect(0);
        let (before, named) = (shape(&database), indexes(&database));
        database.take_back_from("");
        assert_eq!(database.tables(), [""; 0]);
        migrate(&database).run().expect(0);
        assert_eq!((shape(&database), indexes(&database)), (before, named));
        let import = Program::new(&["import", "f.json", "--database-url"]).arg(&database.url);
        import.file("f.json", crate::support::FORGE).run().expect(0);
    }

    /// Pitfall 40: instances that start together on a fresh database all come up.
    fn pitfall_40_processes_that_migrate_at_once_all_succeed(kind: Database) {
        let database = kind.empty();
        thread::scope(|scope| {
            let serving = (0..2).map(|_| {
                scope.spawn(|| {
                    let serve =
                        Program::new(&["serve", "--listen", "127.0.0.1:0", "--database-url"]).arg(&database.url);
                    serve.serve().stop().expect(0)
                })
            });
            let migrating = (0..3).map(|_| scope.spawn(|| migrate(&database).run().expect(0)));
            for one in serving.chain(migrating).collect::<Vec<_>>() {
                one.join().unwrap();
            }
        });
        let taken = database.lines("SELECT CAST(count(*) AS TEXT) AS line FROM __diesel_schema_migrations");
        assert_eq!(taken, [(steps("sqlite").len() / 2).to_string()]);
        migrate(&database).run().expect(0);
    }

    /// Pitfall 40: what is no schema of ours, or one of a newer program, is not touched and is told.
    fn pitfall_40_a_step_that_fails_changes_nothing_and_is_told_in_one_line(kind: Database) {
        let database = kind.empty();
        database.execute("CREATE TABLE consumers (id BIGINT NOT NULL PRIMARY KEY, something TEXT)");
        database.execute("INSERT INTO consumers (id, something) VALUES (7, 'of somebody else')");
        let before = database.dump();
        let told = migrate(&database).run().complaint();
        assert!(told.contains("migration"), "{told}");
        assert_eq!((database.tables(), database.dump()), (vec!["consumers".to_owned()], before));
        database.execute("DROP TABLE consumers");
        migrate(&database).run().expect(0);
    }

    fn pitfall_40_a_step_of_a_newer_program_does_no_harm(kind: Database) {
        let database = kind.filled();
        database.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231235959')");
        let before = database.dump();
        migrate(&database).run().expect(0);
        assert_eq!(database.dump(), before);
        let service = Program::new(&["serve", "--listen", "127.0.0.1:0", "--database-url"]).arg(&database.url).serve();
        crate::support::Call::new("GET", &format!("{}/readyz", service.base)).send().expect(200);
    }

    /// A database that was brought back to an older schema is brought forward again when the service starts.
    fn pitfall_40_an_older_schema_is_brought_forward_at_start(kind: Database) {
        let database = kind.filled();
        database.take_back_from("");
        let service = Program::new(&["serve", "--listen", "127.0.0.1:0", "--database-url"]).arg(&database.url).serve();
        crate::support::Call::new("GET", &format!("{}/readyz", service.base)).send().expect(200);
        assert!(database.tables().contains(&"nonces".to_owned()));
    }
}
