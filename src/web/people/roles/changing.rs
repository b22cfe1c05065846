//! Adding a role, setting it otherwise, and removing it. Where somebody loses a right, it is asked about first.

use std::collections::HashSet;

use actix_web::{HttpResponse, web::Data};

use super::{
    super::{
        super::{
            App, Failure,
            extract::Fields,
            pages::content::{Confirmation, RolePage},
            person::Submitted,
            wrong::{Outcome, outcome},
        },
        asking::{What, question, right_word},
        is_checked,
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
        stops::{Stops, Taken, remove_role},
    },
    store::{Connection, Transaction, projects::Project, trackers::Tracker},
};

/// What became of a form: it is done, it is asked about first, or something in it is wrong.
enum Saved {
    Done(RoleId),
    Asking(RoleId, Vec<Lost>),
}

/// The name of a form's box for a right on a tracker.
fn box_name(tracker: &Tracker, right: TrackerRight) -> String {
    format!("tracker-{}-{}", tracker.id, right.word())
}

/// What a form says of a role.
struct Typed {
    name: RoleName,
    admin: bool,
    read: bool,
    /// The names of all boxes that are checked.
    boxes: HashSet<String>,
    /// Of which trackers it speaks: of those after this one.
    after: i64,
    /// What it may take away: what was asked about.
    confirmed: HashSet<String>,
}

impl Typed {
    fn parse(form: &Fields) -> Result<Self, Wrong> {
        let name = form.filled_in("name").unwrap_or_default();
        let name = RoleName::parse(&name).map_err(|error| forge::Mistake::from(error).of("name"))?;
        Ok(Self {
            name,
            admin: is_checked(form, "admin"),
            read: is_checked(form, "see"),
            boxes: form.pairs().map(|(name, _)| name.to_owned()).collect(),
            after: after(form).tracker,
            confirmed: form.text("confirmed").split(' ').map(str::to_owned).collect(),
        })
    }

    /// The role that it describes: on trackers that it does not speak of, what it was.
    fn draft(&self, before: Rights, trackers: &[Tracker]) -> Draft {
        let mut rights = Rights { admin: self.admin, read: self.read, ..before };
        for tracker in slice(trackers.to_vec(), self.after).rows {
            let is_set = |right: &TrackerRight| self.boxes.contains(&box_name(&tracker, *right));
            let bits = TrackerRight::ALL.into_iter().filter(is_set).map(TrackerRight::bit).sum();
            rights.trackers.insert(tracker.id, bits);
        }
        rights.trackers.retain(|_, bits| *bits != 0);
        Draft { name: self.name.clone(), rights }
    }

    fn confirms(&self, lost: &[Lost]) -> bool {
        lost.iter().all(|lost| self.confirmed.contains(&mark(lost)))
    }
}

/// What stands for a right that is lost, in the form that confirms it.
fn mark(lost: &Lost) -> String {
    let right = right_word(lost.right);
    lost.tracker.as_ref().map_or_else(|| right.to_owned(), |(id, _)| format!("{id}-{right}"))
}

/// Which trackers' rights a form sets: those after this one.
fn after(form: &Fields) -> After {
    After { tracker: form.number("trackers_after").unwrap_or(0), ..After::default() }
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
    match app.changed(&asked, move |tx, by| remove_role(tx, id, project, by)).await? {
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
            Ok(Saved::Asking(id, lost)) => {
                let now = clock::now();
                let stops = self.store.run(move |conn| Stops::of(conn, Taken::Role(id), now)).await?;
                let page = Self::weakening(place, id, form, &lost).losing(lost).stopping(stops, now);
                self.show(place.person(), &page)
            }
            Err(errors) => {
                let page = self.role_page(place, id, after(form)).await?;
                self.show_again(place.person(), &RolePage { errors, ..with_typed(page, form) })
            }
        }
    }

    async fn saved(&self, asked: &Submitted<Steward>, id: Option<RoleId>) -> Result<Outcome<Saved>, Failure> {
        let by = match asked.because() {
            Ok(by) => by,
            Err(wrong) => return Ok(Err(vec![wrong.into()])),
        };
        let typed = match Typed::parse(asked.form()) {
            Ok(typed) => typed,
            Err(wrong) => return Ok(Err(vec![wrong.into()])),
        };
        let project = asked.who().0.project.clone();
        let save = move |conn: &mut Connection| {
            conn.write(|tx| match id {
                Some(id) => changed(tx, id, project.as_ref(), &typed, &by),
                None => {
                    let trackers = role_change::trackers_of(tx, project.as_ref().map(|project| project.id))?;
                    let draft = typed.draft(Rights::default(), &trackers);
                    role_change::add(tx, project.as_ref(), &draft, &by).map(Saved::Done)
                }
            })
        };
        outcome(self.store.run(save).await)
    }

    /// The question before a role lets its holders do less, with everything that was typed.
    fn weakening(place: &Place, id: RoleId, form: &Fields, lost: &[Lost]) -> Confirmation {
        let own = format!("{}/{id}", place.roles());
        let (name, token) = (form.text("name"), place.person().csrf_token());
        let mut page = question(What::WeakenRole, (&name, ""), (own.clone(), own), token);
        page.reason = form.text("reason");
        let typed = form.pairs().filter(|(name, _)| !matches!(*name, "csrf_token" | "reason" | "confirmed"));
        let page = typed.fold(page, |page, (name, value)| page.carrying(name, value));
        page.carrying("confirmed", lost.iter().map(mark).collect::<Vec<_>>().join(" "))
    }

    /// The question before a role is removed.
    async fn removal(&self, place: &Place, id: RoleId) -> Result<Confirmation, Failure> {
        let (project, now) = (place.project_id(), clock::now());
        let load = move |conn: &mut Connection| {
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

/// A role as it is now, set as a form says; unless its holders would lose what nobody was asked about.
fn changed(
    tx: &mut Transaction<'_>,
    id: RoleId,
    project: Option<&Project>,
    typed: &Typed,
    by: &By,
) -> Result<Saved, forge::Error> {
    let known = Known::held(tx, id, project.map(|project| project.id))?;
    let draft = typed.draft(known.rights(), &known.trackers);
    let lost = known.loses(&draft);
    if !typed.confirms(&lost) {
        return Ok(Saved::Asking(id, lost));
    }
    role_change::change(tx, &known, &draft, by)?;
    Ok(Saved::Done(id))
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
