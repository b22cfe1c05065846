//! Log in and out, and what the pages have in common: who looks, how a page goes out, where a form leads.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite},
    http::header,
    web::Data,
};

use super::{
    App, Failure,
    auth::{SESSION_COOKIE, session_id},
    extract::{self, Form, Query},
    middleware::PAGE_POLICY,
    pages::content::{Login, Viewer},
    problem::NOT_LOGGED_IN,
};
use crate::{
    clock,
    forge::{
        self, Acting, Caller, Object, Right, may, password,
        session::{Admission, Attempt, Opened},
    },
    ids::UserId,
    oauth1::Origin,
    secret::Secret,
};

/// `GET /login`.
pub async fn page(app: Data<App>, Query(query): Query) -> Result<HttpResponse, Failure> {
    let content = Login { next: local_path(query.one("next")), username: String::new(), message: None };
    Ok(App::html(app.pages.login(None, &content)?, PAGE_POLICY))
}

/// `POST /login`.
pub async fn log_in(app: Data<App>, request: HttpRequest, Form(form): Form) -> Result<HttpResponse, Failure> {
    app.require_own_origin(&request)?;
    let (next, password) = (local_path(form.one("next")), Secret::new(form.text("password")));
    let address = extract::client_address(&request, &app.config).map_or_else(String::new, |ip| ip.to_string());
    let username = form.text("username");
    let attempt = Attempt::new(&username, address);

    let admission = app.attempt(&attempt, forge::session::admit).await?;
    let user = match admission {
        Admission::Wait(retry_after_seconds) => return Err(Failure::TooManyAttempts { retry_after_seconds }),
        Admission::Try(user) => user,
    };
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    if !app.password_matches(hash, password).await? {
        app.attempt(&attempt, |conn, attempt, now| conn.write(|tx| forge::session::refuse(tx, attempt, now))).await?;
        return app.wrong_password(&username, next);
    }
    let Some(user) = user else { return app.wrong_password(&username, next) };
    app.open_session(&request, &attempt, user.id, &next).await
}

/// `POST /logout`.
pub async fn log_out(
    app: Data<App>,
    request: HttpRequest,
    caller: Caller,
    Form(form): Form,
) -> Result<HttpResponse, Failure> {
    form.require_csrf_token(&caller)?;
    if let Some(id) = session_id(&request) {
        app.store.run(move |conn| conn.write(|tx| forge::session::close(tx, &id))).await?;
    }
    let mut answer = App::see("/");
    let mut cookie = app.session_cookie(&request, "");
    cookie.make_removal();
    answer.add_cookie(&cookie).map_err(|error| Failure::internal(&error))?;
    Ok(answer)
}

impl App {
    /// One step of a log-in, with the store.
    async fn attempt<T: Send + 'static>(
        &self,
        attempt: &Attempt,
        step: impl FnOnce(&mut crate::store::Connection, &Attempt, clock::UnixSeconds) -> Result<T, forge::Error>
        + Send
        + 'static,
    ) -> Result<T, Failure> {
        let (attempt, now) = (attempt.clone(), clock::now());
        Ok(self.store.run(move |conn| step(conn, &attempt, now)).await?)
    }

    /// Compares on a thread that may be busy, and lets only so many be busy at once.
    async fn password_matches(&self, hash: Option<String>, password: Secret) -> Result<bool, Failure> {
        let _turn = self.hashing.acquire().await.map_err(|error| Failure::internal(&error))?;
        let compare = move || password::matches(hash.as_deref(), password.expose());
        tokio::task::spawn_blocking(compare).await.map_err(|error| Failure::internal(&error))
    }

    fn wrong_password(&self, username: &str, next: String) -> Result<HttpResponse, Failure> {
        let message = Some("The user name or the password is wrong.".to_owned());
        let page = self.pages.login(None, &Login { next, username: username.to_owned(), message })?;
        Ok(HttpResponse::build(NOT_LOGGED_IN).content_type("text/html; charset=utf-8").body(page))
    }

    async fn open_session(
        &self,
        request: &HttpRequest,
        attempt: &Attempt,
        user: UserId,
        next: &str,
    ) -> Result<HttpResponse, Failure> {
        let (former, lifetime) = (session_id(request), self.session_seconds);
        let opened = self
            .attempt(attempt, move |conn, attempt, now| {
                conn.write(|tx| forge::session::open(tx, attempt, user, former.as_ref(), now, lifetime))
            })
            .await?;
        match opened {
            Opened::Wait(retry_after_seconds) => Err(Failure::TooManyAttempts { retry_after_seconds }),
            Opened::Session(id) => {
                let mut answer = Self::see(next);
                let cookie = self.session_cookie(request, id.expose());
                answer.add_cookie(&cookie).map_err(|error| Failure::internal(&error))?;
                Ok(answer)
            }
        }
    }

    fn session_cookie<'a>(&self, request: &HttpRequest, value: &'a str) -> Cookie<'a> {
        Cookie::build(SESSION_COOKIE, value)
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.public_origin(request).is_https())
            .finish()
    }

    /// The public URL that a request came to.
    pub(super) fn public_origin(&self, request: &HttpRequest) -> &Origin {
        self.public_urls.named_by(host(request))
    }

    /// Refuses a form that another site's page posted: a browser says where a form comes from.
    ///
    /// # Errors
    /// [`Failure::Forbidden`].
    pub(super) fn require_own_origin(&self, request: &HttpRequest) -> Result<(), Failure> {
        let Some(origin) = request.headers().get(header::ORIGIN) else { return Ok(()) };
        let origin = origin.to_str().unwrap_or_default();
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        if self.public_urls.contains(origin) || (authority.is_some() && authority == host(request)) {
            Ok(())
        } else {
            Err(Failure::Forbidden("This form was posted from another site."))
        }
    }

    /// Who looks at a page, as its head shows it.
    pub(super) fn viewer(&self, caller: &Caller) -> Result<Viewer, Failure> {
        let user = caller.user();
        let name = if user.realname.is_empty() { &user.name } else { &user.realname };
        Ok(Viewer {
            name: name.clone(),
            csrf_token: self.csrf_token(caller)?,
            is_forge_admin: may(caller, Right::AdministerForge, Object::Forge),
        })
    }

    /// What the forms of this caller's session bring back.
    pub(super) fn csrf_token(&self, caller: &Caller) -> Result<String, Failure> {
        match caller.acting() {
            Acting::InPerson { csrf_token } => Ok(csrf_token.expose().to_owned()),
            Acting::AsRole { .. } => Err(Failure::Forbidden("Pages are for people.")),
        }
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
fn local_path(next: Option<&str>) -> String {
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
