//! Who is at a page, and what they ask for there.
//!
//! A handler's signature says who may call it: none of these is to be had without the checks that belong to it. They are
//! made in this order: somebody is logged in (else the log-in page, or 403), it is one whom the page is for (403), what
//! they sent is a form (400) of a page of their own session (403). What the form is about comes after.

use std::{
    borrow::Borrow,
    future::{Ready, ready},
    ops::Deref,
    pin::Pin,
};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, web::Bytes};

use super::{
    App, Failure,
    extract::{Fields, has_form},
    language::Language,
    pages::{Reader, content::Viewer},
};
use crate::{
    address::Arrival,
    clock,
    forge::{self, Acting, By, Caller, Identity, Object, Right, Wrong, may},
    secret::Secret,
};

/// Somebody who is logged in and at a page, in person.
pub struct Person {
    caller: Caller,
    csrf_token: Secret,
    arrival: Arrival,
    reader: Reader,
}

impl Person {
    fn at(request: &HttpRequest, payload: &mut Payload) -> Result<Self, Failure> {
        let caller = Caller::from_request(request, payload).into_inner()?;
        let Acting::InPerson { csrf_token } = caller.acting() else {
            return Err(Failure::Forbidden("Pages are for people."));
        };
        let (csrf_token, arrival) = (csrf_token.clone(), App::of(request)?.arrival(request));
        Ok(Self { caller, csrf_token, arrival, reader: Reader::of(request) })
    }

    /// Who acts, for whoever asks what they may do.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// Which user it is.
    pub fn user(&self) -> &Identity {
        self.caller.user()
    }

    /// Whether they may do everything on this forge.
    pub fn is_forge_admin(&self) -> bool {
        may(&self.caller, Right::AdministerForge, Object::Forge)
    }

    /// Who does what they ask for, without a reason.
    pub fn by(&self) -> By {
        By::caller(&self.caller, self.arrival)
    }

    /// What the forms of their session bring back.
    pub fn csrf_token(&self) -> String {
        self.csrf_token.expose().to_owned()
    }

    /// How they read pages.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }
}

impl Reader {
    /// Whoever reads the answer to a request, logged in or not.
    pub fn of(request: &HttpRequest) -> Self {
        // Apart, because the request's extensions are borrowed meanwhile, and reading cookies writes to them.
        let viewer = request.extensions().get().and_then(Viewer::of);
        Self { viewer, language: Language::of(request), now: clock::now() }
    }
}

impl Viewer {
    /// Who looks at a page in person, as its head shows them.
    fn of(caller: &Caller) -> Option<Self> {
        let Acting::InPerson { csrf_token } = caller.acting() else { return None };
        let user = caller.user();
        let name = if user.realname.is_empty() { &user.name } else { &user.realname };
        Some(Self {
            name: name.clone(),
            user: user.name.clone(),
            csrf_token: csrf_token.expose().to_owned(),
            is_forge_admin: may(caller, Right::AdministerForge, Object::Forge),
        })
    }
}

impl FromRequest for Person {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Self::at(request, payload))
    }
}

/// An administrator of the forge, at a page that is for them alone.
pub struct Admin(Person);

impl Deref for Admin {
    type Target = Person;

    fn deref(&self) -> &Person {
        &self.0
    }
}

impl Borrow<Person> for Admin {
    fn borrow(&self) -> &Person {
        self
    }
}

impl FromRequest for Admin {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Person::at(request, payload).and_then(|person| {
            if person.is_forge_admin() {
                Ok(Self(person))
            } else {
                Err(Failure::Forbidden("This page is for the administrators of the forge."))
            }
        }))
    }
}

/// What somebody sent with a form of a page of their own session: a [`Person`], an [`Admin`], or who else a page is for.
pub struct Submitted<W> {
    who: W,
    form: Fields,
}

impl<W: Borrow<Person>> Submitted<W> {
    /// Who sent it.
    pub fn who(&self) -> &W {
        &self.who
    }

    /// What they filled in.
    pub fn form(&self) -> &Fields {
        &self.form
    }

    /// Who does what they ask for, and why, if they say.
    ///
    /// # Errors
    /// What is wrong with the reason, where it is none that can be kept.
    pub fn because(&self) -> Result<By, Wrong> {
        let reason = forge::reason(&self.form.text("reason")).map_err(|mistake| mistake.of("reason"))?;
        Ok(self.who.borrow().by().because(reason))
    }

    /// The CSRF token belongs to the session, so no other site and nobody else can have made the form.
    fn check(who: W, form: Fields) -> Result<Self, Failure> {
        match form.one("csrf_token") {
            Some(token) if who.borrow().csrf_token.equals(token) => Ok(Self { who, form }),
            _ => Err(Failure::OtherSession),
        }
    }
}

impl<W> FromRequest for Submitted<W>
where
    W: Borrow<Person> + FromRequest<Error = Failure> + 'static,
    W::Future: 'static,
{
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let who = W::from_request(request, payload);
        let form = posted(request, payload);
        Box::pin(async move { Self::check(who.await?, form.await?) })
    }
}

/// A form of somebody who has no session yet, and of no other site's page.
pub struct FromHere(Fields);

impl FromHere {
    /// What they filled in.
    pub fn form(&self) -> &Fields {
        &self.0
    }
}

impl FromRequest for FromHere {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = posted(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let form = form.await?;
            App::of(&request)?.require_own_origin(&request)?;
            Ok(Self(form))
        })
    }
}

/// The fields of a form, from wherever it was posted. Known in this file alone, so that nobody else forgets to ask.
fn posted(request: &HttpRequest, payload: &mut Payload) -> impl Future<Output = Result<Fields, Failure>> + use<> {
    let is_form = has_form(request);
    let body = Bytes::from_request(request, payload);
    async move {
        let body = body.await.map_err(|_| Failure::BodyIncomplete)?;
        if is_form || body.is_empty() {
            Fields::parse(&body)
        } else {
            Err(Failure::BadRequest("a form is posted as application/x-www-form-urlencoded".to_owned()))
        }
    }
}
