//! The form that registers a tool, and that changes one.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{line, page_of, secrets::credentials};
use crate::{
    clock,
    forge::{By, Needs, Wrong},
    ids::ConsumerId,
    provider::{
        self,
        consumers::{self, About, Draft, Registration},
    },
    store::consumers::Consumer,
    web::{
        App, Failure,
        extract::Fields,
        pages::content::ConsumerForm,
        person::{Admin, Submitted},
        wrong::{Undone, outcome},
    },
};

/// `GET P/consumers/new`.
pub async fn new(app: Data<App>, admin: Admin) -> Result<HttpResponse, Failure> {
    app.show(&admin, &ConsumerForm { csrf_token: admin.csrf_token(), ..ConsumerForm::default() })
}

/// `POST P/consumers`: registers, and shows the secret for the only time.
pub async fn register(app: Data<App>, request: HttpRequest, asked: Submitted<Admin>) -> Result<HttpResponse, Failure> {
    let typed = typed(&asked);
    let (draft, by) = (draft(&typed), asked.because());
    let registered = app
        .store
        .run(move |conn| {
            let (registration, by) = both(Registration::check(draft), by)?;
            Ok::<_, Undone>(conn.write(|tx| consumers::register(tx, &registration, &by))?)
        })
        .await;
    match outcome(registered)? {
        Ok(registered) => app.show(asked.who(), &credentials(registered, true, app.public_origin(&request))),
        Err(errors) => app.show_again(asked.who(), &ConsumerForm { errors, ..typed }),
    }
}

/// `GET P/consumers/{id}/edit`: the form with what there is.
pub async fn edit(app: Data<App>, admin: Admin, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    let (id, now) = (*id, clock::now());
    let (consumer, about) = app
        .store
        .run(move |conn| Ok::<_, provider::Error>((consumers::numbered(conn, id)?, About::of(conn, id, now)?)))
        .await?;
    app.show(&admin, &ConsumerForm { csrf_token: admin.csrf_token(), ..filled(consumer, about) })
}

/// `POST P/consumers/{id}/edit`: changes everything but the name and the credentials.
pub async fn change(app: Data<App>, asked: Submitted<Admin>, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    // Who leaves a field away, rather than empty, is not to empty it by that.
    for field in ["url", "description", "email", "callbacks", "public_key", "networks", "owner"] {
        asked.form().required(field)?;
    }
    let (id, typed, by) = (*id, typed(&asked), asked.because());
    let draft = draft(&typed);
    let is_silent_on_needs = asked.form().one("needs").is_none();
    let changed = app
        .store
        .run(move |conn| {
            conn.write(|tx| {
                let consumer = consumers::to_change(tx, id)?;
                let name = consumer.name.clone();
                let needs = if is_silent_on_needs { Needs::kept(&consumer.needs).words() } else { draft.needs };
                let checked = Registration::check(Draft { name: name.clone(), needs, ..draft });
                let changed = both(checked, by).and_then(|(new, by)| Ok(consumers::change(tx, &consumer, &new, &by)?));
                // A mistake is no reason to have nothing to show.
                Ok::<_, Failure>(outcome(changed)?.map_err(|errors| (name, errors)))
            })
        })
        .await?;
    match changed {
        Ok(()) => Ok(App::see(&page_of(id))),
        Err((name, errors)) => app.show_again(asked.who(), &ConsumerForm { id: Some(id.0), name, errors, ..typed }),
    }
}

/// What was typed, and who says so and why; or everything that is wrong with either.
fn both<T>(checked: Result<T, provider::Error>, by: Result<By, Wrong>) -> Result<(T, By), Undone> {
    match (checked.map_err(Undone::from), by.map_err(Undone::from)) {
        (Err(Undone::Wrong(mut errors)), Err(Undone::Wrong(more))) => {
            errors.extend(more);
            Err(Undone::Wrong(errors))
        }
        (checked, by) => Ok((checked?, by?)),
    }
}

fn typed(asked: &Submitted<Admin>) -> ConsumerForm {
    let form: &Fields = asked.form();
    ConsumerForm {
        id: None,
        name: line(form, "name"),
        url: line(form, "url"),
        description: line(form, "description"),
        email: line(form, "email"),
        callbacks: form.text("callbacks"),
        public_key: form.text("public_key"),
        owner: line(form, "owner"),
        networks: form.text("networks"),
        needs: line(form, "needs"),
        reason: form.text("reason"),
        errors: Vec::new(),
        csrf_token: asked.who().csrf_token(),
    }
}

fn filled(consumer: Consumer, about: About) -> ConsumerForm {
    ConsumerForm {
        id: Some(consumer.id.0),
        name: consumer.name,
        url: consumer.url,
        description: consumer.description,
        email: consumer.email,
        callbacks: about.callbacks.join("\n"),
        public_key: consumer.public_key.unwrap_or_default(),
        owner: about.owner.unwrap_or_default(),
        networks: about.networks.join("\n"),
        needs: Needs::kept(&consumer.needs).to_string(),
        ..ConsumerForm::default()
    }
}

fn draft(typed: &ConsumerForm) -> Draft {
    let public_key = typed.public_key.trim();
    Draft {
        name: typed.name.clone(),
        url: typed.url.clone(),
        description: typed.description.clone(),
        email: typed.email.clone(),
        callbacks: lines(&typed.callbacks),
        public_key: (!public_key.is_empty()).then(|| public_key.to_owned()),
        owner: (!typed.owner.is_empty()).then(|| typed.owner.clone()),
        networks: lines(&typed.networks),
        needs: typed.needs.split_whitespace().map(str::to_owned).collect(),
    }
}

/// What was typed, line by line.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
