//! What a forge admin does with consumers: register, look at, say from where they may ask, disable, enable, remove. Other
//! secrets are in `consumers/secrets.rs`.

pub mod secrets;

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
    forge::{By, Caller, Object, Right, may},
    ids::ConsumerId,
    oauth1::Origin,
    provider::{
        self, Networks,
        consumers::{self, About, Draft, Registered, Registration},
    },
    store::{Connection, Transaction, consumers::Consumer},
};

pub(super) fn require_admin(caller: &Caller) -> Result<(), Failure> {
    if may(caller, Right::AdministerForge, Object::Forge) {
        Ok(())
    } else {
        Err(Failure::Forbidden("This page is for the administrators of the forge."))
    }
}

/// `GET P/consumers`.
pub async fn list(app: Data<App>, caller: Caller) -> Result<HttpResponse, Failure> {
    require_admin(&caller)?;
    let now = clock::now();
    let rows = app.store.run(move |conn| consumers::list(conn, now)).await?;
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
        networks: form.text("networks"),
        reason: form.text("reason"),
        errors: Vec::new(),
        csrf_token: app.csrf_token(&caller)?,
    };
    let (draft, by) = (draft(&typed), app.by(&request, &caller).because(form.reason()?));
    let outcome = app
        .store
        .run(move |conn| {
            let registration = Registration::check(draft)?;
            conn.write(|tx| consumers::register(tx, &registration, &by))
        })
        .await;
    match outcome {
        Ok(registered) => app.show_secret(&caller, &credentials(registered, app.public_origin(&request))),
        Err(provider::Error::Fields(errors)) => app.show_mistakes(&caller, typed, errors),
        Err(other) => Err(other.into()),
    }
}

fn credentials(registered: Registered, public_url: &Origin) -> Secrets {
    Secrets {
        title: format!("{} is registered", registered.name),
        is_new: true,
        key: registered.key,
        secret: registered.secret.expose().to_owned(),
        public_url: public_url.to_string(),
        next: format!("{PLUGIN}/consumers"),
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
    }
}

/// What was typed, line by line.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl App {
    fn show_secret(&self, caller: &Caller, content: &Secrets) -> Result<HttpResponse, Failure> {
        Ok(Self::html(self.pages.consumer_secret(Some(&self.viewer(caller)?), content)?, PAGE_POLICY))
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

    async fn show_consumer(
        &self,
        request: &HttpRequest,
        caller: &Caller,
        id: &str,
        confirm_remove: bool,
    ) -> Result<HttpResponse, Failure> {
        let content = ConsumerPage { confirm_remove, ..self.consumer_page(request, caller, id).await? };
        Ok(Self::html(self.pages.consumer(Some(&self.viewer(caller)?), &content)?, PAGE_POLICY))
    }

    async fn consumer_page(&self, request: &HttpRequest, caller: &Caller, id: &str) -> Result<ConsumerPage, Failure> {
        require_admin(caller)?;
        let (id, by) = (consumer_id(id)?, self.by(request, caller));
        let (consumer, about) = self.store.run(move |conn| load(conn, id, &by)).await?;
        let About { owner, callbacks, networks, secrets, tokens } = about;
        Ok(ConsumerPage {
            id: consumer.id.0,
            name: consumer.name,
            key: consumer.key,
            url: consumer.url,
            description: consumer.description,
            email: consumer.email,
            callbacks,
            secrets: secrets::rows(&secrets),
            has_public_key: consumer.public_key.is_some(),
            owner,
            networks_typed: networks.join("\n"),
            networks,
            errors: Vec::new(),
            enabled: consumer.enabled,
            created: clock::rfc3339(consumer.created),
            tokens,
            csrf_token: self.csrf_token(caller)?,
            confirm_remove: false,
        })
    }

    async fn change_consumer<T: Send + 'static>(
        &self,
        (request, caller): (&HttpRequest, &Caller),
        id: &str,
        form: &super::extract::Fields,
        change: impl FnOnce(&mut Transaction<'_>, &Consumer, &By) -> Result<T, provider::Error> + Send + 'static,
    ) -> Result<T, Failure> {
        require_admin(caller)?;
        form.require_csrf_token(caller)?;
        let (id, by) = (consumer_id(id)?, self.by(request, caller).because(form.reason()?));
        let changed = self.store.run(move |conn| {
            conn.write(|tx| {
                let consumer = consumers::numbered(tx, id)?;
                change(tx, &consumer, &by)
            })
        });
        Ok(changed.await?)
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
        "networks" => "Networks",
        other => other,
    };
    FieldError { field: error.field.to_owned(), message: format!("{label}: {}", error.message) }
}

fn consumer_id(text: &str) -> Result<ConsumerId, Failure> {
    text.parse().map(ConsumerId).map_err(|_| Failure::NotFound)
}

fn load(conn: &mut Connection, id: ConsumerId, by: &By) -> Result<(Consumer, About), provider::Error> {
    let consumer = consumers::numbered(conn, id)?;
    consumers::is_looked_at(conn, &consumer, by)?;
    Ok((consumer, About::of(conn, id, by.at())?))
}

/// `GET P/consumers/{id}`.
pub async fn show(
    app: Data<App>,
    request: HttpRequest,
    caller: Caller,
    id: Path<String>,
) -> Result<HttpResponse, Failure> {
    app.show_consumer(&request, &caller, &id, false).await
}

/// `GET P/consumers/{id}/remove`: says what would stop.
pub async fn confirm_remove(
    app: Data<App>,
    request: HttpRequest,
    caller: Caller,
    id: Path<String>,
) -> Result<HttpResponse, Failure> {
    app.show_consumer(&request, &caller, &id, true).await
}

/// `POST P/consumers/{id}/networks`: from where it may ask.
pub async fn set_networks(
    app: Data<App>,
    request: HttpRequest,
    caller: Caller,
    id: Path<String>,
    Form(form): Form,
) -> Result<HttpResponse, Failure> {
    // A form without the field would open the consumer to everywhere.
    let typed = form.one("networks").ok_or_else(|| Failure::BadRequest("networks is missing".to_owned()))?.to_owned();
    match Networks::check(&lines(&typed)) {
        Ok(networks) => {
            app.change_consumer((&request, &caller), &id, &form, move |tx, consumer, by| {
                consumers::set_networks(tx, consumer, &networks, by)
            })
            .await?;
            Ok(App::see(&format!("{PLUGIN}/consumers/{id}")))
        }
        Err(error) => {
            form.require_csrf_token(&caller)?;
            let page = app.consumer_page(&request, &caller, &id).await?;
            let content = ConsumerPage { networks_typed: typed, errors: vec![field_error(error)], ..page };
            let mut answer = App::html(app.pages.consumer(Some(&app.viewer(&caller)?), &content)?, PAGE_POLICY);
            *answer.status_mut() = MISTYPED;
            Ok(answer)
        }
    }
}

/// `POST P/consumers/{id}/disable`.
pub async fn disable(
    app: Data<App>,
    request: HttpRequest,
    caller: Caller,
    id: Path<String>,
    Form(form): Form,
) -> Result<HttpResponse, Failure> {
    app.change_consumer((&request, &caller), &id, &form, |tx, consumer, by| {
        consumers::set_enabled(tx, consumer, false, by)
    })
    .await?;
    Ok(App::see(&format!("{PLUGIN}/consumers/{id}")))
}

/// `POST P/consumers/{id}/enable`.
pub async fn enable(
    app: Data<App>,
    request: HttpRequest,
    caller: Caller,
    id: Path<String>,
    Form(form): Form,
) -> Result<HttpResponse, Failure> {
    app.change_consumer((&request, &caller), &id, &form, |tx, consumer, by| {
        consumers::set_enabled(tx, consumer, true, by)
    })
    .await?;
    Ok(App::see(&format!("{PLUGIN}/consumers/{id}")))
}

/// `POST P/consumers/{id}/remove`.
pub async fn remove(
    app: Data<App>,
    request: HttpRequest,
    caller: Caller,
    id: Path<String>,
    Form(form): Form,
) -> Result<HttpResponse, Failure> {
    app.change_consumer((&request, &caller), &id, &form, consumers::remove).await?;
    Ok(App::see(&format!("{PLUGIN}/consumers")))
}
