//! What a forge admin does with consumers: register, look at, say from where they may ask, disable, enable, remove. Other
//! secrets are in `consumers/secrets.rs`.

pub mod secrets;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{
    App, Failure,
    pages::content::{ConsumerForm, ConsumerPage, ConsumerRemoval, ConsumerRow, Consumers, FieldError, Secrets},
    person::{Admin, Submitted},
    routes::PLUGIN,
};
use crate::{
    clock,
    forge::By,
    ids::ConsumerId,
    oauth1::Origin,
    provider::{
        self, Networks,
        consumers::{self, About, Draft, Registered, Registration},
    },
    store::{Connection, Transaction, consumers::Consumer},
};

/// `P/consumers/{id}`.
fn page_of(id: ConsumerId) -> String {
    format!("{PLUGIN}/consumers/{id}")
}

/// `GET P/consumers`.
pub async fn list(app: Data<App>, admin: Admin) -> Result<HttpResponse, Failure> {
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
    app.show(&admin, &Consumers { rows })
}

/// `GET P/consumers/new`.
pub async fn form(app: Data<App>, admin: Admin) -> Result<HttpResponse, Failure> {
    app.show(&admin, &ConsumerForm { csrf_token: admin.csrf_token(), ..ConsumerForm::default() })
}

/// `POST P/consumers`: registers, and shows the secret for the only time.
pub async fn register(app: Data<App>, request: HttpRequest, asked: Submitted<Admin>) -> Result<HttpResponse, Failure> {
    let (admin, form) = (asked.who(), asked.form());
    let line = |name| form.filled_in(name).unwrap_or_default();
    let mut typed = ConsumerForm {
        name: line("name"),
        url: line("url"),
        description: line("description"),
        email: line("email"),
        callbacks: form.text("callbacks"),
        public_key: form.text("public_key"),
        owner: line("owner"),
        networks: form.text("networks"),
        reason: form.text("reason"),
        errors: Vec::new(),
        csrf_token: admin.csrf_token(),
    };
    let (draft, by) = (draft(&typed), asked.because());
    let outcome = app
        .store
        .run(move |conn| {
            let (registration, by) = both(Registration::check(draft), by)?;
            conn.write(|tx| consumers::register(tx, &registration, &by))
        })
        .await;
    match outcome {
        Ok(registered) => app.show(admin, &credentials(registered, true, app.public_origin(&request))),
        Err(provider::Error::Fields(errors)) => {
            typed.errors = errors.iter().map(|error| field_error(error.field, &error.message)).collect();
            app.show_again(admin, &typed)
        }
        Err(other) => Err(other.into()),
    }
}

/// What was typed, and who says so and why; or everything that is wrong with either.
fn both<T>(checked: Result<T, provider::Error>, by: Result<By, provider::Error>) -> Result<(T, By), provider::Error> {
    match (checked, by) {
        (Err(provider::Error::Fields(mut errors)), Err(provider::Error::Fields(more))) => {
            errors.extend(more);
            Err(provider::Error::Fields(errors))
        }
        (checked, by) => Ok((checked?, by?)),
    }
}

/// The page of a secret that was made: a new consumer's, or another one.
fn credentials(made: Registered, is_new: bool, public_url: &Origin) -> Secrets {
    let name = made.name;
    let (title, next) =
        if is_new { ("registered", format!("{PLUGIN}/consumers")) } else { ("rotated", page_of(made.id)) };
    let (key, secret) = (made.key, made.secret.expose().to_owned());
    Secrets { title, name, is_new, key, secret, public_url: public_url.to_string(), next }
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
    async fn consumer_page(&self, admin: &Admin, id: ConsumerId) -> Result<ConsumerPage, Failure> {
        let by = admin.by();
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
            owner_typed: owner.clone().unwrap_or_default(),
            owner_reason: String::new(),
            owner,
            networks_typed: networks.join("\n"),
            networks_reason: String::new(),
            networks,
            errors: Vec::new(),
            enabled: consumer.enabled,
            created: clock::rfc3339(consumer.created),
            tokens,
            csrf_token: admin.csrf_token(),
        })
    }

    async fn change_consumer<T: Send + 'static>(
        &self,
        asked: &Submitted<Admin>,
        id: ConsumerId,
        change: impl FnOnce(&mut Transaction<'_>, &Consumer, &By) -> Result<T, provider::Error> + Send + 'static,
    ) -> Result<T, Failure> {
        let by = asked.because()?;
        let changed = self.store.run(move |conn| {
            conn.write(|tx| {
                let consumer = consumers::to_change(tx, id)?;
                change(tx, &consumer, &by)
            })
        });
        Ok(changed.await?)
    }

    /// The same for a form that is shown again when something in it is wrong, and leads back to the page else.
    async fn change_or_show(
        &self,
        asked: &Submitted<Admin>,
        id: ConsumerId,
        form: Form,
        change: impl FnOnce(&mut Transaction<'_>, &Consumer, &By) -> Result<(), provider::Error> + Send + 'static,
    ) -> Result<HttpResponse, Failure> {
        match self.change_consumer(asked, id, change).await {
            Ok(()) => Ok(Self::see(&page_of(id))),
            Err(Failure::Invalid { field, message }) => {
                let mut page = self.consumer_page(asked.who(), id).await?;
                let reason = asked.form().text("reason");
                match form {
                    Form::Networks => {
                        (page.networks_typed, page.networks_reason) = (asked.form().text("networks"), reason)
                    }
                    Form::Owner => (page.owner_typed, page.owner_reason) = (asked.form().text("owner"), reason),
                }
                page.errors = vec![form.error(&field, &message)];
                self.show_again(asked.who(), &page)
            }
            Err(other) => Err(other),
        }
    }
}

/// A form on a consumer's page in which something can be typed.
#[derive(Clone, Copy)]
enum Form {
    Networks,
    Owner,
}

impl Form {
    /// A mistake where the page shows it: each of its forms has a field for a reason.
    fn error(self, field: &str, message: &str) -> FieldError {
        let place = match (self, field) {
            (Self::Networks, "reason") => "networks-reason",
            (Self::Owner, "reason") => "owner-reason",
            (Self::Networks | Self::Owner, other) => other,
        };
        FieldError { field: place.to_owned(), ..field_error(field, message) }
    }
}

/// A mistake under the label that the form has for the field.
fn field_error(field: &str, message: &str) -> FieldError {
    let label = match field {
        "name" => "Name",
        "url" => "Home page",
        "description" => "Description",
        "email" => "Contact",
        "callbacks" => "Callbacks",
        "public_key" => "Public key",
        "owner" => "Owner",
        "networks" => "Networks",
        "reason" => "Reason",
        other => other,
    };
    FieldError { field: field.to_owned(), message: format!("{label}: {message}") }
}

fn load(conn: &mut Connection, id: ConsumerId, by: &By) -> Result<(Consumer, About), provider::Error> {
    let consumer = consumers::numbered(conn, id)?;
    consumers::is_looked_at(conn, &consumer, by)?;
    Ok((consumer, About::of(conn, id, by.at())?))
}

/// `GET P/consumers/{id}`.
pub async fn show(app: Data<App>, admin: Admin, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    app.show(&admin, &app.consumer_page(&admin, *id).await?)
}

/// `GET P/consumers/{id}/remove`: says what would stop.
pub async fn confirm_remove(app: Data<App>, admin: Admin, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    app.show(&admin, &ConsumerRemoval(app.consumer_page(&admin, *id).await?))
}

/// `POST P/consumers/{id}/networks`: from where it may ask.
pub async fn set_networks(
    app: Data<App>,
    asked: Submitted<Admin>,
    id: Path<ConsumerId>,
) -> Result<HttpResponse, Failure> {
    let networks = lines(asked.form().required("networks")?);
    app.change_or_show(&asked, *id, Form::Networks, move |tx, consumer, by| {
        let networks = Networks::check(&networks).map_err(|error| provider::Error::Fields(vec![error]))?;
        consumers::set_networks(tx, consumer, &networks, by)
    })
    .await
}

/// `POST P/consumers/{id}/owner`: who looks after it; a form that is left blank says nobody.
pub async fn set_owner(app: Data<App>, asked: Submitted<Admin>, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    asked.form().required("owner")?;
    let owner = asked.form().filled_in("owner");
    app.change_or_show(&asked, *id, Form::Owner, move |tx, consumer, by| {
        consumers::set_owner(tx, consumer, owner.as_deref(), by)
    })
    .await
}

/// `POST P/consumers/{id}/disable`.
pub async fn disable(app: Data<App>, asked: Submitted<Admin>, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    app.change_consumer(&asked, *id, |tx, consumer, by| consumers::set_enabled(tx, consumer, false, by)).await?;
    Ok(App::see(&page_of(*id)))
}

/// `POST P/consumers/{id}/enable`.
pub async fn enable(app: Data<App>, asked: Submitted<Admin>, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    app.change_consumer(&asked, *id, |tx, consumer, by| consumers::set_enabled(tx, consumer, true, by)).await?;
    Ok(App::see(&page_of(*id)))
}

/// `POST P/consumers/{id}/remove`.
pub async fn remove(app: Data<App>, asked: Submitted<Admin>, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    app.change_consumer(&asked, *id, consumers::remove).await?;
    Ok(App::see(&format!("{PLUGIN}/consumers")))
}
