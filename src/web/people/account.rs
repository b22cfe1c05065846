//! What a user changes of themselves, and an administrator of them: the profile, the password, whether tools act for them, and
//! whether they act at all.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::{
    super::{
        App, Failure,
        extract::Fields,
        login,
        pages::content::Confirmation,
        person::Submitted,
        wrong::{Undone, outcome},
    },
    asking::{What, question},
    place::Account,
    users::new_password,
    uses,
};
use crate::{
    clock,
    forge::{self, Mistake, Reading, Reason, user::Change},
    provider::{
        self,
        stops::{Stops, Taken},
    },
    secret::Secret,
    store::{self, UserStatus},
};

/// So many sessions are counted.
const MOST_SESSIONS: i64 = 1_000;

/// `POST /users/{user}/profile`. The mail address is what tools may take somebody for, so nobody gives themselves another one:
/// that is for who administers the forge.
pub async fn set_profile(app: Data<App>, asked: Submitted<Account>) -> Result<HttpResponse, Failure> {
    let (account, form) = (asked.who(), asked.form());
    if !account.person().is_forge_admin() && form.one("email").is_some() {
        return Err(Failure::Forbidden("An e-mail address is changed by an administrator of the forge."));
    }
    match outcome(app.keep_profile(account, form).await)? {
        Ok(()) => Ok(App::see(&account.base())),
        Err(errors) => {
            let mut page = app.user_page(account, None).await?;
            page.realname_typed = form.text("realname");
            page.email_typed = form.text("email");
            page.reason = form.text("reason");
            page.errors = errors;
            app.show_again(account.person(), &page)
        }
    }
}

/// `POST /users/{user}/password`: who changes their own says which they have. All sessions of the user end.
pub async fn set_password(
    app: Data<App>,
    request: HttpRequest,
    asked: Submitted<Account>,
) -> Result<HttpResponse, Failure> {
    let (account, form) = (asked.who(), asked.form());
    match outcome(app.keep_password(&request, account, form).await)? {
        Ok(()) => Ok(App::see(&account.base())),
        Err(errors) => {
            let mut page = app.user_page(account, None).await?;
            page.password_reason = form.text("reason");
            page.errors = errors;
            app.show_again(account.person(), &page)
        }
    }
}

/// `GET /users/{user}/plugin`: asks whether tools may act for one, or no more.
pub async fn ask_plugin(app: Data<App>, account: Account) -> Result<HttpResponse, Failure> {
    account.require_own()?;
    app.show(account.person(), &app.plugin_question(&account).await?)
}

/// `POST /users/{user}/plugin`.
pub async fn set_plugin(app: Data<App>, asked: Submitted<Account>) -> Result<HttpResponse, Failure> {
    let account = asked.who();
    account.require_own()?;
    let (user, uses_plugin) = (account.user.clone(), uses(asked.form())?);
    let change = Change { uses_plugin: Some(uses_plugin), ..Change::default() };
    match app.changed(&asked, move |tx, by| forge::user::change(tx, &user, &change, by)).await? {
        Ok(()) => Ok(App::see(&account.base())),
        Err(errors) => {
            let page = app.plugin_question(account).await?;
            app.show_again(account.person(), &Confirmation { reason: asked.form().text("reason"), errors, ..page })
        }
    }
}

/// `GET /users/{user}/status`: asks whether to suspend a user, or to let them act again.
pub async fn ask_status(app: Data<App>, account: Account) -> Result<HttpResponse, Failure> {
    account.require_admin()?;
    app.show(account.person(), &app.status_question(&account).await?)
}

/// `POST /users/{user}/status`.
pub async fn set_status(app: Data<App>, asked: Submitted<Account>) -> Result<HttpResponse, Failure> {
    let account = asked.who();
    account.require_admin()?;
    let wanted = UserStatus::from_word(asked.form().required("status")?);
    let wanted = wanted.ok_or_else(|| Failure::BadRequest("there is no such status".to_owned()))?;
    let user = account.user.clone();
    match app.changed(&asked, move |tx, by| forge::user::set_status(tx, &user, wanted, by)).await? {
        Ok(()) => Ok(App::see(&account.base())),
        Err(errors) => {
            let page = app.status_question(account).await?;
            app.show_again(account.person(), &Confirmation { reason: asked.form().text("reason"), errors, ..page })
        }
    }
}

impl App {
    async fn keep_profile(&self, account: &Account, form: &Fields) -> Result<(), Undone> {
        let mut reading = Reading::default();
        let realname = reading.field("realname", forge::line(&form.text("realname")));
        let sets_email = account.person().is_forge_admin();
        let email = sets_email.then(|| reading.field("email", forge::mail(&form.text("email"))));
        let reason = reading.field("reason", forge::reason(&form.text("reason")));
        reading.end(Some(()))?;
        self.keep(account, Change { realname: Some(realname), email, ..Change::default() }, reason).await
    }

    async fn keep_password(&self, request: &HttpRequest, account: &Account, form: &Fields) -> Result<(), Undone> {
        let mut reading = Reading::default();
        let password = reading.needed("password", new_password(&form.text("password"), &form.text("again")));
        let reason = reading.field("password-reason", forge::reason(&form.text("reason")));
        let password = reading.end(password)?;
        let mut turn = self.turn_at_hashing(request).await?;
        if account.is_own {
            let present = Secret::new(form.text("present"));
            let is_right;
            (is_right, turn) = self.is_present_password(request, &account.user.name, present, turn).await?;
            if !is_right {
                return Err(Mistake::PasswordWrong.of("present").into());
            }
        }
        let password_hash = Some(login::hashed(password, turn).await?);
        self.keep(account, Change { password_hash, ..Change::default() }, reason).await
    }

    async fn keep(&self, account: &Account, change: Change, reason: Option<Reason>) -> Result<(), Undone> {
        let (user, by) = (account.user.clone(), account.person().by().because(reason));
        Ok(self.store.run(move |conn| conn.write(|tx| forge::user::change(tx, &user, &change, &by))).await?)
    }

    async fn plugin_question(&self, account: &Account) -> Result<Confirmation, Failure> {
        let user = &account.user;
        let (what, uses) = if user.uses_plugin { (What::LendNoRoles, "no") } else { (What::LendRoles, "yes") };
        let form = (format!("{}/plugin", account.base()), account.base());
        let asked = question(what, (&user.name, ""), form, account.person().csrf_token()).carrying("uses", uses);
        if !user.uses_plugin {
            return Ok(asked);
        }
        let (id, now) = (user.id, clock::now());
        let stops = self.store.run(move |conn| Stops::of(conn, Taken::User(id), now)).await?;
        Ok(asked.stopping(stops, now))
    }

    async fn status_question(&self, account: &Account) -> Result<Confirmation, Failure> {
        let user = &account.user;
        let (what, status) = match user.status {
            UserStatus::Active => (What::SuspendUser, UserStatus::Suspended),
            UserStatus::Suspended => (What::ActivateUser, UserStatus::Active),
        };
        let form = (format!("{}/status", account.base()), account.base());
        let asked = question(what, (&user.name, ""), form, account.person().csrf_token());
        let asked = asked.carrying("status", status.word());
        if user.status == UserStatus::Suspended {
            return Ok(asked);
        }
        let (id, now) = (user.id, clock::now());
        let (stops, sessions) = self
            .store
            .run(move |conn| {
                let sessions = store::sessions::count_of(conn, id, now, MOST_SESSIONS)?;
                Ok::<_, provider::Error>((Stops::of(conn, Taken::User(id), now)?, sessions))
            })
            .await?;
        let sessions = i64::try_from(sessions).ok();
        Ok(Confirmation { sessions, ..asked.stopping(stops, now) })
    }
}
