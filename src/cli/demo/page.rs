//! A page as a browser reads it: its title, the text of an element, and its forms. Reads our own templates, which are
//! well formed and quote every attribute; it is no parser for anybody else's HTML.

use crate::oauth1::encode_urlencoded;

/// A page.
pub struct Page {
    html: String,
}

/// A form with its fields, filled in as the page has them.
pub struct Form {
    /// Where it is posted to.
    pub action: String,
    controls: Vec<Control>,
}

/// A part of a form.
struct Control {
    kind: Kind,
    name: String,
    value: String,
    id: String,
    /// What a person reads at it.
    label: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Text that goes along: typed or hidden.
    Text,
    /// One of several that exclude each other.
    Choice { checked: bool },
    /// Goes along where it is pressed.
    Button,
}

/// A piece of HTML.
enum Piece<'a> {
    Open(&'a str),
    Close(&'a str),
    Text(&'a str),
}

impl Page {
    /// Takes the text of a page.
    pub fn new(html: String) -> Self {
        Self { html }
    }

    /// The title, without the name of the service behind it.
    pub fn title(&self) -> String {
        let title = self.text_within(|tag| name_of(tag) == "title").unwrap_or_default();
        title.split(" · ").next().unwrap_or_default().to_owned()
    }

    /// The text of the element with that id.
    pub fn text_of(&self, id: &str) -> Option<String> {
        self.text_within(|tag| attribute(tag, "id").as_deref() == Some(id))
    }

    /// Whether a person reads these words on the page.
    pub fn says(&self, words: &str) -> bool {
        let text: Vec<String> = pieces(&self.html).iter().filter_map(Piece::text).collect();
        one_line(&text.join(" ")).contains(words)
    }

    /// The form that posts to that path.
    pub fn form_to(&self, path: &str) -> Option<Form> {
        self.forms().into_iter().find(|form| form.action == path)
    }

    /// The form with the button that says these words.
    pub fn form_saying(&self, words: &[&str]) -> Option<Form> {
        let says = |control: &Control| words.iter().all(|word| control.label.contains(word));
        let fits = |form: &Form| form.controls.iter().any(|one| one.kind == Kind::Button && says(one));
        self.forms().into_iter().find(fits)
    }

    fn text_within(&self, is_wanted: impl Fn(&str) -> bool) -> Option<String> {
        let pieces = pieces(&self.html);
        let mut rest = pieces.iter().skip_while(|piece| !matches!(piece, Piece::Open(tag) if is_wanted(tag)));
        let Some(Piece::Open(tag)) = rest.next() else { return None };
        Some(text_until(rest, name_of(tag)))
    }

    fn forms(&self) -> Vec<Form> {
        let pieces = pieces(&self.html);
        let mut forms: Vec<Form> = Vec::new();
        let mut labels = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let Piece::Open(tag) = piece else { continue };
            let text = || text_until(pieces.iter().skip(at + 1), name_of(tag));
            match name_of(tag) {
                "form" => forms.push(Form { action: value(tag, "action"), controls: Vec::new() }),
                "label" => labels.push((value(tag, "for"), text())),
                name => {
                    let control = control(name, tag, text);
                    if let (Some(form), Some(control)) = (forms.last_mut(), control) {
                        form.controls.push(control);
                    }
                }
            }
        }
        for control in forms.iter_mut().flat_map(|form| &mut form.controls).filter(|one| one.kind != Kind::Button) {
            let label = labels.iter().find(|(target, _)| *target == control.id);
            control.label = label.map(|(_, text)| text.clone()).unwrap_or_default();
        }
        forms
    }
}

impl Form {
    /// What can be chosen for a name: each value with what a person reads at it.
    pub fn choices(&self, name: &str) -> Vec<(&str, &str)> {
        let choices = self.controls.iter().filter(|one| matches!(one.kind, Kind::Choice { .. }) && one.name == name);
        choices.map(|one| (one.value.as_str(), one.label.as_str())).collect()
    }

    /// The body that a browser posts when a person typed, chose and pressed this.
    ///
    /// # Errors
    /// The name of what the form does not offer.
    pub fn filled_in(&self, typed: &[(&str, &str)]) -> Result<String, String> {
        let given = |name: &str| typed.iter().find(|(typed, _)| *typed == name).map(|(_, value)| *value);
        for (name, value) in typed {
            let offers = |one: &Control| one.name == *name && (one.kind == Kind::Text || one.value == *value);
            if !self.controls.iter().any(offers) {
                return Err(format!("the form for {} does not offer {name}={value}", self.action));
            }
        }
        let sent = self.controls.iter().filter(|one| !one.name.is_empty()).filter_map(|one| {
            let value = match (one.kind, given(&one.name)) {
                (Kind::Text, Some(typed)) => typed,
                (Kind::Text, None) | (Kind::Choice { checked: true }, None) => &one.value,
                (Kind::Choice { .. } | Kind::Button, Some(chosen)) if chosen == one.value => chosen,
                (Kind::Choice { .. } | Kind::Button, _) => return None,
            };
            Some((one.name.as_str(), value))
        });
        Ok(encode_urlencoded(&sent.collect::<Vec<_>>()))
    }
}

fn control(element: &str, tag: &str, text: impl Fn() -> String) -> Option<Control> {
    let (kind, value, label) = match (element, attribute(tag, "type").as_deref()) {
        ("input", Some("radio")) => (Kind::Choice { checked: has(tag, "checked") }, value(tag, "value"), String::new()),
        ("input", _) => (Kind::Text, value(tag, "value"), String::new()),
        ("textarea", _) => (Kind::Text, text(), String::new()),
        ("button", _) => (Kind::Button, value(tag, "value"), text()),
        (_, _) => return None,
    };
    Some(Control { kind, name: self::value(tag, "name"), value, id: self::value(tag, "id"), label })
}

impl Piece<'_> {
    fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(unescaped(text)),
            Self::Open(_) | Self::Close(_) => None,
        }
    }
}

fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for (number, part) in html.split('<').enumerate() {
        if number == 0 {
            pieces.push(Piece::Text(part));
            continue;
        }
        // Attributes are escaped, so the first `>` ends the tag.
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        pieces.push(match tag.strip_prefix('/') {
            Some(name) => Piece::Close(name),
            None => Piece::Open(tag),
        });
        pieces.push(Piece::Text(text));
    }
    pieces
}

fn text_until<'p>(pieces: impl Iterator<Item = &'p Piece<'p>>, element: &str) -> String {
    let inside = pieces.take_while(|piece| !matches!(piece, Piece::Close(name) if *name == element));
    one_line(&inside.filter_map(Piece::text).collect::<Vec<_>>().join(""))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn name_of(tag: &str) -> &str {
    tag.split_whitespace().next().unwrap_or_default()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split('"').next().map(unescaped)
}

fn value(tag: &str, name: &str) -> String {
    attribute(tag, name).unwrap_or_default()
}

/// Whether a tag has an attribute without a value.
fn has(tag: &str, name: &str) -> bool {
    tag.split('"').step_by(2).any(|outside| outside.split_whitespace().any(|word| word == name))
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        match after.split_once(';').and_then(|(name, after)| Some((character(name)?, after))) {
            Some((character, after)) => {
                plain.push(character);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => digits.parse(),
            };
            char::from_u32(number.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        let html = r#"<title>Ask &amp; tell · Forge</title><form method="post" action="/out"><button>Log out</button></form>
            <form method="post" action="/in"><input type="hidden" name="csrf_token" value="a&quot;b">
            <input type="radio" name="role_id" value="1" id="r1" required><label for="r1"><strong>Reporter</strong> in A</label>
            <input type="radio" name="role_id" value="2" id="r2" checked><label for="r2">Boss</label>
            <textarea name="text" rows="2">x &#x2F; y</textarea>
            <button name="decision" value="yes">Yes<span> indeed</span></button></form><code id="key">k&lt;1</code>"#;
        Page::new(html.to_owned())
    }

    #[test]
    fn what_a_person_reads_is_read() {
        assert_eq!(page().title(), "Ask & tell");
        assert_eq!(page().text_of("key").as_deref(), Some("k<1"));
        assert_eq!(page().text_of("none"), None);
        assert!(page().says("in A"));
    }

    #[test]
    fn a_form_is_posted_as_the_page_has_it_but_for_what_was_typed() {
        let form = page().form_to("/in").unwrap();
        assert_eq!(form.filled_in(&[]).unwrap(), "csrf_token=a%22b&role_id=2&text=x%20%2F%20y");
        let typed = form.filled_in(&[("role_id", "1"), ("decision", "yes"), ("text", "")]).unwrap();
        assert_eq!(typed, "csrf_token=a%22b&role_id=1&text=&decision=yes");
        assert_eq!(form.choices("role_id"), [("1", "Reporter in A"), ("2", "Boss")]);
        assert_eq!(page().form_saying(&["Yes", "indeed"]).unwrap().action, "/in");
    }

    #[test]
    fn what_a_form_does_not_offer_cannot_be_sent() {
        let form = page().form_to("/in").unwrap();
        for typed in [("role_id", "3"), ("decision", "no"), ("username", "alice")] {
            assert!(form.filled_in(&[typed]).is_err(), "{typed:?}");
        }
    }
}
