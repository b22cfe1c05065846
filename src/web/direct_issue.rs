//! Issuing a token to a tool without the dance, for build servers that take a pasted one: choose the tool, choose the role, see
//! the token once; and try it.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};

use super::{
    App, Failure,
    consent::consumer_card,
    extract::{Fields, Query},
    grants::{self, Wrong, lifetime_choices},
    listing::{Address, Cut},
    pages::content::{ConsumerCard, IssueForm, Issued, Report, ToolRow, Tools, TriedOut},
    person::{Person, Submitted},
    problem::MISTYPED,
    role_cards,
    routes::PLUGIN,
};
use crate::{
    clock,
    forge::{self, By, Caller, TrackerRight},
    ids::{AccessTokenId, RoleId, UserId},
    provider::{self, ConsentRefusal, Lifetimes, Offer, Rehearsed, consent::Grant},
    secret::Secret,
    store::{
        self, Connection,
        access_tokens::{Filter, Listed},
        consumers::Consumer,
    },
};

/// How many tools are offered on a page.
const MOST_TOOLS: usize = 25;
/// For how many trackers an address is told.
const MOST_REPORTS: usize = 10;

/// `P/access_tokens/new`.
fn tools() -> Address {
    Address::of(format!("{PLUGIN}/access_tokens/new"))
}

/// The form for one tool.
fn form_for(tool: &str) -> Address {
    tools().with("tool", tool)
}

impl App {
    /// Whether somebody may issue tokens on their own page.
    pub(super) fn may_issue(&self, person: &Person) -> bool {
        self.config.oauth.direct_issue || person.is_forge_admin()
    }

    fn require_issue(&self, person: &Person) -> Result<(), Failure> {
        if self.may_issue(person) {
            Ok(())
        } else {
            Err(Failure::Forbidden(
                "On this forge a tool asks for its token itself; an administrator can issue one too.",
            ))
        }
    }
}

/// `GET P/access_tokens/new`: the tools to choose from, or the form for the one that is chosen.
pub async fn form(app: Data<App>, person: Person, Query(query): Query) -> Result<HttpResponse, Failure> {
    app.require_issue(&person)?;
    match query.filled_in("tool") {
        Some(tool) => {
            let form = app.issue_form(&person, tool, None, from(&query)).await?;
            app.show(&person, &form)
        }
        None => app.show(&person, &app.tools(&query).await?),
    }
}

impl App {
    /// The tools that can be given a token, by name, from one name on.
    async fn tools(&self, query: &Fields) -> Result<Tools, Failure> {
        let words = query.filled_in("words").unwrap_or_default();
        let behind = query.filled_in("behind");
        let (prefix, after) = (words.clone(), behind.clone().unwrap_or_default());
        let limit = i64::try_from(MOST_TOOLS).unwrap_or(i64::MAX) + 1;
        let found = self.store.run(move |conn| store::consumers::enabled(conn, &prefix, &after, limit)).await?;
        let cut = Cut::to(MOST_TOOLS, found);
        Ok(Tools {
            pages: tools().with("words", &words).pages("behind", behind, cut.goes_on_behind().map(|tool| &tool.name)),
            rows: cut.rows.into_iter().map(tool_row).collect(),
            words,
        })
    }

    /// The form for one tool, as it is shown first: filled in with what was chosen before, if something was.
    async fn issue_form(
        &self,
        person: &Person,
        tool: String,
        role: Option<RoleId>,
        from: Option<usize>,
    ) -> Result<IssueForm, Failure> {
        let (user, now, name) = (person.user().id, clock::now(), tool.clone());
        let (consumer, offers): (ConsumerCard, Vec<Offer>) = self
            .store
            .run(move |conn| {
                let consumer = enabled(conn, &name)?;
                let card = consumer_card(conn, &consumer, now)?;
                Ok::<_, provider::Error>((card, provider::offers(conn, user, &consumer, None)?))
            })
            .await?;
        let at = |from: usize| form_for(&tool).with("roles", from).to_string();
        Ok(IssueForm {
            consumer,
            roles: role_cards::page(offers, role, from, at),
            lifetimes: lifetime_choices(self.lifetimes(), None),
            label: String::new(),
            reason: String::new(),
            errors: Vec::new(),
            csrf_token: person.csrf_token(),
        })
    }
}

impl App {
    /// The form once more, with what was typed and what is wrong with it.
    async fn issue_again(
        &self,
        asked: &Submitted<Person>,
        wrong: &[Wrong],
        status: StatusCode,
    ) -> Result<HttpResponse, Failure> {
        let (person, form, lifetimes) = (asked.who(), asked.form(), self.lifetimes());
        let again = self.issue_form(person, form.text("tool"), grants::role(form), from(form)).await?;
        let again = IssueForm {
            label: form.text("label"),
            reason: form.text("reason"),
            lifetimes: lifetime_choices(lifetimes, grants::lifetime(form, lifetimes)),
            errors: grants::told(wrong),
            ..again
        };
        let mut answer = self.show(person, &again)?;
        *answer.status_mut() = status;
        Ok(answer)
    }
}

/// From which role on the roles are shown, where a form or a query says so.
fn from(fields: &Fields) -> Option<usize> {
    fields.one("roles").and_then(|from| from.parse().ok())
}

/// A tool that can be given a token.
fn enabled(conn: &mut Connection, name: &str) -> Result<Consumer, provider::Error> {
    let consumer = provider::consumers::named(conn, name)?;
    if consumer.enabled { Ok(consumer) } else { Err(ConsentRefusal::ConsumerDisabled.into()) }
}

fn tool_row(consumer: Consumer) -> ToolRow {
    ToolRow { issue: form_for(&consumer.name).to_string(), name: consumer.name, description: consumer.description }
}

/// `POST P/access_tokens`: issues a token, and shows it for the only time.
pub async fn issue(app: Data<App>, request: HttpRequest, asked: Submitted<Person>) -> Result<HttpResponse, Failure> {
    let person = asked.who();
    app.require_issue(person)?;
    let (user, tool) = (person.user().id, asked.form().text("tool"));
    let (grant, by) = match filled_in(&asked, app.lifetimes()) {
        Ok(wanted) => wanted,
        Err(wrong) => return app.issue_again(&asked, &wrong, MISTYPED).await,
    };
    let issued = app
        .store
        .run(move |conn| {
            // What cannot be shown must not be there: nobody would ever see its secret.
            conn.write(|tx| {
                let consumer = enabled(tx, &tool)?;
                let (id, credentials) = provider::access::issue_to(tx, user, &consumer, &grant, &by)?;
                Ok::<_, provider::Error>((About::of(tx, user, id)?, credentials))
            })
        })
        .await;
    let (issued, credentials) = match issued {
        Ok(issued) => issued,
        Err(provider::Error::Consent(refusal)) => match Wrong::of(refusal) {
            Some(wrong) => return app.issue_again(&asked, &[wrong], wrong.status()).await,
            None => return Err(refusal.into()),
        },
        Err(other) => return Err(other.into()),
    };
    let secret = (credentials.key, credentials.secret);
    app.show(person, &issued.page(&secret, &app.public_origin(&request).to_string(), person.csrf_token()))
}

/// What a form asks for; or what is wrong with it.
fn filled_in(asked: &Submitted<Person>, lifetimes: Lifetimes) -> Result<(Grant, By), Vec<Wrong>> {
    match (grants::grant(asked.form(), lifetimes), asked.because()) {
        (Ok(grant), Ok(by)) => Ok((grant, by)),
        (grant, by) => {
            let reason = by.is_err().then_some(Wrong::Reason);
            Err(grant.err().unwrap_or_default().into_iter().chain(reason).collect())
        }
    }
}

/// `POST P/access_tokens/try`: signs a request with a token that its user brings back, and says how it went. Neither is kept.
pub async fn try_out(app: Data<App>, request: HttpRequest, asked: Submitted<Person>) -> Result<HttpResponse, Failure> {
    let (person, form) = (asked.who(), asked.form());
    let (own, arrival) = (person.user().id, app.arrival(&request));
    let token = (form.text("token"), Secret::new(form.text("token_secret")));
    let (origin, echo) = (app.public_origin(&request), format!("{PLUGIN}/echo"));
    let Rehearsed { token: id, outcome } = app.authenticator.rehearse(own, token, (origin, &echo), arrival).await?;
    let (user, code) = how_it_went(outcome)?;
    let About { token, .. } = app.store.run(move |conn| About::of(conn, own, id)).await?;
    let role = forge::role::full_name(token.project.as_deref(), &token.role);
    app.show(person, &TriedOut { consumer: token.consumer, role, user, code })
}

/// As whom a rehearsal came through, or the code of its refusal. What keeps it from being judged is a failure like any other.
fn how_it_went(outcome: Result<Caller, provider::Error>) -> Result<(Option<String>, Option<&'static str>), Failure> {
    match outcome {
        Ok(caller) => Ok((Some(caller.user().name.clone()), None)),
        Err(error) => match Failure::from(error) {
            refused @ (Failure::Refused(_) | Failure::RoleNotHeld { .. }) => Ok((None, Some(refused.code()))),
            other => Err(other),
        },
    }
}

/// What a page says of a token beside its two halves.
struct About {
    token: Listed,
    /// The titles and the names of trackers in which it can file.
    trackers: Vec<(String, String)>,
}

impl About {
    /// About a token of this user.
    fn of(conn: &mut Connection, user: UserId, id: AccessTokenId) -> Result<Self, provider::Error> {
        let filter = Filter { id: Some(id), ..Filter::default() };
        let token = store::access_tokens::list(conn, filter, clock::now(), 1)?.into_iter().next();
        let missing = || provider::Error::NotFound(format!("access token {id}"));
        let token = token.filter(|token| token.user_id == user).ok_or_else(missing)?;
        let role = store::roles::by_id(conn, token.role_id)?;
        let project = role.and_then(|role| role.project).map(|(project, ..)| project);
        let grants = forge::role::grants(conn, token.role_id)?;
        let trackers = store::trackers::of_projects(conn, project.as_slice())?.into_iter();
        let files = trackers.filter(|tracker| grants.tracker_bits(tracker) & TrackerRight::Submit.bit() != 0);
        let trackers = files.take(MOST_REPORTS).map(|tracker| (tracker.title, tracker.name)).collect();
        Ok(Self { token, trackers })
    }

    fn page(self, (key, secret): &(String, Secret), base_url: &str, csrf_token: String) -> Issued {
        let Self { token, trackers } = self;
        let project = token.project.as_deref().unwrap_or_default();
        let report = |(tracker, name): (String, String)| Report {
            tracker,
            url: format!("{base_url}/plugins/oslc/cm/project/{project}/tracker/{name}"),
        };
        Issued {
            reports: trackers.into_iter().map(report).collect(),
            role: forge::role::full_name(token.project.as_deref(), &token.role),
            consumer: token.consumer,
            expires: token.expires,
            token: key.clone(),
            token_secret: secret.expose().to_owned(),
            base_url: base_url.to_owned(),
            csrf_token,
        }
    }
}
