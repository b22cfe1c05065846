//! What counts as a signature, by which method, and how little a wrong one is told.

use base64::{Engine, engine::general_purpose::STANDARD};
use oauthprovider::oauth1::SignatureMethod;
use serde_json::json;

use crate::support::{ByHand, Call, Database, Forge, PUBLIC_KEY, Token, Tool, on_both_databases, operator};

const ECHO: &str = "/plugins/oauthprovider/echo";

/// Makes another signature of one.
type Rewrite<'a> = &'a dyn Fn(&str) -> String;

/// Changes a request that was signed.
type Change<'a> = &'a dyn Fn(&mut Call);

/// The echo, with another signature than the right one, made of that.
fn resigned(signed: &ByHand, remake: impl Fn(&str) -> String) -> Call {
    let mut protocol = signed.protocol();
    let (_, signature) = protocol.last_mut().unwrap();
    *signature = remake(signature);
    let list = protocol.iter().map(|(name, value)| format!("{name}=\"{}\"", crate::support::encoded(value)));
    let mut call = signed.call(ECHO);
    call.headers = vec![("Authorization".to_owned(), format!("OAuth {}", list.collect::<Vec<_>>().join(", ")))];
    call
}

/// A forge with a consumer that registered a public key, and Alice's token for it.
fn with_rsa_consumer(forge: &Forge) -> Tool {
    forge.import(
        &json!({"consumers": [{"name": "rsa", "url": "http://ci-rsa.example/", "description": "d", "email": "ci@example.org",
            "key": "rsa key", "secret": "rsa secret", "public_key": PUBLIC_KEY}]})
        .to_string(),
    );
    Tool::new(forge.base(), "rsa key", "rsa secret").with(&forge.token("alice", "rsa", "project-a/Reporter"))
}

mod pitfall_17_signatures_are_bytes_in_canonical_base64 {
    use super::*;

    /// A request whose signature holds both characters in which the alphabets differ, and its padding.
    fn with_awkward_signature(jenkins: &Tool) -> ByHand {
        let requests = std::iter::repeat_with(|| jenkins.by_hand("GET", ECHO, "@"));
        let awkward = |request: &ByHand| {
            let signature = request.protocol().pop().unwrap().1;
            signature.contains('+') && signature.contains('/') && signature.ends_with('=')
        };
        requests.take(1_000).find(awkward).unwrap()
    }

    #[test]
    fn and_nothing_that_only_looks_like_it() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let signed = with_awkward_signature(&jenkins);
        let other_spare_bits = |signature: &str| {
            // The last sextet of 20 bytes has two bits to spare; another one of them decodes to the same bytes, loosely.
            let (head, last) = signature.trim_end_matches('=').split_at(26);
            let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            let index = alphabet.find(last).unwrap();
            format!("{head}{}=", &alphabet[index + 1..index + 2])
        };
        let wrong: [(&str, Rewrite); 16] = [
            ("without padding", &|s| s.trim_end_matches('=').to_owned()),
            ("with too much of it", &|s| format!("{s}=")),
            ("in the alphabet for URLs", &|s| s.replace('+', "-").replace('/', "_")),
            ("a blank before", &|s| format!(" {s}")),
            ("a line end after", &|s| format!("{s}\n")),
            ("a blank instead of a plus", &|s| s.replace('+', " ")),
            ("encoded twice", &|s| crate::support::encoded(s)),
            ("in lower case", &str::to_lowercase),
            ("cut", &|s| s[..24].to_owned()),
            ("twice", &|s| format!("{s}{s}")),
            ("empty", &|_| String::new()),
            ("nought", &|_| "0".to_owned()),
            ("nothing but padding", &|_| "====".to_owned()),
            ("zeros", &|_| "AAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned()),
            ("very long", &|_| "A".repeat(8_000)),
            ("with other spare bits", &other_spare_bits),
        ];
        for (what, remake) in wrong {
            let answer = resigned(&signed, remake).send();
            assert_eq!(answer.problem(), (401, "signature_invalid".to_owned()), "{what}");
        }
        resigned(&signed, str::to_owned).send().expect(200);
    }

    #[test]
    fn every_part_of_the_request_is_covered() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let signed = jenkins.by_hand("POST", ECHO, "a=1&b=2&@").call(&format!("{ECHO}?a=1"));
        let signed = signed.body("application/x-www-form-urlencoded", "b=2");
        let changed: [(&str, Change); 8] = [
            ("method", &|call| call.method = "PUT".to_owned()),
            ("path", &|call| call.url = call.url.replace("echo?", "echo/?")),
            ("path's escapes", &|call| call.url = call.url.replace("/echo?", "/ech%6F?")),
            ("query", &|call| call.url = call.url.replace("a=1", "a=2")),
            ("a further parameter", &|call| call.url += "&c"),
            ("form", &|call| call.body = b"b=3".to_vec()),
            ("no form", &|call| call.body.clear()),
            ("nonce", &|call| call.headers[0].1 = call.headers[0].1.replace("by%20hand", "by%20foot")),
        ];
        for (what, change) in changed {
            let mut call = signed.clone();
            change(&mut call);
            let answer = call.send();
            // Only the plain path leads to the echo; what is routed elsewhere is not accepted either.
            assert!(
                answer.status == 404 || answer.problem() == (401, "signature_invalid".to_owned()),
                "{what}: {answer:?}"
            );
        }
        signed.send().expect(200);
    }

    #[test]
    fn secrets_are_compared_whole_and_as_text() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let token = jenkins.token.clone().unwrap();
        for secret in ["", "0", &token.secret.to_uppercase(), &token.secret[1..], &format!("{} ", token.secret)] {
            let wrong = jenkins.with(&Token { secret: secret.to_owned(), ..token.clone() });
            wrong.echo().expect_problem(401, "signature_invalid");
        }
    }
}

mod pitfall_18_no_method_stands_in_for_another {
    use super::*;

    /// All that a forger could take for the text of the key: PEM and its lines, the bytes in it and the number in those,
    /// as hexadecimal digits, as base64 and as the characters of the same numbers.
    fn shapes_of_the_public_key() -> Vec<String> {
        let trimmed = PUBLIC_KEY.trim();
        let lines: Vec<_> = trimmed.lines().collect();
        let inside = &lines[1..lines.len() - 1];
        let der = STANDARD.decode(inside.concat()).unwrap();
        // What comes before the PKCS#1 key is 24 bytes, and before its modulus another 9; five follow it.
        let (pkcs1, modulus) = (&der[24..], &der[33..der.len() - 5]);
        assert_eq!((modulus.len(), pkcs1[0]), (256, 0x30));
        let mut shapes = vec![String::new(), PUBLIC_KEY.replace('\n', "\r\n"), inside.join("\n"), inside.concat()];
        shapes.extend([PUBLIC_KEY, trimmed].map(str::to_owned));
        for bytes in [&der, pkcs1, modulus] {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            let characters = bytes.iter().map(|byte| char::from(*byte)).collect();
            shapes.extend([hex.to_uppercase(), hex, STANDARD.encode(bytes), characters]);
            shapes.push(String::from_utf8_lossy(bytes).into_owned());
        }
        shapes
    }

    on_both_databases! {
        fn a_registered_key_is_for_the_rsa_methods_alone(forge: Forge) {
            let tool = with_rsa_consumer(&forge);
            let by = |tool: &Tool, method: &str| tool.by_hand("GET", ECHO, "@").with("oauth_signature_method", method);
            by(&tool, "RSA-SHA256").call(ECHO).send().expect(200);
            by(&tool, "HMAC-SHA1").call(ECHO).send().expect(200);
            by(&tool, "HMAC-SHA256").call(ECHO).send().expect(200);

            // The public key is known to everybody: it must not serve as a secret, in whatever shape.
            for secret in shapes_of_the_public_key() {
                for method in ["HMAC-SHA1", "HMAC-SHA256"] {
                    let forger = Tool { secret: secret.to_owned(), ..tool.clone() };
                    by(&forger, method).call(ECHO).send().expect_problem(401, "signature_invalid");
                    let path = "/plugins/oauthprovider/request_token";
                    let asked = Tool { token: None, ..forger }.by_hand("POST", path, "@").with("oauth_callback", "oob");
                    let asked = asked.with("oauth_signature_method", method).call(path);
                    asked.send().expect_problem(401, "signature_invalid");
                }
            }
        }

        fn a_signature_is_good_for_the_method_that_it_names(forge: Forge) {
            let tool = with_rsa_consumer(&forge);
            let request = |method: &str| tool.by_hand("GET", ECHO, "@").with("oauth_signature_method", method);
            let signature = |method: &str| request(method).protocol().pop().unwrap().1;
            for (named, made_by) in [("RSA-SHA1", "RSA-SHA256"), ("RSA-SHA256", "HMAC-SHA256"), ("HMAC-SHA1", "HMAC-SHA256"), ("HMAC-SHA256", "HMAC-SHA1"), ("HMAC-SHA256", "RSA-SHA256")] {
                let other = signature(made_by);
                let answer = resigned(&request(named), |_| other.clone()).send();
                assert_eq!(answer.problem(), (401, "signature_invalid".to_owned()), "{made_by} as {named}");
            }
            // Both are made over the same base string, and still not the same.
            let signed = request("RSA-SHA256");
            let renamed = signed.call(ECHO).headers[0].1.replace("RSA-SHA256", "RSA-SHA1");
            let call = Call { headers: vec![("Authorization".to_owned(), renamed)], ..signed.call(ECHO) };
            call.send().expect_problem(401, "signature_invalid");
        }
    }

    #[test]
    fn rsa_without_a_registered_key_is_no_method_for_this_consumer() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        for method in ["RSA-SHA1", "RSA-SHA256"] {
            let request = jenkins.by_hand("GET", ECHO, "@").with("oauth_signature_method", method);
            request.call(ECHO).send().expect_problem(400, "signature_method_rejected");
        }
    }

    #[test]
    fn rsa_for_nobody_is_refused_like_hmac_for_nobody() {
        let forge = Forge::on(Database::Sqlite);
        let nobody = Tool { key: "nobody".to_owned(), ..with_rsa_consumer(&forge) };
        for method in ["RSA-SHA1", "RSA-SHA256", "HMAC-SHA256"] {
            let request = nobody.by_hand("GET", ECHO, "@").with("oauth_signature_method", method);
            request.call(ECHO).send().expect_problem(401, "consumer_key_unknown");
        }
    }

    #[test]
    fn plaintext_and_unknown_methods_are_refused_and_none_is_asked_for() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let secrets = format!("{}&{}", jenkins.secret, jenkins.token.as_ref().unwrap().secret);
        for method in ["PLAINTEXT", "plaintext", "hmac-sha1", "HMAC-SHA512", "RSA-SHA512", "none", "", "HMAC-SHA1 "] {
            let request = jenkins.by_hand("GET", ECHO, "@").with("oauth_signature_method", method);
            request.call(ECHO).send().expect_problem(400, "signature_method_rejected");
            resigned(&request, |_| secrets.clone()).send().expect_problem(400, "signature_method_rejected");
        }
        let absent = jenkins.by_hand("GET", ECHO, "@").without("oauth_signature_method").call(ECHO).send();
        let absent = absent.expect_problem(400, "parameter_absent");
        assert_eq!(absent.field("oauth_parameters_absent").as_deref(), Some("oauth_signature_method"));
    }

    #[test]
    fn both_hmac_methods_are_for_everybody() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        for method in [SignatureMethod::HmacSha1, SignatureMethod::HmacSha256] {
            jenkins.request("GET", ECHO).signed_by(method).send().expect(200);
            forge.jenkins_a().ask("oob").signed_by(method).send().expect(200);
        }
    }
}

mod pitfall_20_before_the_signature_is_right_little_is_told {
    use super::*;

    on_both_databases! {
        fn a_token_that_is_over_looks_like_any_other_to_who_lacks_its_secret(forge: Forge) {
            let live = forge.jenkins_a_for_alice();
            let revoked = forge.jenkins_a_for_alice();
            let key = &revoked.token.as_ref().unwrap().key;
            forge
                .store()
                .blocking(|conn| {
                    let id = oauthprovider::store::access_tokens::with_secret(conn, key)?.unwrap().0.id;
                    conn.write(|tx| oauthprovider::provider::revoke::access_token(tx, id, None, &operator(1)))
                })
                .unwrap_or_else(|error| panic!("{error}"));
            let suspended = forge.jenkins_a().with(&forge.token("bob", "jenkins_a", "project-a/Reporter"));
            forge.import(r#"{"users": [{"name": "bob", "realname": "Bob", "password": "wonderland", "status": "suspended"}]}"#);

            let guess = |tool: &Tool| {
                let wrong = Token { secret: "guessed".to_owned(), ..tool.token.clone().unwrap() };
                tool.with(&wrong).echo()
            };
            let told = guess(&live).expect_problem(401, "signature_invalid");
            for tool in [&revoked, &suspended] {
                let answer = guess(tool);
                let (answer, told) = ((answer.status, answer.body_but_for_its_id()), (told.status, told.body_but_for_its_id()));
                assert_eq!(answer, told);
            }
            live.echo().expect(200);
            revoked.echo().expect_problem(401, "token_revoked");
            suspended.echo().expect_problem(401, "token_rejected");
        }

        fn a_foreign_token_and_an_unknown_one_are_told_the_same(forge: Forge) {
            let jenkins = forge.jenkins_a();
            let others = forge.token("alice", "jenkins_b", "project-a/Reporter");
            let temporary = jenkins.request_token("oob");
            let unknown = Token { key: "unknown".to_owned(), secret: "s".to_owned() };
            let told = jenkins.with(&unknown).echo().expect_problem(401, "token_rejected");
            for token in [&others, &temporary, &Token { secret: "guessed".to_owned(), ..others.clone() }] {
                assert_eq!(jenkins.with(token).echo().body_but_for_its_id(), told.body_but_for_its_id());
            }
        }

        fn an_unknown_consumer_learns_nothing_about_tokens(forge: Forge) {
            let live = forge.jenkins_a_for_alice();
            let nobody = Tool { key: "nobody".to_owned(), ..live.clone() };
            let told = nobody.echo().expect_problem(401, "consumer_key_unknown");
            let unknown = Token { key: "unknown".to_owned(), secret: "s".to_owned() };
            assert_eq!(nobody.with(&unknown).echo().body_but_for_its_id(), told.body_but_for_its_id());
            let disabled = r#"{"consumers": [{"name": "jenkins_a", "url": "http://ci-a.example/", "description": "d",
                "email": "ci@example.org", "key": "key of jenkins_a", "secret": "s3cret &%+ of jenkins_a ✓", "disabled": true}]}"#;
            forge.import(disabled);
            live.echo().expect_problem(401, "consumer_key_rejected");
            let guess = Tool { secret: "guessed".to_owned(), ..live };
            guess.echo().expect_problem(401, "signature_invalid");
        }
    }
}
