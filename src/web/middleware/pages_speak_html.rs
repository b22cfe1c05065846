//! On the pages a failure is a page: the same status and headers, in words for people. Who is not logged in is led to the log-in
//! page, and back. What was typed into a form that cannot be answered now is on the page.

use actix_web::{
    Error, HttpRequest, HttpResponse, ResponseError,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::Next,
    web::Data,
};

use super::super::{
    App, Failure,
    again::form_again,
    pages::{Reader, content::ProblemPage},
};
use crate::oauth1::percent_encode;

/// Turns failures into pages.
pub async fn pages_speak_html<B: MessageBody + 'static>(
    app: Data<App>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let response = next.call(request).await?;
    let failure = response.response().error().and_then(|error| error.as_error::<Failure>());
    let Some(failure) = failure else { return Ok(response.map_into_left_body()) };
    let page = match failure {
        Failure::Anonymous if is_read(response.request().method()) => lead_to_login(response.request().uri()),
        failure => show(&app, response.request(), failure),
    };
    let (status, headers, body) = (page.status(), page.headers().clone(), page.into_body());
    // The failure stays with its answer: the log and who explains refusals still ask for it.
    Ok(response.map_body(|head, _| {
        (head.status, head.headers) = (status, headers);
        EitherBody::right(body)
    }))
}

fn is_read(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

fn lead_to_login(asked_for: &actix_web::http::Uri) -> HttpResponse<BoxBody> {
    let next = asked_for.path_and_query().map_or("/", |target| target.as_str());
    HttpResponse::Found().insert_header((header::LOCATION, format!("/login?next={}", percent_encode(next)))).finish()
}

fn show(app: &App, request: &HttpRequest, failure: &Failure) -> HttpResponse<BoxBody> {
    let status = failure.page_status();
    let (id, name, count) =
        failure.said().map_or((None, String::new(), 0), |(id, name, count)| (Some(id), name, count));
    let page = ProblemPage {
        status: status.as_u16(),
        title: failure.title(),
        id,
        name,
        count,
        words: failure.to_string(),
        reference: match failure {
            Failure::Internal { reference } => Some(reference.clone()),
            _ => None,
        },
        again: form_again(app, request, failure),
    };
    let mut answer = HttpResponse::build(status);
    failure.headers().into_iter().for_each(|pair| {
        answer.insert_header(pair);
    });
    match app.pages.render(&Reader::of(request), &page) {
        Ok(html) => answer.content_type("text/html; charset=utf-8").body(html),
        Err(error) => Failure::from(error).error_response(),
    }
}
