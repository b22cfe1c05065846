//! The users of the forge, for its administrators; and the page of one user, who may look at it too.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::{
    super::{
        App, Failure,
        extract::{Fields, Query},
        listing::{Address, Cut},
        login,
        pages::content::{NewUser, Pages, RoleLink, UserPage, UserRow, Users},
        person::{Admin, Submitted},
        token_line::token_line,
        wrong::{Undone, outcome},
    },
    place::Account,
    short,
};
use crate::{
    clock,
    forge::{self, Mistake, Name, Reading, user::Change},
    ids::RoleId,
    secret::Secret,
    store::{
        self, Connection, UserStatus,
        acting_tokens::{self, Which},
        user_words::{self, Sought},
        users::User,
    },
};

/// How many users a page shows.
const PAGE: usize = 50;
/// How many of a user's roles their page shows.
const MOST_ROLES: usize = 50;
/// How many of their tokens.
const MOST_TOKENS: i64 = 25;

/// `GET /users`.
pub async fn list(app: Data<App>, admin: Admin, Query(query): Query) -> Result<HttpResponse, Failure> {
    let (q, status, after) = (query.text("q"), query.text("status"), query.filled_in("after"));
    let sought = Sought { words: user_words::sought(&q), status: UserStatus::from_word(&status) };
    let from = after.clone().unwrap_or_default();
    let page = app.store.run(move |conn| user_words::page(conn, &sought, &from, PAGE)).await?;
    let list = Address::of("/users").with("q", &q).with("status", &status);
    let content = Users {
        pages: Pages { looked_enough: page.looked_enough, ..list.pages("after", after, page.more_after) },
        rows: page.rows.into_iter().map(row).collect(),
        q,
        status,
    };
    app.show(&admin, &content)
}

fn row(user: User) -> UserRow {
    UserRow {
        realname: short(&user.realname),
        name: user.name,
        state: user.status.word(),
        is_forge_admin: user.forge_admin,
    }
}

/// `GET /new-user`.
pub async fn form(app: Data<App>, admin: Admin) -> Result<HttpResponse, Failure> {
    app.show(&admin, &NewUser { csrf_token: admin.csrf_token(), ..NewUser::default() })
}

/// `POST /users`.
pub async fn add(app: Data<App>, request: HttpRequest, asked: Submitted<Admin>) -> Result<HttpResponse, Failure> {
    let (admin, form) = (asked.who(), asked.form());
    let mut typed = NewUser {
        name: form.text("name"),
        realname: form.text("realname"),
        email: form.text("email"),
        reason: form.text("reason"),
        errors: Vec::new(),
        csrf_token: admin.csrf_token(),
    };
    match outcome(app.add_user(&request, admin, form).await)? {
        Ok(name) => Ok(App::see(&format!("/users/{name}"))),
        Err(errors) => {
            typed.errors = errors;
            app.show_again(admin, &typed)
        }
    }
}

/// A password that somebody is to have from now on, typed twice.
pub(super) fn new_password(typed: &str, again: &str) -> Result<Secret, Mistake> {
    match forge::password::check(typed) {
        Ok(()) if typed == again => Ok(Secret::new(typed)),
        Ok(()) => Err(Mistake::PasswordsDiffer),
        Err(mistake) => Err(mistake),
    }
}

/// `GET /users/{user}`; with the roles after one, where `after` is given.
pub async fn show(app: Data<App>, account: Account, Query(query): Query) -> Result<HttpResponse, Failure> {
    let page = app.user_page(&account, query.number("after").map(RoleId)).await?;
    app.show(account.person(), &page)
}

impl App {
    async fn add_user(&self, request: &HttpRequest, admin: &Admin, form: &Fields) -> Result<Name, Undone> {
        let mut reading = Reading::default();
        let name = reading.needed("name", forge::name(&form.text("name")));
        let realname = reading.field("realname", forge::line(&form.text("realname")));
        let email = reading.field("email", forge::mail(&form.text("email")));
        let password = reading.needed("password", new_password(&form.text("password"), &form.text("again")));
        let reason = reading.field("reason", forge::reason(&form.text("reason")));
        let (name, password) = reading.end(name.zip(password))?;
        let turn = self.turn_at_hashing(request).await?;
        let password_hash = Some(login::hashed(password, turn).await?);
        let by = admin.by().because(reason);
        let realname = Some(realname).filter(|realname| !realname.is_empty());
        let new = Change { realname, email: Some(email), password_hash, ..Change::default() };
        let add = move |conn: &mut Connection| conn.write(|tx| forge::user::add(tx, &name, &new, &by).map(|_| name));
        Ok(self.store.run(add).await?)
    }

    /// The page of a user, with the roles after this one and with nothing typed.
    pub(super) async fn user_page(&self, account: &Account, after: Option<RoleId>) -> Result<UserPage, Failure> {
        let (id, now, by_admin) = (account.user.id, clock::now(), account.person().is_forge_admin());
        let (roles, tokens) = self
            .store
            .run(move |conn| {
                let which = Which { live_at: Some(now), ..Which::default() };
                let limit = if by_admin { MOST_TOKENS } else { 0 };
                let from = after.unwrap_or(RoleId(0));
                Ok::<_, store::Error>((
                    store::roles::held_by(conn, id, from, MOST_ROLES as i64 + 1)?,
                    acting_tokens::of_user(conn, id, which, limit)?,
                ))
            })
            .await?;
        let roles = Cut::to(MOST_ROLES, roles);
        let user = &account.user;
        Ok(UserPage {
            name: user.name.clone(),
            realname: short(&user.realname),
            email: short(&user.email),
            state: user.status.word(),
            is_forge_admin: user.forge_admin,
            uses_plugin: user.uses_plugin,
            pages: Address::of(account.base()).pages("after", after, roles.goes_on_behind().map(|role| role.id)),
            roles: roles.rows.into_iter().map(role_link).collect(),
            tokens: tokens.into_iter().map(|token| token_line(token, now)).collect(),
            is_own: account.is_own,
            by_admin,
            realname_typed: user.realname.clone(),
            email_typed: user.email.clone(),
            reason: String::new(),
            password_reason: String::new(),
            errors: Vec::new(),
            csrf_token: account.person().csrf_token(),
        })
    }
}

fn role_link(role: store::roles::Role) -> RoleLink {
    let (name, title) = role.project.map(|(_, name, title)| (name, title)).unzip();
    RoleLink {
        id: role.id.0,
        name: role.name,
        project: title.as_deref().map(short),
        address: name.map_or_else(|| "/roles".to_owned(), |name| format!("/projects/{name}/roles")),
    }
}
