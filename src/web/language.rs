//! The languages that pages are written in, and which of them somebody reads.
//!
//! A reader's own choice counts first, which a cookie remembers; then what the browser prefers (`Accept-Language`, RFC 9110,
//! section 12.5.4); then English. What a language says is in `templates/texts/`.

use std::iter::successors;

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    dev::ResourceMap,
    http::header::{self, AcceptLanguage, Header},
    web::{Data, Path},
};
use url::{Position, Url};

use super::{App, Failure, login::local_path, person::Person, routes::POST_ONLY};
use crate::store::{self, Transaction};

/// What the cookie is called that remembers a reader's choice. It says nothing about anybody, so it needs no prefix.
const COOKIE: &str = "language";
/// How long a choice is remembered, in days.
const REMEMBERED_DAYS: i64 = 365;

/// A language that every page is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its tag (RFC 5646), which is its name in addresses and in `lang` attributes.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// What those who speak it call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// The language of a tag, whatever region, script or variant the tag goes on with.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The language in which whoever sends this request reads.
    pub fn of(request: &HttpRequest) -> Self {
        let chosen = request.cookie(COOKIE).and_then(|cookie| Self::of_tag(cookie.value()));
        chosen.or_else(|| preferred(request)).unwrap_or_default()
    }
}

/// The first of the browser's languages that pages are written in.
fn preferred(request: &HttpRequest) -> Option<Language> {
    let accepted = AcceptLanguage::parse(request).ok()?;
    accepted.ranked().iter().find_map(|range| Language::of_tag(range.item()?.primary_language()))
}

/// `GET /language/{tag}`: reads on in another language, on the page that one comes from, as the browser says (`Referer`): a page
/// that named itself in the link would show again whatever its own query holds. Nothing but the reader's own cookie changes, so it
/// is a link; and of who is logged in the language that letters to them are written in.
pub async fn switch(
    app: Data<App>,
    request: HttpRequest,
    person: Option<Person>,
    tag: Path<String>,
) -> Result<HttpResponse, Failure> {
    let language = Language::ALL.into_iter().find(|language| language.tag() == tag.as_str());
    let language = language.ok_or(Failure::NotFound)?;
    if let Some(id) = person.map(|person| person.user().id) {
        let set = move |tx: &mut Transaction<'_>| store::users::set_language(tx, id, language.tag());
        // Who cannot be written to now reads on in this language all the same.
        if let Err(error) = app.store.run(move |conn| conn.write(set)).await {
            tracing::warn!(error = %error, "a user's language is not kept");
        }
    }
    let mut answer = App::see(&came_from(&app, &request));
    let cookie = Cookie::build(COOKIE, language.tag())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.public_origin(&request).is_https())
        .max_age(Duration::days(REMEMBERED_DAYS))
        .finish();
    answer.add_cookie(&cookie).map_err(|error| Failure::internal(&error))?;
    Ok(answer)
}

/// The path and query of the page of this service that a link was on; the front page where the browser does not say, or where it
/// was a page about this very address, which would lead to itself.
fn came_from(app: &App, request: &HttpRequest) -> String {
    let referer = request.headers().get(header::REFERER).and_then(|referer| referer.to_str().ok());
    let own = referer.and_then(|referer| Url::parse(referer).ok());
    let own = own.filter(|url| app.is_own_origin(request, &url.origin().ascii_serialization()));
    let own = own.filter(|url| !url.path().starts_with("/language/"));
    local_path(own.as_ref().and_then(|url| to_be_asked_for(request.resource_map(), url)))
}

/// Of the address of a page what can be asked for: the address, or of one that is only posted to the nearest page above it.
fn to_be_asked_for<'a>(all: &ResourceMap, url: &'a Url) -> Option<&'a str> {
    if all.match_name(url.path()) != Some(POST_ONLY) {
        return Some(&url[Position::BeforePath..Position::AfterQuery]);
    }
    let above = |path: &'a str| path.rsplit_once('/').map(|(above, _)| above);
    successors(above(url.path()), |path| above(path)).find(|path| all.has_resource(path))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn read_by(headers: &[(&str, &str)]) -> Language {
        let request = headers.iter().fold(TestRequest::get(), |request, header| request.append_header(*header));
        Language::of(&request.to_http_request())
    }

    #[test]
    fn pages_are_read_in_the_first_language_that_the_browser_prefers_and_that_there_is() {
        for (accepted, language) in [
            ("de", Language::German),
            ("de-AT,en;q=0.8", Language::German),
            ("en-GB, de;q=0.9", Language::English),
            ("en;q=0.3, de;q=0.9", Language::German),
            ("fr, de;q=0.1", Language::German),
            ("fr", Language::English),
            ("*", Language::English),
            ("", Language::English),
            ("de;q=x,,;;", Language::English),
        ] {
            assert_eq!(read_by(&[("Accept-Language", accepted)]), language, "{accepted:?}");
        }
        assert_eq!(read_by(&[]), Language::English);
    }

    #[test]
    fn a_readers_own_choice_counts_before_the_browsers() {
        assert_eq!(read_by(&[("Accept-Language", "de"), ("Cookie", "language=en")]), Language::English);
        assert_eq!(read_by(&[("Accept-Language", "de"), ("Cookie", "language=../etc")]), Language::German);
    }
}
