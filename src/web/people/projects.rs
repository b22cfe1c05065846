//! Projects: a list of those that one can see, the page of each, and what its administrators set up.

use actix_web::{HttpResponse, web::Data};

use super::{
    super::{
        App, Failure,
        extract::{Fields, Query},
        listing::{Address, Cut},
        pages::content::{
            Confirmation, Member, NewProject, ProjectPage, ProjectRow, ProjectTyped, Projects, RoleRow, TrackerRow,
        },
        person::{Admin, Person, Submitted},
        wrong::{Outcome, Undone, outcome},
    },
    asking::{What, question},
    place::{Place, Steward},
    short, uses,
};
use crate::{
    clock,
    forge::{self, Mistake, Name, Readable, Reading, readable},
    ids::{RoleId, UserId},
    provider::stops::{Stops, Taken},
    store::{self, Connection, ProjectStatus, projects::Project, roles::Role, trackers::Tracker, users::User},
};

/// How many projects a page shows.
const PAGE: usize = 50;
/// How many trackers the page of a project shows.
const MOST_TRACKERS: usize = 50;
/// How many roles it shows.
const MOST_ROLES: usize = 10;
/// How many of those who hold a role are shown beside it.
const MOST_MEMBERS: usize = 5;

/// `GET /projects`.
pub async fn list(app: Data<App>, person: Person, Query(query): Query) -> Result<HttpResponse, Failure> {
    let (from, which) = (query.filled_in("from"), readable(person.caller()));
    let at = from.clone().unwrap_or_default();
    let found = app
        .store
        .run(move |conn| {
            let some = match &which {
                Readable::All => None,
                Readable::These(ids) => Some(ids.as_slice()),
            };
            store::projects::list(conn, some, &at, PAGE as i64 + 1)
        })
        .await?;
    let Cut { rows, next } = Cut::to(PAGE, found);
    let content = Projects {
        pages: Address::of("/projects").pages("from", from.as_ref(), next.map(|project| project.name)),
        rows: rows.into_iter().map(row).collect(),
        by_admin: person.is_forge_admin(),
        from: from.unwrap_or_default(),
    };
    app.show(&person, &content)
}

fn row(project: Project) -> ProjectRow {
    ProjectRow { title: short(&project.title), name: project.name, state: project.status.word() }
}

/// `GET /new-project`.
pub async fn form(app: Data<App>, admin: Admin) -> Result<HttpResponse, Failure> {
    app.show(&admin, &NewProject { csrf_token: admin.csrf_token(), ..NewProject::default() })
}

/// `POST /projects`.
pub async fn add(app: Data<App>, asked: Submitted<Admin>) -> Result<HttpResponse, Failure> {
    let form = asked.form();
    match outcome(app.add_project(asked.who(), form).await)? {
        Ok(name) => Ok(App::see(&format!("/projects/{name}"))),
        Err(errors) => {
            let (name, title, reason) = (form.text("name"), form.text("title"), form.text("reason"));
            let typed = NewProject { name, title, reason, errors, csrf_token: asked.who().csrf_token() };
            app.show_again(asked.who(), &typed)
        }
    }
}

/// `GET /projects/{project}`; with the trackers after one, where `after` is given.
pub async fn show(app: Data<App>, place: Place, Query(query): Query) -> Result<HttpResponse, Failure> {
    app.show(place.person(), &app.project_page(&place, query.filled_in("after")).await?)
}

/// `POST /projects/{project}/title`.
pub async fn set_title(app: Data<App>, asked: Submitted<Steward>) -> Result<HttpResponse, Failure> {
    let place = &asked.who().0;
    let (_, name) = place.of_project()?;
    let title = forge::line(&asked.form().text("title"))
        .and_then(|title| if title.is_empty() { Err(Mistake::Missing) } else { Ok(title) });
    let done = match title {
        Err(mistake) => Err(vec![mistake.of("title").into()]),
        Ok(title) => app.changed(&asked, move |tx, by| forge::project::ensure(tx, &name, Some(&title), by)).await?,
    };
    app.shown_again_or(&asked, done.map(drop)).await
}

/// `POST /projects/{project}/trackers`.
pub async fn add_tracker(app: Data<App>, asked: Submitted<Steward>) -> Result<HttpResponse, Failure> {
    let place = &asked.who().0;
    let (project, project_name) = place.of_project()?;
    let (id, form) = (project.id, asked.form());
    let mut reading = Reading::default();
    let name = reading.needed("tracker", forge::name(&form.text("tracker")));
    let title = reading.field("tracker_title", forge::line(&form.text("tracker_title")));
    let done = match outcome(reading.end(name))? {
        Err(wrong) => Err(wrong),
        Ok(name) => {
            let title = Some(title).filter(|title| !title.is_empty());
            let add = move |tx: &mut store::Transaction<'_>, by: &forge::By| {
                forge::project::add_tracker(tx, (id, &project_name), &name, title.as_deref(), by)
            };
            app.changed(&asked, add).await?
        }
    };
    app.shown_again_or(&asked, done).await
}

/// `GET /projects/{project}/status`: asks whether to archive a project, or to bring it back.
pub async fn ask_status(app: Data<App>, steward: Steward) -> Result<HttpResponse, Failure> {
    app.show(steward.0.person(), &app.project_question(&steward.0, Switch::Status).await?)
}

/// `POST /projects/{project}/status`.
pub async fn set_status(app: Data<App>, asked: Submitted<Steward>) -> Result<HttpResponse, Failure> {
    let (project, name) = asked.who().0.of_project()?;
    let id = project.id;
    let wanted = ProjectStatus::from_word(asked.form().required("status")?);
    let wanted = wanted.ok_or_else(|| Failure::BadRequest("there is no such status".to_owned()))?;
    let done = app.changed(&asked, move |tx, by| forge::project::set_status(tx, (id, &name), wanted, by)).await?;
    // Who archives a project may not see it any more.
    let can_look = asked.who().0.person().is_forge_admin() || wanted == ProjectStatus::Active;
    app.asked_again_or(&asked, Switch::Status, done, can_look).await
}

/// `GET /projects/{project}/plugin`: asks whether to shut tools out of a project, or to let them in.
pub async fn ask_plugin(app: Data<App>, steward: Steward) -> Result<HttpResponse, Failure> {
    app.show(steward.0.person(), &app.project_question(&steward.0, Switch::Plugin).await?)
}

/// `POST /projects/{project}/plugin`.
pub async fn set_plugin(app: Data<App>, asked: Submitted<Steward>) -> Result<HttpResponse, Failure> {
    let (project, name) = asked.who().0.of_project()?;
    let (id, uses) = (project.id, uses(asked.form())?);
    let done = app.changed(&asked, move |tx, by| forge::project::set_uses_plugin(tx, (id, &name), uses, by)).await?;
    app.asked_again_or(&asked, Switch::Plugin, done, true).await
}

/// What of a project is switched.
#[derive(Clone, Copy)]
enum Switch {
    Status,
    Plugin,
}

impl App {
    async fn add_project(&self, admin: &Admin, form: &Fields) -> Result<Name, Undone> {
        let mut reading = Reading::default();
        let name = reading.needed("name", forge::name(&form.text("name")));
        let title = reading.field("title", forge::line(&form.text("title")));
        let reason = reading.field("reason", forge::reason(&form.text("reason")));
        let name = reading.end(name)?;
        let by = admin.by().because(reason);
        let title = Some(title).filter(|title| !title.is_empty());
        let add = move |conn: &mut Connection| {
            conn.write(|tx| forge::project::add(tx, &name, title.as_deref(), &by).map(|_| name))
        };
        Ok(self.store.run(add).await?)
    }

    /// The page of a project, with the trackers after this one and with nothing typed.
    async fn project_page(&self, place: &Place, after: Option<String>) -> Result<ProjectPage, Failure> {
        let (project, _) = place.of_project()?;
        let (id, from, caller) = (project.id, after.clone().unwrap_or_default(), place.person().caller().clone());
        let (trackers, roles) = self
            .store
            .run(move |conn| {
                let trackers = forge::tracker::readable(conn, &caller, id, &from, MOST_TRACKERS + 1)?;
                let roles = store::roles::of_project(conn, Some(id), RoleId(0), MOST_ROLES as i64 + 1)?;
                let roles = roles.into_iter().map(|role| role_row(conn, role));
                Ok::<_, store::Error>((trackers, roles.collect::<Result<Vec<_>, _>>()?))
            })
            .await?;
        let roles = Cut::to(MOST_ROLES, roles);
        let trackers = Cut::to(MOST_TRACKERS, trackers);
        Ok(ProjectPage {
            name: project.name.clone(),
            title: short(&project.title),
            state: project.status.word(),
            uses_plugin: project.uses_plugin,
            pages: Address::of(place.base()).pages(
                "after",
                after,
                trackers.goes_on_behind().map(|one| one.name.clone()),
            ),
            trackers: trackers.rows.into_iter().map(tracker_row).collect(),
            has_more_roles: roles.next.is_some(),
            roles: roles.rows,
            is_administered: place.is_administered,
            typed: ProjectTyped { title: short(&project.title), ..ProjectTyped::default() },
            errors: Vec::new(),
            csrf_token: place.person().csrf_token(),
        })
    }

    /// Leads back to the project; or shows its page with what was typed, and what is wrong with it.
    async fn shown_again_or(&self, asked: &Submitted<Steward>, done: Outcome<()>) -> Result<HttpResponse, Failure> {
        let (place, form) = (&asked.who().0, asked.form());
        let Err(errors) = done else { return Ok(Self::see(&place.base())) };
        let mut page = self.project_page(place, None).await?;
        page.typed = ProjectTyped {
            title: form.one("title").map_or(page.typed.title, str::to_owned),
            tracker: form.text("tracker"),
            tracker_title: form.text("tracker_title"),
            reason: form.text("reason"),
        };
        page.errors = errors;
        self.show_again(place.person(), &page)
    }

    /// Leads back to the project, or to all of them; or asks again, with what is wrong.
    async fn asked_again_or(
        &self,
        asked: &Submitted<Steward>,
        switch: Switch,
        done: Outcome<()>,
        can_look: bool,
    ) -> Result<HttpResponse, Failure> {
        let place = &asked.who().0;
        let Err(errors) = done else {
            return Ok(Self::see(&if can_look { place.base() } else { "/projects".to_owned() }));
        };
        let page = self.project_question(place, switch).await?;
        self.show_again(place.person(), &Confirmation { reason: asked.form().text("reason"), errors, ..page })
    }

    async fn project_question(&self, place: &Place, switch: Switch) -> Result<Confirmation, Failure> {
        let (project, _) = place.of_project()?;
        let (what, field, value, path, takes) = match (switch, project.status, project.uses_plugin) {
            (Switch::Status, ProjectStatus::Active, _) => (What::ArchiveProject, "status", "archived", "status", true),
            (Switch::Status, ProjectStatus::Archived, _) => (What::ReopenProject, "status", "active", "status", false),
            (Switch::Plugin, _, true) => (What::ShutToolsOutOfProject, "uses", "no", "plugin", true),
            (Switch::Plugin, _, false) => (What::LetToolsIntoProject, "uses", "yes", "plugin", false),
        };
        let form = (format!("{}/{path}", place.base()), place.base());
        let asked = question(what, (&project.title, ""), form, place.person().csrf_token()).carrying(field, value);
        if !takes {
            return Ok(asked);
        }
        let (id, now) = (project.id, clock::now());
        let stops = self.store.run(move |conn| Stops::of(conn, Taken::Project(id), now)).await?;
        Ok(asked.stopping(stops, now))
    }
}

fn tracker_row(tracker: Tracker) -> TrackerRow {
    TrackerRow { title: short(&tracker.title), name: tracker.name }
}

/// A role with the first of those who hold it.
pub(super) fn role_row(conn: &mut Connection, role: Role) -> Result<RoleRow, store::Error> {
    let members = store::roles::members(conn, role.id, UserId(0), MOST_MEMBERS as i64 + 1)?;
    let Cut { rows, next } = Cut::to(MOST_MEMBERS, members);
    let members = rows.into_iter().map(member).collect();
    Ok(RoleRow { id: role.id.0, name: role.name, members, has_more: next.is_some() })
}

/// Somebody who holds a role.
pub(super) fn member(user: User) -> Member {
    Member {
        realname: short(&user.realname),
        name: user.name,
        is_suspended: user.status == store::UserStatus::Suspended,
    }
}
