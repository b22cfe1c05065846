//! What a whole configuration does, and that table, embedded file and documentation say the same.

use std::collections::BTreeSet;

use toml::de::DeTable;

use super::settings::{Kind, SETTINGS, Setting};
use super::*;

const DOCUMENTATION: &str = include_str!("../../docs/configuration.md");

fn load_all(text: &str, variables: &[(&str, &str)], flags: &Flags) -> Result<Config, String> {
    let variables = variables.iter().map(|(name, value)| (name.into(), value.into()));
    let environment = environment::read(variables).map_err(|error| error.to_string())?;
    let layers = || {
        let mut entries = file::parse("built-in plugin.toml", EMBEDDED)?;
        entries.extend(file::parse("plugin.toml", text)?);
        entries.extend(environment.entries);
        entries.extend(environment::flags(flags));
        Config::settle(entries)
    };
    layers().map_err(|error| error.to_string())
}

fn file_error(text: &str) -> String {
    load_all(text, &[], &Flags::default()).unwrap_err()
}

fn variable_error(name: &str, value: &str) -> String {
    load_all("", &[(name, value)], &Flags::default()).unwrap_err()
}

fn pairs(variables: &[(&str, &str)]) -> Vec<(OsString, OsString)> {
    variables.iter().map(|(name, value)| (name.into(), value.into())).collect()
}

/// Section, key, default as it is written, and the comment above it, for each setting in the embedded file.
fn embedded() -> Vec<(String, String, String, String)> {
    let document = DeTable::parse(EMBEDDED).unwrap();
    let mut found = Vec::new();
    let mut add = |section: &str, table: &DeTable<'_>| {
        for (key, value) in table.iter().filter(|(_, value)| !value.get_ref().is_table()) {
            let comment = EMBEDDED[..key.span().start].rsplit("\n\n").next().unwrap().to_owned();
            found.push((section.into(), key.get_ref().to_string(), EMBEDDED[value.span()].to_owned(), comment));
        }
    };
    add("", document.get_ref());
    for (key, value) in document.get_ref().iter() {
        if let Some(table) = value.get_ref().as_table() {
            add(key.get_ref(), table);
        }
    }
    found
}

#[test]
fn the_embedded_file_and_the_table_name_the_same_settings() {
    let in_file: BTreeSet<_> = embedded().into_iter().map(|(section, key, _, _)| (section, key)).collect();
    let in_table: BTreeSet<_> = SETTINGS.iter().map(|one| (one.section.to_owned(), one.key.to_owned())).collect();
    assert_eq!(in_file, in_table);
    assert_eq!(in_table.len(), SETTINGS.len(), "a setting stands twice in the table");
    let variables: BTreeSet<_> = SETTINGS.iter().map(Setting::variable).collect();
    assert_eq!(variables.len(), SETTINGS.len(), "two settings share a variable");
}

#[test]
fn every_setting_has_a_comment_with_its_default_and_its_range() {
    for (section, key, default, comment) in embedded() {
        assert!(comment.trim_start().starts_with('#'), "{key} has no comment");
        let setting = Setting::find(&section, &key).unwrap();
        if section.is_empty() && matches!(setting.kind, Kind::Text(_) | Kind::List(_)) {
            continue;
        }
        assert!(comment.contains(&format!("# Default: {default}")), "{key}: {comment}");
        if let Kind::Number(from, to, _) = setting.kind {
            assert!(comment.contains(&format!("Legal: {from} to {to}.")), "{key}: {comment}");
        }
    }
}

#[test]
fn the_documentation_names_every_key_variable_default_and_range() {
    for (section, key, default, _) in embedded() {
        let setting = Setting::find(&section, &key).unwrap();
        let row = format!("| `{key}` | `{}` | `{default}` |", setting.variable());
        let line = DOCUMENTATION.lines().find(|line| line.starts_with(&row));
        let line = line.unwrap_or_else(|| panic!("docs/configuration.md has no row {row}"));
        if let Kind::Number(from, to, _) = setting.kind {
            assert!(line.contains(&format!("| {from} to {to} |")), "{line}");
        }
    }
    for name in [environment::FILE, "--config", "--listen", "--public-url", "--tls-cert", "--tls-key", "--database-url"]
    {
        assert!(DOCUMENTATION.contains(&format!("`{name}")), "{name}");
    }
}

#[test]
fn the_examples_of_the_documentation_can_be_loaded() {
    let examples: Vec<_> = DOCUMENTATION.split("```toml\n").skip(1).collect();
    assert!(examples.len() >= 3);
    for example in examples {
        load_all(example.split("```").next().unwrap(), &[], &Flags::default()).unwrap();
    }
}

#[test]
fn nothing_given_is_the_defaults() {
    let config = load_all("", &[], &Flags::default()).unwrap();
    assert_eq!(config.plugin, Plugin::embedded());
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
    assert!((1..=256).contains(&config.server.workers) && config.server.public_urls.is_empty());
    assert_eq!(config.server.shutdown, Duration::from_secs(30));
    assert_eq!(config.database.url.to_string(), "sqlite:oauthprovider.db");
    assert!((4..=64).contains(&config.database.pool_size));
    assert!(config.database.server_key.is_none() && config.database.server_key_file.is_none());
    assert_eq!(config.oauth.request_token_seconds, 600);
    assert_eq!(config.session.lifetime_seconds, 28_800);
    assert!(config.server.tls.cert.is_none() && config.server.tls.key.is_none());
    assert_eq!(config.server.hsts_seconds, 31_536_000);
    assert_eq!((config.log.level, config.log.format), (LogLevel::Info, LogFormat::Text));
}

#[test]
fn flags_override_variables_which_override_the_file_which_overrides_the_defaults() {
    let text = "[server]\nlisten = \"127.0.0.1:1\"\nworkers = 3\nrealm = \"the file's\"";
    let variables = [("OAUTHPROVIDER_SERVER_LISTEN", "127.0.0.1:2"), ("OAUTHPROVIDER_SERVER_WORKERS", "4")];
    let flags = Flags { listen: Some("[::1]:3".to_owned()), ..Flags::default() };
    let server = load_all(text, &variables, &flags).unwrap().server;
    assert_eq!(
        (server.listen.to_string().as_str(), server.workers, server.realm.as_str()),
        ("[::1]:3", 4, "the file's")
    );
    assert_eq!(server.shutdown, Duration::from_secs(30));
}

#[test]
fn the_source_of_the_public_urls_is_known() {
    let text = "[server]\npublic_urls = [\"https://forge.example\"]";
    let server = load_all(text, &[], &Flags::default()).unwrap().server;
    assert_eq!(server.public_urls_source, "plugin.toml:2: server.public_urls");
    let flags = Flags { public_urls: vec!["http://a".to_owned(), "http://b,c".to_owned()], ..Flags::default() };
    let server = load_all(text, &[("OAUTHPROVIDER_SERVER_PUBLIC_URLS", "http://c, http://d")], &flags).unwrap().server;
    assert_eq!((server.public_urls_source.as_str(), server.public_urls), ("--public-url", flags.public_urls));
}

#[test]
fn a_list_in_a_variable_is_comma_separated() {
    let proxies = |value| load_all("", &[("OAUTHPROVIDER_SERVER_TRUSTED_PROXIES", value)], &Flags::default());
    let server = proxies("10.0.0.0/8, fd00::/8").unwrap().server;
    assert!(
        server.trusted_proxies.believe([10, 1, 2, 3].into()) && !server.trusted_proxies.believe([11, 1, 2, 3].into())
    );
    assert!(proxies("").unwrap().server.trusted_proxies.is_empty());
    assert!(proxies("10.0.0.7,").unwrap_err().starts_with("OAUTHPROVIDER_SERVER_TRUSTED_PROXIES: \"\" is not"));
}

#[test]
fn a_key_that_does_not_exist_is_named_with_its_line_and_its_neighbour() {
    let unknown = "plugin.toml:2: unknown key";
    assert_eq!(file_error("[server]\nlisen = 1"), format!("{unknown} \"lisen\" in [server]; did you mean \"listen\"?"));
    assert_eq!(file_error("[log]\nlisten = 1"), format!("{unknown} \"listen\" in [log]; it belongs in [server]"));
    assert!(file_error("[oauth]\nrequired = true").ends_with("it belongs at the top, before the sections"));
    assert!(file_error("[log]\ncolour = 1").ends_with("known keys: level, format"));
    assert_eq!(file_error("\n[serve]"), "plugin.toml:2: unknown section [serve]; did you mean [server]?");
    assert!(file_error("[colours]").contains("known sections: [server], [database]"));
    assert!(file_error("server = 1").contains("server is a section; write [server]"));
    assert!(file_error("[[server]]").contains("server is a section; write [server]"));
    assert_eq!(file_error("hook = []"), "plugin.toml:1: unknown key \"hook\" at the top; did you mean \"hooks\"?");
}

#[test]
fn a_bad_value_is_named_with_its_line_and_what_it_may_be() {
    let workers = |value: &str| file_error(&format!("[server]\nworkers = {value}"));
    for (value, shown) in [("\"many\"", "\"many\""), ("257", "257"), ("-1", "-1"), ("1.5", "1.5"), ("true", "true")] {
        assert_eq!(workers(value), format!("plugin.toml:2: server.workers: {shown} is not a number from 0 to 256"));
    }
    assert!(workers("99999999999999999999").contains("99999999999999999999 is not a number"));
    assert!(workers("\"4\"").ends_with("; write it without quotes"));
    assert_eq!(file_error("required = 1"), "plugin.toml:1: required: 1 is not true or false");
    assert!(file_error("[server]\npublic_urls = \"http://a\"").contains("is not a list of texts"));
    assert!(file_error("[server]\npublic_urls = [\"\"]").contains("an empty text is not a URL"));
    assert!(file_error("[server]\nlisten = \"localhost:80\"").contains("is not an IP address and a port"));
    assert!(file_error("[server]\nrealm = 'a\"b'").contains("is not printable ASCII"));
    assert!(file_error("[server]\ntrusted_proxies = [\"proxy\"]").contains("is not an IP address or CIDR block"));
}

#[test]
fn bad_toml_is_named_with_its_line_and_shows_no_value() {
    assert_eq!(file_error("[log]\nlevel = \"info\"\nlevel = \"warn\""), "plugin.toml:3: duplicate key \"level\"");
    assert!(file_error("[log]\n\nlevel = ").starts_with("plugin.toml:3: not TOML: "));
    let error = file_error("[database]\nurl = postgres://forge:s3cret@db/forge");
    assert!(error.starts_with("plugin.toml:2: not TOML: ") && !error.contains("s3cret"), "{error}");
}

#[test]
fn a_password_is_in_no_message() {
    for value in ["[\"postgres://forge:s3cret@db\"]", "\"mysql://forge:s3cret@db\"", "\"forge:s3cret@db\""] {
        assert!(!file_error(&format!("[database]\nurl = {value}")).contains("s3cret"));
    }
    let config = load_all("[database]\nurl = \"postgres://forge:s3cret@db/forge\"", &[], &Flags::default()).unwrap();
    assert!(!format!("{config:?}").contains("s3cret"));
}

#[test]
fn a_server_key_is_in_no_message() {
    let digits = "1234567890123456".repeat(4);
    for value in
        [digits.clone(), format!("[\"{digits}\"]"), format!("\"{digits}0\""), format!("{{ a = \"{digits}\" }}")]
    {
        let error = file_error(&format!("[database]\nserver_key = {value}"));
        assert!(error.starts_with("plugin.toml:2: ") && !error.contains("123456"), "{error}");
    }
    let error = variable_error("OAUTHPROVIDER_DATABASE_SERVER_KEY", &format!("{digits} {digits}0"));
    assert!(error.contains("key 2 is not 64") && !error.contains("123456"), "{error}");
    let config = load_all(&format!("[database]\nserver_key = \"{digits}\""), &[], &Flags::default()).unwrap();
    assert!(config.database.server_key.is_some() && !format!("{config:?}").contains("123456"));
}

#[test]
fn what_describes_the_program_may_be_repeated_but_not_changed() {
    assert!(load_all(EMBEDDED, &[], &Flags::default()).is_ok());
    for line in ["name = \"other\"", "version = \"9.9.9\"", "description = \"\"", "hooks = []"] {
        assert!(file_error(line).contains("describes the program and cannot be changed from"), "{line}");
    }
    assert!(
        file_error("sufficient = true").starts_with("plugin.toml:1: sufficient: true is refused: a signed request")
    );
    assert!(load_all("required = true", &[], &Flags::default()).unwrap().plugin.required);
}

#[test]
fn a_variable_that_does_not_exist_is_named_with_its_neighbour() {
    assert!(variable_error("OAUTHPROVIDER_SERVER_LISEN", "").ends_with("did you mean OAUTHPROVIDER_SERVER_LISTEN?"));
    assert!(variable_error("OAUTHPROVIDER_LISTEN", "").ends_with("did you mean OAUTHPROVIDER_SERVER_LISTEN?"));
    assert!(variable_error("OAUTHPROVIDER_COLOUR", "").contains("unknown variable; its name is"));
    assert_eq!(variable_error("OAUTHPROVIDER_REQUIRED", "yes"), "OAUTHPROVIDER_REQUIRED: \"yes\" is not true or false");
    assert!(load_all("", &[("OAUTHPROVIDER_TEST_ANY", "x"), ("PATH", "x")], &Flags::default()).is_ok());
}

#[test]
fn listening_to_others_needs_a_public_url() {
    let error = variable_error("OAUTHPROVIDER_SERVER_LISTEN", "0.0.0.0:80");
    assert!(error.starts_with("OAUTHPROVIDER_SERVER_LISTEN: 0.0.0.0:80 is no loopback address"), "{error}");
    assert!(file_error("[server]\nlisten = \"[::]:80\"").starts_with("plugin.toml:2: server.listen: [::]:80 is no"));
    let flags = Flags { public_urls: vec!["http://forge.example".to_owned()], ..Flags::default() };
    assert!(load_all("[server]\nlisten = \"0.0.0.0:80\"", &[], &flags).is_ok());
    assert!(load_all("[server]\nlisten = \"[::ffff:127.0.0.1]:80\"", &[], &Flags::default()).is_ok());
}

#[test]
fn a_file_that_is_named_must_be_there_and_the_default_one_need_not() {
    let absent = Path::new("no-such-directory/plugin.toml");
    let flags = Flags { config: Some(absent.to_owned()), ..Flags::default() };
    assert!(Config::load_beside(absent, &Flags::default(), []).is_ok());
    let error = Config::load_beside(absent, &flags, []).unwrap_err().to_string();
    assert!(error.starts_with("no-such-directory/plugin.toml: cannot be read: "), "{error}");
    let error = Config::load(&Flags::default(), pairs(&[("OAUTHPROVIDER_CONFIG", "no-such-file")])).unwrap_err();
    assert!(error.to_string().starts_with("no-such-file: cannot be read: "));
    let error = Config::load(&Flags::default(), pairs(&[("OAUTHPROVIDER_CONFIG", "")])).unwrap_err();
    assert_eq!(error.to_string(), "OAUTHPROVIDER_CONFIG: names no file");
}

#[test]
fn the_flag_names_the_file_before_the_variable_does_and_both_before_the_default() {
    let directory = std::env::temp_dir().join(format!("oauthprovider-config-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let path = |realm: &str| {
        let path = directory.join(realm);
        std::fs::write(&path, format!("[server]\nrealm = {realm:?}\n")).unwrap();
        path
    };
    let (default, variable, flag) = (path("default"), path("variable"), path("flag"));
    let environment = [(OsString::from(environment::FILE), variable.into_os_string())];
    let flags = Flags { config: Some(flag), ..Flags::default() };
    let realm = |flags: &Flags, environment: &[_]| {
        Config::load_beside(&default, flags, environment.to_vec()).unwrap().server.realm
    };
    assert_eq!(realm(&flags, &environment), "flag");
    assert_eq!(realm(&Flags::default(), &environment), "variable");
    assert_eq!(realm(&Flags::default(), &[]), "default");
    std::fs::remove_dir_all(&directory).unwrap();
}

#[test]
fn certificate_and_key_are_given_together_wherever_each_is_given() {
    let cert = Flags { tls_cert: Some("cert.pem".to_owned()), ..Flags::default() };
    assert!(load_all("", &[], &cert).unwrap_err().starts_with("--tls-cert: server.tls_cert and server.tls_key "));
    let both = load_all("[server]\ntls_key = \"key.pem\"", &[], &cert).unwrap().server.tls;
    assert_eq!((both.cert, both.key), (Some("cert.pem".into()), Some("key.pem".into())));
    // Nothing takes back what a lower layer gave.
    assert!(variable_error("OAUTHPROVIDER_SERVER_TLS_KEY", "key.pem").starts_with("OAUTHPROVIDER_SERVER_TLS_KEY: "));
    let variables = [("OAUTHPROVIDER_SERVER_TLS_CERT", ""), ("OAUTHPROVIDER_SERVER_TLS_KEY", "")];
    let neither = load_all("[server]\ntls_cert = \"c\"\ntls_key = \"k\"", &variables, &Flags::default()).unwrap();
    assert!(neither.server.tls.cert.is_none() && neither.server.tls.key.is_none());
}
