//! The pages: one typed content and one template for each, rendered with everything escaped.
//!
//! Answers for the HTML of the contract's pages: the front page, the consent page (RFC 5849, section 2.2), log in,
//! tools, tokens and problems. The only room that names tera. The templates are embedded and parsed once for each language.
//!
//! Does not decide who may see a page, does not set a status or a header, reads no clock and makes no CSRF token. What a page
//! is about arrives as plain data in [`content`]; the words for it are in `templates/texts/`.

use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Tera};

mod assets;
pub mod content;
mod texts;
mod times;

pub use assets::{SCRIPT, STYLE};
use content::*;
use texts::Texts;

use super::language::Language;
use crate::clock::UnixSeconds;

/// The template of letters, in plain text.
const LETTER: &str = "mail/letter.txt";

/// Templates by their names, which are their paths below `templates/`.
macro_rules! embedded {
    ($($name:literal)+) => {
        &[$(($name, include_str!(concat!("../../templates/", $name)))),+]
    };
}

/// Every template by its name; the names of pages end in `.html`, which is what switches escaping on.
pub(super) const TEMPLATES: &[(&str, &str)] = embedded![
    "layout.html"
    "components.html"
    "charts.html"
    "authorize.html"
    "endpoint_table.html"
    "endpoints.html"
    "home.html"
    "login.html"
    "out_of_band.html"
    "problem.html"
    "refusals.html"
    "roles.html"
    "audit/entries.html"
    "audit/list.html"
    "consumers/form.html"
    "consumers/holding.html"
    "consumers/list.html"
    "consumers/question.html"
    "consumers/secret.html"
    "consumers/show.html"
    "explained/list.html"
    "explained/show.html"
    "mail/letter.txt"
    "overview/show.html"
    "people/confirm.html"
    "people/parts.html"
    "projects/list.html"
    "projects/new.html"
    "projects/role.html"
    "projects/roles.html"
    "projects/show.html"
    "projects/tokens.html"
    "tokens/access.html"
    "tokens/issue.html"
    "tokens/issued.html"
    "tokens/label.html"
    "tokens/parts.html"
    "tokens/request.html"
    "tokens/revoke.html"
    "tokens/tools.html"
    "tokens/tried.html"
    "tokens/withdraw.html"
    "trackers/close.html"
    "trackers/form.html"
    "trackers/item.html"
    "trackers/list.html"
    "trackers/of_token.html"
    "trackers/parts.html"
    "users/list.html"
    "users/new.html"
    "users/show.html"
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
    ConsumerForm: "consumers/form.html"
    Secrets: "consumers/secret.html"
    ConsumerPage: "consumers/show.html"
    ConsumerQuestion: "consumers/question.html"
    Overview: "overview/show.html"
    AuditTrail: "audit/list.html"
    Refusals: "explained/list.html"
    RefusalPage: "explained/show.html"
    AccessTokens: "tokens/access.html"
    IssueForm: "tokens/issue.html"
    Issued: "tokens/issued.html"
    RevokeAll: "tokens/revoke.html"
    Withdrawal: "tokens/withdraw.html"
    TokenName: "tokens/label.html"
    Tools: "tokens/tools.html"
    TriedOut: "tokens/tried.html"
    RequestTokens: "tokens/request.html"
    ItemList: "trackers/list.html"
    ItemPage: "trackers/item.html"
    ItemForm: "trackers/form.html"
    TokenItems: "trackers/of_token.html"
    Closing: "trackers/close.html"
    Confirmation: "people/confirm.html"
    Users: "users/list.html"
    NewUser: "users/new.html"
    UserPage: "users/show.html"
    Projects: "projects/list.html"
    NewProject: "projects/new.html"
    ProjectPage: "projects/show.html"
    Roles: "projects/roles.html"
    RolePage: "projects/role.html"
    ProjectTokens: "projects/tokens.html"
}

/// Why there is no page: always a fault of this program, never of whoever asked.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The embedded templates do not parse, or one names another that is not there.
    #[error("the page templates cannot be read: {0}")]
    Templates(#[source] tera::Error),
    /// The embedded texts of a language cannot be read.
    #[error("the texts in {language} cannot be read: {reason}")]
    Texts {
        /// The language's tag.
        language: &'static str,
        /// What is wrong with them.
        reason: String,
    },
    /// A template asked for something that its content does not have, or for a text that is not there.
    #[error("the page {template} cannot be rendered: {source}")]
    Render {
        /// The template's name.
        template: &'static str,
        /// What tera says, with line and column.
        source: tera::Error,
    },
}

/// Who reads a page, in which language, and when.
pub struct Reader {
    /// Who is logged in, if anybody.
    pub viewer: Option<Viewer>,
    /// The language.
    pub language: Language,
    /// The moment that times are told from.
    pub now: UnixSeconds,
}

/// What a template sees: who reads and how, which template it is (for the navigation's mark), and the page's own content.
#[derive(Serialize)]
struct View<'a, T> {
    viewer: Option<&'a Viewer>,
    language: &'static str,
    languages: [Offered; Language::ALL.len()],
    now: UnixSeconds,
    template: &'static str,
    page: &'a T,
}

/// A language as the switch offers it.
#[derive(Serialize)]
struct Offered {
    tag: &'static str,
    name: &'static str,
}

impl Offered {
    fn new(language: Language) -> Self {
        Self { tag: language.tag(), name: language.own_name() }
    }
}

/// The pages, parsed once and shared by all requests.
#[derive(Debug)]
pub struct Pages {
    english: Tera,
    german: Tera,
}

impl Pages {
    /// Parses the embedded templates.
    ///
    /// # Errors
    ///
    /// [`PageError::Templates`] when they do not fit together, [`PageError::Texts`].
    pub fn new() -> Result<Self, PageError> {
        Ok(Self { english: speaking(Language::English)?, german: speaking(Language::German)? })
    }

    /// A letter in words: the first line that the template makes is its subject. Nothing is escaped, since a letter is plain text;
    /// each value in it is one line.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`].
    pub fn letter(&self, language: Language, letter: &Letter) -> Result<Written, PageError> {
        let mut context = Context::new();
        context.insert("letter", letter);
        let text = self.speaking(language).render(LETTER, &context);
        let text = text.map_err(|source| PageError::Render { template: LETTER, source })?;
        let (subject, body) = text.split_once('\n').unwrap_or((&text, ""));
        Ok(Written { subject: subject.to_owned(), body: body.to_owned() })
    }

    fn speaking(&self, language: Language) -> &Tera {
        match language {
            Language::English => &self.english,
            Language::German => &self.german,
        }
    }

    /// A whole document for its reader, with every string escaped on its way out.
    ///
    /// # Errors
    ///
    /// [`PageError::Render`].
    pub fn render<P: Page>(&self, reader: &Reader, page: &P) -> Result<String, PageError> {
        let template = P::TEMPLATE;
        let templates = self.speaking(reader.language);
        let view = View {
            viewer: reader.viewer.as_ref(),
            language: reader.language.tag(),
            languages: Language::ALL.map(Offered::new),
            now: reader.now,
            template,
            page,
        };
        Context::from_serialize(&view)
            .and_then(|context| templates.render(template, &context))
            .map_err(|source| PageError::Render { template, source })
    }
}

/// The templates in one language.
fn speaking(language: Language) -> Result<Tera, PageError> {
    let mut templates = Tera::new();
    assets::teach(&mut templates);
    texts::teach(&mut templates, &Arc::new(Texts::of(language)?));
    templates.add_raw_templates(TEMPLATES.iter().copied()).map_err(PageError::Templates)?;
    Ok(templates)
}

#[cfg(test)]
mod tests;
