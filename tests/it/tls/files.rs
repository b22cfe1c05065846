//! The files of certificate and key: renewed, broken, and open to others.

use std::time::{Duration, Instant};

use oauthprovider::clock;

use super::{Client, Files, program, serve, set_mode};
use crate::support::{Call, Database, Outcome, Program};

#[test]
fn a_renewed_certificate_is_shown_after_sighup_and_a_broken_one_never() {
    let (database, mut files) = (Database::Sqlite.filled(), Files::new());
    let service = serve(&database, &files);
    let first = files.certificate.clone();
    let former = Client::trusting(&first);
    let health = Call::new("GET", &format!("{}/healthz", service.base));
    let mut kept = former.connect(&service.base);
    health.keep_alive_over(&mut kept).expect(200);

    // A certificate without its key is none: whoever renews writes one file after the other.
    let broken = Files::new();
    std::fs::copy(broken.path("cert.pem"), files.path("cert.pem")).unwrap();
    service.hang_up();
    for _ in 0..20 {
        former.send(&service.base, &health).expect(200);
    }
    files.renew();
    let renewed = Client::trusting(&files.certificate);
    let began = Instant::now();
    // The signal of before may still be under way, so it is said until it is heard.
    while renewed.try_connect(&service.base).is_err() {
        service.hang_up();
        assert!(began.elapsed() < Duration::from_secs(30), "the old certificate is shown");
    }
    renewed.send(&service.base, &health).expect(200);
    // One that was there before would take up its session again, and ask for no certificate.
    assert!(Client::trusting(&first).try_connect(&service.base).is_err());
    // Who is connected already notices nothing.
    health.keep_alive_over(&mut kept).expect(200);
    let Outcome { code, err, .. } = service.stop();
    assert_eq!(code, Some(0));
    assert!(err.contains("the old certificate is kept") && err.contains("the certificate was read again"), "{err}");
}

#[test]
fn files_that_are_no_good_are_named_in_one_line() {
    let (database, files, other) = (Database::Sqlite.filled(), Files::new(), Files::new());
    let (cert, key) = (files.text("cert.pem"), files.text("key.pem"));
    let write = |name: &str, text: &str| {
        std::fs::write(files.path(name), text).unwrap();
        files.text(name)
    };
    let garbled = std::fs::read_to_string(&key).unwrap().replacen("\nM", "\n!", 1);
    let (empty, garbled) = (write("empty.pem", ""), write("garbled.pem", &garbled));
    let encrypted =
        write("encrypted.pem", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    let nonsense = write("nonsense.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    let (absent, folder) = (files.text("absent.pem"), files.folder.path().to_str().unwrap().to_owned());
    let others = other.text("key.pem");
    for (cert, key, named, words) in [
        (&absent, &key, &absent, "cannot be read: No such file"),
        (&cert, &absent, &absent, "cannot be read: No such file"),
        (&folder, &key, &folder, "cannot be read: Is a directory"),
        (&key, &key, &key, "there is no certificate in it"),
        (&empty, &key, &empty, "there is no certificate in it"),
        (&nonsense, &key, &nonsense, "this certificate cannot be used"),
        (&cert, &cert, &cert, "there is no private key in it"),
        (&cert, &empty, &empty, "there is no private key in it"),
        (&cert, &encrypted, &encrypted, "without a passphrase"),
        (&cert, &garbled, &garbled, "is not PEM"),
        (&cert, &others, &others, "this is not the private key of the certificate in "),
    ] {
        let complaint = program(&database, cert, key).run().complaint();
        assert!(complaint.starts_with(&format!("oauthprovider: {named}: ")), "{complaint}");
        assert!(complaint.contains(words), "{words}: {complaint}");
    }
    let alone = Program::new(&["serve", "--database-url", &database.url, "--tls-cert", &cert]).run().complaint();
    assert!(alone.contains("--tls-cert: ") && alone.contains("given together"), "{alone}");
}

#[test]
fn a_certificate_that_ends_soon_is_complained_about_at_the_start_and_when_it_is_read_again() {
    let (database, mut files) = (Database::Sqlite.filled(), Files::new());
    let days = |days: i64| clock::now() + days * 86_400;
    for (end, complaint) in
        [(days(30), None), (days(5), Some("the certificate ends at ")), (days(-2), Some("the certificate ended at "))]
    {
        files.renew_until(end);
        let said = serve(&database, &files).stop().expect(0).err;
        assert_eq!(said.contains("the certificate end"), complaint.is_some(), "{said}");
        assert!(said.contains(complaint.unwrap_or_default()), "{said}");
    }
    files.renew();
    let service = serve(&database, &files);
    let began = Instant::now();
    files.renew_until(days(5));
    let renewed = Client::trusting(&files.certificate);
    while renewed.try_connect(&service.base).is_err() {
        service.hang_up();
        assert!(began.elapsed() < Duration::from_secs(30), "the old certificate is shown");
    }
    let said = service.stop().expect(0).err;
    assert!(said.contains("the certificate ends at ") && said.contains("cert.pem"), "{said}");
}

#[test]
fn a_key_that_everybody_may_read_is_used_and_complained_about() {
    let (database, files) = (Database::Sqlite.filled(), Files::new());
    for (mode, complains) in [(0o640, false), (0o644, true)] {
        set_mode(&files.path("key.pem"), mode);
        let said = serve(&database, &files).stop().expect(0).err;
        assert_eq!(said.contains("everybody on this machine may use the private key"), complains, "{mode:o}: {said}");
    }
}
