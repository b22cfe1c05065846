//! What people and tools call themselves is shown as text, wherever it is shown (pitfall 33).

mod pitfall_33_names_are_text {
    use serde_json::json;

    use crate::support::{Browser, Database, Forge, PLUGIN, Token};

    /// Ends a tag, an attribute in either quotes, a text area or a comment, and begins something worse.
    const NASTY: &str = "\"'></textarea></title>--><xss onxss=1>&amp;{{7*7}}{% raw %}";

    /// As an address must be to be one at all.
    const NASTY_URL: &str = "http://ci.example/\"'><xss onxss=1>?a&amp;b";

    fn forge() -> Forge {
        let forge = Forge::on(Database::Sqlite);
        let nasty = json!({
            "users": [
                {"name": "mallory", "realname": NASTY, "password": "wonderland", "forge_admin": true}
            ],
            "projects": [{"name": "project-x", "title": NASTY, "trackers": [{"name": "bugs", "title": NASTY}]}],
            "roles": [
                {"project": "project-x", "name": NASTY.replace('/', ""), "members": ["mallory"],
                    "permissions": {"tracker:bugs": "manager"}},
                {"project": null, "name": NASTY.replace('/', ""), "members": ["mallory"], "permissions": {}},
            ],
            "consumers": [{"name": "nasty", "url": NASTY_URL, "description": NASTY, "email": "\"'><xss>@example.org",
                "callbacks": ["https://ci.example/x?\"'><xss>"], "key": "\"'><xss>", "secret": "\"'><xss> the secret"}],
        });
        forge.import(&nasty.to_string());
        forge
    }

    #[track_caller]
    fn is_only_text(page: &str, where_from: &str) {
        for broken_out in ["<xss", "onxss=1>", "\"'>", "</textarea></title>"] {
            assert!(!page.contains(broken_out), "{broken_out} on {where_from}: {page}");
        }
        // Escaped twice is wrong too. (What was sent holds `&amp;` itself, which is rightly `&amp;amp;`.)
        for twice in ["&amp;lt;", "&amp;gt;", "&amp;quot;", "&amp;#", "&amp;amp;amp;"] {
            assert!(!page.contains(twice), "{twice} on {where_from}: {page}");
        }
        for active in ["<script>", "javascript:", " style=", " onclick=", " onload="] {
            assert!(!page.contains(active), "{active} on {where_from}: {page}");
        }
    }

    fn shows_it(browser: &Browser, path: &str) {
        let page = browser.get(path).text();
        is_only_text(&page, path);
        assert!(page.contains("&lt;xss onxss=1&gt;"), "it is not shown at all on {path}: {page}");
        assert!(page.contains("{{7*7}}"), "it is no template either, on {path}: {page}");
    }

    #[test]
    fn on_every_page() {
        let forge = forge();
        let (mallory, nasty) = (forge.browser_of("mallory"), forge.tool("nasty"));
        let asked = nasty.request_token("https://ci.example/x?\"'><xss>");
        let granted = nasty.request_token("oob");
        let role = mallory.consent(&granted).roles.first().unwrap().0.clone();
        let decide = |token: &Token, decision: &str| {
            let form = [
                ("oauth_token", token.key.as_str()),
                ("csrf_token", &mallory.csrf_token()),
                ("role_id", &role),
                ("decision", decision),
            ];
            mallory.post(&format!("{PLUGIN}/authorize"), &form)
        };
        is_only_text(&decide(&granted, "authorize").expect(200).text(), "the page with the code");
        is_only_text(&decide(&nasty.request_token("oob"), "deny").expect(200).text(), "the page without");
        shows_it(&mallory, &format!("{PLUGIN}/authorize?oauth_token={}", asked.key));
        shows_it(&mallory, &format!("{PLUGIN}/request_tokens"));
        forge.token("mallory", "nasty", &format!("project-x/{}", NASTY.replace('/', "")));
        let id = forge.consumer_id("nasty");
        for path in ["access_tokens", "consumers", &format!("consumers/{id}")] {
            shows_it(&mallory, &format!("{PLUGIN}/{path}"));
        }
        for path in ["consumers/new".to_owned(), format!("consumers/{id}/remove"), String::new()] {
            is_only_text(&mallory.get(&format!("{PLUGIN}/{path}")).expect(200).text(), &path);
        }
        shows_it(&mallory, "/");
    }

    #[test]
    fn where_it_was_only_just_typed() {
        let forge = forge();
        let (anonymous, admin) = (forge.anonymous(), forge.browser_of("admin"));
        let page = anonymous
            .post("/login", &[("username", NASTY), ("password", &format!("{NASTY} ***")), ("next", NASTY)])
            .expect(401);
        is_only_text(&page.text(), "the log in page");
        assert!(page.text().contains("&lt;xss onxss=1&gt;"));
        let query = oauthprovider::oauth1::encode_urlencoded(&[("next", "/\"'><xss>")]);
        is_only_text(&anonymous.get(&format!("/login?{query}")).expect(200).text(), "the log in page's next");
        let csrf_token = admin.csrf_token();
        let mut form =
            ["name", "url", "description", "email", "callbacks", "public_key"].map(|name| (name, NASTY)).to_vec();
        form.push(("csrf_token", &csrf_token));
        let page = admin.post(&format!("{PLUGIN}/consumers"), &form).expect(422).text();
        is_only_text(&page, "the registration");
        assert!(page.matches("&lt;xss onxss=1&gt;").count() >= 6, "what was typed is kept");
        for path in ["/%3Cxss%20onxss=1%3E", "/plugins/oauthprovider/authorize?oauth_token=%3Cxss%3E", "/?%22'%3E<xss>"]
        {
            is_only_text(&admin.get(path).text(), path);
        }
    }

    #[test]
    fn an_address_that_is_no_http_address_is_no_consumers_home_page() {
        let forge = Forge::on(Database::Sqlite);
        let admin = forge.browser_of("admin");
        let csrf_token = admin.csrf_token();
        for url in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "//evil.example",
            "vbscript:x",
            "java\nscript:x",
            "",
        ] {
            let form = [
                ("csrf_token", csrf_token.as_str()),
                ("name", "tool"),
                ("url", url),
                ("email", "a@b"),
                ("description", "d"),
            ];
            admin.post(&format!("{PLUGIN}/consumers"), &form).expect(422);
        }
        // Should one be there all the same, it is no link.
        forge.sql("UPDATE consumers SET url = 'javascript:alert(1)' WHERE name = 'jenkins_a'");
        let temporary = forge.jenkins_a().request_token("oob");
        let paths = [
            "consumers".to_owned(),
            format!("consumers/{}", forge.consumer_id("jenkins_a")),
            format!("authorize?oauth_token={}", temporary.key),
        ];
        for path in paths {
            let page = admin.get(&format!("{PLUGIN}/{path}")).expect(200).text();
            assert!(page.contains("javascript:alert(1)") && !page.contains("href=\"javascript"), "{path}");
        }
    }
}
