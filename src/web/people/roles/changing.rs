//! Adding a role, setting it otherwise, and removing it. Where somebody loses a right, it is asked about first.

use actix_web::{HttpResponse, web::Data};

use super::{
    super::{
        super::{
            App, Failure,
            extract::Fields,
            pages::content::{Confirmation, RolePage},
            person::Submitted,
        },
        Outcome,
        asking::{What, question},
        because, form_errors, is_checked, outcome,
        place::{Place, Steward},
    },
    After, Named, slice,
};
use crate::{
    clock,
    forge::{
        self, By, RoleName, TrackerRight, Wrong,
        rights::{Lost, Rights},
        role_change::{self, Draft, Known},
    },
    ids::RoleId,
    provider::{
        self,
        stops::{Stops, Taken},
    },
    store::trackers::Tracker,
};

/// What became of a form: it is done, it is asked about first, or something in it is wrong.
enum Saved {
    Done(RoleId),
    Asking(Vec<Lost>, Stops),
}

/// The name of a form's box for a right on a tracker.
fn box_name(tracker: &Tracker, right: TrackerRight) -> String {
    format!("tracker-{}-{}", tracker.id, right.word())
}

/// The role that a form describes: on trackers that it does not speak of, what it was.
fn drafted(form: &Fields, before: Rights, trackers: &[Tracker], after: i64) -> Result<Draft, Wrong> {
    let name = form.filled_in("name").unwrap_or_default();
    let name = RoleName::parse(&name).map_err(|error| forge::Mistake::from(error).of("name"))?;
    let mut rights = Rights { admin: is_checked(form, "admin"), read: is_checked(form, "see"), ..before };
    for tracker in slice(trackers.to_vec(), after).0 {
        let is_set = |right: &TrackerRight| is_checked(form, &box_name(&tracker, *right));
        let bits = TrackerRight::ALL.into_iter().filter(is_set).map(TrackerRight::bit).sum();
        rights.trackers.insert(tracker.id, bits);
    }
    rights.trackers.retain(|_, bits| *bits != 0);
    Ok(Draft { name, rights })
}

/// Which trackers' rights a form sets: those after this one.
fn after(form: &Fields) -> After {
    After { tracker: form.one("trackers_after").and_then(|id| id.parse().ok()).unwrap_or(0), ..After::default() }
}

/// `POST /roles`, `POST /projects/{project}/roles`.
pub async fn add(app: Data<App>, asked: Submitted<Steward>) -> Result<HttpResponse, Failure> {
    app.save_role(&asked, None).await
}

/// `POST …/roles/{role}`.
pub async fn save(app: Data<App>, asked: Submitted<Steward>, named: Named) -> Result<HttpResponse, Failure> {
    app.save_role(&asked, Some(named.role)).await
}

/// `GET …/roles/{role}/remove`: says what would stop.
pub async fn ask_remove(app: Data<App>, steward: Steward, named: Named) -> Result<HttpResponse, Failure> {
    let page = app.removal(&steward.0, named.role).await?;
    app.show(steward.0.person(), &page)
}

/// `POST …/roles/{role}/remove`.
pub async fn remove(app: Data<App>, asked: Submitted<Steward>, named: Named) -> Result<HttpResponse, Failure> {
    let (place, id) = (&asked.who().0, named.role);
    let project = place.project_id();
    let remove = move |tx: &mut crate::store::Transaction<'_>, by: &By| {
        let known = Known::load(tx, id, project)?;
        role_change::remove(tx, &known, by)
    };
    match app.changed(&asked, remove).await? {
        Ok(()) => Ok(App::see(&place.roles())),
        Err(errors) => {
            let page = app.removal(place, id).await?;
            app.show_again(place.person(), &Confirmation { reason: asked.form().text("reason"), errors, ..page })
        }
    }
}

impl App {
    async fn save_role(&self, asked: &Submitted<Steward>, id: Option<RoleId>) -> Result<HttpResponse, Failure> {
        let (place, form) = (&asked.who().0, asked.form());
        match self.saved(asked, id).await? {
            Ok(Saved::Done(id)) => Ok(Self::see(&format!("{}/{id}", place.roles()))),
            Ok(Saved::Asking(lost, stops)) => {
                let name = form.text("name");
                let page = Self::weakening(place, id, &name, form).losing(lost).stopping(stops, clock::now());
                self.show(place.person(), &page)
            }
            Err(errors) => {
                let page = self.role_page(place, id, after(form)).await?;
                self.show_again(place.person(), &RolePage { errors, ..with_typed(page, form) })
            }
        }
    }

    async fn saved(&self, asked: &Submitted<Steward>, id: Option<RoleId>) -> Result<Outcome<Saved>, Failure> {
        let by = match because(asked) {
            Ok(by) => by,
            Err(wrong) => return Ok(Err(form_errors(&[wrong]))),
        };
        let (place, form) = (&asked.who().0, asked.form());
        let (project, of) = (place.project_id(), place.project.clone());
        let load = move |conn: &mut crate::store::Connection| {
            let known = id.map(|id| Known::load(conn, id, project)).transpose()?;
            Ok::<_, forge::Error>((known, role_change::trackers_of(conn, project)?))
        };
        let (known, trackers) = self.store.run(load).await?;
        let before = known.as_ref().map(Known::rights).unwrap_or_default();
        let draft = match drafted(form, before, &trackers, after(form).tracker) {
            Ok(draft) => draft,
            Err(wrong) => return Ok(Err(form_errors(&[wrong]))),
        };
        let Some(known) = known else {
            let add = move |conn: &mut crate::store::Connection| {
                conn.write(|tx| role_change::add(tx, of.as_ref(), &draft, &by))
            };
            return Ok(outcome(self.store.run(add).await)?.map(Saved::Done));
        };
        let (id, now, lost) = (known.role.id, by.at(), known.loses(&draft));
        if !lost.is_empty() && !is_checked(form, "confirmed") {
            let stops = self.store.run(move |conn| Stops::of(conn, Taken::Role(id), now)).await?;
            return Ok(Ok(Saved::Asking(lost, stops)));
        }
        let change = move |conn: &mut crate::store::Connection| {
            conn.write(|tx| {
                // As it is now: somebody else may have changed it meanwhile.
                let known = Known::load(tx, id, project)?;
                role_change::change(tx, &known, &draft, &by)
            })
        };
        Ok(outcome(self.store.run(change).await)?.map(|()| Saved::Done(id)))
    }

    /// The question before a role lets its holders do less, with everything that was typed.
    fn weakening(place: &Place, id: Option<RoleId>, name: &str, form: &Fields) -> Confirmation {
        let own = id.map_or_else(|| place.roles(), |id| format!("{}/{id}", place.roles()));
        let mut page = question(What::WeakenRole, (name, ""), (own.clone(), own), place.person().csrf_token());
        page.reason = form.text("reason");
        let typed = form.pairs().filter(|(name, _)| !matches!(*name, "csrf_token" | "reason" | "confirmed"));
        let page = typed.fold(page, |page, (name, value)| page.carrying(name, value));
        page.carrying("confirmed", "yes")
    }

    /// The question before a role is removed.
    async fn removal(&self, place: &Place, id: RoleId) -> Result<Confirmation, Failure> {
        let (project, now) = (place.project_id(), clock::now());
        let load = move |conn: &mut crate::store::Connection| {
            let known = Known::load(conn, id, project)?;
            Ok::<_, provider::Error>((known, Stops::of(conn, Taken::Role(id), now)?))
        };
        let (known, stops) = self.store.run(load).await?;
        let own = format!("{}/{id}", place.roles());
        let form = (format!("{own}/remove"), own);
        let page = question(What::RemoveRole, (&known.role.name, ""), form, place.person().csrf_token());
        Ok(page.stopping(stops, now))
    }
}

/// The page of a role with what was typed in its form.
fn with_typed(mut page: RolePage, form: &Fields) -> RolePage {
    page.name = form.text("name");
    page.admin = is_checked(form, "admin");
    page.read = is_checked(form, "see");
    page.reason = form.text("reason");
    for tracker in &mut page.trackers {
        for right in &mut tracker.rights {
            right.is_set = is_checked(form, &format!("tracker-{}-{}", tracker.id, right.word));
        }
    }
    page
}
