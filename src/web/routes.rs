//! The table of contents: which address leads where, guarded by which plugin.

mod people;

use std::sync::Arc;

use actix_web::{
    FromRequest, Handler, HttpResponse, Resource, Responder, Route, guard,
    http::header,
    middleware::from_fn,
    web::{self, Data, ServiceConfig},
};

use super::{
    App, Failure, api, audit,
    auth::{OauthProvider, Password},
    consent, consumers, direct_issue, echo, endpoints, guide, health, language, login,
    middleware::{
        LARGEST_BODY, challenged, few_changes, few_from_one_address, pages_speak_html, session_for_authplugin,
    },
    oslc, overview, own_token, pages, refusals, tokens, trackers,
};

/// The folder of the plugin's addresses; `P` in the documentation.
pub const PLUGIN: &str = "/plugins/oauthprovider";

/// What the resources are called that are only posted to: a page that one of them answers with cannot be asked for again.
pub(super) const POST_ONLY: &str = "posted to";

/// All routes. What every request passes on its way here stands in `server.rs`.
pub fn routes(app: &Arc<App>) -> impl FnOnce(&mut ServiceConfig) + use<> {
    let oauth = OauthProvider::sharing(app.authenticator.clone(), app.public_urls.clone(), &app.config.server.realm)
        .behind(app.config.server.trusted_proxies.clone());
    let oauth = if app.config.plugin.required { oauth } else { oauth.or_anonymous() };
    let password = Password::new(app.store.clone(), app.public_urls.clone());
    let app = Arc::clone(app);
    move |services| {
        // A path that cannot be decoded leads nowhere, nor does a number that nothing can have.
        let paths = web::PathConfig::default().error_handler(|_, _| Failure::NotFound.into());
        services.app_data(Data::from(app)).app_data(paths).app_data(web::PayloadConfig::new(LARGEST_BODY));
        for_monitors(services);
        for_consumers(services);
        for_tokens(services, &oauth);
        for_people(services, password);
    }
}

/// Open to all, and no page.
fn for_monitors(services: &mut ServiceConfig) {
    services
        .service(read_only("/healthz", health::alive))
        .service(read_only("/readyz", health::ready))
        .service(read_only("/metrics", health::metrics))
        .service(read_only(&format!("{PLUGIN}/style.css"), || asset("text/css; charset=utf-8", pages::STYLE)))
        .service(read_only(&format!("{PLUGIN}/script.js"), || asset("text/javascript; charset=utf-8", pages::SCRIPT)));
}

/// Signed with a consumer's own secret, or with temporary credentials. The handlers verify by themselves.
fn for_consumers(services: &mut ServiceConfig) {
    for suffix in ["", ".php"] {
        services
            .service(
                web::resource(format!("{PLUGIN}/request_token{suffix}"))
                    .wrap(from_fn(challenged))
                    .route(web::get().to(endpoints::request_token))
                    .route(web::post().to(endpoints::request_token))
                    .default_service(web::to(|| refuse_method("GET, POST"))),
            )
            .service(
                web::resource(format!("{PLUGIN}/access_token{suffix}"))
                    .wrap(from_fn(challenged))
                    .route(web::get().to(endpoints::access_token))
                    .route(web::post().to(endpoints::access_token))
                    .default_service(web::to(|| refuse_method("GET, POST"))),
            );
    }
}

/// Signed with token credentials: the caller has one role.
fn for_tokens(services: &mut ServiceConfig, oauth: &OauthProvider) {
    for path in ["echo", "echo.php", "echo/{path:.*}", "echo.php/{path:.*}"] {
        services.service(
            web::resource(format!("{PLUGIN}/{path}")).wrap(session_for_authplugin(oauth.clone())).to(echo::echo),
        );
    }
    services
        // Before the scope, whose plugin would let in nobody with a token that is asleep.
        .service(
            web::resource("/api/token")
                .wrap(from_fn(challenged))
                .route(reading().to(own_token::show))
                .route(web::delete().to(own_token::give_back))
                .default_service(web::to(|| refuse_method("GET, HEAD, DELETE"))),
        )
        .service(
            web::scope("/api")
                .wrap(session_for_authplugin(oauth.clone()))
                .service(read_only("/userinfo", api::userinfo))
                .service(
                    web::resource("/projects/{project}/trackers/{tracker}/items")
                        .route(reading().to(api::list))
                        .route(web::post().to(api::file))
                        .default_service(web::to(|| refuse_method("GET, HEAD, POST"))),
                )
                .service(
                    web::resource("/projects/{project}/trackers/{tracker}/items/{id}")
                        .route(reading().to(api::show))
                        .route(web::patch().to(api::edit))
                        .default_service(web::to(|| refuse_method("GET, HEAD, PATCH"))),
                )
                .default_service(web::to(nothing)),
        )
        .service(
            web::scope("/plugins/oslc")
                .wrap(session_for_authplugin(oauth.clone()))
                .service(post_only("/cm/project/{project}/tracker/{tracker}", web::post().to(oslc::file)))
                .default_service(web::to(nothing)),
        );
}

/// For people at a browser: whoever is logged in has all their roles. Last, because it takes every other address.
fn for_people(services: &mut ServiceConfig, password: Password) {
    let page = |path: &str| web::resource(format!("{PLUGIN}{path}"));
    let mut people = web::scope("")
        .wrap(session_for_authplugin(password))
        .wrap(from_fn(few_from_one_address))
        .wrap(from_fn(pages_speak_html))
        .service(read_only("/", guide::home))
        .service(read_only("/language/{tag}", language::switch))
        .service(read_only(PLUGIN, guide::guide))
        .service(read_only(&format!("{PLUGIN}/"), guide::guide))
        .service(
            with_form(web::resource("/login")).route(reading().to(login::page)).route(web::post().to(login::log_in)),
        )
        .service(post_only("/logout", web::post().to(login::log_out)));
    for path in ["/authorize", "/authorize.php"] {
        people = people
            .service(with_form(page(path)).route(reading().to(consent::page)).route(web::post().to(consent::decide)));
    }
    for resource in of_trackers() {
        people = people.service(resource);
    }
    services.service(
        people
            .service(
                with_form(page("/consumers"))
                    .route(reading().to(consumers::list))
                    .route(changing(consumers::forms::register)),
            )
            .service(read_only(&format!("{PLUGIN}/consumers/new"), consumers::forms::new))
            .service(read_only(&format!("{PLUGIN}/consumers/{{id}}"), consumers::show))
            .service(
                with_form(page("/consumers/{id}/edit"))
                    .route(reading().to(consumers::forms::edit))
                    .route(changing(consumers::forms::change)),
            )
            .service(post_only(&format!("{PLUGIN}/consumers/{{id}}/enable"), changing(consumers::enable)))
            .service(
                with_form(page("/consumers/{id}/disable"))
                    .route(reading().to(consumers::questions::ask_disable))
                    .route(changing(consumers::questions::disable)),
            )
            .service(
                with_form(page("/consumers/{id}/rotate"))
                    .route(reading().to(consumers::questions::ask_rotate))
                    .route(changing(consumers::secrets::rotate)),
            )
            .service(post_only(&format!("{PLUGIN}/consumers/{{id}}/retire"), changing(consumers::secrets::retire)))
            .service(post_only(
                &format!("{PLUGIN}/consumers/{{id}}/rotate-back"),
                changing(consumers::secrets::rotate_back),
            ))
            .service(
                with_form(page("/consumers/{id}/remove"))
                    .route(reading().to(consumers::questions::ask_remove))
                    .route(changing(consumers::questions::remove)),
            )
            .service(read_only(&format!("{PLUGIN}/overview"), overview::show))
            .service(read_only(&format!("{PLUGIN}/audit"), audit::trail))
            .service(read_only(&format!("{PLUGIN}/refusals"), refusals::recent))
            .service(
                with_form(page("/refusals/{id}"))
                    .route(reading().to(refusals::show))
                    .route(web::post().to(refusals::compare)),
            )
            .service(
                with_form(page("/access_tokens"))
                    .route(reading().to(tokens::access_tokens))
                    .route(changing(direct_issue::issue)),
            )
            .service(read_only(&format!("{PLUGIN}/access_tokens/new"), direct_issue::form))
            .service(post_only(&format!("{PLUGIN}/access_tokens/try"), changing(direct_issue::try_out)))
            .service(
                with_form(page("/access_tokens/revoke"))
                    .route(reading().to(tokens::confirm_revoke_all))
                    .route(changing(tokens::revoke_all)),
            )
            .service(post_only(&format!("{PLUGIN}/access_tokens/{{id}}/revoke"), changing(tokens::revoke)))
            .service(post_only(&format!("{PLUGIN}/access_tokens/{{id}}/label"), changing(tokens::label)))
            .service(read_only(&format!("{PLUGIN}/request_tokens"), tokens::request_tokens))
            .service(post_only(&format!("{PLUGIN}/request_tokens/{{id}}/revoke"), changing(tokens::withdraw)))
            .configure(people::for_the_forge)
            .default_service(web::to(nothing)),
    );
}

/// Trackers, items, and what one token filed.
fn of_trackers() -> [Resource; 7] {
    const TRACKER: &str = "/projects/{project}/trackers/{tracker}";
    const OF_TOKEN: &str = "/projects/{project}/tokens/{id}/items";
    let item = |path: &str| format!("{TRACKER}/items/{path}");
    [
        read_only(TRACKER, trackers::list),
        // Before the items, of which none is called so.
        with_form(web::resource(item("new")))
            .route(reading().to(trackers::item::form))
            .route(changing(trackers::item::file)),
        read_only(&item("{id}"), trackers::item::show),
        post_only(&item("{id}/status"), changing(trackers::item::set_status)),
        with_form(web::resource(item("{id}/edit")))
            .route(reading().to(trackers::item::edit_form))
            .route(changing(trackers::item::edit)),
        read_only(OF_TOKEN, trackers::of_token::list),
        with_form(web::resource(format!("{OF_TOKEN}/close")))
            .route(reading().to(trackers::of_token::ask))
            .route(changing(trackers::of_token::close)),
    ]
}

/// `GET`, and `HEAD`, which is answered alike but for the body.
fn reading() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// A resource that is only looked at.
fn read_only<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path).route(reading().to(handler)).default_service(web::to(|| refuse_method("GET, HEAD")))
}

/// A `POST` by which somebody at a page changes what requests are judged by; each user has so many of these. Deciding about a
/// request token, coming, going and comparing are none.
fn changing<F, Args>(handler: F) -> Route
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::post().to(handler).wrap(from_fn(few_changes))
}

/// A resource that is only posted to.
fn post_only(path: &str, posting: Route) -> Resource {
    web::resource(path).name(POST_ONLY).route(posting).default_service(web::to(|| refuse_method("POST")))
}

/// A page with a form on it that posts back to it.
fn with_form(resource: Resource) -> Resource {
    resource.default_service(web::to(|| refuse_method("GET, HEAD, POST")))
}

async fn refuse_method(allowed: &'static str) -> Result<HttpResponse, Failure> {
    Err(Failure::MethodNotAllowed(allowed))
}

async fn nothing() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

/// What pages are dressed in: embedded in the program, and the same for everybody.
async fn asset(media_type: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "max-age=3600")).content_type(media_type).body(text)
}
