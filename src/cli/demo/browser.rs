//! A person in front of a browser: cookies, redirects within the service, forms.

use std::{cell::RefCell, collections::BTreeMap};

use super::{
    check,
    page::{Form, Page},
    stage::Stage,
};
use crate::cli::{
    CliError,
    client::http::{Answer, FORM, Request},
};

/// How many redirects in a row are followed.
const MOST_REDIRECTS: usize = 5;

/// One person's browser.
pub struct Browser<'a> {
    stage: &'a Stage,
    who: &'static str,
    cookies: RefCell<BTreeMap<String, String>>,
}

/// Where a browser came to.
pub struct Visit {
    /// What it shows.
    pub page: Page,
    /// Where it was sent outside of the service. Nobody follows it there.
    pub outside: Option<String>,
}

impl<'a> Browser<'a> {
    /// Nobody is logged in yet.
    pub fn new(stage: &'a Stage, who: &'static str) -> Self {
        Self { stage, who, cookies: RefCell::default() }
    }

    /// Opens an address.
    ///
    /// # Errors
    /// When there is no answer, or none that is a page.
    pub fn open(&self, path: &str) -> Result<Visit, CliError> {
        self.go("GET", path, None)
    }

    /// Fills in a form, and posts it.
    ///
    /// # Errors
    /// When the form does not offer what was typed; else as [`Browser::open`].
    pub fn submit(&self, form: &Form, typed: &[(&str, &str)]) -> Result<Visit, CliError> {
        self.go("POST", &form.action, Some(form.filled_in(typed).map_err(CliError::Failed)?))
    }

    /// Logs in on the page that the service led to.
    ///
    /// # Errors
    /// When it is no page to log in on, or logging in fails.
    pub fn log_in(&self, visit: &Visit, user: &str, password: &str) -> Result<Visit, CliError> {
        let form = check::there(visit.page.form_to("/login"), "a form to log in")?;
        self.submit(&form, &[("username", user), ("password", password)])
    }

    fn go(&self, method: &'static str, path: &str, form: Option<String>) -> Result<Visit, CliError> {
        let (mut method, mut url, mut form) = (method, self.stage.url(path), form);
        for _ in 0..MOST_REDIRECTS {
            let answer = self.stage.exchange(self.who, &self.request(method, url, form.take()))?;
            self.keep_cookies(&answer);
            let Some(location) = answer.header("location").filter(|_| answer.status.is_redirection()) else {
                check::status(&answer, 200)?;
                return Ok(Visit { page: Page::new(answer.text()), outside: None });
            };
            let within = location.starts_with('/') || location.starts_with(&self.stage.url("/"));
            if !within {
                return Ok(Visit { page: Page::new(String::new()), outside: Some(location.to_owned()) });
            }
            let path = location.strip_prefix(&self.stage.server.to_string()).unwrap_or(location);
            (method, url) = ("GET", self.stage.url(path));
        }
        Err(CliError::Failed(format!("{path} redirects without end")))
    }

    fn request(&self, method: &str, url: String, form: Option<String>) -> Request {
        let cookies = self.cookies.borrow();
        let pairs: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut headers = vec![("accept", "text/html".to_owned())];
        if !pairs.is_empty() {
            headers.push(("cookie", pairs.join("; ")));
        }
        if form.is_some() {
            headers.push(("origin", self.stage.server.to_string()));
            headers.push(("content-type", FORM.to_owned()));
        }
        Request { method: method.to_owned(), url, headers, body: form }
    }

    fn keep_cookies(&self, answer: &Answer) {
        let set = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        let mut cookies = self.cookies.borrow_mut();
        for (name, value) in set.filter_map(|cookie| cookie.split(';').next()?.split_once('=')) {
            cookies.insert(name.trim().to_owned(), value.trim().to_owned());
        }
    }
}
