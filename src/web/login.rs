//! Log in and out, and what the pages have in common: who looks, how a page goes out, where a form leads.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite},
    http::header::{self, HeaderValue},
    web::Data,
};

use super::{
    App, Failure,
    auth::{session_cookie_name, session_id},
    extract::{self, Query},
    middleware::PAGE_POLICY,
    pages::{Page, Reader, content::Login},
    person::{FromHere, Person, Submitted},
    problem::{MISTYPED, NOT_LOGGED_IN},
    turns::{Room, Turn, Turns},
};
use crate::{
    address::Arrival,
    clock,
    forge::{
        password,
        session::{self, Admission, Attempt, Settled},
    },
    oauth1::Origin,
    secret::Secret,
    store::Transaction,
};

/// `GET /login`.
pub async fn page(app: Data<App>, request: HttpRequest, Query(query): Query) -> Result<HttpResponse, Failure> {
    let content = Login { next: local_path(query.one("next")), username: String::new(), message: None };
    app.show_anybody(&request, &content)
}

/// `POST /login`.
pub async fn log_in(app: Data<App>, request: HttpRequest, sent: FromHere) -> Result<HttpResponse, Failure> {
    let form = sent.form();
    let (username, next) = (form.text("username"), local_path(form.one("next")));
    let from = app.arrival(&request).from;
    let address = from.map_or_else(String::new, |ip| ip.to_string());
    let attempt = Attempt::new(&username, from);
    // The failures are counted when the turn has come, so of those who wait with many guesses only the first are hashed.
    let turn = app.turn_at_hashing(&request).await?;

    let (asking, now) = (attempt.clone(), clock::now());
    let user = match app.store.run(move |conn| session::admit(conn, &asking, now)).await? {
        Admission::Wait(retry_after_seconds) => return Err(Failure::TooManyAttempts { retry_after_seconds }),
        Admission::Try(user) => user,
    };
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    // What was typed as a name may be a password in the wrong field; the log has the number of who it is.
    let user_id = user.as_ref().map(|user| user.id.0);
    let (is_right, turn) = compared(hash, Secret::new(form.text("password")), turn).await?;

    let right = user.filter(|_| is_right);
    let (former, now) = (session_id(&request, &app.public_urls), clock::now());
    let lifetime = app.config.session.lifetime_seconds;
    let settle =
        move |tx: &mut Transaction<'_>| session::settle(tx, &attempt, right.as_ref(), former.as_ref(), now, lifetime);
    let settled = app.store.run(move |conn| conn.write(settle)).await?;
    drop(turn);
    match settled {
        Settled::Wait(retry_after_seconds) => Err(Failure::TooManyAttempts { retry_after_seconds }),
        Settled::Wrong => {
            tracing::info!(user.id = user_id, client.address = address, "log-in failed");
            app.wrong_password(&request, &username, next)
        }
        Settled::Session(id) => {
            tracing::info!(user.id = user_id, client.address = address, "logged in");
            let mut answer = App::see(&next);
            let cookie = app.session_cookie(&request, id.expose());
            answer.add_cookie(&cookie).map_err(|error| Failure::internal(&error))?;
            Ok(answer)
        }
    }
}

/// `POST /logout`.
pub async fn log_out(app: Data<App>, request: HttpRequest, asked: Submitted<Person>) -> Result<HttpResponse, Failure> {
    if let Some(id) = session_id(&request, &app.public_urls) {
        let by = asked.who().by();
        app.store.run(move |conn| conn.write(|tx| session::close(tx, &id, &by))).await?;
    }
    let mut answer = App::see("/");
    let mut cookie = app.session_cookie(&request, "");
    cookie.make_removal();
    answer.add_cookie(&cookie).map_err(|error| Failure::internal(&error))?;
    Ok(answer)
}

/// Hashes a password on a thread that may be busy, in the turn of whoever asked.
pub(super) async fn hashed(password: Secret, turn: Turn) -> Result<String, Failure> {
    let hash = move || {
        let hashed = password::hash(password.expose());
        drop(turn);
        hashed
    };
    let hashed = tokio::task::spawn_blocking(hash).await.map_err(|error| Failure::internal(&error))?;
    Ok(hashed?)
}

/// Turns at hashing passwords: as many are hashed at once as there are workers, of one household half as many.
pub fn hashing(workers: usize) -> Turns {
    Turns::new(Room { at_once: workers, at_once_of_one: workers.div_ceil(2), queue: 512 })
}

/// Compares on a thread that may be busy. The turn goes along, so that only so many are busy at once even when the clients
/// who asked have gone.
pub(super) async fn compared(hash: Option<String>, password: Secret, turn: Turn) -> Result<(bool, Turn), Failure> {
    let compare = move || (password::matches(hash.as_deref(), password.expose()), turn);
    tokio::task::spawn_blocking(compare).await.map_err(|error| Failure::internal(&error))
}

impl App {
    /// Whether this is the present password of the user of this name, who is logged in. What is guessed here counts like what is
    /// guessed at log-in, and is refused like it: a session that somebody left open is no way around that.
    pub(super) async fn is_present_password(
        &self,
        request: &HttpRequest,
        name: &str,
        password: Secret,
        turn: Turn,
    ) -> Result<(bool, Turn), Failure> {
        let (attempt, now) = (Attempt::new(name, self.arrival(request).from), clock::now());
        let asking = attempt.clone();
        let user = match self.store.run(move |conn| session::admit(conn, &asking, now)).await? {
            Admission::Wait(retry_after_seconds) => return Err(Failure::TooManyAttempts { retry_after_seconds }),
            Admission::Try(user) => user,
        };
        let (is_right, turn) = compared(user.and_then(|user| user.password_hash), password, turn).await?;
        if !is_right {
            let wrong = move |tx: &mut Transaction<'_>| session::settle(tx, &attempt, None, None, now, 0);
            self.store.run(move |conn| conn.write(wrong)).await?;
        }
        Ok((is_right, turn))
    }

    /// A turn at hashing passwords, when it comes.
    pub(super) async fn turn_at_hashing(&self, request: &HttpRequest) -> Result<Turn, Failure> {
        let turn = self.hashing.take(self.arrival(request).from).await;
        turn.map_err(|_| Failure::TooManyAttempts { retry_after_seconds: 1 })
    }

    fn wrong_password(&self, request: &HttpRequest, username: &str, next: String) -> Result<HttpResponse, Failure> {
        let page = Login { next, username: username.to_owned(), message: Some("wrong") };
        let page = self.pages.render(&Reader::of(request), &page)?;
        Ok(HttpResponse::build(NOT_LOGGED_IN).content_type("text/html; charset=utf-8").body(page))
    }

    fn session_cookie<'a>(&self, request: &HttpRequest, value: &'a str) -> Cookie<'a> {
        let origin = self.public_origin(request);
        Cookie::build(session_cookie_name(origin), value)
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(origin.is_https())
            .finish()
    }

    /// The public URL that a request came to.
    pub(super) fn public_origin(&self, request: &HttpRequest) -> &Origin {
        self.public_urls.named_by(host(request))
    }

    /// What a browser is told that came by https (RFC 6797): to come by nothing else. It keeps this promise for the whole
    /// host, so nothing is said where the host has a public URL over http too.
    pub(super) fn promise_of_https(&self, request: &HttpRequest) -> Option<HeaderValue> {
        let promise = self.hsts.as_ref()?;
        self.public_urls.is_https_alone(self.public_origin(request)).then(|| promise.clone())
    }

    /// Refuses a form that another site's page posted: a browser says where a form comes from.
    ///
    /// # Errors
    /// [`Failure::Forbidden`].
    pub(super) fn require_own_origin(&self, request: &HttpRequest) -> Result<(), Failure> {
        let Some(origin) = request.headers().get(header::ORIGIN) else { return Ok(()) };
        if self.is_own_origin(request, origin.to_str().unwrap_or_default()) {
            Ok(())
        } else {
            Err(Failure::Forbidden("This form was posted from another site."))
        }
    }

    /// Is this origin one of the service's own, or the one that the request came to?
    pub(super) fn is_own_origin(&self, request: &HttpRequest, origin: &str) -> bool {
        let scheme = if self.public_origin(request).is_https() { "https" } else { "http" };
        let came_to = host(request).map(|host| format!("{scheme}://{host}"));
        self.public_urls.contains(origin) || came_to.as_deref() == Some(origin)
    }

    /// When a request came, and from where.
    pub(super) fn arrival(&self, request: &HttpRequest) -> Arrival {
        extract::arrival(request, &self.config.server.trusted_proxies)
    }

    /// A page for somebody who is logged in.
    pub(super) fn show<P: Page>(&self, who: &Person, page: &P) -> Result<HttpResponse, Failure> {
        Ok(Self::html(self.pages.render(who.reader(), page)?, PAGE_POLICY))
    }

    /// A page for whoever asks, logged in or not.
    pub(super) fn show_anybody<P: Page>(&self, request: &HttpRequest, page: &P) -> Result<HttpResponse, Failure> {
        Ok(Self::html(self.pages.render(&Reader::of(request), page)?, PAGE_POLICY))
    }

    /// The same again, because something was filled in that is wrong.
    pub(super) fn show_again<P: Page>(&self, who: &Person, page: &P) -> Result<HttpResponse, Failure> {
        let mut answer = self.show(who, page)?;
        *answer.status_mut() = MISTYPED;
        Ok(answer)
    }

    /// A page that was made for one person at one moment.
    pub(super) fn html(page: String, policy: impl Into<String>) -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((header::CONTENT_SECURITY_POLICY, policy.into()))
            .content_type("text/html; charset=utf-8")
            .body(page)
    }

    /// Leads the browser on.
    pub(super) fn see(location: &str) -> HttpResponse {
        HttpResponse::Found().insert_header((header::LOCATION, location)).finish()
    }
}

fn host(request: &HttpRequest) -> Option<&str> {
    request.headers().get(header::HOST).and_then(|host| host.to_str().ok())
}

/// A path of this service, as `next` may name it; anything else is `/`.
pub(super) fn local_path(next: Option<&str>) -> String {
    let is_local = |next: &&str| {
        next.starts_with('/')
            && !next.starts_with("//")
            && !next.contains('\\')
            && next.bytes().all(|byte| byte.is_ascii_graphic())
    };
    next.filter(is_local).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_this_service_is_led_to() {
        for good in ["/", "/plugins/oauthprovider/authorize?oauth_token=a%2Fb", "/a//b", "/?next=//evil"] {
            assert_eq!(local_path(Some(good)), good);
        }
        for bad in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "evil",
            "",
            "/\t/evil",
            "/ok\r\nX: y",
            "\\\\evil",
            " /ok",
            "javascript:alert(1)",
            "/é",
        ] {
            assert_eq!(local_path(Some(bad)), "/", "{bad:?}");
        }
        assert_eq!(local_path(None), "/");
    }
}
