//! What may be shown of a request: everything but signatures, verifiers, secrets and whole tokens.

/// What stands in the place of what is not shown.
const HIDDEN: &str = "…";
/// How many characters of a token's key are shown, and how many it must have for that.
const SHOWN: usize = 6;
const LONG_ENOUGH: usize = 16;

/// How a name and its value are joined, by how often they are escaped, and what ends the value.
const JOINTS: [(&str, &[&str]); 5] = [
    ("=", &["&", "%26", "\"", ",", " "]),
    ("%3D", &["%26", "&"]),
    ("%3d", &["%26", "&"]),
    ("%253D", &["%2526", "%26", "&"]),
    ("%253d", &["%2526", "%26", "&"]),
];

/// The beginning of a token's key, which says which token it is and is no use to anybody.
pub fn abbreviated(key: &str) -> String {
    if key.chars().count() < LONG_ENOUGH {
        return HIDDEN.to_owned();
    }
    key.chars().take(SHOWN).chain(HIDDEN.chars()).collect()
}

/// The value of a parameter, as far as it may be shown.
pub fn shown_value(name: &str, value: &str) -> String {
    match name {
        "oauth_token" => abbreviated(value),
        name if is_hidden(name) => HIDDEN.to_owned(),
        _ => value.to_owned(),
    }
}

/// Whether the value of this parameter is shown in no part. A secret has no place in a request, but mistakes are made.
fn is_hidden(name: &str) -> bool {
    matches!(name, "oauth_signature" | "oauth_verifier") || name.contains("secret") || name.contains("password")
}

/// The same for a text with parameters in it: a base string, a header, a query or a form.
pub fn masked(text: &str) -> String {
    with_values(text, shown_value)
}

/// A text with parameters in it, without signatures and without secrets that have no place in a request.
///
/// The signature of `PLAINTEXT`, for one, is the secrets themselves.
pub fn without_signatures(text: &str) -> String {
    let kept = |name: &str, value: &str| match name {
        "oauth_verifier" => value.to_owned(),
        name if is_hidden(name) => String::new(),
        _ => value.to_owned(),
    };
    with_values(text, kept)
}

/// The text with other values, by name and value.
fn with_values(text: &str, other: impl Fn(&str, &str) -> String) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, joint, ends)) = next_joint(rest) {
        let (before, after) = rest.split_at(at + joint.len());
        written.push_str(before);
        let name = name_before(before, joint);
        // A header may have blanks around its `=`, and quotes.
        let (opening, value) = after.split_at(after.len() - after.trim_start_matches([' ', '\t', '"']).len());
        written.push_str(opening);
        let end = ends.iter().filter_map(|end| value.find(end)).min().unwrap_or(value.len());
        let (value, after) = value.split_at(end);
        written.push_str(&other(&name, value));
        rest = after;
    }
    written + rest
}

/// The first place where a value begins.
fn next_joint(text: &str) -> Option<(usize, &'static str, &'static [&'static str])> {
    JOINTS.iter().filter_map(|(joint, ends)| Some((text.find(joint)?, *joint, *ends))).min_by_key(|(at, ..)| *at)
}

/// The name that ends where the value's joint begins. Some escape its `_`.
fn name_before(text: &str, joint: &str) -> String {
    let text = text.strip_suffix(joint).unwrap_or(text).trim_end();
    let name = text.rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '%'))).next().unwrap_or_default();
    let name = ["%255F", "%255f", "%5F", "%5f"].iter().fold(name.to_owned(), |name, escape| name.replace(escape, "_"));
    // What is left of an escape before it: `%26oauth_token` is `oauth_token`.
    name.rfind("oauth_").and_then(|at| name.get(at..)).unwrap_or(&name).to_owned()
}
