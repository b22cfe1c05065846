//! What stops a tool's work is asked about first: disabling it, removing it, giving it another secret. What its own page asks for is
//! asked about here when something is wrong with what was typed.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{MOST_NAMED, holding, page_of, secrets};
use crate::{
    clock,
    ids::ConsumerId,
    provider::{
        self,
        consumers::{self, Holding},
    },
    store,
    web::{
        App, Failure, PLUGIN,
        extract::Fields,
        pages::content::ConsumerQuestion,
        person::{Admin, Submitted},
        wrong::Undone,
    },
};

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It is refused for a while.
    Disable,
    /// It is gone for good.
    Remove,
    /// It is accepted again.
    Enable,
    /// It gets another secret.
    Rotate,
    /// Its former secret ends.
    Retire,
    /// Its newest secret ends, and the former one goes on.
    RotateBack,
}

impl What {
    fn word(self) -> &'static str {
        match self {
            Self::Disable => "disable",
            Self::Remove => "remove",
            Self::Enable => "enable",
            Self::Rotate => "rotate",
            Self::Retire => "retire",
            Self::RotateBack => "rotate-back",
        }
    }

    fn is_about_secrets(self) -> bool {
        match self {
            Self::Rotate | Self::Retire | Self::RotateBack => true,
            Self::Disable | Self::Remove | Self::Enable => false,
        }
    }

    /// A secret that ends is a matter of whoever signs with it, and the tokens stay as they are.
    fn is_about_tokens(self) -> bool {
        match self {
            Self::Disable | Self::Remove | Self::Enable | Self::Rotate => true,
            Self::Retire | Self::RotateBack => false,
        }
    }
}

/// `GET P/consumers/{id}/disable`: says what would stop.
pub async fn ask_disable(app: Data<App>, admin: Admin, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    app.show(&admin, &app.consumer_question(&admin, *id, What::Disable).await?)
}

/// `GET P/consumers/{id}/remove`: says what would stop.
pub async fn ask_remove(app: Data<App>, admin: Admin, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    app.show(&admin, &app.consumer_question(&admin, *id, What::Remove).await?)
}

/// `GET P/consumers/{id}/rotate`: says what becomes of the secret of now.
pub async fn ask_rotate(app: Data<App>, admin: Admin, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    app.show(&admin, &app.consumer_question(&admin, *id, What::Rotate).await?)
}

/// `POST P/consumers/{id}/disable`.
pub async fn disable(app: Data<App>, asked: Submitted<Admin>, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    let disabled =
        app.change_consumer(&asked, *id, |tx, consumer, by| consumers::set_enabled(tx, consumer, false, by)).await;
    match disabled {
        Ok(()) => Ok(App::see(&page_of(*id))),
        Err(undone) => app.ask_again(&asked, *id, What::Disable, undone).await,
    }
}

/// `POST P/consumers/{id}/remove`.
pub async fn remove(app: Data<App>, asked: Submitted<Admin>, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    match app.change_consumer(&asked, *id, consumers::remove).await {
        Ok(()) => Ok(App::see(&format!("{PLUGIN}/consumers"))),
        Err(undone) => app.ask_again(&asked, *id, What::Remove, undone).await,
    }
}

impl App {
    async fn consumer_question(&self, admin: &Admin, id: ConsumerId, what: What) -> Result<ConsumerQuestion, Failure> {
        let now = clock::now();
        let (consumer, held, kept) = self
            .store
            .run(move |conn| {
                let consumer = consumers::numbered(conn, id)?;
                let held = Holding::of(conn, id, now, MOST_NAMED)?;
                Ok::<_, provider::Error>((consumer, held, store::consumer_secrets::live(conn, id, now)?))
            })
            .await?;
        Ok(ConsumerQuestion {
            what: what.word(),
            is_about_secrets: what.is_about_secrets(),
            is_about_tokens: what.is_about_tokens(),
            id: consumer.id.0,
            name: consumer.name,
            holding: holding(held, now),
            secrets: secrets::rows(&kept),
            overlaps: secrets::choices(),
            overlap: secrets::UNLESS_CHOSEN.to_owned(),
            reason: String::new(),
            errors: Vec::new(),
            csrf_token: admin.csrf_token(),
        })
    }

    /// The question with what was typed, where something is wrong with that.
    pub(super) async fn ask_again(
        &self,
        asked: &Submitted<Admin>,
        id: ConsumerId,
        what: What,
        undone: Undone,
    ) -> Result<HttpResponse, Failure> {
        let errors = match undone {
            Undone::Wrong(errors) => errors,
            Undone::Failed(failure) => return Err(failure),
        };
        let form: &Fields = asked.form();
        let mut question = self.consumer_question(asked.who(), id, what).await?;
        question.overlap = form.one("former").unwrap_or(secrets::UNLESS_CHOSEN).to_owned();
        question.reason = form.text("reason");
        question.errors = errors;
        self.show_again(asked.who(), &question)
    }
}
