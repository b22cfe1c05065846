//! The pages: one typed content and one template for each, rendered with everything escaped.
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
    AccessTokens, AuditTrail, Consent, ConsumerForm, ConsumerPage, ConsumerRemoval, Consumers, Endpoints, Home, Login,
    OutOfBand, ProblemPage, RefusalPage, Refusals, RequestTokens, Secrets, Viewer,
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

/// What a page says.
pub trait Page: Serialize {
    /// The name of the template that says it.
    const TEMPLATE: &'static str;
}

macro_rules! shown_by {
    ($($content:ty: $template:literal)+) => {$(
        impl Page for $content {
            const TEMPLATE: &'static str = $template;
        }
    )+};
}

shown_by! {
    Home: "home.html"
    Endpoints: "endpoints.html"
    Login: "login.html"
    Consent: "authorize.html"
    OutOfBand: "out_of_band.html"
    ProblemPage: "problem.html"
    Consumers: "consumers/list.html"
    ConsumerForm: "consumers/register.html"
    Secrets: "consumers/secret.html"
    ConsumerPage: "consumers/show.html"
    ConsumerRemoval: "consumers/remove.html"
    AuditTrail: "audit/list.html"
    Refusals: "explained/list.html"
    RefusalPage: "explained/show.html"
    AccessTokens: "tokens/access.html"
    RequestTokens: "tokens/request.html"
}

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

    /// A whole document: for whoever looks at it (`None`: nobody is logged in), with every string escaped on its way out.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`].
    pub fn render<P: Page>(&self, viewer: Option<&Viewer>, page: &P) -> Result<String, PageError> {
        let template = P::TEMPLATE;
        Context::from_serialize(&View { viewer, template, page })
            .and_then(|context| self.templates.render(template, &context))
            .map_err(|source| PageError::Render { template, source })
    }
}

#[cfg(test)]
mod tests;
