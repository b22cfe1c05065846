//! Who is at a page of a project, of the whole forge, or of a user, and whether it is for them. As in `web/person.rs`, none of
//! these is to be had without its checks.

use std::{borrow::Borrow, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};

use super::super::{
    App, Failure,
    person::{Admin, Person},
};
use crate::{
    forge::{Name, Object, Right, may},
    ids::ProjectId,
    store::{self, projects::Project, users::User},
};

type Found<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

/// The part of a page's address that has this name.
fn named(request: &HttpRequest, part: &str) -> Option<String> {
    request.match_info().get(part).map(str::to_owned)
}

fn app_of(request: &HttpRequest) -> Result<Data<App>, Failure> {
    let app = request.app_data::<Data<App>>().cloned();
    app.ok_or_else(|| Failure::internal(&"the routes know nothing of the service"))
}

/// Somebody at the pages of a project that they can see; or of the whole forge, where the address names none.
pub struct Place {
    person: Person,
    /// The project.
    pub project: Option<Project>,
    /// Whether they administer it, or the forge.
    pub is_administered: bool,
}

impl Place {
    /// Who it is.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The project's number.
    pub fn project_id(&self) -> Option<ProjectId> {
        self.project.as_ref().map(|project| project.id)
    }

    /// The project, where the page is of one.
    ///
    /// # Errors
    /// [`Failure::NotFound`] where it is not.
    pub fn of_project(&self) -> Result<(&Project, Name), Failure> {
        let project = self.project.as_ref().ok_or(Failure::NotFound)?;
        Ok((project, Name::parse(&project.name).map_err(|error| Failure::internal(&error))?))
    }

    /// Where its addresses begin.
    pub fn base(&self) -> String {
        self.project.as_ref().map_or_else(String::new, |project| format!("/projects/{}", project.name))
    }

    /// The address of its roles.
    pub fn roles(&self) -> String {
        format!("{}/roles", self.base())
    }
}

impl Borrow<Person> for Place {
    fn borrow(&self) -> &Person {
        &self.person
    }
}

impl FromRequest for Place {
    type Error = Failure;
    type Future = Found<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (person, admin) = match named(request, "project") {
            Some(name) => (Person::from_request(request, payload).into_inner(), Err(name)),
            None => {
                let admin = Admin::from_request(request, payload).into_inner();
                (admin.and_then(|_| Person::from_request(request, payload).into_inner()), Ok(()))
            }
        };
        let app = app_of(request);
        Box::pin(async move {
            let (person, app) = (person?, app?);
            let name = match admin {
                Ok(()) => return Ok(Self { person, project: None, is_administered: true }),
                Err(name) => name,
            };
            let found = app.store.run(move |conn| store::projects::by_name(conn, &name)).await?;
            let project = found.ok_or(Failure::NotFound)?;
            let can = |right| may(person.caller(), right, Object::Project(project.id, &project.name));
            if !can(Right::ReadProject) {
                return Err(Failure::NotFound);
            }
            let is_administered = can(Right::AdministerProject);
            Ok(Self { person, project: Some(project), is_administered })
        })
    }
}

/// Somebody who administers the project, or the forge, that a page is of.
pub struct Steward(pub Place);

impl Borrow<Person> for Steward {
    fn borrow(&self) -> &Person {
        &self.0.person
    }
}

impl FromRequest for Steward {
    type Error = Failure;
    type Future = Found<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let place = Place::from_request(request, payload);
        Box::pin(async move {
            let place = place.await?;
            if place.is_administered {
                Ok(Self(place))
            } else {
                Err(Failure::Forbidden("This page is for the administrators of the project."))
            }
        })
    }
}

/// Somebody at the page of a user: the user, or an administrator of the forge.
pub struct Account {
    person: Person,
    /// The user.
    pub user: User,
    /// Whether it is their own.
    pub is_own: bool,
}

impl Account {
    /// Who it is.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The address of the user's page.
    pub fn base(&self) -> String {
        format!("/users/{}", self.user.name)
    }

    /// Refuses whoever is not the user.
    ///
    /// # Errors
    /// [`Failure::Forbidden`].
    pub fn require_own(&self) -> Result<(), Failure> {
        let others = Failure::Forbidden("Everybody decides for themselves whether tools may act for them.");
        if self.is_own { Ok(()) } else { Err(others) }
    }

    /// Refuses whoever does not administer the forge.
    ///
    /// # Errors
    /// [`Failure::Forbidden`].
    pub fn require_admin(&self) -> Result<(), Failure> {
        let others = Failure::Forbidden("This page is for the administrators of the forge.");
        if self.person.is_forge_admin() { Ok(()) } else { Err(others) }
    }
}

impl Borrow<Person> for Account {
    fn borrow(&self) -> &Person {
        &self.person
    }
}

impl FromRequest for Account {
    type Error = Failure;
    type Future = Found<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let person = Person::from_request(request, payload).into_inner();
        let (app, name) = (app_of(request), named(request, "user"));
        Box::pin(async move {
            let (person, app, name) = (person?, app?, name.ok_or(Failure::NotFound)?);
            // Asked before there is anything to find: nobody learns here who there is.
            if !person.is_forge_admin() && person.user().name != name {
                return Err(Failure::NotFound);
            }
            let found = app.store.run(move |conn| store::users::by_name(conn, &name)).await?;
            let user = found.ok_or(Failure::NotFound)?;
            Ok(Self { is_own: user.id == person.user().id, person, user })
        })
    }
}
