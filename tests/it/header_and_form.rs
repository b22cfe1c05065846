//! Where the protocol's parameters travel: header, form body or query, in one of them alone.

use serde_json::json;

use crate::support::{Answer, Call, Database, Forge, Placement, Tool, raw};

const ECHO: &str = "/plugins/oauthprovider/echo";
const FORM: &str = "application/x-www-form-urlencoded";

/// A way of writing the protocol's parameters down.
type Way<'a> = &'a dyn Fn(&[(String, String)]) -> String;

/// A signed request for the echo whose header is written by the test.
fn with_header(jenkins: &Tool, write: impl Fn(&[(String, String)]) -> String) -> Call {
    let protocol = jenkins.by_hand("GET", ECHO, "@").with("oauth_nonce", &fresh("a,b=\"c\"")).protocol();
    Call::new("GET", &format!("{}{ECHO}", jenkins.base)).header("Authorization", &write(&protocol))
}

fn fresh(text: &str) -> String {
    static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    format!("{text}{}", COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
}

/// The list, each value quoted and encoded, with this text between elements.
fn list(protocol: &[(String, String)], between: &str, quote: &str) -> String {
    let element = |(name, value): &(String, String)| format!("{name}={quote}{}{quote}", crate::support::encoded(value));
    protocol.iter().map(element).collect::<Vec<_>>().join(between)
}

mod pitfall_05_the_headers_grammar {
    use super::*;

    #[test]
    fn is_read_however_it_is_written() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let quoted_raw = |protocol: &[(String, String)]| {
            let escape = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%25");
            let element = |(name, value): &(String, String)| format!("{name}=\"{}\"", escape(value));
            format!("OAuth {}", protocol.iter().map(element).collect::<Vec<_>>().join(","))
        };
        let ways: [(&str, Way); 12] = [
            ("no blank after the comma", &|p| format!("OAuth {}", list(p, ",", "\""))),
            ("blanks and tabs around it", &|p| format!("OAuth \t {}", list(p, " \t,  ", "\""))),
            ("unquoted values", &|p| format!("OAuth {}", list(p, ", ", ""))),
            ("lower-case scheme", &|p| format!("oauth {}", list(p, ", ", "\""))),
            ("upper-case scheme", &|p| format!("OAUTH {}", list(p, ", ", "\""))),
            ("a realm with commas and equals signs", &|p| {
                format!(r#"OAuth realm="a, b=\"c\", oauth_token=x", {}"#, list(p, ", ", "\""))
            }),
            ("the realm last", &|p| format!("OAuth {}, realm=\"x\"", list(p, ", ", "\""))),
            ("an empty realm in upper case", &|p| format!("OAuth Realm=\"\", {}", list(p, ", ", "\""))),
            ("a comma at the end", &|p| format!("OAuth {},", list(p, ", ", "\""))),
            ("empty elements", &|p| format!("OAuth ,, {}", list(p, ",, ,", "\""))),
            ("commas and equals signs in quoted values", &quoted_raw),
            ("in reverse order", &|p| {
                let reversed: Vec<_> = p.iter().rev().cloned().collect();
                format!("OAuth {}", list(&reversed, ", ", "\""))
            }),
        ];
        for (way, write) in ways {
            let answer = with_header(&jenkins, write).send();
            assert_eq!(answer.status, 200, "{way}: {}", answer.text());
        }
    }

    #[test]
    fn what_is_no_list_is_refused_as_malformed() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let ways: [(&str, Way); 6] = [
            ("a quote left open", &|p| format!("OAuth {}, a=\"b", list(p, ", ", "\""))),
            ("no name", &|p| format!("OAuth ={}", list(p, ", ", "\""))),
            ("a broken escape", &|p| format!("OAuth {}, a=\"%zz\"", list(p, ", ", "\""))),
            ("a NUL in an escape", &|p| format!("OAuth {}, a=\"%00\"", list(p, ", ", "\""))),
            ("no UTF-8 in an escape", &|p| format!("OAuth {}, a=\"%FF\"", list(p, ", ", "\""))),
            ("blanks between elements", &|p| format!("OAuth {}", list(p, " ", "\""))),
        ];
        for (way, write) in ways {
            let answer = with_header(&jenkins, write).send();
            assert_eq!(answer.problem(), (400, "parameter_rejected".to_owned()), "{way}");
        }
    }

    #[test]
    fn other_schemes_beside_it_are_not_looked_at_and_a_second_oauth_header_is_refused() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        for other in ["Basic YWxpY2U6d29uZGVybGFuZA==", "Bearer oauth_token", "Basic", ""] {
            jenkins.request("GET", ECHO).header("Authorization", other).send().expect(200);
            let first = jenkins.request("GET", ECHO).signed();
            let mut call = Call { headers: vec![("Authorization".to_owned(), other.to_owned())], ..first.clone() };
            call.headers.extend(first.headers);
            call.send().expect(200);
        }
        let again = jenkins.request("GET", ECHO).signed().headers[0].1.clone();
        jenkins.request("GET", ECHO).header("Authorization", &again).send().expect_problem(400, "parameter_rejected");
        for other in ["Basic YWxpY2U6d29uZGVybGFuZA==", "Bearer oauth_token=x", "OAuthx oauth_token=x"] {
            let alone = Call::new("GET", &format!("{}{ECHO}", jenkins.base)).header("Authorization", other).send();
            alone.expect_problem(401, "parameter_absent");
        }
    }

    #[test]
    fn a_folded_header_is_accepted_or_refused_and_nothing_else() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let answer = with_header(&jenkins, |p| format!("OAuth {}", list(p, ",\r\n  ", "\""))).send();
        assert!([200, 400].contains(&answer.status), "{}", answer.status);
    }

    #[test]
    fn a_realm_in_the_header_is_not_signed_and_one_in_the_query_is() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let target = format!("{ECHO}?realm=x");
        let signed = jenkins.by_hand("GET", ECHO, "@&realm=x").call(&target).send().expect(200);
        assert_eq!(signed.json()["parameters"], json!([["realm", "x"]]));
        jenkins.by_hand("GET", ECHO, "@").call(&target).send().expect_problem(401, "signature_invalid");
    }
}

mod pitfall_06_only_a_form_is_signed_over {
    use super::*;

    const ITEMS: &str = "/api/projects/project-a/trackers/bugs/items";

    #[test]
    fn whatever_follows_the_semicolon_and_whatever_the_case() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        for media_type in
            [FORM, "Application/X-WWW-Form-URLencoded", &format!("{FORM}; charset=UTF-8"), &format!("{FORM};x=y ;")]
        {
            for method in ["POST", "PUT", "GET", "DELETE"] {
                let call = jenkins.by_hand(method, ECHO, "a=%20b&@").call(ECHO).body(media_type, "a=+b");
                assert_eq!(call.send().expect(200).json()["parameters"], json!([["a", " b"]]), "{method} {media_type}");
                let unsigned = jenkins.by_hand(method, ECHO, "@").call(ECHO).body(media_type, "a=+b");
                unsigned.send().expect_problem(401, "signature_invalid");
            }
        }
    }

    /// What follows the semicolon need not even be text.
    #[test]
    fn bytes_that_are_no_text_after_the_semicolon_make_it_no_less_a_form() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let host = jenkins.base.strip_prefix("http://").unwrap();
        for rest in [&b";\xff"[..], b"; charset=\xe4\xf6", b" ;\x80=\"\xff\""] {
            let post = |signed: &str| {
                let header = jenkins.by_hand("POST", ECHO, signed).header();
                let head = format!("POST {ECHO} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
                let head = format!("{head}Authorization: {header}\r\nContent-Length: 3\r\nContent-Type: {FORM}");
                raw(&jenkins.base, &[head.as_bytes(), rest, b"\r\n\r\na=b"].concat())
            };
            assert_eq!(post("a=b&@").expect(200).json()["parameters"], json!([["a", "b"]]), "{rest:?}");
            post("@").expect_problem(401, "signature_invalid");
        }
    }

    #[test]
    fn json_multipart_and_nameless_bodies_are_not() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        for media_type in
            ["application/json", "multipart/form-data; boundary=x", "text/plain", "", "x-www-form-urlencoded"]
        {
            let call = jenkins.by_hand("POST", ECHO, "@").call(ECHO).body(media_type, "a=b&oauth_token=%zz");
            assert_eq!(call.send().expect(200).json()["parameters"], json!([]), "{media_type}");
        }
        let mut bare = jenkins.by_hand("POST", ECHO, "@").call(ECHO).body("x", "a=b");
        bare.headers.retain(|(name, _)| name != "Content-Type");
        bare.send().expect(200);
    }

    #[test]
    fn the_body_still_reaches_the_handler_once_it_was_read_for_the_signature() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let long = "x".repeat(50_000);
        let filed = jenkins.post_json(ITEMS, &json!({"summary": "broke", "details": long})).expect(201).json();
        let shown = jenkins.get(&format!("{ITEMS}/{}", filed["id"])).expect(200).json();
        assert_eq!(shown["details"], long);
    }

    #[test]
    fn a_compressed_body_is_signed_as_it_stands_and_understood_by_nobody() {
        // `gzip -n` of `{"summary": "x"}` would do as well: nothing here unpacks.
        const PACKED: &[u8] =
            b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xabV*.\xcd\xcdM,\xaaT\xb2RP\xaaP\xaa\x05\0\x19\x9d\x9b\xf2\x10\0\0\0";
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let json = jenkins.request("POST", ITEMS).header("Content-Encoding", "gzip").body("application/json", PACKED);
        assert_eq!(json.send().status, 400);
        let form = jenkins.request("POST", ECHO).header("Content-Encoding", "gzip").body(FORM, PACKED);
        form.send().expect_problem(400, "parameter_rejected");
    }
}

mod pitfall_07_each_protocol_parameter_once_and_in_one_place {
    use super::*;

    /// That the request was refused, and these names with it.
    #[track_caller]
    fn rejected(answer: Answer, names: &str) {
        let answer = answer.expect_problem(400, "parameter_rejected");
        assert_eq!(answer.field("oauth_parameters_rejected").as_deref(), Some(names));
    }

    #[test]
    fn every_place_is_as_good_as_the_others() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        for placement in [Placement::Header, Placement::Body, Placement::Query] {
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
                let path = format!("{ECHO}?q=1&q=0");
                let answer = jenkins.request(method, &path).form("f=+&q=2").placed(placement).send().expect(200);
                let told = json!([["q", "1"], ["q", "0"], ["f", " "], ["q", "2"]]);
                assert_eq!(answer.json()["parameters"], told, "{method} {placement:?}");
            }
        }
    }

    #[test]
    fn the_same_name_twice_or_in_two_places_is_refused() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let signed = jenkins.request("POST", ECHO).signed();
        let header = signed.headers[0].1.clone();
        let with = |header: &str| Call { headers: vec![("Authorization".into(), header.into())], ..signed.clone() };
        rejected(with(&format!("{header}, oauth_nonce=\"x\"")).send(), "oauth_nonce");
        rejected(with(&format!("{header}, oauth%5Ftoken=\"x\"")).send(), "oauth_token");
        rejected(with(&header).body(FORM, "oauth_token=x").send(), "oauth_token");
        rejected(with(&header).body(FORM, "oauth_unknown=x").send(), "oauth_unknown");
        let mut in_query = with(&header);
        in_query.url += "?oauth_verifier=1&a=b";
        rejected(in_query.send(), "oauth_verifier");

        let encoded = jenkins.by_hand("POST", ECHO, "@").encoded();
        let bare = Call { headers: Vec::new(), ..signed.clone() };
        rejected(bare.clone().body(FORM, format!("{encoded}&oauth_nonce=2")).send(), "oauth_nonce");
        rejected(bare.clone().body(FORM, format!("{encoded}&oauth_x=1&oauth_x=1")).send(), "oauth_x");
        let query = Call { url: format!("{}?{encoded}", bare.url), ..bare };
        rejected(query.clone().body(FORM, "oauth_timestamp=1&oauth_a=1").send(), "oauth_a&oauth_timestamp");
        query.send().expect(200);
    }

    #[test]
    fn unknown_ones_are_signed_over_and_ignored() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let known = jenkins.by_hand("GET", ECHO, "a=b&@").with("oauth_problem", "x y").with("oauth_session_handle", "");
        let answer = known.call(&format!("{ECHO}?a=b")).send().expect(200);
        assert_eq!(answer.json()["parameters"], json!([["a", "b"]]));
        let unsigned = jenkins.request("GET", ECHO).tampered("oauth_problem", Some("x"));
        unsigned.send().expect_problem(401, "signature_invalid");
    }

    #[test]
    fn none_at_all_is_told_so_with_a_challenge() {
        let forge = Forge::on(Database::Sqlite);
        let targets =
            [ECHO, "/plugins/oauthprovider/request_token", "/plugins/oauthprovider/access_token", "/api/userinfo"];
        for target in targets {
            let answer = forge.anonymous().get(&format!("{target}?message=hi")).expect_problem(401, "parameter_absent");
            assert!(answer.header("WWW-Authenticate").unwrap().starts_with("OAuth realm=\""), "{target}");
        }
    }

    #[test]
    fn headers_that_override_the_method_are_ignored() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        for name in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
            let answer = jenkins.request("POST", ECHO).header(name, "DELETE").send().expect(200);
            assert_eq!(answer.json()["method"], "POST", "{name}");
        }
        let path = format!("{ECHO}?_method=DELETE");
        assert_eq!(jenkins.request("POST", &path).form("_method=PUT").send().expect(200).json()["method"], "POST");
    }
}

mod pitfall_08_the_version {
    use super::*;

    #[test]
    fn is_absent_or_exactly_1_0() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        jenkins.by_hand("GET", ECHO, "@").call(ECHO).send().expect(200);
        jenkins.by_hand("GET", ECHO, "@").with("oauth_version", "1.0").call(ECHO).send().expect(200);
        for version in ["1.0a", "1.0A", "1", "1.00", "", "2.0", " 1.0", "1.0 ", "1,0"] {
            let answer = jenkins.by_hand("GET", ECHO, "@").with("oauth_version", version).call(ECHO).send();
            let answer = answer.expect_problem(400, "version_rejected");
            assert_eq!(answer.field("oauth_acceptable_versions").as_deref(), Some("1.0-1.0"), "{version}");
        }
    }
}
