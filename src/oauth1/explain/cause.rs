//! Why do two base strings differ? Each is taken apart into its three parts, and those into theirs.

use std::collections::HashSet;

use super::{
    pairs::{Rest, without},
    seen::{Place, Seen, Whole},
    shown::Text,
    spans::{Signed, decoded, signed},
};

/// How many parameters are named at most.
const MOST_NAMED: usize = 5;

/// Two base strings, each in its parts at the first two `&`.
pub(super) struct Sides<'a> {
    ours: Vec<&'a str>,
    theirs: Vec<&'a str>,
    theirs_whole: &'a str,
}

/// A name and a value in a base string: as they are written there, and decoded.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Written {
    text: String,
    name: String,
    value: String,
}

impl Written {
    fn shown_name(&self) -> Text {
        Text::of_name(&self.name, &self.value)
    }
}

impl<'a> Sides<'a> {
    pub(super) fn new(ours: &'a str, theirs: &'a str) -> Self {
        Self { ours: ours.splitn(3, '&').collect(), theirs: theirs.splitn(3, '&').collect(), theirs_whole: theirs }
    }
}

/// The likely causes, in the order of the parts.
pub(super) fn causes(seen: &Seen, whole: Option<&Whole>, sides: &Sides<'_>) -> Vec<String> {
    let ([our_method, our_uri, ours], [method, uri, theirs]) = (&sides.ours[..], &sides.theirs[..]) else {
        return vec![not_three_parts(sides.theirs_whole)];
    };
    let mut causes = Vec::new();
    if our_method != method {
        causes.push(of_methods(our_method, method));
    }
    if our_uri != uri {
        causes.extend(of_uris(our_uri, uri));
    }
    if ours != theirs {
        causes.extend(of_parameters(seen, whole, ours, theirs));
    }
    causes
}

fn not_three_parts(theirs: &str) -> String {
    let parts = theirs.split('&').count();
    if theirs.contains("%26") && parts == 1 {
        return "There is no &. It looks as if the base string had been escaped as a whole: only its second and third part are."
            .to_owned();
    }
    format!(
        "A & is missing: a base string has three parts, method, URI and parameters, joined by two &, and this has \
         {parts}."
    )
}

fn of_methods(ours: &str, theirs: &str) -> String {
    if ours.eq_ignore_ascii_case(theirs) {
        "The method is in upper case in a base string.".to_owned()
    } else {
        format!("The method is another one: {ours} arrived, and the client signed {}.", Text::of_piece(theirs))
    }
}

fn of_uris(our_text: &str, their_text: &str) -> Vec<String> {
    let (ours, theirs) = (decoded(our_text), decoded(their_text));
    if their_text.contains("://") {
        return vec!["The URI is not escaped: it is percent-encoded as a whole (http%3A%2F%2F…).".to_owned()];
    }
    if theirs.contains("%3A%2F%2F") || theirs.contains("%3a%2f%2f") {
        return vec!["The URI is escaped twice (http%253A…): once is right.".to_owned()];
    }
    if ours == theirs {
        return vec![of_escapes(our_text, their_text)];
    }
    let (Some(ours), Some(theirs)) = (Uri::of(&ours), Uri::of(&theirs)) else {
        return vec!["The second part is no URI with scheme and host.".to_owned()];
    };
    ours.differences(&theirs)
}

/// A URI in its parts.
struct Uri<'a> {
    scheme: &'a str,
    host: &'a str,
    port: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
}

impl<'a> Uri<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let (authority, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, Some(port)),
            _ => (authority, None),
        };
        Some(Self { scheme, host, port, path, query })
    }

    fn differences(&self, theirs: &Self) -> Vec<String> {
        let mut told = Vec::new();
        if self.scheme != theirs.scheme {
            told.push(format!(
                "The scheme differs: this service is known as {}://, and the client signed {}://. Behind a proxy that \
                 speaks TLS the client signs the address that it calls, and public_urls names that one.",
                self.scheme,
                Text::of_host(theirs.scheme)
            ));
        }
        if self.host != theirs.host {
            told.push(self.host_differs(theirs));
        }
        if self.port != theirs.port {
            told.push(self.port_differs(theirs));
        }
        if let Some(query) = theirs.query {
            told.push(query_left(query));
        }
        if self.path != theirs.path {
            told.push(self.path_differs(theirs));
        }
        told
    }

    fn host_differs(&self, theirs: &Self) -> String {
        if self.host.eq_ignore_ascii_case(theirs.host) {
            return "The host is in lower case in a base string.".to_owned();
        }
        format!(
            "The host differs: this service is known as {}, and the client signed {}. If it called that name, \
             public_urls lacks it, or a proxy does not pass the Host header on.",
            self.host,
            Text::of_host(theirs.host)
        )
    }

    fn port_differs(&self, theirs: &Self) -> String {
        match (self.port, theirs.port) {
            (None, Some(port)) => format!(
                "The port differs: the client kept :{port}. The default port of the scheme is left out; another one \
                 belongs into public_urls."
            ),
            (Some(port), None) => {
                format!("The port is missing: :{port} belongs to the URI unless it is the scheme's default.")
            }
            (Some(port), Some(other)) => {
                format!("The port differs: this service is known at :{port}, and the client signed :{other}.")
            }
            (None, None) => String::new(),
        }
    }

    fn path_differs(&self, theirs: &Self) -> String {
        let (ours, theirs) = (self.path, theirs.path);
        if ours.strip_suffix('/') == Some(theirs) {
            "The path ends with a slash on the wire, and the client signed it without.".to_owned()
        } else if theirs.strip_suffix('/') == Some(ours) {
            "The client signed a slash at the end of the path that is not on the wire.".to_owned()
        } else if decoded(ours) == theirs {
            "The path is decoded: it is signed as it stands on the wire, escapes and all.".to_owned()
        } else if decoded(theirs) == ours {
            "The path is escaped once more than it is on the wire.".to_owned()
        } else {
            let [ours, theirs] = [ours, theirs].map(shown_path);
            format!("The path is another one: {ours} arrived, and the client signed {theirs}.")
        }
    }
}

fn query_left(query: &str) -> String {
    let words = match query {
        "" => "The query is left in the URI: it ends before the ?. Even an empty one leaves its ? there.",
        _ => "The query is left in the URI: it ends before the ?.",
    };
    words.to_owned()
}

fn shown_path(path: &str) -> String {
    Text::of_path(path.split('/')).iter().map(Text::to_string).collect::<Vec<_>>().join("/")
}

fn of_parameters(seen: &Seen, whole: Option<&Whole>, our_text: &str, their_text: &str) -> Vec<String> {
    if their_text.contains(['=', '&']) {
        return vec![
            "The joined parameters are not escaped as a whole: in a base string they have neither = nor &, but %3D and \
             %26."
                .to_owned(),
        ];
    }
    let (ours, theirs) = (written(our_text), written(their_text));
    let (missing, extra) = (without(&ours, &theirs), without(&theirs, &ours));
    if missing.is_empty() && extra.is_empty() {
        return vec![of_order(&ours, &theirs)];
    }
    let mut extra = Rest::new(extra, |one| (one.name.clone(), decoded(&one.name)));
    let (mut changed, mut gone) = (Vec::new(), Vec::new());
    for one in missing {
        match extra.take(&one.name) {
            Some(other) => changed.push((one, other)),
            None => gone.push(one),
        }
    }
    let mut told = Vec::new();
    for (one, other) in changed.iter().take(MOST_NAMED) {
        let cause = of_values(one, other);
        if !told.contains(&cause) {
            told.push(cause);
        }
    }
    told.extend(of_gone(seen, whole, &gone));
    told.extend(of_extra(seen, whole, &extra.left()));
    told
}

/// The names and values of the third part.
fn written(text: &str) -> Vec<Written> {
    let pieces = text.split("%26").filter(|piece| !piece.is_empty());
    pieces
        .map(|piece| {
            let (name, value) = piece.split_once("%3D").or_else(|| piece.split_once("%3d")).unwrap_or((piece, ""));
            let twice = |text: &str| decoded(&decoded(text));
            Written { text: piece.to_owned(), name: twice(name), value: twice(value) }
        })
        .collect()
}

fn of_order(ours: &[Written], theirs: &[Written]) -> String {
    match ours.iter().zip(theirs).find(|(one, other)| one != other) {
        Some((one, other)) => format!(
            "The sort order differs: parameters are sorted by the bytes of their escaped names, and those of equal names by \
             their escaped values. Here {} comes where the client has {}.",
            one.shown_name(),
            other.shown_name()
        ),
        None => "The sort order differs: parameters are sorted by the bytes of their escaped names, and those of equal names \
                 by their escaped values."
            .to_owned(),
    }
}

/// Why one parameter is written otherwise.
fn of_values(ours: &Written, theirs: &Written) -> String {
    let name = ours.shown_name();
    if theirs.value == ours.value {
        return format!("{name}: {}", of_escapes(&ours.text, &theirs.text));
    }
    if ours.value.contains(' ') && theirs.value == ours.value.replace(' ', "+") {
        return format!("{name}: a blank is written as +. It is %20, and so %2520 in a base string.");
    }
    if decoded(&theirs.value) == ours.value {
        return format!(
            "{name}: escaped once too often. A value is escaped once, and the joined parameters once more."
        );
    }
    if decoded(&ours.value) == theirs.value || ours.value.replace('+', " ") == theirs.value {
        return format!("{name}: decoded once too often. What is signed is what was sent, decoded once.");
    }
    format!(
        "{name} differs: {:?} arrived, and the client signed {:?}.",
        Text::of_value(&ours.name, &ours.value).to_string(),
        Text::of_value(&ours.name, &theirs.value).to_string()
    )
}

/// Why two texts that mean the same are written differently.
fn of_escapes(ours: &str, theirs: &str) -> String {
    let upper = upper_case_escapes(theirs);
    if upper == ours {
        return "escapes are written in lower case (%3a); a base string has them in upper case (%3A).".to_owned();
    }
    if theirs.contains("%7E") || theirs.contains("%257E") {
        return "~ is escaped; it stays as it is.".to_owned();
    }
    if theirs.contains(['!', '*', '\'', '(', ')']) || marks_once(theirs) {
        return "!, *, ', ( and ) are not escaped (JavaScript's encodeURIComponent leaves them); they must be."
            .to_owned();
    }
    if !theirs.contains("%25") && ours.contains("%25") {
        return "not escaped before the parameters are joined; names and values are escaped by themselves, and then once \
                more as a whole."
            .to_owned();
    }
    "escaped differently; only letters, digits and -._~ stay as they are.".to_owned()
}

/// Marks that are escaped by the second escaping alone.
fn marks_once(text: &str) -> bool {
    ["%21", "%2A", "%27", "%28", "%29"].iter().any(|mark| text.contains(mark))
}

fn upper_case_escapes(text: &str) -> String {
    let mut left = 0_u8;
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        let is_digit = left > 0 && c.is_ascii_hexdigit();
        written.push(if is_digit { c.to_ascii_uppercase() } else { c });
        left = match (c, left) {
            ('%', _) => 2,
            ('5', 1) if written.ends_with("%25") => 2,
            (_, left) => left.saturating_sub(1),
        };
    }
    written
}

fn of_gone(seen: &Seen, whole: Option<&Whole>, gone: &[Written]) -> Option<String> {
    if gone.is_empty() {
        return None;
    }
    let parameters: Vec<_> = signed(seen, whole).iter().map(Signed::place_and_name).collect();
    let gone_names = all_names(gone);
    let all_of = |place: Place| {
        let mut here = parameters.iter().filter(|(found, _)| *found == place).peekable();
        here.peek().is_some() && here.all(|(_, name)| gone_names.contains(name.as_str()))
    };
    let names = names(gone);
    Some(if all_of(Place::Query) {
        format!("Missing in the client's base string: {names}: the parameters of the query are signed, too.")
    } else if all_of(Place::Body) {
        format!(
            "Missing in the client's base string: {names}: the body is counted, because its content type says that it is a \
             form."
        )
    } else {
        format!("Missing in the client's base string: {names}, and was sent.")
    })
}

fn of_extra(seen: &Seen, whole: Option<&Whole>, extra: &[Written]) -> Option<String> {
    if extra.is_empty() {
        return None;
    }
    let in_body: HashSet<&str> =
        whole.into_iter().flat_map(Whole::in_body).map(|parameter| parameter.name.as_str()).collect();
    let extra_names = all_names(extra);
    let names = names(extra);
    Some(if !seen.is_form && extra_names.is_subset(&in_body) {
        format!(
            "Only in the client's base string: {names}: the body is not counted, because its content type does not say \
             application/x-www-form-urlencoded."
        )
    } else if extra_names.contains("oauth_signature") {
        format!("Only in the client's base string: {names}: the signature is the one parameter that is not signed.")
    } else if extra_names.contains("realm") {
        format!("Only in the client's base string: {names}: the realm of the header is no parameter.")
    } else {
        format!("Only in the client's base string: {names}, and did not arrive.")
    })
}

fn all_names(pieces: &[Written]) -> HashSet<&str> {
    pieces.iter().map(|one| one.name.as_str()).collect()
}

/// A few of the names, to be told.
fn names(pieces: &[Written]) -> String {
    let mut names: Vec<String> = pieces.iter().take(MOST_NAMED).map(|piece| piece.shown_name().to_string()).collect();
    if pieces.len() > MOST_NAMED {
        names.push("…".to_owned());
    }
    names.join(", ")
}
