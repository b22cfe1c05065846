//! The plugin's descriptor: who it is, which hooks it plays, and how it behaves among the other auth plugins.
//!
//! It is the head of `plugin.toml`, which the binary carries inside it. What stands below that head, the settings, is
//! read by [`crate::config`], and so is a user's file.

use serde::Deserialize;

/// The text of `plugin.toml`: the descriptor and the default of every setting.
pub const EMBEDDED: &str = include_str!("../plugin.toml");

/// What the plugin says about itself.
///
/// `name`, `version`, `description` and `hooks` describe the program and are the same for everybody; `required` is a
/// choice of whoever runs it; `sufficient` is always false.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Plugin {
    /// The name that pages ask for: `session_for_authplugin("oauthprovider")`.
    pub name: String,
    /// The program's version, Cargo's.
    pub version: String,
    /// What it is for, in one sentence.
    pub description: String,
    /// The hooks of FusionForge's auth plugins whose parts it plays.
    pub hooks: Vec<String>,
    /// Whether an unsigned request to a guarded page is refused at once; else it is passed on anonymously.
    pub required: bool,
    /// Whether a signed request opens pages that do not ask for this plugin by name. Never.
    pub sufficient: bool,
}

impl Plugin {
    /// The descriptor that the binary carries inside it.
    #[expect(clippy::expect_used, reason = "the text is part of the binary, and a test reads it")]
    pub fn embedded() -> Self {
        toml::from_str(EMBEDDED).expect("the embedded plugin.toml has a whole descriptor")
    }
}

#[cfg(test)]
mod tests {
    use super::Plugin;

    #[test]
    fn the_descriptor_is_the_programs_own() {
        let plugin = Plugin::embedded();
        assert_eq!(plugin.name, env!("CARGO_PKG_NAME"));
        assert_eq!(plugin.version, env!("CARGO_PKG_VERSION"));
        assert!(!plugin.description.is_empty());
    }

    #[test]
    fn it_plays_three_hooks_and_opens_no_page_that_did_not_ask_for_it() {
        let plugin = Plugin::embedded();
        assert_eq!(plugin.hooks, ["check_auth_session", "fetch_authenticated_user", "restrict_roles"]);
        assert!(!plugin.required && !plugin.sufficient);
    }
}
