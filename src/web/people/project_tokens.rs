//! The tokens that act in a project, for its administrators: whose, under which role, how they stand, and never a secret. They
//! revoke those whose role is of their project.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{
    super::{
        App, Failure,
        extract::Query,
        listing::{Address, Cut},
        pages::content::{ActingToken, Confirmation, ProjectTokens},
        person::Submitted,
        token_line::token_line,
    },
    asking::{What, question},
    place::{Place, Steward},
    short,
};
use crate::{
    clock,
    ids::AccessTokenId,
    provider,
    store::{
        self, Connection,
        access_tokens::{Filter, Listed},
        acting_tokens::{self, Which},
        projects::Project,
    },
};

/// How many tokens a page shows.
const PAGE: usize = 25;

/// What a page of the list is asked for.
#[derive(Clone, Default)]
struct Asked {
    tool: String,
    user: String,
    state: String,
    before: Option<AccessTokenId>,
}

impl Asked {
    /// At most one token more than a page shows.
    fn load(&self, conn: &mut Connection, project: &Project, now: i64) -> Result<Vec<Listed>, store::Error> {
        let mut which =
            Which { before: self.before, live_at: (self.state == "live").then_some(now), ..Which::default() };
        if !self.user.is_empty() {
            let Some(user) = store::users::by_name(conn, &self.user)? else { return Ok(Vec::new()) };
            which.user = Some(user.id);
        }
        if !self.tool.is_empty() {
            let Some(tool) = store::consumers::by_name(conn, &self.tool)? else { return Ok(Vec::new()) };
            which.consumer = Some(tool.id);
        }
        let roles = store::roles::reaching(conn, project.id)?;
        acting_tokens::under(conn, &roles, which, PAGE as i64 + 1)
    }
}

/// `GET /projects/{project}/tokens`.
pub async fn list(app: Data<App>, steward: Steward, Query(query): Query) -> Result<HttpResponse, Failure> {
    let asked = Asked {
        tool: query.filled_in("tool").unwrap_or_default(),
        user: query.filled_in("user").unwrap_or_default(),
        state: query.text("state"),
        before: query.number("before").map(AccessTokenId),
    };
    let page = app.project_tokens(&steward.0, asked).await?;
    app.show(steward.0.person(), &page)
}

/// `POST /projects/{project}/tokens/{id}/revoke`.
pub async fn revoke(
    app: Data<App>,
    asked: Submitted<Steward>,
    path: Path<(String, AccessTokenId)>,
) -> Result<HttpResponse, Failure> {
    let place = &asked.who().0;
    let (project, _) = place.of_project()?;
    let (id, project) = (path.1, project.id);
    let by = match asked.because() {
        Ok(by) => by,
        Err(wrong) => {
            let page = app.revocation(place, id).await?;
            let (reason, errors) = (asked.form().text("reason"), vec![wrong.into()]);
            return app.show_again(place.person(), &Confirmation { reason, errors, ..page });
        }
    };
    app.store.run(move |conn| conn.write(|tx| provider::revoke::in_project(tx, id, project, &by))).await?;
    Ok(App::see(&format!("{}/tokens", place.base())))
}

impl App {
    /// The question before a token is revoked, as a page of its own: where what was typed into the list's dialog is refused.
    async fn revocation(&self, place: &Place, id: AccessTokenId) -> Result<Confirmation, Failure> {
        let (project, _) = place.of_project()?;
        let (now, of, base) = (clock::now(), project.id, format!("{}/tokens", place.base()));
        let found = self.store.run(move |conn| {
            let filter = Filter { id: Some(id), ..Filter::default() };
            let is_of_project = acting_tokens::project_of(conn, id)? == Some(Some(of));
            let mut found = if is_of_project { store::access_tokens::list(conn, filter, now, 1)? } else { Vec::new() };
            Ok::<_, store::Error>(found.pop())
        });
        let token = token_line(found.await?.ok_or(Failure::NotFound)?, now);
        let form = (format!("{base}/{id}/revoke"), base);
        let page = question(What::RevokeToken, (&token.consumer, &token.user), form, place.person().csrf_token());
        Ok(Confirmation { tokens: vec![token], ..page })
    }

    async fn project_tokens(&self, place: &Place, asked: Asked) -> Result<ProjectTokens, Failure> {
        let (project, _) = place.of_project()?;
        let (of, asking, now) = (project.clone(), asked.clone(), clock::now());
        let cut = Cut::to(PAGE, self.store.run(move |conn| asking.load(conn, &of, now)).await?);
        let list = Address::of(format!("{}/tokens", place.base()));
        let list = list.with("tool", &asked.tool).with("user", &asked.user).with("state", &asked.state);
        let row = |token: Listed| {
            let is_of_project = token.project.as_deref() == Some(project.name.as_str());
            ActingToken { is_of_project, token: token_line(token, now) }
        };
        Ok(ProjectTokens {
            name: project.name.clone(),
            title: short(&project.title),
            pages: list.pages("before", asked.before, cut.goes_on_behind().map(|token| token.id)),
            rows: cut.rows.into_iter().map(row).collect(),
            is_narrowed: list.is_narrowed(),
            tool: asked.tool,
            user: asked.user,
            state: asked.state,
            csrf_token: place.person().csrf_token(),
        })
    }
}
