//! Giving a role to somebody, and taking it from them, which is asked about first.

use actix_web::{HttpResponse, web::Data};

use super::{
    super::{
        super::{
            App, Failure,
            pages::content::{Confirmation, RolePage},
            person::Submitted,
        },
        asking::{What, question},
        place::{Place, Steward},
    },
    After, Named,
};
use crate::{
    clock,
    forge::{
        self, By,
        role_change::{self, Known},
    },
    ids::RoleId,
    provider::{
        self,
        stops::{Stops, Taken},
    },
    store::{self, Connection, Transaction, users::User},
};

/// `POST …/roles/{role}/members`.
pub async fn give(app: Data<App>, asked: Submitted<Steward>, named: Named) -> Result<HttpResponse, Failure> {
    let (place, id) = (&asked.who().0, named.role);
    let (project, user) = (place.project_id(), asked.form().filled_in("user").unwrap_or_default());
    let typed = user.clone();
    let give = move |tx: &mut Transaction<'_>, by: &By| {
        let known = Known::load(tx, id, project)?;
        role_change::give(tx, &known, &user, by)
    };
    match app.changed(&asked, give).await? {
        Ok(()) => Ok(App::see(&format!("{}/{id}", place.roles()))),
        Err(errors) => {
            let page = app.role_page(place, Some(id), After::default()).await?;
            let reason = asked.form().text("reason");
            app.show_again(place.person(), &RolePage { user: typed, reason, errors, ..page })
        }
    }
}

/// `GET …/roles/{role}/members/{user}/remove`: says what would stop.
pub async fn ask_take(app: Data<App>, steward: Steward, named: Named) -> Result<HttpResponse, Failure> {
    let page = app.taking(&steward.0, named.role, named.user.ok_or(Failure::NotFound)?).await?;
    app.show(steward.0.person(), &page)
}

/// `POST …/roles/{role}/members/{user}/remove`.
pub async fn take(app: Data<App>, asked: Submitted<Steward>, named: Named) -> Result<HttpResponse, Failure> {
    let (place, id, user) = (&asked.who().0, named.role, named.user.ok_or(Failure::NotFound)?);
    let (project, name) = (place.project_id(), user.clone());
    let take = move |tx: &mut Transaction<'_>, by: &By| {
        let known = Known::load(tx, id, project)?;
        let user = store::users::by_name(tx, &name)?.ok_or(forge::Error::NotFound)?;
        role_change::take(tx, &known, &user, by)
    };
    match app.changed(&asked, take).await? {
        Ok(()) => Ok(App::see(&format!("{}/{id}", place.roles()))),
        Err(errors) => {
            let page = app.taking(place, id, user).await?;
            app.show_again(place.person(), &Confirmation { reason: asked.form().text("reason"), errors, ..page })
        }
    }
}

/// A role, and somebody who holds it.
fn holding(conn: &mut Connection, known: &Known, user: &str) -> Result<User, forge::Error> {
    let user = store::users::by_name(conn, user)?.ok_or(forge::Error::NotFound)?;
    if store::roles::has_member(conn, known.role.id, user.id)? { Ok(user) } else { Err(forge::Error::NotFound) }
}

impl App {
    /// The question before a role is taken from somebody.
    async fn taking(&self, place: &Place, id: RoleId, user: String) -> Result<Confirmation, Failure> {
        let (project, now) = (place.project_id(), clock::now());
        let load = move |conn: &mut Connection| {
            let known = Known::load(conn, id, project)?;
            let user = holding(conn, &known, &user)?;
            let stops = Stops::of(conn, Taken::Membership(id, user.id), now)?;
            Ok::<_, provider::Error>((known.role.name, user.name, stops))
        };
        let (role, user, stops) = self.store.run(load).await?;
        let own = format!("{}/{id}", place.roles());
        let form = (format!("{own}/members/{user}/remove"), own);
        let page = question(What::TakeRole, (&role, &user), form, place.person().csrf_token());
        Ok(page.stopping(stops, now))
    }
}
