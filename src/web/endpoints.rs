//! The end points of the flow: request token, consent, access token (RFC 5849, section 2).

use std::rc::Rc;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data},
};

use super::{
    App, Failure,
    extract::{self, Fields, Query},
    middleware::PAGE_POLICY,
    pages::content::{CallbackWords, Consent, ConsumerCard, LifetimeChoice, OutOfBand, RoleChoice},
    person::{Person, Submitted},
    words,
};
use crate::{
    clock, forge,
    ids::{ProjectId, RoleId},
    oauth1::{self, Callback, SignedRequest},
    provider::{
        self, Label, Lifetime, Lifetimes,
        consent::{Asked, Decision, Grant},
    },
    store,
};

const FORM: &str = "application/x-www-form-urlencoded";

/// What a decision says for a token without an end, where another has its seconds.
const UNTIL_REVOKED: &str = "until_revoked";

/// `P/request_token`: temporary credentials for a consumer that signs with its own secret.
pub async fn request_token(app: Data<App>, request: HttpRequest, body: Bytes) -> Result<HttpResponse, Failure> {
    let signed = app.signed(&request, &body)?;
    let issued =
        provider::temporary::issue(&app.authenticator, &signed, app.lifetimes(), app.arrival(&request)).await?;
    Ok(credentials(oauth1::temporary_body(&issued.key, &issued.secret)))
}

/// `P/access_token`: token credentials for a verifier.
pub async fn access_token(app: Data<App>, request: HttpRequest, body: Bytes) -> Result<HttpResponse, Failure> {
    let signed = app.signed(&request, &body)?;
    let issued = provider::exchange::exchange(&app.authenticator, &signed, app.arrival(&request)).await?;
    Ok(credentials(oauth1::token_body(&issued.key, &issued.secret, issued.lifetime.seconds())))
}

impl App {
    /// Reads a signed request.
    pub(super) fn signed(&self, request: &HttpRequest, body: &Bytes) -> Result<Rc<SignedRequest>, Failure> {
        extract::signed_request(request, body, &self.public_urls).map_err(Failure::Refused)
    }
}

fn credentials(body: String) -> HttpResponse {
    HttpResponse::Ok().content_type(FORM).body(body)
}

/// `GET P/authorize`: shows who asks, and for what. Changes nothing.
pub async fn consent_page(
    app: Data<App>,
    request: HttpRequest,
    person: Person,
    Query(query): Query,
) -> Result<HttpResponse, Failure> {
    let token = query.text("oauth_token");
    let (key, user, now) = (token.clone(), person.user().id, clock::now());
    let project = (query.text("name"), query.one("id").and_then(|id| id.parse().ok()).map(ProjectId));
    let (asked, roles) = app
        .store
        .run(move |conn| {
            let asked = provider::consent::ask(conn, &key, now)?;
            let first = first_project(conn, project)?;
            let roles = forge::role::described(conn, user, first).map_err(provider::Error::from)?;
            Ok::<_, provider::Error>((asked, roles))
        })
        .await?;

    let content = Consent {
        action: request.uri().path().to_owned(),
        oauth_token: token,
        csrf_token: person.csrf_token(),
        consumer: consumer_card(&asked),
        user: person.user().realname.clone(),
        roles: roles.into_iter().map(role_choice).collect(),
        lifetimes: lifetime_choices(app.lifetimes()),
        callback: callback_words(&asked.callback),
    };
    let page = app.pages.render(person.reader(), &content)?;
    Ok(App::html(page, consent_policy(&asked.callback)))
}

/// The project whose roles come first: the one of that name, or else of that number.
fn first_project(
    conn: &mut store::Connection,
    (name, id): (String, Option<ProjectId>),
) -> Result<Option<ProjectId>, store::Error> {
    let named = if name.is_empty() { None } else { store::projects::by_name(conn, &name)? };
    Ok(named.map(|project| project.id).or(id))
}

fn consumer_card(asked: &Asked) -> ConsumerCard {
    let consumer = asked.consumer.clone();
    ConsumerCard {
        name: consumer.name,
        url: consumer.url,
        description: consumer.description,
        email: consumer.email,
        created: clock::rfc3339(consumer.created),
    }
}

fn role_choice(described: forge::role::Described) -> RoleChoice {
    let (name, title) = described.role.project.map(|(_, name, title)| (name, title)).unzip();
    RoleChoice {
        id: described.role.id.0,
        role: described.role.name,
        project_title: title,
        project_name: name,
        rights: Vec::new(),
    }
}

/// What is chosen beforehand is what a decision gets that says nothing of it.
fn lifetime_choices(lifetimes: Lifetimes) -> Vec<LifetimeChoice> {
    let choice = |lifetime: Lifetime| LifetimeChoice {
        value: lifetime.seconds().map_or_else(|| UNTIL_REVOKED.to_owned(), |seconds| seconds.to_string()),
        words: lifetime.seconds().map_or_else(|| "until I revoke it".to_owned(), words::exactly),
        chosen: lifetime == lifetimes.longest(),
    };
    lifetimes.offered().into_iter().map(choice).collect()
}

fn callback_words(callback: &Callback) -> CallbackWords {
    match callback {
        Callback::OutOfBand => CallbackWords { out_of_band: true, host: None },
        Callback::Url(url) => CallbackWords { out_of_band: false, host: Some(url.origin()) },
    }
}

/// Browsers hold the redirect after a form to `form-action` too, so the callback joins our own address there: by its
/// origin, or by its scheme where the host is an IPv6 literal, for which the policy's grammar has no place.
fn consent_policy(callback: &Callback) -> String {
    let Callback::Url(url) = callback else { return PAGE_POLICY.to_owned() };
    let origin = url.origin();
    let source = match origin.split_once("://[") {
        Some((scheme, _)) => format!("{scheme}:"),
        None => origin,
    };
    PAGE_POLICY.replace("form-action 'self'", &format!("form-action 'self' {source}"))
}

/// `POST P/authorize`: the decision.
pub async fn decide(app: Data<App>, asked: Submitted<Person>) -> Result<HttpResponse, Failure> {
    let (person, token) = (asked.who(), asked.form().text("oauth_token"));
    let (key, user, lifetimes, by) = (token.clone(), person.user().id, app.lifetimes(), person.by());
    let decision = decision(asked.form(), lifetimes);
    let (request, outcome) = app
        .store
        .run(move |conn| {
            // Whether there is anything to decide is told before what is wrong with the decision.
            provider::consent::ask(conn, &key, by.at())?;
            Ok::<_, Failure>(provider::consent::decide(conn, &key, user, decision?, lifetimes, &by)?)
        })
        .await?;
    match &request.callback {
        Callback::Url(url) => {
            let answer = match outcome.verifier() {
                Some(verifier) => ("oauth_verifier", verifier.expose()),
                None => ("oauth_problem", "permission_denied"),
            };
            Ok(App::see(&url.with_query(&[("oauth_token", &token), answer])))
        }
        Callback::OutOfBand => {
            let verifier = outcome.verifier().map(|verifier| verifier.expose().to_owned());
            app.show(person, &OutOfBand { consumer: request.consumer.name, verifier })
        }
    }
}

fn decision(form: &Fields, lifetimes: Lifetimes) -> Result<Decision, Failure> {
    match form.one("decision") {
        Some("deny") => Ok(Decision::Deny),
        Some("authorize") => {
            let role = form.one("role_id").and_then(|id| id.parse().ok()).map(RoleId);
            let role = role.ok_or_else(|| Failure::BadRequest("Choose one of your roles.".to_owned()))?;
            let label = Label::parse(form.optional("label")?)?;
            Ok(Decision::Authorize(Grant { role, lifetime: lifetime(form, lifetimes)?, label }))
        }
        _ => Err(Failure::BadRequest("Choose whether to authorize or to deny.".to_owned())),
    }
}

/// The lifetime that a form asks for. One that does not speak of it, as forms were before there was a choice, asks for the
/// longest.
fn lifetime(form: &Fields, lifetimes: Lifetimes) -> Result<Lifetime, Failure> {
    match form.optional("lifetime")? {
        "" => Ok(lifetimes.longest()),
        UNTIL_REVOKED => Ok(Lifetime::UntilRevoked),
        seconds => match seconds.parse() {
            Ok(seconds) => Ok(Lifetime::Seconds(seconds)),
            Err(_) => Err(Failure::BadRequest("Choose one of the times that are offered.".to_owned())),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_consent_page_lets_its_form_lead_to_the_callback_and_nowhere_else() {
        let form_action = |callback: &str| {
            let policy = consent_policy(&Callback::parse(callback).unwrap());
            policy.split("; ").find_map(|part| part.strip_prefix("form-action ").map(str::to_owned)).unwrap()
        };
        assert_eq!(form_action("oob"), "'self'");
        assert_eq!(form_action("https://ci.example/ready?x=1"), "'self' https://ci.example");
        assert_eq!(form_action("http://127.0.0.1:9/cb"), "'self' http://127.0.0.1:9");
        assert_eq!(form_action("http://[::1]:9/cb"), "'self' http:");
    }
}
