//! Whatever arrives, the answer is the contract's code: never a 5xx, a panic or a dropped connection.

use crate::support::{Database, Forge, Tool, raw, raw_to_the_end};

const ECHO: &str = "/plugins/oauthprovider/echo";
const FORM: &[u8] = b"application/x-www-form-urlencoded";

/// A signed request, put together from bytes that no client library would send.
fn bytes(jenkins: &Tool, line: &[u8], headers: &[&[u8]], body: &[u8]) -> Vec<u8> {
    let host = jenkins.base.strip_prefix("http://").unwrap();
    let mut sent = [line, b"\r\n"].concat();
    for header in headers.iter().copied().chain([format!("Host: {host}").as_bytes(), b"Connection: close"]) {
        sent.extend([header, b"\r\n"].concat());
    }
    if !body.is_empty() {
        sent.extend(format!("Content-Length: {}\r\n", body.len()).into_bytes());
    }
    sent.extend([b"\r\n", body].concat());
    sent
}

fn authorization(jenkins: &Tool, method: &str) -> Vec<u8> {
    format!("Authorization: {}", jenkins.by_hand(method, ECHO, "@").header()).into_bytes()
}

/// Texts that cannot be decoded.
const UNDECODABLE: [&str; 12] =
    ["%", "%z", "%zz", "%4", "%4x", "%%", "%u00e9", "%00", "%FF", "%C3", "%C3%28", "%ED%A0%80"];

mod pitfall_09_what_cannot_be_decoded_is_malformed {
    use super::*;

    #[test]
    fn escapes_in_path_query_form_and_header() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let request_token = "/plugins/oauthprovider/request_token";
        for bad in UNDECODABLE {
            let signed = || jenkins.by_hand("POST", ECHO, "@");
            let mut calls = vec![
                ("path", signed().call(&format!("{ECHO}/{bad}"))),
                ("value in the query", signed().call(&format!("{ECHO}?a={bad}"))),
                ("name in the query", signed().call(&format!("{ECHO}?{bad}=a"))),
                (
                    "value in the form",
                    signed().call(ECHO).body("application/x-www-form-urlencoded", format!("b&a={bad}")),
                ),
                ("name in the form", signed().call(ECHO).body("application/x-www-form-urlencoded", format!("{bad}=a"))),
                ("query of a leg", signed().call(&format!("{request_token}?a={bad}"))),
                ("form of a leg", signed().call(request_token).body("application/x-www-form-urlencoded", bad)),
            ];
            let mut in_header = signed().call(ECHO);
            in_header.headers[0].1 += &format!(", a=\"{bad}\"");
            calls.push(("header", in_header));
            for (place, call) in calls {
                let answer = call.send();
                assert_eq!(answer.problem(), (400, "parameter_rejected".to_owned()), "{bad} in the {place}");
            }
        }
    }

    #[test]
    fn raw_bytes_in_the_form_and_in_the_header() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        for bad in [&b"\0"[..], b"\xff", b"\xc3", b"\xc3\x28", b"\xed\xa0\x80", b"\xf5\x80\x80\x80"] {
            let form = [b"a=b&c=", bad].concat();
            let content_type = [b"Content-Type: ", FORM].concat();
            let line = format!("POST {ECHO} HTTP/1.1");
            let sent = bytes(&jenkins, line.as_bytes(), &[&authorization(&jenkins, "POST"), &content_type], &form);
            raw(&jenkins.base, &sent).expect_problem(400, "parameter_rejected");

            let header = [&authorization(&jenkins, "GET")[..], b", a=\"", bad, b"\""].concat();
            let answer =
                raw(&jenkins.base, &bytes(&jenkins, format!("GET {ECHO} HTTP/1.1").as_bytes(), &[&header], b""));
            assert_eq!(answer.status, 400, "{bad:?}");
        }
        let raw_text = jenkins.by_hand("POST", ECHO, "%C3%A9=%C3%A9&@").call(ECHO);
        raw_text.body("application/x-www-form-urlencoded", "é=é").send().expect(200);
    }

    #[test]
    fn raw_bytes_in_the_request_line() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        for bad in [
            &b"\0"[..],
            b"\xff",
            b"\xc3",
            b"\xc3\xa9",
            b"\x01",
            b"\x7f",
            b" ",
            b"\t",
            b"\"",
            b"<",
            b"|",
            b"\\",
            b"^",
            b"`",
            b"{",
            b"#",
        ] {
            for between in [&b"/"[..], b"?a=", b"?"] {
                let line = [b"GET ", ECHO.as_bytes(), between, bad, b" HTTP/1.1"].concat();
                let answer = raw(&jenkins.base, &bytes(&jenkins, &line, &[&authorization(&jenkins, "GET")], b""));
                // What no URL may hold is the HTTP parser's to refuse; some of it leads on, and is not what was signed.
                let is_refused = [400, 401].contains(&answer.status) || (bad, between) == (b"#", b"?");
                assert!(is_refused && answer.status < 500, "{line:?}: {}", answer.status);
            }
        }
    }
}

mod no_request_brings_the_service_down {
    use super::*;

    /// The status of each answer.
    fn statuses(answers: &[u8]) -> Vec<u16> {
        let text = String::from_utf8_lossy(answers);
        let lines = text.match_indices("HTTP/1.").map(|(start, _)| &text[start..]);
        lines.map(|line| line.split(' ').nth(1).unwrap().parse().unwrap()).collect()
    }

    #[test]
    fn with_a_wrong_length() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let line = format!("POST {ECHO} HTTP/1.1");
        let rows: [(&[&str], &str, &[u16]); 14] = [
            (&["Content-Length: 10"], "short", &[400]),
            (&["Content-Length: 0"], "more", &[200, 400]),
            (&["Content-Length: 2"], "more", &[200, 400]),
            (&["Content-Length: -1"], "b", &[400]),
            (&["Content-Length: +1"], "b", &[400]),
            (&["Content-Length: x"], "b", &[400]),
            (&["Content-Length: "], "b", &[400]),
            (&["Content-Length: 1, 1"], "b", &[400]),
            (&["Content-Length: 99999999999999999999999"], "b", &[400]),
            (&["Content-Length: 1", "Content-Length: 2"], "bb", &[400]),
            (&["Content-Length: 1", "Transfer-Encoding: chunked"], "1\r\nb\r\n0\r\n\r\n", &[400]),
            (&["Transfer-Encoding: chunked"], "zz\r\nb\r\n", &[400]),
            (&["Transfer-Encoding: chunked"], "5\r\nb", &[400]),
            (&["Transfer-Encoding: gzip"], "b", &[400]),
        ];
        for (headers, body, allowed) in rows {
            let authorization = authorization(&jenkins, "POST");
            let mut all: Vec<&[u8]> = vec![&authorization];
            all.extend(headers.iter().map(|header| header.as_bytes()));
            let mut sent = bytes(&jenkins, line.as_bytes(), &all, b"");
            sent.extend(body.as_bytes());
            let seen = statuses(&raw_to_the_end(&jenkins.base, &sent));
            assert!(!seen.is_empty() && seen.iter().all(|status| allowed.contains(status)), "{headers:?}: {seen:?}");
        }
        jenkins.echo().expect(200);
    }

    #[test]
    fn that_is_no_http() {
        let forge = Forge::on(Database::Sqlite);
        let base = forge.base();
        for sent in [
            &b"GET\r\n\r\n"[..],
            b"\r\n\r\n\0\0\0\0\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost\r\n\r\n",
            b"GET / HTTP/1.1\r\n: x\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            b"GET / HTTP/1.1\r\nA\0: x\r\n\r\n",
            b"G\xffT / HTTP/1.1\r\n\r\n",
            b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"GET * HTTP/1.1\r\nHost: h\r\n\r\n",
            b"GET http://evil.example/plugins/oauthprovider/echo HTTP/1.1\r\nHost: h\r\n\r\n",
            b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
            b"GET /plugins/oauthprovider/echo HTTP/1.0\r\n\r\n",
            b"GET plugins/oauthprovider/echo HTTP/1.1\r\nHost: h\r\n\r\n",
        ] {
            let seen = statuses(&raw_to_the_end(base, sent));
            assert!(matches!(seen[..], [400..=499]), "{:?}: {seen:?}", String::from_utf8_lossy(sent));
        }
        forge.jenkins_a_for_alice().echo().expect(200);
    }
}
