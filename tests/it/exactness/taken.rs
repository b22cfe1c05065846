//! What is taken away is gone with the answer, at every process and however it was taken: on a page, by a command of
//! another process, through the library, or by hand in the database.

use std::thread;

use oauthprovider::{
    clock,
    ids::{AccessTokenId, ConsumerId},
    provider::{
        Lifetime, access,
        consumer_secrets::{self, Overlap},
        consumers, revoke,
    },
};
use serde_json::json;

use super::{
    load::under_load,
    stage::{Stage, echo, verdict},
    watch::watched,
};
use crate::support::{Browser, Line, PLUGIN, Program, Token, Tool, on_each_database, operator};

/// How often each of the four is taken away.
const ROUNDS: usize = 50;

/// How often a secret is changed.
const ROTATIONS: usize = 10;

/// How a change is made.
#[derive(Clone, Copy)]
enum Way {
    Page,
    Command,
    Library,
    Sql,
}

impl Way {
    /// Commands cost a process each, so there are fewer.
    fn of(round: usize) -> Self {
        match round % 3 {
            _ if round.is_multiple_of(20) => Self::Command,
            0 => Self::Page,
            1 => Self::Library,
            _ => Self::Sql,
        }
    }
}

/// What else there is on this forge: each kind of change has its own people, so that none is in another's way.
const MORE: &str = r#"{
  "roles": [{"project": "project-a", "name": "Sleeper", "members": ["nora"], "permissions": {"tracker:bugs": "read"}}],
  "consumers": [
    {"name": "sometimes", "url": "http://ci.example/", "key": "sometimes", "secret": "sometimes's"},
    {"name": "turning", "url": "http://ci.example/", "key": "turning", "secret": "turning's"}
  ]
}"#;

/// A command of the program beside those that serve.
fn command(stage: &Stage, arguments: &[&str]) {
    Program::new(arguments).arg("--database-url").arg(stage.forge.database_url()).run().expect(0);
}

fn import(stage: &Stage, way: Way, text: &str) {
    match way {
        Way::Command => {
            let program = Program::new(&["import", "f.json", "--database-url", stage.forge.database_url()]);
            program.file("f.json", text).run().expect(0);
        }
        Way::Page | Way::Library | Way::Sql => stage.forge.import(text),
    }
}

/// Somebody at the pages of one of the processes, and the token of their forms.
fn at_the_pages(stage: &Stage, user: &str) -> (Browser, String) {
    let mut browser = Browser::new(&stage.services[stage.services.len() - 1].base);
    browser.log_in(user);
    let csrf_token = browser.csrf_token();
    (browser, csrf_token)
}

fn issue(stage: &Stage) -> (AccessTokenId, Token) {
    let (role, lifetime) = ("project-b/Reporter", Lifetime::UntilRevoked);
    let wanted = access::Issue { user: "bob", consumer: "jenkins_b", role, lifetime, label: None };
    let issued =
        stage.forge.store().blocking(|conn| conn.write(|tx| access::issue(tx, &wanted, &operator(clock::now()))));
    let Ok((id, issued)) = issued else { panic!("not issued") };
    (id, Token { key: issued.key, secret: issued.secret.expose().to_owned() })
}

fn tokens_are_revoked(stage: &Stage) {
    let ((browser, csrf_token), jenkins) = (at_the_pages(stage, "bob"), stage.forge.tool("jenkins_b"));
    watched(stage, &jenkins, (401, "token_revoked"), |watch| {
        for round in 0..ROUNDS {
            let (id, token) = issue(stage);
            watch.is_good(&jenkins.with(&token));
            watch.changes();
            match Way::of(round) {
                Way::Page => {
                    let form = [("csrf_token", csrf_token.as_str())];
                    browser.post(&format!("{PLUGIN}/access_tokens/{}/revoke", id.0), &form).expect(302);
                }
                Way::Command => command(stage, &["token", "revoke", &id.0.to_string()]),
                Way::Library => {
                    let revoked = stage
                        .forge
                        .store()
                        .blocking(|conn| conn.write(|tx| revoke::access_token(tx, id, None, &operator(clock::now()))));
                    assert!(revoked.is_ok());
                }
                Way::Sql => stage.forge.sql(&format!("UPDATE access_tokens SET revoked = created WHERE id = {}", id.0)),
            }
            watch.is_taken();
            watch.changes();
        }
    });
}

fn consumers_are_disabled(stage: &Stage) {
    let (browser, csrf_token) = at_the_pages(stage, "admin");
    let id = stage.forge.consumer_id("sometimes");
    let tool = stage.forge.tool("sometimes").with(&stage.forge.token("alice", "sometimes", "project-a/Reader"));
    let set = |way: Way, enabled: bool| match way {
        Way::Page => {
            let verb = if enabled { "enable" } else { "disable" };
            browser
                .post(&format!("{PLUGIN}/consumers/{id}/{verb}"), &[("csrf_token", csrf_token.as_str())])
                .expect(302);
        }
        Way::Command => command(stage, &["consumer", if enabled { "enable" } else { "disable" }, "sometimes"]),
        Way::Library => {
            let set = stage.forge.store().blocking(|conn| {
                let consumer = consumers::numbered(conn, ConsumerId(id))?;
                conn.write(|tx| consumers::set_enabled(tx, &consumer, enabled, &operator(clock::now())))
            });
            assert!(set.is_ok());
        }
        Way::Sql => stage.forge.sql(&format!("UPDATE consumers SET enabled = {enabled} WHERE id = {id}")),
    };
    taken_and_given_back(stage, &tool, (401, "consumer_key_rejected"), set);
}

fn roles_are_lost(stage: &Stage) {
    let tool = stage.forge.jenkins_a_for_alice();
    let set = |way: Way, held: bool| match way {
        Way::Sql if held => stage.forge.sql(
            "INSERT INTO role_members (role_id, user_id) SELECT roles.id, users.id FROM roles, users, projects \
             WHERE roles.name = 'Reporter' AND users.name = 'alice' AND projects.name = 'project-a' \
             AND roles.project_id = projects.id",
        ),
        Way::Sql => stage.forge.sql(
            "DELETE FROM role_members WHERE user_id = (SELECT id FROM users WHERE name = 'alice') AND role_id = \
             (SELECT id FROM roles WHERE name = 'Reporter' \
             AND project_id = (SELECT id FROM projects WHERE name = 'project-a'))",
        ),
        Way::Page | Way::Command | Way::Library => {
            let members: &[&str] = if held { &["alice", "bob"] } else { &["bob"] };
            let role = json!({"project": "project-a", "name": "Reporter", "members": members,
                "permissions": {"tracker:bugs": "submit"}});
            import(stage, way, &json!({ "roles": [role] }).to_string());
        }
    };
    taken_and_given_back(stage, &tool, (403, "role_not_held"), set);
}

fn users_are_suspended(stage: &Stage) {
    let tool = stage.forge.jenkins_a().with(&stage.forge.token("nora", "jenkins_a", "project-a/Sleeper"));
    let set = |way: Way, active: bool| {
        let status = if active { "active" } else { "suspended" };
        match way {
            Way::Sql => stage.forge.sql(&format!("UPDATE users SET status = '{status}' WHERE name = 'nora'")),
            Way::Page | Way::Command | Way::Library => {
                import(stage, way, &json!({"users": [{"name": "nora", "status": status}]}).to_string());
            }
        }
    };
    taken_and_given_back(stage, &tool, (401, "token_rejected"), set);
}

/// `set` takes away with `false` and gives back with `true`, the one in another way than the other.
fn taken_and_given_back(stage: &Stage, tool: &Tool, refusal: (u16, &str), set: impl Fn(Way, bool)) {
    watched(stage, tool, refusal, |watch| {
        watch.is_good(tool);
        for round in 0..ROUNDS {
            watch.changes();
            set(Way::of(round), false);
            watch.is_taken();
            watch.changes();
            set(Way::of(round + 1), true);
            watch.is_good(tool);
        }
    });
}

fn rotate(stage: &Stage, overlap: Overlap) {
    let rotated = stage.forge.store().blocking(|conn| {
        conn.write(|tx| {
            let found = consumers::named(tx, "turning")?;
            consumer_secrets::rotate(tx, &found, overlap, &operator(clock::now()))
        })
    });
    assert!(rotated.is_ok());
}

fn secrets_are_changed(stage: &Stage) {
    let token = stage.forge.token("alice", "turning", "project-a/Reader");
    let mut line: Vec<Line> = stage.services.iter().map(|_| Line::default()).collect();
    let mut former = stage.forge.tool("turning").with(&token);
    for round in 0..ROTATIONS {
        if round % 4 == 0 {
            command(stage, &["consumer", "rotate", "turning", "--retire-after", "0s"]);
        } else {
            rotate(stage, if round % 2 == 0 { Overlap::Seconds(0) } else { Overlap::UntilRetired });
        }
        let fresh = stage.forge.tool("turning").with(&token);
        if round % 2 == 1 {
            for (service, line) in stage.services.iter().zip(&mut line) {
                line.send(&echo(&fresh, service)).expect(200);
                line.send(&echo(&former, service)).expect(200);
            }
            command(stage, &["consumer", "retire", "turning"]);
        }
        for (service, line) in stage.services.iter().zip(&mut line) {
            assert_eq!(verdict(&line.send(&echo(&former, service))), (401, "signature_invalid".to_owned()));
            line.send(&echo(&fresh, service)).expect(200);
        }
        former = fresh;
    }
}

fn all_of_it(stage: &Stage) {
    stage.forge.import(MORE);
    under_load(stage, 2 * ROUNDS, || {
        thread::scope(|scope| {
            for changes in
                [tokens_are_revoked, consumers_are_disabled, roles_are_lost, users_are_suspended, secrets_are_changed]
            {
                scope.spawn(move || changes(stage));
            }
        });
    });
}

on_each_database! {
    fn of_200_takings_away_each_is_obeyed_by_the_very_next_request(kind: Database) {
        all_of_it(&Stage::on(kind, 1));
    }

    fn and_so_it_is_at_both_of_two_processes(kind: Database) {
        all_of_it(&Stage::on(kind, 2));
    }
}
