//! The consent page: who asks, as whom one would let it act, with which role, for how long; and the decision (RFC 5849,
//! section 2.2).

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::{
    App, Failure,
    extract::{Fields, Query},
    grants::{self, Wrong, lifetime_choices},
    listing::Address,
    middleware::PAGE_POLICY,
    pages::content::{CallbackWords, Consent, ConsumerCard, Given, OutOfBand, Typed},
    person::{Person, Submitted},
    problem::MISTYPED,
    role_cards,
    tokens::tokens_of,
};
use crate::{
    clock::{self, UnixSeconds},
    forge,
    ids::{ProjectId, RoleId, UserId},
    oauth1::{Callback, percent_encode},
    provider::{
        self, Lifetimes, Offer, Standing,
        consent::{Asked, Decision},
    },
    store::{
        self,
        access_tokens::{Listed, Own, Part},
        consumers::Consumer,
    },
};

/// What of the query goes with the form, so that the question can be asked again as it was: whose roles come first.
const KEPT: [&str; 3] = ["type", "name", "id"];

/// How many of the tokens that there are already the page tells of.
const MOST_GIVEN: i64 = 5;

/// As far as the people are counted who use a tool.
const MOST_USERS: i64 = 1_000;

/// What the page tells of one request.
struct Told {
    asked: Asked,
    about: ConsumerCard,
    given: Vec<Listed>,
    offers: Vec<Offer>,
}

/// `GET P/authorize`: shows who asks, and for what. Changes nothing.
pub async fn page(
    app: Data<App>,
    request: HttpRequest,
    person: Person,
    Query(query): Query,
) -> Result<HttpResponse, Failure> {
    let (question, policy) = app.consent_question(request.uri().path(), &person, &query, None).await?;
    Ok(App::html(app.pages.render(person.reader(), &question)?, policy))
}

impl App {
    /// The question that a query, or a form of the page, is about; with a role that was chosen before, if one was. And the
    /// policy of its page.
    async fn consent_question(
        &self,
        action: &str,
        person: &Person,
        asked: &Fields,
        chosen: Option<RoleId>,
    ) -> Result<(Consent, String), Failure> {
        let (token, now) = (asked.text("oauth_token"), clock::now());
        let (key, user) = (token.clone(), person.user().id);
        let project = (asked.text("name"), asked.number("id").map(ProjectId));
        let told = self.store.run(move |conn| tell(conn, (&key, user), project, now)).await?;

        let at = |from: usize| question_at(action, asked, from);
        let from = asked.one("roles").and_then(|from| from.parse().ok());
        let question = Consent {
            action: action.to_owned(),
            oauth_token: token,
            csrf_token: person.csrf_token(),
            user: person.user().realname.clone(),
            user_name: person.user().name.clone(),
            switch: switch_user(&at(0)),
            kept: KEPT.iter().filter_map(|name| kept(asked, name)).collect(),
            roles: role_cards::page(told.offers, chosen, from, at),
            lifetimes: lifetime_choices(self.lifetimes(), None),
            label: String::new(),
            errors: Vec::new(),
            given: told.given.into_iter().map(|token| given(token, now)).collect(),
            all_given: tokens_of(&told.about.name).to_string(),
            callback: callback_words(&told.asked.callback),
            consumer: told.about,
        };
        Ok((question, consent_policy(&told.asked.callback)))
    }

    /// The question once more, with what was typed and what is wrong with it.
    async fn question_again(
        &self,
        request: &HttpRequest,
        asked: &Submitted<Person>,
        wrong: &[Wrong],
    ) -> Result<HttpResponse, Failure> {
        let (person, form, lifetimes) = (asked.who(), asked.form(), self.lifetimes());
        let (question, policy) = self.consent_question(request.uri().path(), person, form, grants::role(form)).await?;
        let question = Consent {
            label: form.text("label"),
            lifetimes: lifetime_choices(lifetimes, grants::lifetime(form, lifetimes)),
            errors: grants::told(wrong),
            ..question
        };
        let mut answer = Self::html(self.pages.render(person.reader(), &question)?, policy);
        // Of several the one that makes least sense says how it went.
        *answer.status_mut() = wrong.iter().map(|one| one.status()).min().unwrap_or(MISTYPED);
        Ok(answer)
    }
}

fn tell(
    conn: &mut store::Connection,
    (key, user): (&str, UserId),
    project: (String, Option<ProjectId>),
    now: UnixSeconds,
) -> Result<Told, provider::Error> {
    let asked = provider::consent::ask(conn, key, now)?;
    let first = first_project(conn, project)?;
    let offers = provider::offers(conn, user, &asked.consumer, first)?;
    let own = Own { user, consumer: Some(asked.consumer.id) };
    let given = store::access_tokens::own(conn, own, (Part::InUse, None), now, MOST_GIVEN)?;
    Ok(Told { about: consumer_card(conn, &asked.consumer, now)?, asked, given, offers })
}

/// The project whose roles come first: the one of that name, or else of that number.
fn first_project(
    conn: &mut store::Connection,
    (name, id): (String, Option<ProjectId>),
) -> Result<Option<ProjectId>, store::Error> {
    let named = if name.is_empty() { None } else { store::projects::by_name(conn, &name)? };
    Ok(named.map(|project| project.id).or(id))
}

/// A tool as the users see it who decide about it.
pub(super) fn consumer_card(
    conn: &mut store::Connection,
    consumer: &Consumer,
    now: UnixSeconds,
) -> Result<ConsumerCard, store::Error> {
    let users = store::access_tokens::count_users_up_to(conn, consumer.id, now, MOST_USERS)?;
    Ok(ConsumerCard {
        name: consumer.name.clone(),
        url: consumer.url.clone(),
        description: consumer.description.clone(),
        email: consumer.email.clone(),
        created: consumer.created,
        users,
        or_more: i64::try_from(users).is_ok_and(|users| users >= MOST_USERS),
    })
}

fn given(token: Listed, now: UnixSeconds) -> Given {
    Given {
        state: Standing::of(&token, now).word(),
        role: forge::role::full_name(token.project.as_deref(), &token.role),
        label: token.label.unwrap_or_default(),
        created: token.created,
    }
}

/// The same question, with the roles from one on where there are more of them than fit on a page. What else the query holds is
/// nothing that this page repeats.
fn question_at(action: &str, query: &Fields, from: usize) -> String {
    let from = if from > 0 { from.to_string() } else { String::new() };
    let asked = ["oauth_token"].into_iter().chain(KEPT);
    let with = |question: Address, name| question.with(name, query.one(name).unwrap_or_default());
    asked.fold(Address::of(action), with).with("roles", from).to_string()
}

fn kept(asked: &Fields, name: &str) -> Option<Typed> {
    let value = asked.one(name).filter(|value| !value.is_empty())?;
    Some(Typed { name: name.to_owned(), value: value.to_owned() })
}

/// The log-in page for somebody else, from where it leads back to this question.
fn switch_user(question: &str) -> String {
    format!("/login?switch=1&next={}", percent_encode(question))
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

/// Why nothing was decided.
enum Undecided {
    /// The form is wrong in these; it is shown again.
    Wrong(Vec<Wrong>),
    /// There is nothing to decide, or it could not be.
    Failed(Failure),
}

impl From<store::Error> for Undecided {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<provider::Error> for Undecided {
    fn from(error: provider::Error) -> Self {
        match &error {
            provider::Error::Consent(refusal) => match Wrong::of(*refusal) {
                Some(wrong) => Self::Wrong(vec![wrong]),
                None => Self::Failed(error.into()),
            },
            _ => Self::Failed(error.into()),
        }
    }
}

/// `POST P/authorize`: the decision. Where nothing is decided because the form is wrong, it comes back as it was filled in.
pub async fn decide(app: Data<App>, posted: HttpRequest, asked: Submitted<Person>) -> Result<HttpResponse, Failure> {
    let (person, token) = (asked.who(), asked.form().text("oauth_token"));
    let (key, user, lifetimes, by) = (token.clone(), person.user().id, app.lifetimes(), person.by());
    let decision = decision(asked.form(), lifetimes);
    let decided = app
        .store
        .run(move |conn| {
            // Whether there is anything to decide is told before what is wrong with the decision.
            provider::consent::ask(conn, &key, by.at())?;
            let decision = decision.map_err(Undecided::Wrong)?;
            Ok::<_, Undecided>(provider::consent::decide(conn, &key, user, decision, lifetimes, &by)?)
        })
        .await;
    let (request, outcome) = match decided {
        Ok(decided) => decided,
        Err(Undecided::Wrong(wrong)) => return app.question_again(&posted, &asked, &wrong).await,
        Err(Undecided::Failed(failure)) => return Err(failure),
    };
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

fn decision(form: &Fields, lifetimes: Lifetimes) -> Result<Decision, Vec<Wrong>> {
    match form.one("decision") {
        Some("deny") => Ok(Decision::Deny),
        Some("authorize") => grants::grant(form, lifetimes).map(Decision::Authorize),
        _ => Err(vec![Wrong::Decision]),
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
