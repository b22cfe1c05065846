//! What somebody must be allowed who writes in the log and owns none of its tables.

use std::process;

use crate::support::{Database, FORGE, Program};

/// The statements that stand in backticks where the rights are told, each without the role that is granted to.
fn documented() -> Vec<String> {
    let (_, told) = include_str!("../../../docs/operations.md").split_once("**The right to write.**").unwrap();
    let paragraph = told.split("\n\n").next().unwrap();
    let quoted = paragraph.split('`').skip(1).step_by(2).filter(|text| text.starts_with("GRANT "));
    quoted.map(str::to_owned).collect()
}

#[test]
fn those_that_are_documented_are_enough_and_none_is_too_much() {
    let database = Database::Postgres.empty();
    let role = format!("writer_{}", process::id());
    let run = |url: &str, arguments: &[&str]| Program::new(arguments).arg("--database-url").arg(url).run();
    run(&database.url, &["migrate"]).expect(0);
    let grants = documented();
    assert_eq!(grants.len(), 4, "{grants:?}");
    for statement in [
        "CREATE ROLE {role}",
        "GRANT USAGE, CREATE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "REVOKE ALL ON audit_log, audit_head, audit_key FROM {role}",
    ] {
        database.execute(&statement.replace("{role}", &role));
    }
    let as_role = format!("{}?options=-c%20role%3D{role}", database.url);
    let import = || Program::new(&["import", "forge.json", "--database-url", &as_role]).file("forge.json", FORGE).run();
    let (rotating, writing) = grants.split_last().unwrap();
    for grant in writing {
        import().expect(1);
        database.execute(&format!("{grant} TO {role}"));
    }
    import().expect(0);
    let rotate = |keys: &str| {
        let program = Program::new(&["rotate-server-key", "--database-url", &as_role]);
        program.env("OAUTHPROVIDER_DATABASE_SERVER_KEY", keys).run()
    };
    let keys = format!("{},{}", "42".repeat(32), crate::support::SERVER_KEY);
    rotate(&keys).expect(1);
    database.execute(&format!("{rotating} TO {role}"));
    // That one broke off in the middle, and the key that it was given seals already.
    let keys = format!("{},{keys}", "43".repeat(32));
    rotate(&keys).expect(0);
    let verified = Program::new(&["audit", "verify", "--database-url", &as_role]);
    verified.env("OAUTHPROVIDER_DATABASE_SERVER_KEY", &keys).run().expect(0);
}
