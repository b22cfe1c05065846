//! What a forge admin does with consumers: register, look at, disable, enable, remove.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{
    App, Failure,
    extract::Form,
    middleware::PAGE_POLICY,
    pages::content::{ConsumerForm, ConsumerPage, ConsumerRow, Consumers, FieldError, Secrets},
    problem::MISTYPED,
    routes::PLUGIN,
};
use crate::{
    clock,
    forge::{Caller, Object, Right, may},
    ids::ConsumerId,
    provider::{
        self,
        consumers::{self, Draft, Registered, Registration},
    },
    store::{self, Connection, Transaction, consumers::Consumer},
};

fn require_admin(caller: &Caller) -> Result<(), Failure> {
    if may(caller, Right::AdministerForge, Object::Forge) {
        Ok(())
    } else {
        Err(Failure::Forbidden("This page is for the administrators of the forge."))
    }
}

/// `GET P/consumers`.
pub async fn list(app: Data<App>, caller: Caller) -> Result<HttpResponse, Failure> {
    require_admin(&caller)?;
    let rows = app.store.run(consumers::list).await?;
    let rows = rows
        .into_iter()
        .map(|(consumer, tokens)| ConsumerRow {
            id: consumer.id.0,
            name: consumer.name,
            url: consumer.url,
            enabled: consumer.enabled,
            tokens,
            created: clock::rfc3339(consumer.created),
        })
        .collect();
    Ok(App::html(app.pages.consumers(Some(&app.viewer(&caller)?), &Consumers { rows })?, PAGE_POLICY))
}

/// `GET P/consumers/new`.
pub async fn form(app: Data<App>, caller: Caller) -> Result<HttpResponse, Failure> {
    require_admin(&caller)?;
    let content = ConsumerForm { csrf_token: app.csrf_token(&caller)?, ..ConsumerForm::default() };
    Ok(App::html(app.pages.consumer_form(Some(&app.viewer(&caller)?), &content)?, PAGE_POLICY))
}

/// `POST P/consumers`: registers, and shows the secret for the only time.
pub async fn register(
    app: Data<App>,
    request: HttpRequest,
    caller: Caller,
    Form(form): Form,
) -> Result<HttpResponse, Failure> {
    require_admin(&caller)?;
    form.require_csrf_token(&caller)?;
    let typed = ConsumerForm {
        name: form.text("name").trim().to_owned(),
        url: form.text("url").trim().to_owned(),
        description: form.text("description").trim().to_owned(),
        email: form.text("email").trim().to_owned(),
        callbacks: form.text("callbacks"),
        public_key: form.text("public_key"),
        owner: form.text("owner").trim().to_owned(),
        errors: Vec::new(),
        csrf_token: app.csrf_token(&caller)?,
    };
    let (draft, now) = (draft(&typed), clock::now());
    let outcome = app
        .store
        .run(move |conn| {
            let registration = Registration::check(draft)?;
            conn.write(|tx| consumers::register(tx, &registration, now))
        })
        .await;
    match outcome {
        Ok(registered) => app.show_secret(&request, &caller, registered),
        Err(provider::Error::Fields(errors)) => app.show_mistakes(&caller, typed, errors),
        Err(other) => Err(other.into()),
    }
}

fn draft(typed: &ConsumerForm) -> Draft {
    let lines = typed.callbacks.lines().map(str::trim).filter(|line| !line.is_empty());
    let public_key = typed.public_key.trim();
    Draft {
        name: typed.name.clone(),
        url: typed.url.clone(),
        description: typed.description.clone(),
        email: typed.email.clone(),
        callbacks: lines.map(str::to_owned).collect(),
        public_key: (!public_key.is_empty()).then(|| public_key.to_owned()),
        owner: (!typed.owner.is_empty()).then(|| typed.owner.clone()),
    }
}

impl App {
    fn show_secret(
        &self,
        request: &HttpRequest,
        caller: &Caller,
        registered: Registered,
    ) -> Result<HttpResponse, Failure> {
        let content = Secrets {
            name: registered.name,
            key: registered.key,
            secret: registered.secret.expose().to_owned(),
            public_url: self.public_origin(request).to_string(),
        };
        Ok(Self::html(self.pages.consumer_created(Some(&self.viewer(caller)?), &content)?, PAGE_POLICY))
    }

    fn show_mistakes(
        &self,
        caller: &Caller,
        mut typed: ConsumerForm,
        errors: Vec<provider::FieldError>,
    ) -> Result<HttpResponse, Failure> {
        typed.errors = errors.into_iter().map(field_error).collect();
        let mut answer = Self::html(self.pages.consumer_form(Some(&self.viewer(caller)?), &typed)?, PAGE_POLICY);
        *answer.status_mut() = MISTYPED;
        Ok(answer)
    }

    async fn show_consumer(&self, caller: &Caller, id: &str, confirm_remove: bool) -> Result<HttpResponse, Failure> {
        require_admin(caller)?;
        let id = consumer_id(id)?;
        let Loaded { consumer, owner, callbacks, tokens } = self.store.run(move |conn| load(conn, id)).await?;
        let content = ConsumerPage {
            id: consumer.id.0,
            name: consumer.name,
            key: consumer.key,
            url: consumer.url,
            description: consumer.description,
            email: consumer.email,
            callbacks,
            has_public_key: consumer.public_key.is_some(),
            owner,
            enabled: consumer.enabled,
            created: clock::rfc3339(consumer.created),
            tokens,
            csrf_token: self.csrf_token(caller)?,
            confirm_remove,
        };
        Ok(Self::html(self.pages.consumer(Some(&self.viewer(caller)?), &content)?, PAGE_POLICY))
    }

    async fn change_consumer(
        &self,
        caller: &Caller,
        id: &str,
        form: &super::extract::Fields,
        change: impl FnOnce(&mut Transaction<'_>, ConsumerId) -> Result<(), provider::Error> + Send + 'static,
    ) -> Result<(), Failure> {
        require_admin(caller)?;
        form.require_csrf_token(caller)?;
        let id = consumer_id(id)?;
        self.store
            .run(move |conn| {
                conn.write(|tx| {
                    consumers::numbered(tx, id)?;
                    change(tx, id)
                })
            })
            .await?;
        Ok(())
    }
}

/// A mistake under the label that the form has for the field.
fn field_error(error: provider::FieldError) -> FieldError {
    let label = match error.field {
        "name" => "Name",
        "url" => "Home page",
        "description" => "Description",
        "email" => "Contact",
        "callbacks" => "Callbacks",
        "public_key" => "Public key",
        "owner" => "Owner",
        other => other,
    };
    FieldError { field: error.field.to_owned(), message: format!("{label}: {}", error.message) }
}

fn consumer_id(text: &str) -> Result<ConsumerId, Failure> {
    text.parse().map(ConsumerId).map_err(|_| Failure::NotFound)
}

/// What the page of one consumer is made of.
struct Loaded {
    consumer: Consumer,
    owner: Option<String>,
    callbacks: Vec<String>,
    tokens: i64,
}

fn load(conn: &mut Connection, id: ConsumerId) -> Result<Loaded, provider::Error> {
    let consumer = consumers::numbered(conn, id)?;
    Ok(Loaded {
        owner: consumers::owner_of(conn, &consumer)?,
        consumer,
        callbacks: store::consumers::callbacks(conn, id)?,
        tokens: store::consumers::live_tokens(conn, id)?,
    })
}

/// `GET P/consumers/{id}`.
pub async fn show(app: Data<App>, caller: Caller, id: Path<String>) -> Result<HttpResponse, Failure> {
    app.show_consumer(&caller, &id, false).await
}

/// `GET P/consumers/{id}/remove`: says what would stop.
pub async fn confirm_remove(app: Data<App>, caller: Caller, id: Path<String>) -> Result<HttpResponse, Failure> {
    app.show_consumer(&caller, &id, true).await
}

/// `POST P/consumers/{id}/disable`.
pub async fn disable(app: Data<App>, caller: Caller, id: Path<String>, Form(f): Form) -> Result<HttpResponse, Failure> {
    app.change_consumer(&caller, &id, &f, |tx, id| consumers::set_enabled(tx, id, false)).await?;
    Ok(App::see(&format!("{PLUGIN}/consumers/{id}")))
}

/// `POST P/consumers/{id}/enable`.
pub async fn enable(app: Data<App>, caller: Caller, id: Path<String>, Form(f): Form) -> Result<HttpResponse, Failure> {
    app.change_consumer(&caller, &id, &f, |tx, id| consumers::set_enabled(tx, id, true)).await?;
    Ok(App::see(&format!("{PLUGIN}/consumers/{id}")))
}

/// `POST P/consumers/{id}/remove`.
pub async fn remove(app: Data<App>, caller: Caller, id: Path<String>, Form(f): Form) -> Result<HttpResponse, Failure> {
    app.change_consumer(&caller, &id, &f, consumers::remove).await?;
    Ok(App::see(&format!("{PLUGIN}/consumers")))
}
