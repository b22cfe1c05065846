//! For which name a request is signed: one that the operator configured, whatever the request claims.

mod pitfall_04_the_names_of_the_service {
    use oauthprovider::{
        config::{Config, Flags},
        web::Server,
    };

    use crate::support::{Database, Forge};

    const ECHO: &str = "/plugins/oauthprovider/echo";
    const SETTING: &str = "OAUTHPROVIDER_SERVER_PUBLIC_URLS";
    const URLS: &str =
        "HTTPS://Forge.Example:443/, http://forge-b.example:8080, http://forge-c.example, http://[2001:DB8:0::1]:8081";

    #[test]
    fn host_chooses_among_the_configured_ones() {
        let forge = Forge::with_settings(Database::Sqlite, &[(SETTING, URLS)]);
        let jenkins = forge.jenkins_a_for_alice();
        let rows = [
            ("forge.example", "https://forge.example"),
            ("FORGE.Example", "https://forge.example"),
            ("forge.example:443", "https://forge.example"),
            ("forge-b.example:8080", "http://forge-b.example:8080"),
            ("Forge-B.EXAMPLE:8080", "http://forge-b.example:8080"),
            ("forge-c.example", "http://forge-c.example"),
            ("forge-c.example:80", "http://forge-c.example"),
            ("[2001:db8::1]:8081", "http://[2001:db8::1]:8081"),
            ("[2001:0DB8:0:0::1]:8081", "http://[2001:db8::1]:8081"),
            // What is not configured adds nothing: the first one holds.
            ("evil.example", "https://forge.example"),
            ("forge-b.example", "https://forge.example"),
            ("forge-b.example:80", "https://forge.example"),
            ("forge.example:80", "https://forge.example"),
            ("forge.example.evil.example", "https://forge.example"),
            ("forge-b.example:8080@evil.example", "https://forge.example"),
            ("", "https://forge.example"),
        ];
        for (host, origin) in rows {
            let request = || jenkins.by_hand("GET", ECHO, "@");
            let answer = request().origin(origin).call(ECHO).header("Host", host).send();
            assert_eq!(answer.status, 200, "{host}: {}", answer.text());
            for other in
                ["http://evil.example", "http://forge.example", "https://forge-b.example:8080", jenkins.base.as_str()]
            {
                let answer = request().origin(other).call(ECHO).header("Host", host).send();
                assert_eq!(answer.problem(), (401, "signature_invalid".to_owned()), "{host} {other}");
            }
        }
    }

    #[test]
    fn what_proxies_add_never_changes_the_base_string() {
        let settings = [
            (SETTING, "https://forge.example, http://forge-b.example:8080"),
            ("OAUTHPROVIDER_SERVER_TRUSTED_PROXIES", "127.0.0.0/8"),
        ];
        for settings in [&settings[..1], &settings[..]] {
            let forge = Forge::with_settings(Database::Sqlite, settings);
            let jenkins = forge.jenkins_a_for_alice();
            let claims = [
                ("X-Forwarded-Host", "forge-b.example:8080"),
                ("X-Forwarded-Host", "evil.example\", oauth_problem=\"x"),
                ("X-Forwarded-Proto", "http"),
                ("X-Forwarded-Port", "8080"),
                ("X-Forwarded-Prefix", "/elsewhere"),
                ("X-Original-Host", "forge-b.example:8080"),
                ("X-Original-URL", "/elsewhere"),
                ("X-Rewrite-URL", "/elsewhere"),
                ("Forwarded", "for=192.0.2.1;host=\"forge-b.example:8080\";proto=http"),
            ];
            for (name, value) in claims {
                let request = |origin| {
                    jenkins.by_hand("GET", ECHO, "@").origin(origin).call(ECHO).header("Host", "forge.example")
                };
                let answer = request("https://forge.example").header(name, value).send().expect(200);
                assert_eq!(answer.json()["path"], ECHO);
                let refused = request("http://forge-b.example:8080").header(name, value).send();
                let refused = refused.expect_problem(401, "signature_invalid");
                let challenge = refused.header("WWW-Authenticate").unwrap();
                assert!(!challenge.contains("evil") && !challenge.contains("forge-b"), "{challenge}");
            }
        }
    }

    #[test]
    fn on_loopback_both_its_names_hold_when_none_is_configured() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let port = forge.base().rsplit_once(':').unwrap().1;
        let (number, name) = (format!("127.0.0.1:{port}"), format!("localhost:{port}"));
        for (host, signed_for, status) in
            [(&number, &number, 200), (&name, &name, 200), (&number, &name, 401), (&name, &number, 401)]
        {
            let request = jenkins.by_hand("GET", ECHO, "@").origin(&format!("http://{signed_for}")).call(ECHO);
            assert_eq!(request.header("Host", host).send().status, status, "{host} {signed_for}");
        }
    }

    #[test]
    fn query_and_path_are_signed_for_that_name_as_they_stand() {
        let forge = Forge::with_settings(Database::Sqlite, &[(SETTING, "https://forge.example:8443")]);
        let jenkins = forge.jenkins_a_for_alice();
        for path in [
            "/echo",
            "/echo/",
            "/echo/a%2Fb",
            "/echo/%7e~",
            "/echo//x//",
            "/echo/./a/../b",
            "/echo/a;b=c,d",
            "/echo/%C3%A9%c3%a9",
            "/echo/a+b",
            "/echo/%25zz",
        ] {
            let path = format!("/plugins/oauthprovider{path}");
            let request = jenkins.by_hand("GET", &path, "@&q=1").origin("https://forge.example:8443");
            let answer = request.call(&format!("{path}?q=1")).send();
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            assert_eq!(answer.json()["path"], path);
        }
    }

    #[test]
    fn one_authority_under_two_schemes_is_refused_at_the_start() {
        let forge = Forge::on(Database::Sqlite);
        for urls in [
            &["http://forge.example:8443", "https://forge.example:8443"][..],
            &["https://forge.example", "http://other.example", "http://FORGE.example"],
            &["https://forge.example/path"],
            &["https://forge.example?a"],
            &["ftp://forge.example"],
            &["forge.example"],
            &["https://u@forge.example"],
        ] {
            let flags = Flags {
                listen: Some("127.0.0.1:0".to_owned()),
                database_url: Some(forge.database_url().to_owned()),
                public_urls: urls.iter().map(|&url| url.to_owned()).collect(),
                ..Flags::default()
            };
            let none: [(std::ffi::OsString, std::ffi::OsString); 0] = [];
            let config = Config::load(&flags, none);
            let starts = config.is_ok_and(|config| Server::bind(forge.store().clone(), config).is_ok());
            assert!(!starts, "{urls:?}");
        }
    }
}
