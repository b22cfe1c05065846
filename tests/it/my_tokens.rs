//! One's own tokens: page by page, narrowed, and taken back all at once.

use oauthprovider::clock;

use crate::support::{Browser, CALLBACK, Forge, PLUGIN, Program, cells, on_both_databases, text_of};

fn list(browser: &Browser, query: &str) -> String {
    browser.get(&format!("{PLUGIN}/access_tokens{query}")).expect(200).text()
}

/// The numbers of the tokens that a page can revoke, top to bottom.
fn numbers(page: &str) -> Vec<i64> {
    let actions = page.split("action=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let paths = actions.filter_map(|action| action.strip_suffix("/revoke")?.rsplit('/').next()?.parse().ok());
    paths.collect()
}

fn link(page: &str, relation: &str) -> Option<String> {
    let marker = format!("rel=\"{relation}\"");
    let link = page.split("href=\"").skip(1).find(|link| link.split('>').next().unwrap().contains(&marker))?;
    Some(link.split('"').next()?.replace("&amp;", "&").replace("&#x2F;", "/"))
}

fn issue(forge: &Forge, count: usize) {
    for _ in 0..count {
        forge.token("alice", "jenkins_a", "project-a/Reporter");
    }
}

fn states(page: &str) -> Vec<String> {
    cells(page, "State").iter().map(|cell| cell.split_whitespace().next().unwrap().to_owned()).collect()
}

on_both_databases! {
    fn are_shown_page_by_page_each_once_live_ones_first(forge: Forge) {
        issue(&forge, 60);
        forge.token("bob", "jenkins_a", "project-a/Reporter");
        let now = clock::now();
        forge.sql(&format!("UPDATE access_tokens SET revoked = {now} WHERE id % 6 = 0"));
        forge.sql(&format!("UPDATE access_tokens SET expires = {now} - 5 WHERE id % 6 = 1"));
        forge.sql(&format!("UPDATE access_tokens SET expires = {now} + 9000 WHERE id % 6 = 2"));
        let alice = forge.browser_of("alice");
        let (mut address, mut all, mut live) = (format!("{PLUGIN}/access_tokens"), Vec::new(), Vec::new());
        for rows in [20, 20, 20] {
            let page = alice.get(&address).expect(200).text();
            assert!(page.len() < 60 * 1024, "{} bytes", page.len());
            assert_eq!(states(&page).len(), rows);
            assert_eq!(link(&page, "first").is_some(), !all.is_empty());
            all.extend(states(&page));
            live.extend(numbers(&page));
            match link(&page, "next") {
                Some(next) => address = next,
                None => assert_eq!(all.len(), 60),
            }
        }
        assert_eq!(all, [vec!["live"; 40], vec!["expired"; 10], vec!["revoked"; 10]].concat());
        assert!(live.len() == 40 && live.windows(2).all(|pair| pair[0] > pair[1]), "{live:?}");
        for nonsense in ["?behind=x", "?behind=use-", "?behind=use-99999999999999999999", "?state=sleepy", "?behind=&tool="] {
            assert_eq!(states(&list(&alice, nonsense)).len(), 20, "{nonsense}");
        }
    }

    fn are_narrowed_by_tool_state_and_words(forge: Forge) {
        issue(&forge, 3);
        forge.token("alice", "jenkins_b", "project-b/Manager");
        forge.sql("UPDATE access_tokens SET label = 'Nightly <b>' WHERE id = (SELECT min(id) FROM access_tokens)");
        forge.sql("UPDATE access_tokens SET revoked = created WHERE id = (SELECT max(id) FROM access_tokens)");
        forge.import(r#"{"roles": [{"project": "project-a", "name": "Reporter", "members": ["bob"],
            "permissions": {"tracker:bugs": "submit"}}]}"#);
        let alice = forge.browser_of("alice");
        let told = |query: &str| states(&list(&alice, query));
        assert_eq!(told(""), ["asleep", "asleep", "asleep", "revoked"]);
        assert_eq!(told("?tool=jenkins_b"), ["revoked"]);
        assert_eq!(told("?tool=jenkins_a&state=asleep&words=nightly"), ["asleep"]);
        assert_eq!(told("?words=JENKINS_B"), ["revoked"]);
        assert_eq!(told("?state=revoked"), ["revoked"]);
        for nothing in ["?state=live", "?state=expired", "?tool=nobody", "?words=no+such", "?tool=jenkins_b&state=asleep"] {
            let page = list(&alice, nothing);
            assert!(states(&page).is_empty() && text_of(&page).contains("No token fits"), "{nothing}");
        }
        let page = list(&alice, "?tool=jenkins_a&words=nightly");
        assert!(page.contains("name=\"words\" value=\"nightly\"") && page.contains("name=\"tool\" value=\"jenkins_a\""));
    }

    /// Of a thousand that do not fit none is shown, and the next page goes on from there.
    fn are_looked_for_in_steps_where_few_of_very_many_fit(forge: Forge) {
        forge.token("alice", "jenkins_a", "project-a/Reader");
        forge.sql("UPDATE access_tokens SET label = 'needle'");
        forge.sql(
            "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1100) \
             INSERT INTO access_tokens (consumer_id, user_id, role_id, key, secret, created) \
             SELECT consumer_id, user_id, role_id, 'key ' || n, 'none', created FROM access_tokens, numbers"
        );
        let alice = forge.browser_of("alice");
        let first = list(&alice, "?words=needle");
        assert!(states(&first).is_empty());
        let next = link(&first, "next").expect("there is more to look at");
        assert_eq!(states(&alice.get(&next).expect(200).text()), ["live"]);
    }

    fn of_one_tool_are_revoked_together_with_decisions_that_wait_for_it(forge: Forge) {
        issue(&forge, 3);
        let of_b = forge.tool("jenkins_b").with(&forge.token("alice", "jenkins_b", "project-b/Manager"));
        let of_bob = forge.jenkins_a().with(&forge.token("bob", "jenkins_a", "project-a/Reporter"));
        let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
        let temporary = jenkins.request_token(CALLBACK);
        let verifier = alice.authorize(&temporary, "Reporter/Project A");

        let question = alice.get(&format!("{PLUGIN}/access_tokens/revoke?tool=jenkins_a")).expect(200).text();
        assert!(text_of(&question).contains("3 tokens will be revoked.") && question.contains("Cancel"));
        assert_eq!(numbers(&list(&alice, "")).len(), 4, "asking changes nothing");
        let path = format!("{PLUGIN}/access_tokens/revoke");
        alice.post(&path, &[("consumer", "jenkins_a")]).expect(403);
        let csrf_token = alice.csrf_token();
        alice.post(&path, &[("csrf_token", &csrf_token), ("consumer", "nobody")]).expect(302);
        let too_long = "x".repeat(501);
        let again = alice.post(&path, &[("csrf_token", &csrf_token), ("consumer", "jenkins_a"), ("reason", &too_long)]);
        assert!(again.expect(422).text().contains("id=\"reason-error\""));
        assert_eq!(numbers(&list(&alice, "")).len(), 4);

        alice.post(&path, &[("csrf_token", &csrf_token), ("consumer", "jenkins_a"), ("reason", "lost")]).expect(302);
        assert_eq!(numbers(&list(&alice, "")).len(), 1);
        jenkins.exchange(&temporary, &verifier).send().expect_problem(401, "token_revoked");
        of_b.echo().expect(200);
        of_bob.echo().expect(200);
        let log = Program::new(&["audit", "list", "--json", "--database-url", forge.database_url()]).run().expect(0).json();
        let revoked = |entry: &&serde_json::Value| entry["action"] == "token.revoked" && entry["reason"] == "lost";
        assert_eq!(log.as_array().unwrap().iter().filter(revoked).count(), 3);

        alice.post(&path, &[("csrf_token", &csrf_token), ("consumer", "")]).expect(302);
        assert!(numbers(&list(&alice, "")).is_empty());
        of_b.echo().expect_problem(401, "token_revoked");
        of_bob.echo().expect(200);
        let nothing = alice.get(&format!("{PLUGIN}/access_tokens/revoke")).expect(200).text();
        assert!(text_of(&nothing).contains("There is nothing to revoke") && !nothing.contains("name=\"consumer\""));
    }

    /// A tool that was told yes and has fetched nothing yet holds no token; there is something to take back all the same.
    fn wait_to_be_taken_back_where_there_are_decisions_alone(forge: Forge) {
        let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
        let path = format!("{PLUGIN}/access_tokens/revoke");
        assert!(!list(&alice, "").contains(&path), "there is nothing to take back yet");
        let temporary = jenkins.request_token(CALLBACK);
        let verifier = alice.authorize(&temporary, "Reporter/Project A");
        assert!(list(&alice, "").contains(&format!("href=\"{path}")));
        let words = |tool: &str| text_of(&alice.get(&format!("{path}?tool={tool}")).expect(200).text());
        for tool in ["", "jenkins_a"] {
            let words = words(tool);
            assert!(words.contains("1 decision that a tool has yet to pick up will be taken back."), "{words}");
            assert!(words.contains("Take back 1 decision") && !words.contains("0 tokens"), "{words}");
        }
        assert!(words("jenkins_b").contains("There is nothing to revoke"));
        issue(&forge, 2);
        let both = words("");
        assert!(both.contains("2 tokens will be revoked.") && both.contains("Revoke 2 tokens and take back 1 decision"), "{both}");
        alice.post(&path, &[("csrf_token", &alice.csrf_token()), ("consumer", "")]).expect(302);
        jenkins.exchange(&temporary, &verifier).send().expect_problem(401, "token_revoked");
        assert!(words("").contains("There is nothing to revoke"));
    }

    fn tell_their_calls_of_the_last_month(forge: Forge) {
        issue(&forge, 1);
        let today = clock::now() / 86_400;
        forge.sql(&format!(
            "INSERT INTO token_calls (token_id, day, calls) SELECT id, {today}, 1200 FROM access_tokens"
        ));
        forge.sql(&format!("INSERT INTO token_calls (token_id, day, calls) SELECT id, {today} - 3, 34 FROM access_tokens"));
        let page = list(&forge.browser_of("alice"), "");
        assert!(page.contains("1,234 calls in 30 days, at most 1,200 in one"), "{page}");
    }
}
