//! Whoever reads the database, or steals a copy of it, can sign nothing and log nobody in.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};

use super::{Keys, on, sealed};
use crate::support::{Browser, CALLBACK, Own, PASSWORD, PLUGIN, SERVER_KEY, Token, Tool, on_each_database};

/// Everything that somebody in the flow has to keep to themselves.
struct Kept(Vec<(&'static str, String)>);

impl Kept {
    fn is_not_in(&self, dump: &[u8]) {
        for (what, secret) in &self.0 {
            let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
            let forms = [
                secret.clone(),
                STANDARD_NO_PAD.encode(secret),
                URL_SAFE_NO_PAD.encode(secret),
                hex.to_uppercase(),
                hex,
            ];
            for form in forms {
                assert!(form.len() >= 10, "{what} is too short to be looked for");
                assert!(!holds(dump, form.as_bytes()), "{what} is in the dump as {form}");
            }
        }
    }
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

/// The whole flow, with something open at each step of it.
fn flow(base: &str) -> Kept {
    let (mut alice, mut admin) = (Browser::new(base), Browser::new(base));
    alice.log_in("alice");
    admin.log_in("admin");
    let (key, first) = admin.register("jenkins.c").expect(200).credentials();
    let id = admin
        .get(&format!("{PLUGIN}/consumers"))
        .text()
        .split("/consumers/")
        .filter_map(|rest| {
            let (id, rest) = rest.split_once('"')?;
            rest.starts_with(">jenkins.c<").then(|| id.to_owned())
        })
        .next()
        .unwrap();
    let csrf_token = admin.csrf_token();
    let rotated = admin.post(&format!("{PLUGIN}/consumers/{id}/rotate"), &[("csrf_token", &csrf_token)]);
    let (_, second) = rotated.expect(200).credentials();
    let jenkins = Tool::new(base, &key, &second);
    let (pending, decided, exchanged) =
        (jenkins.request_token(CALLBACK), jenkins.request_token("oob"), jenkins.request_token("oob"));
    let verifier = |token: &Token| alice.decide(token, "Reporter/Project A", "authorize").expect(200).verifier();
    let (open, used) = (verifier(&decided), verifier(&exchanged));
    let token = jenkins.exchange(&exchanged, &used).send().expect(200).token();
    jenkins.with(&token).echo().expect(200);
    let session = |browser: &Browser| browser.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();
    Kept(vec![
        ("the secret of an imported consumer", "s3cret &%+ of jenkins_a ✓".to_owned()),
        ("the former secret of a consumer", first),
        ("the newest secret of a consumer", second),
        ("the secret of a request token that waits", pending.secret),
        ("the secret of a request token that was decided", decided.secret),
        ("the secret of an exchanged request token", exchanged.secret),
        ("a verifier that is out", open),
        ("a used verifier", used),
        ("the secret of an access token", token.secret),
        ("Alice's session", session(&alice)),
        ("the admin's session", session(&admin)),
        ("Alice's CSRF token", alice.csrf_token()),
        ("the admin's CSRF token", csrf_token),
        ("a password", PASSWORD.to_owned()),
        ("the server key", SERVER_KEY.to_owned()),
    ])
}

/// All that there is to steal but the key: every row as text, and the files where there are any.
fn dump(database: &Own) -> Vec<u8> {
    let mut dump = database.dump().into_bytes();
    if let Some(path) = database.sqlite_path() {
        for end in ["", "-wal", "-shm"] {
            dump.extend(std::fs::read(format!("{}{end}", path.display())).unwrap_or_default());
        }
    }
    dump
}

/// What stands in a column, for a thief to try.
fn column(database: &Own, table: &str, column: &str) -> Vec<String> {
    database.lines(&format!("SELECT {column} AS line FROM {table} WHERE {column} IS NOT NULL"))
}

/// Signs with everything that stands in the database instead of a secret.
fn nobody_signs(database: &Own, base: &str) {
    let stolen = sealed(database);
    assert!(stolen.len() >= 7);
    for key in column(database, "consumers", "key") {
        for text in &stolen {
            let status = Tool::new(base, &key, text).ask("oob").send().status;
            assert!(matches!(status, 401 | 503), "{key} signs with {text}: {status}");
        }
    }
    for key in column(database, "access_tokens", "key") {
        for text in &stolen {
            let token = Token { key: key.clone(), secret: text.clone() };
            let status = Tool::new(base, "key of jenkins_a", text).with(&token).echo().status;
            assert!(matches!(status, 401 | 503), "{status}");
        }
    }
}

fn nobody_logs_in(database: &Own, base: &str) {
    let hashes = column(database, "sessions", "id_hash");
    assert!(hashes.len() >= 2);
    for hash in &hashes {
        let mut thief = Browser::new(base);
        thief.cookie = Some(format!("oauthprovider_session={hash}"));
        thief.get(&format!("{PLUGIN}/access_tokens")).expect(302);
        thief.post("/logout", &[("csrf_token", hash)]).expect(403);
    }
    for hash in column(database, "users", "password_hash").iter().take(2) {
        let status = Browser::new(base).post("/login", &[("username", "alice"), ("password", hash)]).status;
        // Where the audit log's key does not open, nothing is written down, and so nothing is done.
        assert!(matches!(status, 401 | 503), "{status}");
    }
}

on_each_database! {
    fn a_dump_of_the_database_alone_signs_nothing_and_logs_nobody_in(kind: Database) {
        let database = kind.filled();
        let own = Keys::holding(&[SERVER_KEY]);
        let service = super::serve(&database, &own);
        let kept = flow(&service.base);
        kept.is_not_in(&dump(&database));
        service.stop().expect(0);
        kept.is_not_in(&dump(&database));

        // What was stolen is started with another key: first as it is, then made to forget which key it wants.
        let thiefs = Keys::holding(&["0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"]);
        let refused = on(&database, &thiefs, &["serve", "--listen", "127.0.0.1:0"]).run().complaint();
        assert!(refused.contains("is not in"), "{refused}");
        database.execute("UPDATE sealing SET key_name = ''");
        let service = super::serve(&database, &thiefs);
        nobody_logs_in(&database, &service.base);
        nobody_signs(&database, &service.base);
    }
}
