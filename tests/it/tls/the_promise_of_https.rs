//! What browsers are told and given that come by https.

use crate::support::{Call, Database, Forge, PASSWORD, PLUGIN};

const URLS: &str = "OAUTHPROVIDER_SERVER_PUBLIC_URLS";
const PAGES: [&str; 5] = ["/", "/login", "/healthz", "/nowhere", "/api/userinfo"];

fn promise(forge: &Forge, host: &str, path: &str) -> Option<String> {
    let call = Call::new("GET", &format!("{}{path}", forge.base())).header("Host", host);
    call.send().header("Strict-Transport-Security").map(str::to_owned)
}

#[test]
fn is_made_in_each_answer_under_an_https_name_and_under_no_other() {
    let urls = "https://forge.example,http://forge.lan:8080,https://two.example,http://two.example:8080";
    let forge = Forge::with_settings(Database::Sqlite, &[(URLS, urls)]);
    for path in PAGES {
        assert_eq!(promise(&forge, "forge.example", path).as_deref(), Some("max-age=31536000"), "{path}");
        assert_eq!(promise(&forge, "unknown.example", path).as_deref(), Some("max-age=31536000"), "{path}");
        for host in ["forge.lan:8080", "two.example", "two.example:8080"] {
            assert_eq!(promise(&forge, host, path), None, "{host}{path}");
        }
    }
    let forge = Forge::on(Database::Sqlite);
    assert_eq!(promise(&forge, "localhost", "/"), None);
}

#[test]
fn lasts_as_long_as_the_operator_says() {
    for (seconds, header) in [("0", None), ("300", Some("max-age=300"))] {
        let settings = [(URLS, "https://forge.example"), ("OAUTHPROVIDER_SERVER_HSTS_SECONDS", seconds)];
        let forge = Forge::with_settings(Database::Sqlite, &settings);
        assert_eq!(promise(&forge, "forge.example", "/").as_deref(), header);
    }
}

#[test]
fn is_kept_by_a_cookie_that_only_this_host_can_set_over_https() {
    let urls = "https://forge.example,http://forge.lan:8080";
    let forge = Forge::with_settings(Database::Sqlite, &[(URLS, urls)]);
    let mut alice = forge.anonymous();
    let set = alice.log_in("alice").header("Set-Cookie").unwrap().to_owned();
    let csrf_token = alice.csrf_token();
    let (name, id) = alice.cookie.as_deref().unwrap().split_once('=').unwrap();
    assert_eq!(name, "__Host-oauthprovider_session");
    // A planted one has no such name, and is not looked at.
    let mut planted = forge.anonymous();
    planted.cookie = Some(format!("oauthprovider_session={id}"));
    planted.get(&format!("{PLUGIN}/access_tokens")).expect(302);
    let out = alice.post("/logout", &[("csrf_token", &csrf_token)]).expect(302);
    let cleared = out.header("Set-Cookie").unwrap();
    for cookie in [set.as_str(), cleared] {
        assert!(cookie.starts_with("__Host-oauthprovider_session="), "{cookie}");
        let attributes: Vec<&str> = cookie.split("; ").skip(1).collect();
        for attribute in ["Secure", "HttpOnly", "Path=/", "SameSite=Lax"] {
            assert!(attributes.contains(&attribute), "{attribute} in {attributes:?}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    // Under the plain name of the same service it is an ordinary one.
    let form = [("username", "alice"), ("password", PASSWORD)];
    let plain = forge.anonymous().request("POST", "/login").header("Host", "forge.lan:8080").form(&form).send();
    let cookie = plain.expect(302).header("Set-Cookie").unwrap().to_owned();
    assert!(cookie.starts_with("oauthprovider_session=") && !cookie.contains("Secure"), "{cookie}");
}
