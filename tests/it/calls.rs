//! How much was asked: each signed request is counted once, by what came of it, wherever it was answered.

use oauthprovider::{
    clock,
    ids::{AccessTokenId, ConsumerId},
    provider::sweep,
    store::calls::{self, Counts, OfConsumer, OfHour, OfToken, Span, day_of, hour_of},
};

use crate::support::{CALLBACK, Forge, Tool, on_both_databases};

/// What each token was used for, all days together, the oldest token first.
fn of_tokens(forge: &Forge) -> Vec<String> {
    forge.database().lines(
        "SELECT CAST(token_id AS TEXT) || ' ' || CAST(sum(calls) AS TEXT) AS line FROM token_calls GROUP BY token_id \
         ORDER BY token_id",
    )
}

/// What came of each tool's calls, all days together.
fn of_tools(forge: &Forge) -> Vec<String> {
    forge.database().lines(
        "SELECT name || ' ' || code || ' ' || CAST(sum(calls) AS TEXT) AS line FROM consumer_calls \
         JOIN consumers ON consumers.id = consumer_id GROUP BY name, code ORDER BY 1",
    )
}

/// What came of everybody's calls, all hours together.
fn of_all(forge: &Forge) -> Vec<String> {
    forge
        .database()
        .lines("SELECT code || ' ' || CAST(sum(calls) AS TEXT) AS line FROM hourly_calls GROUP BY code ORDER BY 1")
}

fn epoch(forge: &Forge) -> Vec<String> {
    forge.database().lines("SELECT CAST(epoch AS TEXT) AS line FROM ledger")
}

/// The echo with a signature that somebody made up.
fn guess(tool: &Tool) {
    let request = tool.request("GET", "/plugins/oauthprovider/echo").tampered("oauth_signature", Some("AAAA"));
    request.send().expect_problem(401, "signature_invalid");
}

on_both_databases! {
    fn each_call_is_counted_once_by_what_came_of_it(forge: Forge) {
        let (jenkins, reader) = (forge.jenkins_a_for_alice(), forge.token("alice", "jenkins_b", "project-a/Reader"));
        let instance = forge.another_instance();
        let (jenkins, reader) = (jenkins.at(&instance.base), forge.tool("jenkins_b").with(&reader).at(&instance.base));
        for _ in 0..3 {
            jenkins.echo().expect(200);
        }
        // Let in, whatever is there then.
        jenkins.get("/api/projects/project-a/trackers/nowhere/items").expect(404);
        guess(&jenkins);
        let once = jenkins.request("GET", "/plugins/oauthprovider/echo").nonce("once").timestamp(clock::now());
        once.send().expect(200);
        once.send().expect_problem(401, "nonce_used");
        jenkins.request("GET", "/plugins/oauthprovider/echo").timestamp(7).send().expect_problem(401, "timestamp_refused");
        reader.post_json("/api/projects/project-a/trackers/bugs/items", &serde_json::json!({"summary": "x"})).expect(403);
        // Signed with no token: the leg counts for the tool alone.
        forge.jenkins_a().at(&instance.base).ask(CALLBACK).send().expect(200);
        Tool::new(&instance.base, "nobody's", "x").ask("oob").send().expect_problem(401, "consumer_key_unknown");
        // Not signed at all, or no matter of tools.
        forge.anonymous().get("/plugins/oauthprovider/").expect(200);
        drop(instance);
        assert_eq!(of_tokens(&forge), ["1 5", "2 1"]);
        assert_eq!(
            of_tools(&forge),
            [
                "jenkins_a accepted 6",
                "jenkins_a nonce_used 1",
                "jenkins_a signature_invalid 1",
                "jenkins_a timestamp_refused 1",
                "jenkins_b permission_denied 1"
            ]
        );
        assert_eq!(
            of_all(&forge),
            [
                "accepted 6",
                "consumer_key_unknown 1",
                "nonce_used 1",
                "permission_denied 1",
                "signature_invalid 1",
                "timestamp_refused 1"
            ]
        );
    }

    fn several_instances_add_up_and_move_no_epoch(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        let before = epoch(&forge);
        for _ in 0..2 {
            let instances = [forge.another_instance(), forge.another_instance()];
            for instance in &instances {
                jenkins.at(&instance.base).echo().expect(200);
                guess(&jenkins.at(&instance.base));
            }
        }
        assert_eq!(of_tokens(&forge), ["1 4"]);
        assert_eq!(of_tools(&forge), ["jenkins_a accepted 4", "jenkins_a signature_invalid 4"]);
        assert_eq!(of_all(&forge), ["accepted 4", "signature_invalid 4"]);
        assert_eq!(epoch(&forge), before, "nobody is judged by it");
    }

    /// A wrong clock is refused before anybody is looked up, so these keys might all be somebody's.
    fn made_up_keys_are_counted_for_the_forge_alone(forge: Forge) {
        let instance = forge.another_instance();
        for key in ["made up", "and another", "\u{7f}", &"x".repeat(2_000)] {
            let stranger = Tool::new(&instance.base, key, "x");
            stranger.ask("oob").timestamp(7).send().expect_problem(401, "timestamp_refused");
        }
        drop(instance);
        assert_eq!((of_all(&forge), of_tools(&forge)), (vec!["timestamp_refused 4".to_owned()], Vec::new()));
    }

    fn what_is_removed_meanwhile_is_not_counted_and_keeps_nobody_else_from_it(forge: Forge) {
        let (gone, stays) = (forge.jenkins_a_for_alice(), forge.token("bob", "jenkins_b", "project-a/Reporter"));
        let stays = forge.tool("jenkins_b").with(&stays);
        let instance = forge.another_instance();
        gone.at(&instance.base).echo().expect(200);
        stays.at(&instance.base).echo().expect(200);
        forge.sql("DELETE FROM consumers WHERE name = 'jenkins_a'");
        drop(instance);
        assert_eq!((of_tokens(&forge), of_tools(&forge)), (vec!["2 1".to_owned()], vec!["jenkins_b accepted 1".to_owned()]));
        assert_eq!(of_all(&forge), ["accepted 2"]);
        forge.sql("DELETE FROM consumers");
        assert_eq!(of_tokens(&forge), [""; 0]);
    }

    fn a_span_of_days_has_no_gaps(forge: Forge) {
        forge.jenkins_a_for_alice();
        forge.jenkins_a_for_alice();
        let now = clock::now();
        let (day, hour) = (day_of(now), hour_of(now));
        let of_token = |token, day, calls| OfToken { token: AccessTokenId(token), day, calls };
        let of_key = |key: &str, day, code, calls| OfConsumer { key: key.to_owned(), day, code, calls };
        let counts = Counts {
            tokens: vec![of_token(1, day, 5), of_token(1, day - 2, 7), of_token(1, day - 30, 9), of_token(99, day, 1)],
            consumers: vec![
                of_key("key of jenkins_a", day, "nonce_used", 2),
                of_key("key of jenkins_a", day - 1, calls::ACCEPTED, 3),
                of_key("jenkins-b", day, calls::ACCEPTED, 4),
            ],
            hours: vec![
                OfHour { hour, code: calls::ACCEPTED, calls: 6 },
                OfHour { hour: hour - 47, code: "nonce_used", calls: 1 },
            ],
        };
        forge.store().blocking(|conn| conn.write(|tx| calls::add(tx, counts.clone()))).unwrap();
        let [jenkins_a, jenkins_b] = ["jenkins_a", "jenkins_b"].map(|name| ConsumerId(forge.consumer_id(name)));
        let days = Span::days_until(now, 3);
        forge.store().blocking(|conn| {
            let tokens = calls::of_tokens(conn, &[AccessTokenId(1), AccessTokenId(2)], days)?;
            assert_eq!((tokens.len(), tokens[&AccessTokenId(1)].as_slice()), (1, &[7, 0, 5][..]));
            let outcomes = calls::of_consumer(conn, jenkins_a, days)?;
            let outcomes: Vec<_> = outcomes.iter().map(|one| (one.code.as_str(), one.calls.as_slice())).collect();
            assert_eq!(outcomes, [("accepted", &[0, 3, 0][..]), ("nonce_used", &[0, 0, 2])]);
            let accepted = calls::accepted_of(conn, &[jenkins_a, jenkins_b], days)?;
            assert_eq!((&accepted[&jenkins_a][..], &accepted[&jenkins_b][..]), (&[0, 3, 0][..], &[0, 0, 4][..]));
            let hours = calls::of_all(conn, Span::hours_until(now, 48))?;
            assert_eq!((hours[0].calls[47], hours[1].calls[0], hours[1].calls.len()), (6, 1, 48));
            let busiest = calls::busiest(conn, day, 10)?;
            let busiest: Vec<_> = busiest.iter().map(|one| (one.name.as_str(), one.accepted, one.refused)).collect();
            assert_eq!(busiest, [("jenkins_b", 4, 0), ("jenkins_a", 0, 2)]);
            assert_eq!(calls::busiest(conn, day, 1)?.len(), 1);
            Ok::<_, oauthprovider::store::Error>(())
        }).unwrap();
    }

    fn what_was_counted_long_ago_is_forgotten(forge: Forge) {
        forge.jenkins_a_for_alice();
        let (day, hour) = (20_000, 20_000 * 24);
        for at in [day - 401, day - 400, day] {
            forge.sql(&format!("INSERT INTO token_calls (token_id, day, calls) VALUES (1, {at}, 1)"));
            forge.sql(&format!("INSERT INTO consumer_calls (consumer_id, day, code, calls) VALUES (1, {at}, 'accepted', 1)"));
        }
        for at in [hour - 31 * 24 - 1, hour - 31 * 24] {
            forge.sql(&format!("INSERT INTO hourly_calls (hour, code, calls) VALUES ({at}, 'accepted', 1)"));
        }
        while forge.store().blocking(|conn| sweep::batch(conn, day * 86_400)).unwrap_or_else(|error| panic!("{error}")) > 0 {}
        let days = |table: &str| forge.database().lines(&format!("SELECT CAST(day AS TEXT) AS line FROM {table} ORDER BY day"));
        assert_eq!(days("consumer_calls"), ["19600", "20000"]);
        assert_eq!(days("token_calls"), ["19600", "20000"]);
        assert_eq!(of_all(&forge), ["accepted 1"]);
    }
}
