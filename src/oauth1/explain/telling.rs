//! What looks like a secret, or may hold one?
//!
//! Who sends secrets by mistake calls them what they like, and escapes them as often as they like. So names are looked at
//! with their escapes resolved, in lower case and as letters alone; and a value counts as harmless only where nothing in it
//! looks like another name with its value. How names and values are written in all the languages that people put into
//! parameters nobody can know: a value that speaks of a secret at all is taken for one.

/// What the protocol itself has, with values that are no secret.
const HARMLESS: [&str; 8] = [
    "oauth_consumer_key",
    "oauth_signature_method",
    "oauth_timestamp",
    "oauth_nonce",
    "oauth_version",
    "oauth_callback",
    "oauth_body_hash",
    "realm",
];

/// What the names of secrets have in them.
const TELLING: [&str; 23] = [
    "pass",
    "pwd",
    "kennwort",
    "secret",
    "token",
    "key",
    "auth",
    "cred",
    "sess",
    "cookie",
    "signature",
    "verifier",
    "code",
    "totp",
    "bearer",
    "csrf",
    "xsrf",
    "assertion",
    "saml",
    "ticket",
    "hmac",
    "private",
    "phrase",
];

/// What is too short to look for within words, and is a secret's name, or the end of a part of it.
const TELLING_ENDS: [&str; 7] = ["pw", "pin", "otp", "sid", "sig", "jwt", "cert"];

/// What credentials begin with, where they stand without a name.
const SCHEMES: [&str; 9] = ["basic", "bearer", "digest", "oauth", "token", "negotiate", "ntlm", "dpop", "apikey"];
/// What an object of JSON begins with in base64, and so every signed token (RFC 7519): `{"`.
const SIGNED_JSON: &str = "eyj";

/// What stands in paths of OAuth, this service's own among them, before pieces that are no secret.
const IN_PATHS: [&str; 6] = ["oauth", "oauth1", "oauth2", "oauthprovider", "request_tokens", "access_tokens"];

/// What joins a name to its value, in any of the languages that people put into parameters.
const JOINTS: [char; 3] = ['=', ':', '>'];
/// What a name begins after.
const SEPARATORS: &[char] = &['&', ';', ',', '?', '/', '#', '{', '}', '(', ')', '<', '|', '\n', '\r'];

/// How often something is escaped at most that is looked into.
const MOST_ESCAPES: usize = 6;
/// The most digits of a port.
const LONGEST_PORT: usize = 5;

/// Whether the protocol has this name for what is no secret.
pub(super) fn is_harmless(name: &str) -> bool {
    plain(name).is_some_and(|name| HARMLESS.contains(&name.trim()))
}

/// Whether what has this name is a consumer's key, if it is anybody's.
pub(super) fn is_consumer_key(name: &str) -> bool {
    plain(name).is_some_and(|name| name.trim() == "oauth_consumer_key")
}

/// Whether what has this name is a secret, or may be one.
pub(super) fn is_telling(name: &str) -> bool {
    plain(name).is_none_or(|name| !HARMLESS.contains(&name.trim()) && has_telling_part(&name))
}

/// Whether something in a text has the name of a secret, or is a credential by its looks; or it cannot be told.
pub(super) fn holds_a_secret(text: &str) -> bool {
    let Some(text) = plain(text) else { return true };
    // Whoever escapes in yet another way could write any name.
    let is_odd = text.contains('\\') || text.contains("&#");
    let scheme = text.trim_start().split_once(char::is_whitespace).map(|(scheme, _)| scheme);
    let is_credential = scheme.is_some_and(|scheme| SCHEMES.contains(&scheme));
    let is_token = words(&text).any(|word| word.starts_with(SIGNED_JSON));
    is_odd || is_credential || is_token || has_user_info(&text) || names_a_secret(&text)
}

/// Whether a word in a text may be the name of a secret: then the secret may stand anywhere beside it. Of a URL in front
/// neither the host nor a last piece of the path is the name of anything.
pub(super) fn speaks_of_a_secret(text: &str) -> bool {
    let Some(text) = plain(text) else { return true };
    let (path, rest) = url_in_front(&text).unwrap_or(("", &text));
    let mut names = path.split('/').rev().skip(1);
    names.any(names_the_next_piece) || words(rest).any(has_telling_part)
}

/// Whether the piece of a path behind this one may be a secret.
pub(super) fn names_the_next_piece(piece: &str) -> bool {
    is_telling(piece) && !IN_PATHS.contains(&piece)
}

/// The path of the URL that a text begins with, and what follows that.
fn url_in_front(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"))?;
    let is_of_url = |c: char| c.is_alphanumeric() || matches!(c, '/' | ':' | '.' | '-' | '_' | '~' | '[' | ']');
    let (url, rest) = rest.split_at(rest.find(|c| !is_of_url(c)).unwrap_or(rest.len()));
    Some((url.split_once('/').map_or("", |(_, path)| path), rest))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.')).filter(|word| !word.is_empty())
}

/// Whether a name, in lower case and without escapes, is a secret's.
fn has_telling_part(name: &str) -> bool {
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let parts = name.split(|c: char| !c.is_alphanumeric());
    // Whoever has two of them numbers them.
    let mut parts = parts.map(|part| part.trim_end_matches(|c: char| c.is_ascii_digit()));
    TELLING.iter().any(|word| letters.contains(word))
        || parts.any(|part| TELLING_ENDS.iter().any(|end| part.ends_with(end)))
}

/// Looks at whatever stands before a joint, in one pass: it may be long.
fn names_a_secret(text: &str) -> bool {
    let (mut name, mut begins) = ("", 0);
    for (at, joint) in text.match_indices(|c| JOINTS.contains(&c) || SEPARATORS.contains(&c)) {
        let (before, after) = (text.get(..begins).unwrap_or_default(), text.get(at..).unwrap_or_default());
        let piece = text.get(begins..at).unwrap_or_default();
        begins = at + joint.len();
        // What separates may stand beside a joint, too.
        if piece.contains(char::is_alphanumeric) {
            name = piece;
        }
        if joint.contains(JOINTS) {
            if is_telling(name) && !is_authority(before, after) {
                return true;
            }
            name = "";
        }
    }
    false
}

/// Whether this is the colon between the host and the port of a URL, whatever the host is called.
fn is_authority(before: &str, after: &str) -> bool {
    let port = after.strip_prefix(':').and_then(|after| after.split(SEPARATORS).next());
    before.ends_with("://") && port.is_some_and(is_port)
}

fn is_port(text: &str) -> bool {
    text.len() <= LONGEST_PORT && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether there is a URL in it with a password, or room for one; or a name and a password before a host without being a URL.
fn has_user_info(text: &str) -> bool {
    let is_user_info = |rest: &str| rest.split(['/', '?', '#']).next().is_some_and(|host| host.contains('@'));
    let before_the_last = text.rsplit_once('@').map_or("", |(before, _)| before);
    let is_of_url = |rest: &str| rest.starts_with("//") || rest.split_once('/').is_some_and(|(port, _)| is_port(port));
    let mut behind_colons = before_the_last.split(':').skip(1);
    text.split("//").skip(1).any(is_user_info) || behind_colons.any(|rest| !is_of_url(rest))
}

/// With every escape resolved and in lower case; `None`: it is escaped more often than anybody does.
fn plain(text: &str) -> Option<String> {
    let mut text = text.to_owned();
    for _ in 0..MOST_ESCAPES {
        let decoded = percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned();
        if decoded == text {
            return Some(text.to_lowercase());
        }
        text = decoded;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::shown::Text;

    const SECRET: &str = "hUnTeR2xYz";

    #[track_caller]
    fn is_masked(name: &str, value: &str) {
        let value = value.replace('@', SECRET);
        let shown = format!("{} {}", Text::of_name(name, &value), Text::of_value(name, &value));
        assert!(!shown.contains(SECRET), "{shown}");
    }

    #[test]
    fn secrets_are_masked_by_the_ends_of_their_names() {
        for name in
            ["PHPSESSID", "phpSessId", "sess", "connect.sid", "totp", "totp_1", "hotp", "userPw", "user_pw2", "simPin"]
        {
            is_masked(name, "@");
            is_masked("a", &format!("{name}=@"));
            is_masked("a", &format!("b;{name}=@"));
        }
        for name in ["kennwort", "DB_Kennwort"] {
            is_masked(name, "@");
        }
    }

    #[test]
    fn a_value_that_speaks_of_a_secret_is_masked_as_a_whole() {
        for value in [
            "{\"parameter\":[{\"name\":\"DEPLOY_PASSWORD\",\"value\":\"@\"}]}",
            "a:1:{s:8:\"password\";s:10:\"@\";}",
            "[\"password\",\"@\"]",
            "password,@",
            "'userPw' '@'",
            "user\talice\tpin\t@",
            "machine forge.example login alice password @",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.@",
            "https://forge.example/reset/token/@",
            "https://forge.example/x,password,@",
        ] {
            is_masked("data", value);
        }
        for value in ["https://forge.example/secret", "Crash on start", "2 shipping lists, and more", "a/b/c"] {
            assert!(Text::of_value("data", value).shown().is_some(), "{value}");
        }
        // What the protocol says is what it says, whatever words it has.
        assert!(Text::of_value("oauth_signature_method", "HMAC-SHA1").shown().is_some());
        assert!(Text::of_value("oauth_callback", "https://ci.example/auth/token/back").shown().is_some());
    }

    #[test]
    fn a_name_and_a_password_before_a_host_are_masked_with_and_without_a_scheme() {
        for host in ["alice:hUnTeR2xYz@h.example", "//alice:hUnTeR2xYz@h.example/x", "https://hUnTeR2xYz@h.example"] {
            for before in ["", "clone ", "a,"] {
                let value = format!("{before}{host}");
                assert!(Text::of_value("remote", &value).shown().is_none(), "{value}");
                assert!(Text::of_piece(&value).shown().is_none(), "{value}");
            }
        }
        for value in ["https://h.example:8443/@alice", "bob@h.example", "http://h.example/a@b", "12:30"] {
            assert!(Text::of_value("remote", value).shown().is_some(), "{value}");
        }
    }

    #[test]
    fn a_path_is_looked_at_as_a_whole() {
        let shown = |path: &str| {
            let pieces = Text::of_path(path.split('/'));
            pieces.iter().map(Text::to_string).collect::<Vec<_>>().join("/")
        };
        for path in [
            "/echo/https://alice:@@h.example/x",
            "/echo/https://alice:a/@@h.example/x",
            "/echo/https%3A%2F%2Falice:@@h.example/x",
            "/echo/a;PHPSESSID=@",
            "/echo/password/@",
            "/echo/password/;/=@",
            "/echo/oauth_verifier/@",
            "/echo/my%20token/@/x",
        ] {
            let path = path.replacen('@', SECRET, 1);
            assert!(!shown(&path).contains(SECRET), "{path} {}", shown(&path));
        }
        for path in [
            "/plugins/oauthprovider/request_token.php",
            "/plugins/oauthprovider/echo/a:b",
            "/plugins/oauthprovider/access_tokens/7/revoke",
            "/api/projects/project-a/trackers/bugs/items/1",
            "/api/token",
            "//",
        ] {
            assert_eq!(shown(path), path);
        }
    }
}
