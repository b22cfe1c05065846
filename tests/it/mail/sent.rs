//! From what happened to the user's box: a service that sends, and a mail server that takes.

use std::collections::BTreeSet;

use oauthprovider::{
    address::Arrival,
    clock,
    forge::{Actor, By, Reason},
    ids::{AccessTokenId, UserId},
    provider,
};

use crate::support::{CALLBACK, Database, Forge, PostOffice, Taken, Tool, on_each_database};

/// A forge whose letters are taken there.
fn forge_at(office: &PostOffice, kind: Database) -> Forge {
    let settings = office.settings();
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Forge::with_settings(kind, &settings)
}

/// Jenkins A with a token that Alice just authorized.
fn danced(forge: &Forge) -> Tool {
    let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
    let temporary = jenkins.request_token(CALLBACK);
    let verifier = alice.authorize(&temporary, "Reporter/Project A");
    let token = jenkins.exchange(&temporary, &verifier).send().expect(200).token();
    jenkins.with(&token)
}

/// The administrator revokes the newest token.
fn revoked_by_the_admin(forge: &Forge, reason: &str) {
    let who = Actor::User { id: UserId(4), name: "admin".to_owned() };
    let by = By { who, arrival: Arrival::at(clock::now()), reason: Reason::parse(reason).unwrap() };
    let id: i64 = forge.database().lines("SELECT CAST(max(id) AS TEXT) AS line FROM access_tokens")[0].parse().unwrap();
    let revoke = |conn: &mut oauthprovider::store::Connection| {
        conn.write(|tx| provider::revoke::access_token(tx, AccessTokenId(id), None, &by))
    };
    forge.store().blocking(revoke).unwrap();
}

/// One of each kind, in the order in which they are told.
fn each_kind(office: &PostOffice, forge: &Forge) -> [Taken; 4] {
    let jenkins = danced(forge);
    jenkins.echo().expect(200);
    let created = office.next();
    let soon = clock::now() + 6 * 86_400;
    forge.sql(&format!("UPDATE access_tokens SET label = 'nightly ✓', created = 0, expires = {soon}"));
    let ending = office.next();
    forge.sql("UPDATE consumers SET enabled = FALSE WHERE name = 'jenkins_a'");
    let asleep = office.next();
    forge.sql("UPDATE consumers SET enabled = TRUE");
    revoked_by_the_admin(forge, "it files too much — for now");
    [created, ending, asleep, office.next()]
}

/// Waits until nothing waits.
fn until_all_are_sent(forge: &Forge) {
    while !forge.database().lines("SELECT letter AS line FROM mail").is_empty() {
        std::thread::yield_now();
    }
}

on_each_database! {
    fn each_kind_of_letter_arrives_once_and_says_what_happened(kind: Database) {
        let office = PostOffice::open();
        let forge = forge_at(&office, kind);
        let letters = each_kind(&office, &forge);
        for letter in &letters {
            assert_eq!(letter.envelope, ["MAIL FROM:<forge@example.org>", "RCPT TO:<alice@example.org>"]);
            assert_eq!(letter.header("From"), "\"The Forge\" <forge@example.org>");
            assert_eq!(letter.header("To"), "\"Alice Liddell\" <alice@example.org>");
            assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
            assert_eq!(letter.header("Content-Type"), "text/plain; charset=utf-8");
            assert!(letter.body.starts_with("Hello Alice Liddell,\n\n"), "{}", letter.body);
            let link = format!("{}/plugins/oauthprovider/access_tokens", forge.base());
            assert!(letter.body.lines().any(|line| line == link), "{}", letter.body);
            assert!(letter.body.contains("\nTool: jenkins_a\nRole: project-a/Reporter\n"), "{}", letter.body);
        }
        let says = |number: usize, subject: &str, lines: &[&str]| {
            let letter: &Taken = &letters[number];
            assert_eq!(letter.header("Subject"), subject);
            for line in lines {
                assert!(letter.body.contains(&format!("\n{line}")), "{line} in {}", letter.body);
            }
        };
        let made = ["Made by: the tool, with what you authorized", "Asked for from: 127.0.0.1", "Ends: when you revoke it"];
        says(0, "jenkins_a can act in your name", &made);
        says(1, "Your token for jenkins_a ends soon", &["You call it: nightly ✓\n", "Ends: 20"]);
        says(2, "Your token for jenkins_a is asleep", &["Reason: the tool was disabled"]);
        let taken = ["Revoked by: admin, an administrator", "Reason: it files too much — for now"];
        says(3, "Your token for jenkins_a was revoked", &taken);
        until_all_are_sent(&forge);
        assert!(office.is_quiet());
        let names: BTreeSet<&str> = letters.iter().map(|letter| letter.header("Message-ID")).collect();
        assert_eq!(names.len(), 4);
    }

    fn letters_are_in_the_language_that_their_reader_chose(kind: Database) {
        let office = PostOffice::open();
        let forge = forge_at(&office, kind);
        forge.browser_of("alice").get("/language/de").expect(302);
        // Who is not logged in chooses for nobody.
        forge.anonymous().get("/language/en").expect(302);
        let subjects = each_kind(&office, &forge).map(|letter| {
            assert!(letter.body.starts_with("Guten Tag Alice Liddell,\n\n"), "{}", letter.body);
            assert!(letter.body.contains("\nWerkzeug: jenkins_a\nRolle: project-a/Reporter\n"), "{}", letter.body);
            letter.header("Subject").to_owned()
        });
        assert_eq!(subjects, [
            "jenkins_a kann in Ihrem Namen handeln",
            "Ihr Zugang für jenkins_a läuft bald ab",
            "Ihr Zugang für jenkins_a ruht",
            "Ihr Zugang für jenkins_a wurde widerrufen",
        ]);
    }

    fn a_letter_waits_while_the_mail_server_is_away(kind: Database) {
        let office = PostOffice::open();
        office.shut();
        let forge = forge_at(&office, kind);
        danced(&forge);
        office.sends_away();
        office.open_again();
        let due = "SELECT CAST(due - created AS TEXT) AS line FROM mail WHERE attempts = 1 AND due < created + 300";
        let pause: i64 = loop {
            if let Some(line) = forge.database().lines(due).first() {
                break line.parse().unwrap();
            }
        };
        assert!((60..90).contains(&pause), "{pause}");
        forge.sql("UPDATE mail SET due = 0");
        assert_eq!(office.next().header("Subject"), "jenkins_a can act in your name");
        until_all_are_sent(&forge);
        assert!(office.is_quiet());
    }

    fn of_two_instances_one_sends(kind: Database) {
        let office = PostOffice::open();
        let forge = forge_at(&office, kind);
        let settings = office.settings();
        let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let _other = forge.another_instance_with(&settings);
        for _ in 0..30 {
            forge.token("alice", "jenkins_a", "project-a/Reporter");
        }
        let names: BTreeSet<String> = (0..30).map(|_| office.next().header("Message-ID").to_owned()).collect();
        assert_eq!(names.len(), 30);
        until_all_are_sent(&forge);
        assert!(office.is_quiet());
    }

    fn nothing_that_somebody_is_called_bends_a_letter(kind: Database) {
        let office = PostOffice::open();
        let forge = forge_at(&office, kind);
        let hostile = "x\r\nBcc: all@example.org\r\n\r\nPay here: <b>{{7*7}}</b>\u{202e}";
        let quoted = hostile.replace("\r\n", "' || chr(13) || chr(10) || '");
        let quoted = if kind == Database::Sqlite { quoted.replace("chr(", "char(") } else { quoted };
        forge.sql(&format!("UPDATE users SET realname = '\"Alice\" {quoted}' WHERE name = 'alice'"));
        forge.sql(&format!("UPDATE consumers SET name = 'j{quoted}' WHERE name = 'jenkins_a'"));
        forge.sql(&format!("UPDATE roles SET name = '{quoted}' WHERE name = 'Reporter'"));
        let letter = {
            let tool = format!("j{hostile}");
            forge.token("alice", &tool, &format!("project-a/{hostile}"));
            office.next()
        };
        let names: Vec<&str> = letter.headers.iter().map(|(name, _)| name.as_str()).collect();
        let known = ["From", "To", "Subject", "Message-ID", "Date", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding"];
        assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
        assert_eq!(letter.envelope.len(), 2);
        let text = format!("{letter:?}");
        assert!(text.contains("Bcc: all@example.org") && !letter.body.contains("\nBcc") && !letter.body.contains("\nPay"));
        assert!(letter.body.contains("{{7*7}}") && !letter.body.contains('\u{202e}'), "{}", letter.body);
    }

    fn an_address_that_is_none_is_written_to_by_nobody(kind: Database) {
        let office = PostOffice::open();
        let forge = forge_at(&office, kind);
        forge.sql("UPDATE users SET email = 'alice@example.org>, <all@example.org' WHERE name = 'alice'");
        forge.token("alice", "jenkins_a", "project-a/Reporter");
        until_all_are_sent(&forge);
        forge.token("bob", "jenkins_a", "project-a/Reporter");
        assert_eq!(office.next().envelope[1], "RCPT TO:<bob@example.org>");
    }

    fn a_mailbox_that_is_not_there_is_written_to_once(kind: Database) {
        let office = PostOffice::open();
        let forge = forge_at(&office, kind);
        forge.sql("UPDATE users SET email = 'nobody@example.org' WHERE name = 'alice'");
        forge.token("alice", "jenkins_a", "project-a/Reporter");
        office.sends_away();
        until_all_are_sent(&forge);
        assert!(office.is_quiet());
    }

    fn letters_are_counted(kind: Database) {
        let office = PostOffice::open();
        let forge = forge_at(&office, kind);
        forge.token("alice", "jenkins_a", "project-a/Reporter");
        office.next();
        until_all_are_sent(&forge);
        let figures = || forge.anonymous().get("/metrics").expect(200).text();
        while !figures().contains("oauthprovider_letters_total{fate=\"sent\"} 1") {}
    }
}
