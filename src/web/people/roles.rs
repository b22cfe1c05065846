//! The roles of a project, or of the whole forge: what they let people do, who holds them, and changing both.

mod changing;
mod members;

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, web::Data};

pub use changing::{add, ask_remove, remove, save};
pub use members::{ask_take, give, take};

use super::{
    super::{
        App, Failure,
        extract::{Fields, Query},
        listing::{Address, Cut},
        pages::content::{RightBox, RightsRow, RolePage, RoleRow, Roles, TrackerRights},
    },
    place::{Place, Steward},
    projects::{member, role_row},
    short,
};
use crate::{
    forge::{
        self, Caller, Grants, TrackerRight,
        rights::Rights,
        role_change::{self, Known},
    },
    ids::{ProjectId, RoleId, TrackerId, UserId},
    store::{self, Connection, roles::Role, trackers::Tracker},
};

/// How many roles the table of rights has.
const MOST_ROLES: usize = 8;
/// How many trackers it has.
const MOST_ROWS: usize = 20;
/// How many trackers' rights a form sets at once.
const MOST_TRACKERS: usize = 30;
/// How many of those who hold a role its page shows.
const MOST_MEMBERS: usize = 25;

/// The role that an address names, beside its project, which may be there or not; and perhaps somebody who holds it.
pub struct Named {
    role: RoleId,
    user: Option<String>,
}

impl FromRequest for Named {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let part = |name: &str| request.match_info().get(name);
        let role = part("role").and_then(|id| id.parse().ok()).map(RoleId);
        ready(role.map(|role| Self { role, user: part("user").map(str::to_owned) }).ok_or(Failure::NotFound))
    }
}

/// `GET /roles`, `GET /projects/{project}/roles`.
pub async fn matrix(app: Data<App>, place: Place, Query(query): Query) -> Result<HttpResponse, Failure> {
    let (after, trackers_after) = (query.number("after").map(RoleId), query.filled_in("trackers_after"));
    let (project, caller) = (place.project_id(), place.person().caller().clone());
    let from = (after.unwrap_or(RoleId(0)), trackers_after.clone().unwrap_or_default());
    let (roles, trackers) = app.store.run(move |conn| load_matrix(conn, &caller, project, &from)).await?;
    let (roles, trackers) = (Cut::to(MOST_ROLES, roles), Cut::to(MOST_ROWS, trackers));
    let list = Address::of(place.roles());
    let of_roles = list.clone().with("after", after.map(|role| role.to_string()).unwrap_or_default());
    let of_trackers = list.with("trackers_after", trackers_after.as_deref().unwrap_or_default());
    let grants: Vec<&Grants> = roles.rows.iter().map(|(_, grants)| grants).collect();
    let content = Roles {
        project: place.project.as_ref().map(|project| short(&project.title)),
        base: place.base(),
        matrix: rows(project, &trackers.rows, &grants),
        tracker_pages: of_roles.pages("trackers_after", trackers_after, trackers.goes_on_behind().map(|one| &one.name)),
        is_administered: place.is_administered,
        pages: of_trackers.pages("after", after, roles.goes_on_behind().map(|(role, _)| role.id)),
        roles: roles.rows.into_iter().map(|(role, _)| role).collect(),
    };
    app.show(place.person(), &content)
}

type Loaded = (Vec<(RoleRow, Grants)>, Vec<Tracker>);

fn load_matrix(
    conn: &mut Connection,
    caller: &Caller,
    project: Option<ProjectId>,
    (role, tracker): &(RoleId, String),
) -> Result<Loaded, store::Error> {
    let roles = store::roles::of_project(conn, project, *role, MOST_ROLES as i64 + 1)?;
    let with_rights = |role: Role| {
        let grants = forge::role::grants(conn, role.id)?;
        Ok::<_, store::Error>((role_row(conn, role)?, grants))
    };
    let roles = roles.into_iter().map(with_rights).collect::<Result<Vec<_>, _>>()?;
    let trackers = match project {
        Some(project) => forge::tracker::readable(conn, caller, project, tracker, MOST_ROWS + 1)?,
        None => Vec::new(),
    };
    Ok((roles, trackers))
}

/// What each role lets people do: with the whole, then with each tracker.
fn rows(project: Option<ProjectId>, trackers: &[Tracker], roles: &[&Grants]) -> Vec<RightsRow> {
    let whole = roles.iter().map(|grants| grants.on_the_whole(project)).collect();
    let of_tracker = |tracker: &Tracker| RightsRow {
        tracker: Some(short(&tracker.title)),
        cells: roles.iter().map(|grants| words(grants.tracker_bits(tracker))).collect(),
    };
    let rows = trackers.iter().map(of_tracker);
    std::iter::once(RightsRow { tracker: None, cells: whole }).chain(rows).collect()
}

fn words(bits: i64) -> Vec<&'static str> {
    TrackerRight::all_in(bits).map(TrackerRight::word).collect()
}

/// `GET /roles/new`, `GET /projects/{project}/roles/new`.
pub async fn form(app: Data<App>, steward: Steward, Query(query): Query) -> Result<HttpResponse, Failure> {
    let place = &steward.0;
    let page = app.role_page(place, None, after(&query)).await?;
    app.show(place.person(), &page)
}

/// `GET …/roles/{role}`.
pub async fn show(
    app: Data<App>,
    steward: Steward,
    named: Named,
    Query(query): Query,
) -> Result<HttpResponse, Failure> {
    let place = &steward.0;
    let page = app.role_page(place, Some(named.role), after(&query)).await?;
    app.show(place.person(), &page)
}

/// Where the lists of a role's page go on.
#[derive(Clone, Copy, Default)]
struct After {
    tracker: i64,
    member: Option<UserId>,
}

fn after(query: &Fields) -> After {
    After { tracker: query.number("trackers_after").unwrap_or(0), member: query.number("members_after").map(UserId) }
}

/// Of these trackers those whose rights a form sets.
fn slice(trackers: Vec<Tracker>, after: i64) -> Cut<Tracker> {
    Cut::to(MOST_TRACKERS, trackers.into_iter().filter(|tracker| tracker.id.0 > after).collect())
}

fn tracker_rights(tracker: &Tracker, rights: &Rights) -> TrackerRights {
    let bits = rights.trackers.get(&TrackerId(tracker.id.0)).copied().unwrap_or(0);
    let one = |right: TrackerRight| RightBox { word: right.word(), is_set: bits & right.bit() != 0 };
    TrackerRights { id: tracker.id.0, title: short(&tracker.title), rights: TrackerRight::ALL.map(one).into() }
}

impl App {
    /// The page of a role, or of one that is to be added, with nothing typed.
    async fn role_page(&self, place: &Place, id: Option<RoleId>, after: After) -> Result<RolePage, Failure> {
        let project = place.project_id();
        let (known, trackers, members) = self
            .store
            .run(move |conn| {
                let known = id.map(|id| Known::load(conn, id, project)).transpose()?;
                let trackers = match &known {
                    Some(known) => known.trackers.clone(),
                    None => role_change::trackers_of(conn, project)?,
                };
                let limit = MOST_MEMBERS as i64 + 1;
                let from = after.member.unwrap_or(UserId(0));
                let members = id.map(|id| store::roles::members(conn, id, from, limit)).transpose()?;
                Ok::<_, forge::Error>((known, trackers, members.unwrap_or_default()))
            })
            .await?;
        let rights = known.as_ref().map(Known::rights).unwrap_or_default();
        let (trackers, members) = (slice(trackers, after.tracker), Cut::to(MOST_MEMBERS, members));
        let name = known.map(|known| known.role.name).unwrap_or_default();
        let own = id.map_or_else(|| format!("{}/new", place.roles()), |id| format!("{}/{id}", place.roles()));
        Ok(RolePage {
            project: place.project.as_ref().map(|project| short(&project.title)),
            base: place.roles(),
            id: id.map(|id| id.0),
            title: name.clone(),
            name,
            admin: rights.admin,
            read: rights.read,
            more_trackers: trackers.goes_on_behind().map(|last| last.id.0),
            trackers: trackers.rows.iter().map(|tracker| tracker_rights(tracker, &rights)).collect(),
            trackers_after: after.tracker,
            pages: Address::of(own).pages("members_after", after.member, members.goes_on_behind().map(|last| last.id)),
            members: members.rows.into_iter().map(member).collect(),
            user: String::new(),
            reason: String::new(),
            errors: Vec::new(),
            csrf_token: place.person().csrf_token(),
        })
    }
}
