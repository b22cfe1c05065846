//! A `plugin.toml`. What is let through keeps to the documented ranges; what is not is told in one line that names the
//! place, and in which no password stands.

use oauthprovider::config::Config;

/// Longer than what a setting may hold, and found nowhere by chance.
const PASSWORD: &str = "hunter2-correct-horse";

/// Whether these bytes are a configuration.
pub fn is_good(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    keeps_a_password(text);
    match Config::from_text("plugin.toml", text) {
        Ok(config) => {
            keeps_to_the_ranges(&config);
            true
        }
        Err(error) => {
            names_the_place(&error.to_string(), text);
            false
        }
    }
}

fn keeps_to_the_ranges(config: &Config) {
    assert_eq!(config.plugin.name, "oauthprovider");
    assert!(!config.plugin.sufficient, "a signed request would open every page");
    let server = &config.server;
    assert!((1..=256).contains(&server.workers) && server.shutdown.as_secs() <= 3_600);
    assert!(server.realm.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && !server.realm.contains(['"', '\\']));
    assert!(!server.public_urls.is_empty() || server.listen.ip().to_canonical().is_loopback());
    assert!(server.public_urls.iter().all(|url| !url.trim().is_empty()));
    assert!((1..=512).contains(&config.database.pool_size) && (1..=60).contains(&config.database.wait.as_secs()));
    for seconds in [config.oauth.request_token_seconds, config.oauth.verifier_seconds] {
        assert!((1..=86_400).contains(&seconds));
    }
    assert!((1..=3_600).contains(&config.oauth.sweep.as_secs()));
    assert!((60..=2_592_000).contains(&config.session.lifetime_seconds));
}

/// `plugin.toml:12: …`, with a line that the file has.
fn names_the_place(told: &str, text: &str) {
    assert!(!told.contains(char::is_control), "{told:?}");
    let line = told.strip_prefix("plugin.toml:").and_then(|rest| rest.split(':').next());
    let line = line.and_then(|line| line.parse::<usize>().ok()).unwrap_or_else(|| panic!("{told:?} names no line"));
    assert!((1..=text.split('\n').count()).contains(&line), "{told:?}");
}

/// Whatever stands before it.
fn keeps_a_password(text: &str) {
    let text = format!("{text}\n[database]\nurl = \"postgres://forge:{PASSWORD}@db/forge\"\n");
    let told = match Config::from_text("plugin.toml", &text) {
        Ok(config) => format!("{config:?}"),
        Err(error) => error.to_string(),
    };
    assert!(!told.contains(PASSWORD), "{told}");
}
