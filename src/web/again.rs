//! The form once more, on the page that says that it could not be answered now: so that nothing has to be typed twice.
//!
//! Nothing is done here with what was posted. It goes back to who sent it, with the CSRF token as it came; whether that is their
//! session's is asked by the handler that it is sent to again. Only who logged in anew while they typed gets the token of the
//! session that they have now, and only where the browser says that the form is ours: nobody else can have had it posted, and
//! nothing is done before they press its button. A secret is put into no page: it is asked for anew.

use actix_web::{
    HttpMessage, HttpRequest,
    http::{Method, header},
};

use super::{
    App, Failure,
    extract::{Fields, has_form, is_oauth_request},
    login::local_path,
    middleware::WholeBody,
    pages::{
        Reader,
        content::{AskedAnew, TryAgain, Typed},
    },
};
use crate::forge::Caller;

/// The most bytes that what is repeated takes on the page.
const MOST: usize = 32 * 1024;
/// The same for somebody of whom no more is known than that they ask too often: a flood is refused as cheaply as can be.
const MOST_OF_ANYBODY: usize = 1024;
/// How many of them a field takes besides its name and its value.
const FIELD: usize = "<input type=\"hidden\" name=\"\" value=\"\">\n".len();
/// How many a character takes that means something in HTML.
const ESCAPED: usize = "&quot;".len();

/// The one form of ours without a CSRF token.
const LOG_IN: &str = "/login";
/// The field that says for which session a form was made.
const CSRF_TOKEN: &str = "csrf_token";
/// The field that is not sent again. What leads to the consent page, and not on from it, may be sent from any page: browsers hold
/// the redirect to a tool's callback to the policy of the page with the form, and that page knows no callback.
const DECISION: &str = "decision";

/// The field that is there to be seen.
const USER_NAME: &str = "username";
/// The fields that are asked for anew: their names, the texts with their labels, and what a browser may fill in, as HTML calls it. All
/// but the first hold secrets. A client's own base string may hold some, too: no page shows it whole.
const ASKED: [(&str, &str, &str); 7] = [
    (USER_NAME, "login-user", "username"),
    ("present", "user-password-present", "current-password"),
    ("password", "login-password", "new-password"),
    ("again", "user-password-again", "new-password"),
    ("token", "issued-key", "off"),
    ("token_secret", "issued-secret", "off"),
    ("base_string", "refusal-own", "off"),
];

/// The form that a request posted, to be sent again; none where it would be answered alike another time, or was none of ours.
pub(super) fn form_again(app: &App, request: &HttpRequest, failure: &Failure) -> Option<TryAgain> {
    let body = request.extensions().get::<WholeBody>().map(|WholeBody(body)| body.clone())?;
    let is_ours = *request.method() == Method::POST
        && has_form(request)
        && !is_oauth_request(request, &body)
        && app.require_own_origin(request).is_ok();
    let why = why(request, failure).filter(|_| is_ours)?;
    let target = request.uri().path_and_query()?.as_str();
    let action = local_path(Some(target));
    let is_anybody =
        matches!(failure, Failure::TooManyAttempts { .. }) && request.extensions().get::<Caller>().is_none();
    let most = if is_anybody { MOST_OF_ANYBODY } else { MOST };
    // What is percent-encoded is at most three times as long.
    if body.len() > 3 * most {
        return Some(TryAgain::too_much(why));
    }
    let form = Fields::parse(&body).ok()?;
    let has_token = form.one(CSRF_TOKEN).is_some() || request.path() == LOG_IN;
    let mut again = (action == target && has_token).then(|| repeated(why, action, &form, most))?;
    if let (Failure::OtherSession, Some(viewer)) = (failure, Reader::of(request).viewer) {
        again
            .typed
            .iter_mut()
            .filter(|one| one.name == CSRF_TOKEN)
            .for_each(|one| one.value.clone_from(&viewer.csrf_token));
    }
    Some(again)
}

/// Why the same form may well be answered another time, as the texts call it. None: it would be answered alike, or nothing says that
/// it is ours.
fn why(request: &HttpRequest, failure: &Failure) -> Option<&'static str> {
    let says_from_where = request.headers().contains_key(header::ORIGIN);
    match failure {
        Failure::Anonymous if says_from_where => Some("anonymous"),
        Failure::OtherSession if says_from_where => Some("session"),
        passing if passing.is_passing() => Some("passing"),
        _ => None,
    }
}

fn repeated(why: &'static str, action: String, form: &Fields, most: usize) -> TryAgain {
    let fields = form.pairs().map(|(name, value)| FIELD + room(name) + room(value));
    if room(&action) + fields.sum::<usize>() > most {
        return TryAgain::too_much(why);
    }
    let is_asked = |name: &str| ASKED.iter().any(|(known, ..)| *known == name);
    let typed = form.pairs().filter(|(name, _)| *name != DECISION && !is_asked(name));
    let is_log_in = form.one(USER_NAME).is_some();
    let asked = ASKED.into_iter().filter_map(|(name, label, autocomplete)| {
        let value = form.all(name).next()?;
        let is_secret = name != USER_NAME;
        let value = if is_secret { String::new() } else { value.to_owned() };
        let autocomplete = if is_log_in && is_secret { "current-password" } else { autocomplete };
        Some(AskedAnew { name, label, value, is_secret, autocomplete })
    });
    TryAgain {
        why,
        action,
        typed: typed.map(|(name, value)| Typed { name: name.to_owned(), value: value.to_owned() }).collect(),
        asked: asked.collect(),
        is_too_much: false,
    }
}

/// How many bytes a text takes on a page, at most.
fn room(text: &str) -> usize {
    let is_markup = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    text.bytes().map(|byte| if is_markup(byte) { ESCAPED } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::{super::pages::TEMPLATES, *};

    fn of(body: &str, most: usize) -> TryAgain {
        repeated("passing", "/here".to_owned(), &Fields::parse(body.as_bytes()).unwrap(), most)
    }

    #[test]
    fn everything_is_repeated_in_its_order_but_for_secrets_and_decisions() {
        let again = of("csrf_token=c&item=1&base_string=b&password=p&item=2&decision=deny&again=p", MOST);
        let typed: Vec<_> = again.typed.iter().map(|one| (one.name.as_str(), one.value.as_str())).collect();
        assert_eq!(typed, [("csrf_token", "c"), ("item", "1"), ("item", "2")]);
        let asked: Vec<_> = again.asked.iter().map(|one| (one.name, one.value.as_str(), one.is_secret)).collect();
        assert_eq!(asked, [("password", "", true), ("again", "", true), ("base_string", "", true)]);
    }

    #[test]
    fn a_password_manager_is_told_which_password_is_asked_for() {
        let told =
            |body: &str| -> Vec<_> { of(body, MOST).asked.iter().map(|one| (one.name, one.autocomplete)).collect() };
        assert_eq!(told("username=a&password=p"), [("username", "username"), ("password", "current-password")]);
        let new = [("present", "current-password"), ("password", "new-password"), ("again", "new-password")];
        assert_eq!(told("present=p&password=q&again=q"), new);
    }

    #[test]
    fn no_page_has_a_field_for_a_password_that_would_be_repeated() {
        let fields = TEMPLATES.iter().flat_map(|(_, text)| text.split("<field name=\"").skip(1));
        let of_passwords = fields.map(|field| field.split(" />").next().unwrap());
        let names: Vec<&str> = of_passwords
            .filter(|field| field.contains("type=\"password\""))
            .map(|field| field.split('"').next().unwrap())
            .collect();
        assert!(names.len() > 3, "{names:?}");
        for name in names {
            assert!(of(&format!("{name}=unsayable"), MOST).typed.is_empty(), "{name}");
        }
    }

    #[test]
    fn what_is_too_much_is_not_repeated() {
        let most = "/here".len() + FIELD + "a".len() + ESCAPED;
        assert!(!of("a=345678", most).is_too_much && !of("a=%22", most).is_too_much);
        for too_much in ["a=3456789", "a=%223", "a&b"] {
            let too_much = of(too_much, most);
            assert!(too_much.is_too_much && too_much.typed.is_empty());
        }
    }
}
