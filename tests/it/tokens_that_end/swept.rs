//! What has ended is remembered for a late tool, and not for ever.

use oauthprovider::{clock, provider::sweep};

use crate::support::{Forge, on_both_databases};

const DAY: i64 = 86_400;

fn sweep_at(forge: &Forge, now: i64) {
    while forge.store().blocking(|conn| sweep::batch(conn, now)).unwrap_or_else(|error| panic!("{error}")) > 0 {}
}

fn left(forge: &Forge) -> Vec<String> {
    forge.database().lines("SELECT label AS line FROM access_tokens ORDER BY id")
}

on_both_databases! {
    fn what_ended_is_told_for_ninety_days_and_then_forgotten(forge: Forge) {
        let now = clock::now();
        let columns = ["", ", expires = 100", ", revoked = 100", ", expires = 99999999999", ", expires = 1, revoked = 100"];
        for (index, column) in columns.iter().enumerate() {
            forge.jenkins_a_for_alice();
            let id = "(SELECT max(id) FROM access_tokens)";
            forge.sql(&format!("UPDATE access_tokens SET label = 'token {index}'{column} WHERE id = {id}"));
        }
        forge.sql(&format!("UPDATE access_tokens SET expires = {now} WHERE expires = 100"));
        forge.sql(&format!("UPDATE access_tokens SET revoked = {now} WHERE revoked = 100"));
        sweep_at(&forge, now + 90 * DAY);
        // What expired before it was revoked counts from the first of the two.
        assert_eq!(left(&forge), ["token 0", "token 1", "token 2", "token 3"]);
        sweep_at(&forge, now + 90 * DAY + 1);
        assert_eq!(left(&forge), ["token 0", "token 3"]);
    }

    fn a_late_tool_is_told_why_while_it_is_remembered(forge: Forge) {
        let (expired, revoked) = (forge.jenkins_a_for_alice(), forge.jenkins_a_for_alice());
        let now = clock::now();
        forge.sql(&format!("UPDATE access_tokens SET expires = {} WHERE id = 1", now - 89 * DAY));
        forge.sql(&format!("UPDATE access_tokens SET revoked = {} WHERE id = 2", now - 89 * DAY));
        sweep_at(&forge, now);
        expired.echo().expect_problem(401, "token_expired");
        revoked.echo().expect_problem(401, "token_revoked");
        sweep_at(&forge, now + 2 * DAY);
        expired.echo().expect_problem(401, "token_rejected");
        revoked.echo().expect_problem(401, "token_rejected");
    }
}
