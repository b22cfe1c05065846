//! PostgreSQL that says nothing: neither gone nor refusing, as behind a network that swallows what it is given.

use std::{
    io::{ErrorKind, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use oauthprovider::store::{Claim, Error, Nonce};

use crate::support::{Call, Database, Program, open_patiently, wait_for};

/// What a proxy does with what it is given.
const HANDS_ON: u8 = 0;
const SWALLOWS: u8 = 1;
const HANGS_UP: u8 = 2;

/// Between a client and the server at `upstream`; the number that is given back says what it does.
fn proxy(upstream: String) -> (u16, Arc<AtomicU8>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mood = Arc::new(AtomicU8::new(HANDS_ON));
    let told = Arc::clone(&mood);
    thread::spawn(move || {
        for client in listener.incoming() {
            let (client, server) = (client.unwrap(), TcpStream::connect(&upstream).unwrap());
            for (from, to) in [(&client, &server), (&server, &client)] {
                let (from, to, told) = (from.try_clone().unwrap(), to.try_clone().unwrap(), Arc::clone(&told));
                thread::spawn(move || carry(from, to, &told));
            }
        }
    });
    (port, mood)
}

fn carry(mut from: TcpStream, mut to: TcpStream, mood: &AtomicU8) {
    from.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    let mut buffer = [0; 8 * 1024];
    while mood.load(Ordering::SeqCst) != HANGS_UP {
        match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) if mood.load(Ordering::SeqCst) == HANDS_ON => to.write_all(&buffer[..read]).unwrap(),
            Ok(_) => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => break,
        }
    }
    from.shutdown(Shutdown::Both).ok();
    to.shutdown(Shutdown::Both).ok();
}

/// The database of this URL through a proxy.
fn through_proxy(database_url: &str) -> (String, Arc<AtomicU8>) {
    let mut url = url::Url::parse(database_url).unwrap();
    let (port, mood) = proxy(format!("127.0.0.1:{}", url.port().unwrap()));
    url.set_port(Some(port)).unwrap();
    (url.into(), mood)
}

/// Pitfall 40. On PostgreSQL alone: a file is never silent.
#[test]
fn pitfall_40_a_silent_server_is_given_up_on_in_bounded_time() {
    let own = Database::Postgres.filled();
    let (url, mood) = through_proxy(&own.url);
    let store = open_patiently(&url, 2, Duration::from_secs(1));
    let runtime = actix_web::rt::System::new();
    runtime.block_on(store.run(oauthprovider::store::Connection::probe)).unwrap();

    mood.store(SWALLOWS, Ordering::SeqCst);
    let began = Instant::now();
    let answer = runtime.block_on(store.run(oauthprovider::store::Connection::probe));
    assert!(matches!(answer, Err(Error::Unavailable(_))), "{answer:?}");
    assert!(began.elapsed() < Duration::from_secs(20), "it took {:?}", began.elapsed());
    mood.store(HANGS_UP, Ordering::SeqCst);
}

/// The connection is as good as any, only what was asked over it is answered never.
#[test]
fn pitfall_40_nonces_are_claimed_over_another_connection_where_one_stays_silent() {
    let own = Database::Postgres.filled();
    let (url, mood) = through_proxy(&own.url);
    let store = open_patiently(&url, 2, Duration::from_millis(300));
    let claim = |text: &str| wait_for(store.claim(Nonce::new("consumer", "token", 1_000, text)));
    assert_eq!(claim("before").unwrap().claim, Claim::Fresh);
    mood.store(SWALLOWS, Ordering::SeqCst);
    let silent = claim("meanwhile");
    assert!(matches!(silent, Err(Error::Unavailable(_))), "{silent:?}");
    mood.store(HANDS_ON, Ordering::SeqCst);
    assert_eq!(claim("after").unwrap().claim, Claim::Fresh);
    assert_eq!(claim("before").unwrap().claim, Claim::Used);
    mood.store(HANGS_UP, Ordering::SeqCst);
}

#[test]
fn pitfall_40_sigterm_ends_a_service_whose_database_is_silent() {
    let own = Database::Postgres.filled();
    let (url, mood) = through_proxy(&own.url);
    let service = Program::new(&["serve", "--listen", "127.0.0.1:0", "--database-url", &url])
        .env("OAUTHPROVIDER_DATABASE_WAIT_SECONDS", "1")
        .env("OAUTHPROVIDER_SERVER_SHUTDOWN_SECONDS", "2")
        // So that the sweeper hangs too: it has a thread of its own to be waited for.
        .env("OAUTHPROVIDER_OAUTH_SWEEP_SECONDS", "1")
        .serve();
    let ready = Call::new("GET", &format!("{}/readyz", service.base));
    ready.send().expect(200);

    mood.store(SWALLOWS, Ordering::SeqCst);
    ready.send().expect(503);
    service.stop().expect(0);
    mood.store(HANGS_UP, Ordering::SeqCst);
}
