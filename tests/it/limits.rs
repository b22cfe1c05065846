//! How much a request may hold: 16 KiB of line and headers, 256 KiB of body, 1,000 parameters.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use crate::support::{Answer, Call, Database, Forge, Line, Tool, at_once, raw, raw_to_the_end};

const ECHO: &str = "/plugins/oauthprovider/echo";
const FORM: &str = "application/x-www-form-urlencoded";
const KIB: usize = 1024;

/// A signed request with a head of exactly so many bytes, the last line's end not counted; `pad` says what fills it.
fn head_of(jenkins: &Tool, bytes: usize, pad: impl Fn(&mut Call, usize)) -> Call {
    let call = jenkins.by_hand("GET", ECHO, "@").call(ECHO).header("Host", "h").header("Connection", "close");
    let line = format!("GET {ECHO} HTTP/1.1\r\n").len();
    let headers: usize = call.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n").len()).sum();
    let mut call = call;
    // `send` adds a header of its own.
    call.headers.retain(|(name, _)| name != "Connection");
    pad(&mut call, bytes - line - headers);
    call
}

fn one_header(call: &mut Call, bytes: usize) {
    call.headers.push(("X-Pad".to_owned(), "p".repeat(bytes - "X-Pad: \r\n".len())));
}

fn many_headers(call: &mut Call, bytes: usize) {
    let each = bytes / 50;
    for index in 0..50 {
        let name = format!("X-Pad-{index}");
        let rest = if index == 0 { bytes - 49 * each } else { each };
        call.headers.push((name.clone(), "p".repeat(rest - name.len() - ": \r\n".len())));
    }
}

#[test]
fn a_head_of_16_kib_is_read_and_a_larger_one_is_not() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    for pad in [one_header, many_headers] {
        head_of(&jenkins, 16 * KIB - 2, pad).send().expect(200);
        for bytes in [16 * KIB + 1, 17 * KIB, 20 * KIB, 64 * KIB, 100 * KIB, 200 * KIB] {
            let answer = head_of(&jenkins, bytes, pad).send();
            assert_eq!(answer.status, 431, "{bytes}");
        }
    }
    jenkins.echo().expect(200);
}

#[test]
fn too_large_a_head_ends_its_connection_and_no_other_refusal_does() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    let mut line = Line::default();
    for (bytes, status) in [(15 * KIB, 200), (20 * KIB, 431), (64 * KIB, 431)] {
        let call = head_of(&jenkins, bytes, one_header);
        assert_eq!((line.send(&call).status, line.is_open()), (status, status == 200), "{bytes}");
    }
    let unsigned = Call::new("GET", &format!("{}{ECHO}", jenkins.base));
    assert_eq!((line.send(&unsigned).status, line.is_open()), (401, true));
}

#[test]
fn more_headers_than_anybody_sends_are_read_or_too_many() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    for count in [90, 93, 94, 97, 100, 128, 500, 1_000, 5_000] {
        let mut call = jenkins.by_hand("GET", ECHO, "@").call(ECHO);
        call.headers.extend((0..count).map(|index| (format!("X-{index}"), String::new())));
        let answer = call.send();
        // The HTTP parser takes 96, those that every request has among them.
        assert_eq!(answer.status, if count <= 93 { 200 } else { 431 }, "{count}");
    }
}

#[test]
fn a_line_over_16_kib_is_too_long_in_path_and_in_query() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    for bytes in [17 * KIB, 20 * KIB, 60 * KIB, 64 * KIB, 100 * KIB, 200 * KIB] {
        for between in ["/", "?a="] {
            let target = format!("{ECHO}{between}{}", "p".repeat(bytes));
            let answer = jenkins.by_hand("GET", ECHO, "@").call(&target).send();
            // A target over 65,534 bytes is refused by the HTTP parser, before anything of ours is asked.
            let expected: &[u16] = if target.len() < 65_535 { &[414] } else { &[414, 431, 400] };
            assert!(expected.contains(&answer.status), "{bytes} {between}: {}", answer.status);
        }
    }
    jenkins.echo().expect(200);
}

/// A signed POST with this body, or what stands for one.
fn posting(jenkins: &Tool, target: &str, normalised: &str, media_type: &str, rest: &str) -> Vec<u8> {
    let header = jenkins.by_hand("POST", target, normalised).header();
    let host = jenkins.base.strip_prefix("http://").unwrap();
    let head = format!("POST {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nAuthorization: {header}\r\n");
    format!("{head}Content-Type: {media_type}\r\n{rest}").into_bytes()
}

fn chunked(body: &str) -> String {
    let chunks = body.as_bytes().chunks(60_000).map(|chunk| {
        let text = std::str::from_utf8(chunk).unwrap();
        format!("{:x}\r\n{text}\r\n", chunk.len())
    });
    format!("Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n", chunks.collect::<String>())
}

#[test]
fn pitfall_06_a_body_of_256_kib_is_read_and_one_byte_more_is_not() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    for (bytes, status) in
        [(0, 200), (256 * KIB - 1, 200), (256 * KIB, 200), (256 * KIB + 1, 413), (300 * KIB, 413), (5 * KIB * KIB, 413)]
    {
        let body = "b".repeat(bytes);
        let sized = format!("Content-Length: {bytes}\r\n\r\n{body}");
        for rest in [sized, chunked(&body)] {
            let sent = posting(&jenkins, ECHO, "@", "text/plain", &rest);
            let answer: Answer = raw(&jenkins.base, &sent);
            assert_eq!(answer.status, status, "{bytes}: {}", &rest[..30]);
        }
    }
    let form = format!("a={}", "b".repeat(256 * KIB - 2));
    let sent = posting(&jenkins, ECHO, &format!("{form}&@"), FORM, &chunked(&form));
    assert_eq!(
        raw(&jenkins.base, &sent).expect(200).json()["parameters"][0][1].as_str().unwrap().len(),
        form.len() - 2
    );
    let over = jenkins.by_hand("POST", ECHO, "@").call(ECHO).body(FORM, format!("{form}b")).send();
    assert_eq!(over.status, 413);
    // It is too large for whoever sends it, to wherever.
    for path in [
        "/login",
        "/plugins/oauthprovider/request_token",
        "/api/userinfo",
        "/nowhere",
        "/plugins/oauthprovider/authorize",
    ] {
        let call = Call::new("POST", &format!("{}{path}", jenkins.base)).body(FORM, vec![b'b'; 256 * KIB + 1]);
        assert_eq!(call.send().status, 413, "{path}");
    }
}

#[test]
fn pitfall_06_a_length_that_announces_too_much_is_refused_before_the_body_comes() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    let sent = posting(&jenkins, ECHO, "@", "text/plain", "Content-Length: 99999999999\r\n\r\nbegin");
    assert_eq!(raw(&jenkins.base, &sent).status, 413);
    // One that would be waited for, and breaks off, is too large all the same.
    let sent = posting(&jenkins, ECHO, "@", "text/plain", "Content-Length: 262145\r\n\r\nbegin");
    let answer = raw_to_the_end(&jenkins.base, &sent);
    assert!(answer.starts_with(b"HTTP/1.1 413 "), "{}", String::from_utf8_lossy(&answer));
}

/// Each is held several times over while it is judged, so only some are let in at a time.
#[test]
fn large_bodies_come_one_after_the_other_and_all_are_answered() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    let form = format!("a={}", "b".repeat(200 * KIB));
    let statuses = at_once(48, |_| jenkins.request("POST", ECHO).form(&form).send().status);
    assert_eq!(statuses, [200; 48]);
}

/// Connections on each of which a request has begun and does not go on.
fn stalled(base: &str, begun: &[u8], count: usize) -> Vec<TcpStream> {
    let address = base.strip_prefix("http://").unwrap();
    let stall = |_| {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(begun).unwrap();
        stream
    };
    (0..count).map(stall).collect()
}

/// The status of the first answer to any of them.
fn first_status(stalled: &[TcpStream]) -> String {
    let (tell, told) = mpsc::channel();
    for stream in stalled {
        let (mut stream, tell) = (stream.try_clone().unwrap(), tell.clone());
        thread::spawn(move || {
            let mut status = [0; "HTTP/1.1 503".len()];
            stream.read_exact(&mut status).ok()?;
            tell.send(String::from_utf8_lossy(&status[9..]).into_owned()).ok()
        });
    }
    told.recv().unwrap()
}

#[test]
fn bodies_that_do_not_come_keep_nobody_waiting() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    let begun = posting(&jenkins, ECHO, "@", "text/plain", "Content-Length: 200000\r\n\r\nbegin");
    let _stalled = stalled(&jenkins.base, &begun, 200);
    let small = format!("a={}", "b".repeat(10 * KIB));
    jenkins.request("POST", ECHO).form(&small).send().expect(200);
    let unannounced = posting(&jenkins, ECHO, &format!("{small}&@"), FORM, &chunked(&small));
    assert_eq!(raw(&jenkins.base, &unannounced).status, 200);
    jenkins.request("POST", ECHO).form(&format!("a={}", "b".repeat(200 * KIB))).send().expect(200);
}

#[test]
fn large_bodies_that_stop_coming_give_way_to_who_waits() {
    let forge = Forge::with_settings(Database::Sqlite, &[("OAUTHPROVIDER_SERVER_TRUSTED_PROXIES", "127.0.0.1")]);
    let jenkins = forge.jenkins_a_for_alice();
    let part = "b".repeat(20 * KIB);
    let stalled = |from: &str| {
        let rest = format!("X-Forwarded-For: {from}\r\nContent-Length: 200000\r\n\r\n{part}");
        stalled(&jenkins.base, &posting(&jenkins, ECHO, "@", "text/plain", &rest), 4)
    };
    let echo = |from: &str, bytes: usize| {
        let call = jenkins.request("POST", ECHO).form(&format!("a={}", "b".repeat(bytes)));
        call.header("X-Forwarded-For", from).send().status
    };
    // Each holds half of the turns.
    let all: Vec<_> = ["192.0.2.1", "192.0.2.2"].into_iter().flat_map(stalled).collect();
    assert_eq!(echo("192.0.2.1", 10 * KIB), 200, "a small one");
    assert_eq!(echo("192.0.2.3", 200 * KIB), 200, "of somebody else");
    assert_eq!(first_status(&all), "503", "one of those who hold the turns");
    // What is too large for anybody is refused without waiting for a turn.
    let over = posting(&jenkins, ECHO, "@", "text/plain", "Content-Length: 99999999999\r\n\r\nbegin");
    assert_eq!(raw(&jenkins.base, &over).status, 413);
    // Those who hang up give their turns back.
    all.iter().for_each(|stream| stream.shutdown(Shutdown::Both).unwrap());
    assert_eq!(echo("192.0.2.1", 200 * KIB), 200);
}

#[test]
fn up_to_1000_parameters_are_read_wherever_they_stand() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    let list = |count: usize| vec!["a"; count].join("&");
    let normalised = |count: usize| format!("{}&@", vec!["a="; count].join("&"));
    let answer =
        jenkins.by_hand("GET", ECHO, &normalised(1_000)).call(&format!("{ECHO}?{}", list(1_000))).send().expect(200);
    assert_eq!(answer.json()["parameters"].as_array().unwrap().len(), 1_000);
    let half = jenkins.by_hand("POST", ECHO, &normalised(1_000)).call(&format!("{ECHO}?{}", list(500)));
    half.body(FORM, list(500)).send().expect(200);
    for (in_query, in_form) in [(1_001, 0), (0, 1_001), (500, 501), (2_000, 0), (0, 10_000), (0, 100_000)] {
        let call =
            jenkins.by_hand("POST", ECHO, &normalised(in_query + in_form)).call(&format!("{ECHO}?{}", list(in_query)));
        call.body(FORM, list(in_form)).send().expect_problem(400, "parameter_rejected");
    }
    let ask = "/plugins/oauthprovider/request_token";
    let call = forge.jenkins_a().by_hand("POST", ask, "@").call(ask).body(FORM, list(10_000));
    call.send().expect_problem(400, "parameter_rejected");
    let pages = Call::new("POST", &format!("{}/login", jenkins.base)).body(FORM, list(10_000));
    assert_eq!(pages.send().status, 400);
}

/// A request that would upgrade the connection announces no body, so none is waited for.
#[test]
fn an_upgrade_is_answered_at_once_like_any_other_request() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    let host = jenkins.base.strip_prefix("http://").unwrap();
    for path in ["/healthz", ECHO] {
        let signature = jenkins.by_hand("GET", path, "@").header();
        let head = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {signature}\r\n");
        let upgrade = "Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n";
        let began = Instant::now();
        let answer = raw(&jenkins.base, format!("{head}{upgrade}").as_bytes()).expect(200);
        assert!(began.elapsed() < Duration::from_secs(10), "{path} took {:?}", began.elapsed());
        assert_eq!(answer.header("Upgrade"), None, "{path}");
    }
}
