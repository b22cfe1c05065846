//! FusionForge's `session_set_for_authplugin`, as a middleware for any actix-web 4 application.

use std::rc::Rc;

use actix_web::{
    Error, HttpMessage,
    body::{EitherBody, MessageBody},
    dev::{Service, ServiceRequest, ServiceResponse, Transform},
    http::header::{self, HeaderValue},
    middleware::{Next, from_fn},
};

use super::{
    super::{
        Failure,
        auth::{AuthPlugin, Presented, Verdict},
        extract::nobody_acts,
        problem::challenge,
    },
    limits::read_body,
};

/// Guards what it wraps with one auth plugin.
///
/// Accepted: the request's extensions hold the [`Caller`](crate::forge::Caller), which handlers take as a parameter.
/// Refused: the plugin's refusal is the answer, and the handler does not run; no other plugin is asked. Not the plugin's:
/// the request goes on with nobody behind it, and a handler that takes a `Caller` refuses it. The body is handed on
/// unread.
///
/// ```no_run
/// # use actix_web::{App, web};
/// # use oauthprovider::{forge::Caller, web::{PublicUrls, auth::OauthProvider, session_for_authplugin}};
/// # fn build(store: oauthprovider::store::Store) -> Option<()> {
/// let urls = PublicUrls::parse(["http://127.0.0.1:8081"]).ok()?;
/// let plugin = OauthProvider::new(store, urls, "my service");
/// let app = App::new().service(
///     web::scope("/protected")
///         .wrap(session_for_authplugin(plugin))
///         .route("/me", web::get().to(|caller: Caller| async move { caller.user().name.clone() })),
/// );
/// # drop(app); Some(()) }
/// ```
pub fn session_for_authplugin<P, S, B>(
    plugin: P,
) -> impl Transform<S, ServiceRequest, Response = ServiceResponse<EitherBody<B>>, Error = Error, InitError = ()>
where
    P: AuthPlugin,
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    let plugin = Rc::new(plugin);
    from_fn(move |request: ServiceRequest, next: Next<B>| {
        let plugin = Rc::clone(&plugin);
        async move { guard(&*plugin, request, next).await }
    })
}

async fn guard<P: AuthPlugin, B: MessageBody + 'static>(
    plugin: &P,
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let mut response = match admit(plugin, &mut request).await {
        Ok(()) => next.call(request).await?.map_into_left_body(),
        // A refusal is answered, not thrown: a thrown one would skip what outer middleware adds to answers.
        Err(failure) => request.error_response(failure).map_into_right_body(),
    };
    if let Some(realm) = plugin.realm() {
        challenge(&mut response, realm);
    }
    // What is said to one caller is kept for no other.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().append(header::VARY, HeaderValue::from(plugin.looks_at()));
    Ok(response)
}

/// Asks the plugin, and leaves the caller that it found for the handler.
async fn admit<P: AuthPlugin>(plugin: &P, request: &mut ServiceRequest) -> Result<(), Failure> {
    let body = read_body(request, plugin.largest_body()).await?;
    match plugin.authenticate(&Presented { head: request.request(), body: &body }).await {
        Verdict::Accept(caller) => {
            request.extensions_mut().insert(caller);
            Ok(())
        }
        Verdict::Reject(failure) => Err(failure),
        Verdict::NotMine => {
            nobody_acts(request.request(), plugin.nobody());
            Ok(())
        }
    }
}
