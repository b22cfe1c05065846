//! As much of a browser as logging in and deciding take: cookies, redirects within the service, one form on a page.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{Answer, Call, Http, Outcome, ensure};

/// A user in front of the service.
pub struct Browser<'a> {
    pub base: &'a str,
    pub user: &'a str,
    pub password: &'a str,
    http: Http<'a>,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl<'a> Browser<'a> {
    /// Nobody is logged in yet; that happens when the service asks for it.
    pub fn new(base: &'a str, user: &'a str, password: &'a str, http: Http<'a>) -> Self {
        Self { base, user, password, http, cookies: RefCell::default() }
    }

    /// Opens the consent page, logs in on the way where asked, and grants the role whose label holds all `words`. Gives
    /// the answer to the decision: a redirect to the callback, or the page with the verifier.
    pub fn grant(&self, authorize_url: &str, words: &[&str]) -> Outcome<Answer> {
        let mut page = self.open(authorize_url.to_owned(), None)?;
        if page.body.contains("name=\"password\"") {
            let fields = vec![("username".into(), self.user.to_owned()), ("password".into(), self.password.to_owned())];
            page = self.submit("/login", &page, fields)?;
        }
        ensure("the consent page", page.status == 200 && page.body.contains("csrf_token"), &page)?;
        let role = role_labelled(&page.body, words)?;
        let fields = vec![("role_id".into(), role), ("decision".into(), "authorize".into())];
        self.submit("/plugins/oauthprovider/authorize", &page, fields)
    }

    /// Sends the page's hidden fields and the user's own.
    fn submit(&self, path: &str, page: &Answer, mut fields: Vec<(String, String)>) -> Outcome<Answer> {
        for tag in tags(&page.body, "input").filter(|tag| attribute(tag, "type").as_deref() == Some("hidden")) {
            fields.push((attribute(tag, "name").unwrap_or_default(), attribute(tag, "value").unwrap_or_default()));
        }
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.open(format!("{}{path}", self.base), Some(form))
    }

    /// Follows redirects as long as they stay within the service.
    fn open(&self, url: String, form: Option<String>) -> Outcome<Answer> {
        let answer = (self.http)(&self.request(url, form))?;
        for cookie in &answer.cookies {
            let pair = cookie.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.cookies.borrow_mut().insert(name.trim().to_owned(), value.trim().to_owned());
        }
        match answer.location.as_deref() {
            Some(path) if path.starts_with('/') => self.open(format!("{}{path}", self.base), None),
            Some(url) if url.starts_with(&format!("{}/", self.base)) => self.open(url.to_owned(), None),
            _ => Ok(answer),
        }
    }

    fn request(&self, url: String, form: Option<String>) -> Call {
        let jar = self.cookies.borrow();
        let cookies: Vec<_> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut headers = vec![("Accept", "text/html".to_owned())];
        if !cookies.is_empty() {
            headers.push(("Cookie", cookies.join("; ")));
        }
        if form.is_some() {
            headers.push(("Origin", self.base.to_owned()));
            headers.push(("Content-Type", "application/x-www-form-urlencoded".to_owned()));
        }
        Call { method: if form.is_some() { "POST" } else { "GET" }.to_owned(), url, headers, body: form }
    }
}

/// The text of the element with that id, which holds no others.
pub fn text_of(page: &str, id: &str) -> Outcome<String> {
    let (_, after) = page.split_once(&format!("id=\"{id}\"")).ok_or_else(|| format!("no element {id} in {page}"))?;
    Ok(unescaped(inside(after)).trim().to_owned())
}

/// The value of the radio button whose `<label for=…>` holds all `words`.
fn role_labelled(page: &str, words: &[&str]) -> Outcome<String> {
    for tag in tags(page, "input").filter(|tag| attribute(tag, "name").as_deref() == Some("role_id")) {
        let id = attribute(tag, "id").unwrap_or_default();
        let label = page.split_once(&format!("<label for=\"{id}\"")).map_or("", |(_, after)| after);
        let label = unescaped(label.split("</label>").next().unwrap_or_default());
        if words.iter().all(|word| label.contains(word)) {
            return attribute(tag, "value").ok_or_else(|| "a role without a value".into());
        }
    }
    Err(format!("no role labelled {words:?} in {page}").into())
}

fn tags<'p>(page: &'p str, name: &str) -> impl Iterator<Item = &'p str> {
    let opening = format!("<{name} ");
    let starts: Vec<usize> = page.match_indices(&opening).map(|(start, _)| start).collect();
    starts.into_iter().filter_map(|start| page.get(start..)?.split('>').next())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split('"').next().map(unescaped)
}

/// What stands between the end of the current tag and the next one.
fn inside(after: &str) -> &str {
    after.split_once('>').map_or("", |(_, text)| text.split('<').next().unwrap_or_default())
}

fn unescaped(text: &str) -> String {
    let quotes = text.replace("&#x27;", "'").replace("&#39;", "'").replace("&quot;", "\"").replace("&#x2F;", "/");
    quotes.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
