//! `oauth_body_hash`: a body that is no form, brought under the signature (Request Body Hash extension).

mod pitfall_19_the_hash_is_verified_where_it_is_sent {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use ring::digest;

    use crate::support::{Call, Database, Forge, Tool};

    const ECHO: &str = "/plugins/oauthprovider/echo";
    const FORM: &str = "application/x-www-form-urlencoded";
    const METHODS: [(&str, &digest::Algorithm); 2] =
        [("HMAC-SHA1", &digest::SHA1_FOR_LEGACY_USE_ONLY), ("HMAC-SHA256", &digest::SHA256)];

    fn hash(algorithm: &'static digest::Algorithm, bytes: &[u8]) -> String {
        STANDARD.encode(digest::digest(algorithm, bytes))
    }

    fn with_hash(jenkins: &Tool, method: &str, hash: &str) -> Call {
        let request = jenkins.by_hand("POST", ECHO, "@").with("oauth_signature_method", method);
        request.with("oauth_body_hash", hash).call(ECHO)
    }

    #[test]
    fn over_the_bytes_as_received_with_the_hash_of_the_method() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let bodies: [&[u8]; 5] =
            [b"Hello World!", b"{\"a\": \"\xc3\xa9\"}", b"a=b&c=%zz", b"\0\xff\xfe not UTF-8", b""];
        for (method, algorithm) in METHODS {
            for body in bodies {
                let right = with_hash(&jenkins, method, &hash(algorithm, body)).body("application/json", body);
                assert_eq!(right.send().status, 200, "{method} {body:?}");
            }
        }
        // The extension's own example.
        let example =
            with_hash(&jenkins, "HMAC-SHA1", "Lve95gjOVATpfV8EL5X4nxwjKHE=").body("text/plain", "Hello World!");
        example.send().expect(200);
    }

    #[test]
    fn and_any_other_hash_is_a_wrong_signature() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let [(_, sha1), (_, sha256)] = METHODS;
        let body = b"{\"summary\": \"x\"}";
        let of_sha1 = hash(sha1, body);
        let wrong = [
            ("HMAC-SHA1", hash(sha256, body)),
            ("HMAC-SHA256", of_sha1.clone()),
            ("HMAC-SHA1", hash(sha1, b"{\"summary\": \"y\"}")),
            ("HMAC-SHA1", hash(sha1, b"")),
            ("HMAC-SHA1", hash(sha1, of_sha1.as_bytes())),
            ("HMAC-SHA1", of_sha1.trim_end_matches('=').to_owned()),
            ("HMAC-SHA1", String::new()),
        ];
        for (method, hash) in wrong {
            let answer = with_hash(&jenkins, method, &hash).body("application/json", body).send();
            assert_eq!(answer.problem(), (401, "signature_invalid".to_owned()), "{method} {hash}");
        }
        // A hash that fits, and was not signed over.
        let unsigned = jenkins.request("POST", ECHO).json("{}").tampered("oauth_body_hash", Some(&hash(sha1, b"{}")));
        unsigned.send().expect_problem(401, "signature_invalid");
    }

    #[test]
    fn it_has_no_place_beside_a_form() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let (method, sha1) = METHODS[0];
        let form = jenkins.by_hand("POST", ECHO, "a=b&@").with("oauth_body_hash", &hash(sha1, b"a=b")).call(ECHO);
        let refused = form.body(FORM, "a=b").send().expect_problem(400, "parameter_rejected");
        assert_eq!(refused.field("oauth_parameters_rejected").as_deref(), Some("oauth_body_hash"));
        with_hash(&jenkins, method, &hash(sha1, b"")).body(FORM, "").send().expect(200);
        with_hash(&jenkins, method, &hash(sha1, b"")).send().expect(200);
    }
}
