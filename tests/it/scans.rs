//! No page with a list looks through a table: each statement that it sends is looked at as the database goes about it, in a forge
//! of some size.
//!
//! SQLite is asked for the plan of each statement that the service logs. PostgreSQL writes its plans down by itself, with how many
//! rows it read, since what it does depends on what there is.

use std::{collections::BTreeSet, path::PathBuf};

use serde_json::Value;

use crate::support::{Browser, Call, Database, Own, Program, on_each_database};

/// Consumers and users; ten times as many tokens, items and entries of the audit log.
const SIZE: usize = 3_000;

/// The most rows of a table that one statement may read: a few more than a list of items ever looks at.
const MOST_READ: i64 = 2_500;

/// No page is larger than so many bytes.
const LARGEST_PAGE: usize = 60 * 1024;

/// What the tokens are called that are counted in one step: so many numbers, whatever the forge has.
const A_STRETCH: &str = "each_one";

/// Tables of one row, of as many as there are steps, or of 4,096 rows at most.
const BOUNDED: [&str; 7] =
    [A_STRETCH, "ledger", "sealing", "audit_head", "audit_key", "__diesel_schema_migrations", "refusals"];

/// What the benchmark has too: the rows, and the pages.
fn of_the_benchmark(file: &str) -> String {
    std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("bench").join(file)).unwrap()
}

/// Who looks, and where.
fn pages() -> Vec<(String, String)> {
    let text = of_the_benchmark("lists.pages");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once(' ').map(|(who, path)| (who.to_owned(), path.to_owned())).unwrap()).collect()
}

fn grow(database: &Own) {
    let now = oauthprovider::clock::now().to_string();
    let sql = of_the_benchmark("lists.sql").replace(":size", &SIZE.to_string()).replace(":now", &now);
    database.execute_all(&sql);
    match database.sqlite_path() {
        // As it is: nobody runs ANALYZE at SQLite's databases.
        Some(_) => {}
        // As autovacuum leaves it.
        None => database.execute("VACUUM ANALYZE"),
    }
}

/// Where PostgreSQL's plans are written, and up to where they were before this.
struct Plans {
    log: PathBuf,
    before: usize,
}

impl Plans {
    /// From here on, PostgreSQL writes down how it goes about each statement that comes by a new connection to this database.
    fn of(database: &Own) -> Self {
        for setting in [
            "session_preload_libraries = 'auto_explain'",
            "auto_explain.log_min_duration = 0",
            "auto_explain.log_analyze = on",
            "auto_explain.log_timing = off",
            "auto_explain.log_format = json",
            // Tables are small here. Where disks turn, PostgreSQL rather reads them whole than to look up a few dozen rows.
            "random_page_cost = 1.1",
        ] {
            let name = database.url.rsplit('/').next().unwrap();
            database.execute(&format!("ALTER DATABASE {name} SET {setting}"));
        }
        let data = database.lines("SELECT current_setting('data_directory') AS line").remove(0);
        let mut plans = Self { log: PathBuf::from(data).parent().unwrap().join("server.log"), before: 0 };
        plans.forget();
        plans
    }

    fn forget(&mut self) {
        self.before = self.text().len();
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.log).unwrap()).into_owned()
    }

    /// Text and plan of each statement.
    fn all(&self) -> Vec<(String, Value)> {
        let text = self.text();
        let plans = text[self.before..].split(" plan:\n").skip(1);
        plans
            .map(|rest| {
                let lines: String = rest.lines().take_while(|line| line.starts_with('\t')).collect();
                let told: Value = serde_json::from_str(&lines).unwrap_or_else(|error| panic!("{error}: {lines}"));
                (told["Query Text"].as_str().unwrap().to_owned(), told["Plan"].clone())
            })
            .collect()
    }
}

/// The parts of a plan that read more of a table than any list should.
fn too_much(plan: &Value, found: &mut Vec<String>) {
    let number = |name: &str| plan[name].as_f64().unwrap_or(0.0);
    if plan["Node Type"].as_str().unwrap().contains("Scan") {
        let read = number("Actual Rows") + number("Rows Removed by Filter") + number("Rows Removed by Index Recheck");
        let read = (read * number("Actual Loops")) as i64;
        if read > MOST_READ {
            let index = plan["Index Name"].as_str().unwrap_or_default();
            found.push(format!("{} {} {index}: {read} rows", plan["Node Type"], plan["Relation Name"]));
        }
    }
    for part in plan["Plans"].as_array().into_iter().flatten() {
        too_much(part, found);
    }
}

/// What SQLite would look through for a statement. A walk along an order that ends by itself is none.
fn looked_through(database: &Own, statement: &str) -> Vec<String> {
    let plan = database.plan(statement);
    let sorts = plan.iter().any(|step| step.contains("TEMP B-TREE FOR ORDER BY"));
    let is_limited = statement.contains(" LIMIT ");
    let walks = is_limited && !sorts && !statement.contains(" WHERE ");
    let is_scan = |step: &&String| {
        let table = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
        table.is_some_and(|table| !BOUNDED.contains(&table) && table != "CONSTANT")
    };
    let mut found: Vec<String> = plan.iter().filter(is_scan).filter(|_| !walks).cloned().collect();
    if sorts && is_limited {
        found.push("sorts all of it for the few that it gives".to_owned());
    }
    found
}

/// The texts of the statements in a log after this mark.
fn sent(log: &str, mark: &str) -> BTreeSet<String> {
    let lines =
        log.lines().skip_while(|line| !line.contains(mark)).filter(|line| line.contains("oauthprovider::statements"));
    let text = |line: &str| {
        let told: Value = serde_json::from_str(line).unwrap();
        let quoted = told["fields"]["sql"].as_str().unwrap().to_owned();
        serde_json::from_str(&quoted).unwrap_or(quoted)
    };
    // What asks for one of none is answered without a look.
    lines.map(text).filter(|sql: &String| sql.starts_with("SELECT") && !sql.contains("WHERE (1=0)")).collect()
}

/// Everything that reads too much, by statement.
fn found_at(database: &Own, mut plans: Option<&mut Plans>) -> BTreeSet<String> {
    let serve = Program::new(&["serve", "--listen", "127.0.0.1:0", "--database-url"]).arg(&database.url);
    let service = serve.env("OAUTHPROVIDER_LOG_FORMAT", "json").serve();
    let [admin, alice] = ["admin", "alice"].map(|user| {
        let mut browser = Browser::new(&service.base);
        browser.log_in(user);
        browser
    });
    Call::new("GET", &format!("{}/healthz", service.base)).send().expect(200);
    if let Some(plans) = plans.as_deref_mut() {
        plans.forget();
    }
    let mut found = BTreeSet::new();
    for (who, path) in pages() {
        let browser = if who == "admin" { &admin } else { &alice };
        let page = browser.get(&path);
        let (status, bytes) = (page.status, page.text().len());
        if status != 200 || bytes > LARGEST_PAGE {
            found.insert(format!("{path}: {status}, {bytes} bytes"));
        }
    }
    let log = service.stop().err;
    found.extend(log.lines().filter(|line| line.contains("\"ERROR\"")).map(str::to_owned));
    let statements = sent(&log, "/healthz");
    assert!(statements.len() > 20, "the statements are not where they are looked for: {statements:?}");
    match plans {
        None => {
            for statement in &statements {
                found.extend(looked_through(database, statement).iter().map(|what| format!("{what} in {statement}")));
            }
        }
        Some(plans) => {
            // The other test's are in the same log.
            let all: Vec<_> = plans.all().into_iter().filter(|(text, _)| !text.contains("-- on purpose")).collect();
            assert!(all.len() > 20, "the plans are not where they are looked for");
            for (statement, plan) in &all {
                let mut parts = Vec::new();
                too_much(plan, &mut parts);
                // What stands beside a stretch of tokens may be read as the database likes best: it is one walk for all of them.
                parts.retain(|part| !statement.contains(A_STRETCH) || part.contains("\"access_tokens\""));
                found.extend(parts.iter().map(|part| format!("{part} in {statement}")));
            }
        }
    }
    found
}

on_each_database! {
    fn no_list_looks_through_a_table(kind: Database) {
        let database = kind.filled();
        grow(&database);
        let mut plans = (kind == Database::Postgres).then(|| Plans::of(&database));
        let found = found_at(&database, plans.as_mut());
        assert!(found.is_empty(), "\n{}\n", found.into_iter().collect::<Vec<_>>().join("\n"));
    }

    fn what_looks_through_a_table_is_found(kind: Database) {
        let database = kind.filled();
        grow(&database);
        let all = "SELECT summary AS line FROM items WHERE details = 'nowhere' -- on purpose";
        let sorted = "SELECT summary AS line FROM items WHERE tracker_id = 1 ORDER BY created DESC LIMIT 1 -- on purpose";
        let by_key = "SELECT summary AS line FROM items WHERE id = 1000001 -- on purpose";
        let found = |statement: &str, plans: Option<&Plans>| match plans {
            None => looked_through(&database, statement),
            Some(plans) => {
                let before = plans.text().len();
                database.lines(statement);
                let plans = Plans { log: plans.log.clone(), before };
                let mut parts = Vec::new();
                let mine = plans.all().into_iter().filter(|(text, _)| text == statement);
                mine.for_each(|(_, plan)| too_much(&plan, &mut parts));
                parts
            }
        };
        let plans = (kind == Database::Postgres).then(|| Plans::of(&database));
        let is_found = [all, sorted, by_key].map(|statement| !found(statement, plans.as_ref()).is_empty());
        assert_eq!(is_found, [true, true, false]);
    }
}
