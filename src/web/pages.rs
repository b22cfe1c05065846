//! The pages: one typed content, one method and one template for each, rendered with everything escaped.
//!
//! Answers for the HTML of the contract's pages: the front page, the consent page (RFC 5849, section 2.2), log in,
//! tools, tokens and problems. The only file that names tera. The templates are embedded and parsed once.
//!
//! Does not decide who may see a page, does not set a status or a header, reads no clock and makes no CSRF token: all
//! that a page says arrives as finished words in [`content`].

use serde::Serialize;
use tera::{Context, Tera};

pub mod content;

use content::{
    AccessTokens, AuditTrail, Consent, ConsumerForm, ConsumerPage, Consumers, Endpoints, Login, OutOfBand, ProblemPage,
    RefusalPage, Refusals, RequestTokens, Secrets, Viewer,
};

/// The one style sheet, served at `/plugins/oauthprovider/style.css`.
pub const STYLE: &str = include_str!("../../templates/style.css");

/// Every template by its name; the names end in `.html`, which is what switches escaping on.
const TEMPLATES: [(&str, &str); 20] = [
    ("layout.html", include_str!("../../templates/layout.html")),
    ("components.html", include_str!("../../templates/components.html")),
    ("endpoint_table.html", include_str!("../../templates/endpoint_table.html")),
    ("home.html", include_str!("../../templates/home.html")),
    ("endpoints.html", include_str!("../../templates/endpoints.html")),
    ("refusals.html", include_str!("../../templates/refusals.html")),
    ("login.html", include_str!("../../templates/login.html")),
    ("authorize.html", include_str!("../../templates/authorize.html")),
    ("out_of_band.html", include_str!("../../templates/out_of_band.html")),
    ("problem.html", include_str!("../../templates/problem.html")),
    ("consumers/list.html", include_str!("../../templates/consumers/list.html")),
    ("consumers/register.html", include_str!("../../templates/consumers/register.html")),
    ("consumers/secret.html", include_str!("../../templates/consumers/secret.html")),
    ("consumers/show.html", include_str!("../../templates/consumers/show.html")),
    ("consumers/remove.html", include_str!("../../templates/consumers/remove.html")),
    ("audit/list.html", include_str!("../../templates/audit/list.html")),
    ("explained/list.html", include_str!("../../templates/explained/list.html")),
    ("explained/show.html", include_str!("../../templates/explained/show.html")),
    ("tokens/access.html", include_str!("../../templates/tokens/access.html")),
    ("tokens/request.html", include_str!("../../templates/tokens/request.html")),
];

/// Why there is no page: always a fault of this program, never of whoever asked.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The embedded templates do not parse, or one names another that is not there.
    #[error("the page templates cannot be read: {0}")]
    Templates(#[source] tera::Error),
    /// A template asked for something that its content does not have.
    #[error("the page {template} cannot be rendered: {source}")]
    Render {
        /// The template's name.
        template: &'static str,
        /// What tera says, with line and column.
        source: tera::Error,
    },
}

/// What a template sees: who looks, which template it is (for the navigation's mark), and the page's own content.
#[derive(Serialize)]
struct View<'a, T> {
    viewer: Option<&'a Viewer>,
    template: &'static str,
    page: &'a T,
}

/// The pages, parsed once and shared by all requests.
///
/// Every method takes who looks at the page (`None`: nobody is logged in) and what it says, and gives the whole
/// document. Every string is escaped on its way out.
#[derive(Debug)]
pub struct Pages {
    templates: Tera,
}

impl Pages {
    /// Parses the embedded templates.
    ///
    /// # Errors
    ///
    /// [`PageError::Templates`] when they do not fit together.
    pub fn new() -> Result<Self, PageError> {
        let mut templates = Tera::new();
        templates.add_raw_templates(TEMPLATES).map_err(PageError::Templates)?;
        Ok(Self { templates })
    }

    /// The front page, `/`: what this is and where to go.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn home(&self, viewer: Option<&Viewer>, page: &Endpoints) -> Result<String, PageError> {
        self.render("home.html", viewer, page)
    }

    /// The page for authors of tools, `P/`: end points, limits, examples, refusals and their repair.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn endpoints(&self, viewer: Option<&Viewer>, page: &Endpoints) -> Result<String, PageError> {
        self.render("endpoints.html", viewer, page)
    }

    /// The log in page, `/login`, also after a failure.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn login(&self, viewer: Option<&Viewer>, page: &Login) -> Result<String, PageError> {
        self.render("login.html", viewer, page)
    }

    /// The consent page, `P/authorize`: it has exactly one form, so its head offers no log out.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn consent(&self, viewer: Option<&Viewer>, page: &Consent) -> Result<String, PageError> {
        self.render("authorize.html", viewer, page)
    }

    /// The page after a decision for a tool without a callback: the verifier, or that nothing was granted.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn out_of_band(&self, viewer: Option<&Viewer>, page: &OutOfBand) -> Result<String, PageError> {
        self.render("out_of_band.html", viewer, page)
    }

    /// The page for anything that went wrong.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn problem(&self, viewer: Option<&Viewer>, page: &ProblemPage) -> Result<String, PageError> {
        self.render("problem.html", viewer, page)
    }

    /// The list of tools, `P/consumers`.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn consumers(&self, viewer: Option<&Viewer>, page: &Consumers) -> Result<String, PageError> {
        self.render("consumers/list.html", viewer, page)
    }

    /// The form that registers a tool, empty or with what was typed and what is wrong with it.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn consumer_form(&self, viewer: Option<&Viewer>, page: &ConsumerForm) -> Result<String, PageError> {
        self.render("consumers/register.html", viewer, page)
    }

    /// The one page that ever shows a consumer's secret: when it was made.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn consumer_secret(&self, viewer: Option<&Viewer>, page: &Secrets) -> Result<String, PageError> {
        self.render("consumers/secret.html", viewer, page)
    }

    /// One tool, or the question whether to remove it (`confirm_remove`); never its secret.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn consumer(&self, viewer: Option<&Viewer>, page: &ConsumerPage) -> Result<String, PageError> {
        let template = if page.confirm_remove { "consumers/remove.html" } else { "consumers/show.html" };
        self.render(template, viewer, page)
    }

    /// A page of the audit log, `P/audit`.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn audit(&self, viewer: Option<&Viewer>, page: &AuditTrail) -> Result<String, PageError> {
        self.render("audit/list.html", viewer, page)
    }

    /// One's own access tokens, `P/access_tokens`.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn access_tokens(&self, viewer: Option<&Viewer>, page: &AccessTokens) -> Result<String, PageError> {
        self.render("tokens/access.html", viewer, page)
    }

    /// One's own decisions that the tool has still to exchange, `P/request_tokens`.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn request_tokens(&self, viewer: Option<&Viewer>, page: &RequestTokens) -> Result<String, PageError> {
        self.render("tokens/request.html", viewer, page)
    }

    /// Requests that were refused lately, `P/refusals`.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn refusals(&self, viewer: Option<&Viewer>, page: &Refusals) -> Result<String, PageError> {
        self.render("explained/list.html", viewer, page)
    }

    /// One refusal, explained, `P/refusals/{id}`.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`], as for every page.
    pub fn refusal(&self, viewer: Option<&Viewer>, page: &RefusalPage) -> Result<String, PageError> {
        self.render("explained/show.html", viewer, page)
    }

    fn render<T: Serialize>(
        &self,
        template: &'static str,
        viewer: Option<&Viewer>,
        page: &T,
    ) -> Result<String, PageError> {
        Context::from_serialize(&View { viewer, template, page })
            .and_then(|context| self.templates.render(template, &context))
            .map_err(|source| PageError::Render { template, source })
    }
}

#[cfg(test)]
mod tests;
