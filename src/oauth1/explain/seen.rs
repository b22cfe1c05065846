//! A refused request taken apart: as it arrived, and as it may be shown.
//!
//! Both have one form. [`Whole`] is what arrived; [`Request::mask`] makes [`Seen`] of it, and is the only way from the one to
//! the other. What arrived is made of [`Exact`] pieces, which have neither `Debug` nor `Serialize`: nothing of them gets
//! into a page, a log or JSON, but by [`Request::to_be_sealed`].

use serde::{Deserialize, Serialize};

use super::{outline, shown::Text, telling::is_consumer_key};

/// The most characters of a method that are shown.
const LONGEST_METHOD: usize = 40;
/// How much is kept of the path of a request that is too long, in characters.
const LONGEST_CUT_PATH: usize = 1_024;
/// And of the name of each of its parameters.
const LONGEST_CUT_NAME: usize = 64;

/// A request with nothing masked, for those who try mistakes on it.
pub type Whole = Request<Exact>;
/// What may be shown of a request.
pub type Seen = Request<Text>;

/// A request, made of pieces of this kind.
#[derive(Clone, Serialize, Deserialize)]
pub struct Request<P> {
    /// The method on the wire.
    pub method: String,
    /// The public URL that the base string was built from.
    pub origin: String,
    /// All public URLs of the service, the canonical one first.
    pub origins: Vec<String>,
    /// The `Host` header.
    pub host: Option<P>,
    /// The pieces of the path on the wire, between its slashes.
    pub path: Vec<P>,
    /// The known schemes of `Authorization` headers that are not OAuth's.
    pub other_schemes: Vec<String>,
    /// The content type, without its parameters.
    pub content_type: Option<P>,
    /// Whether the body is a form, and so part of what is signed.
    pub is_form: bool,
    /// The body.
    pub body: Body,
    /// How far it could be taken apart.
    pub extent: Extent,
    /// Every parameter that takes part in the signature, in the order sent; none where they could not be read.
    pub parameters: Vec<Parameter<P>>,
    /// What there is instead of parameters.
    pub unread: Vec<Unread<P>>,
    /// What only mistakes are made with.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub(super) aside: Option<Aside<P>>,
}

/// What is signed by mistake alone; nothing of it is shown.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Aside<P> {
    /// The query as it stands on the wire, if there is one and it is short.
    pub(super) query: Option<P>,
    pub(super) realm: Option<P>,
    /// What the body would hold if it were a form.
    pub(super) loose: Vec<Parameter<P>>,
}

/// How far a request could be taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// It is a signed request, so it has a base string.
    Signed,
    /// It has parameters, and is no signed request.
    Unsigned,
    /// Its parameters could not be read.
    Unreadable,
    /// It was too long to be taken apart.
    Cut,
}

/// What is known of a body.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Body {
    /// How many bytes arrived; `None`: it was not read.
    pub size: Option<usize>,
    /// The values of `oauth_body_hash` that would be right, SHA-1's and SHA-256's, where one was sent.
    pub hashes: Option<(String, String)>,
}

/// Where a parameter was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The `Authorization` header.
    Header,
    /// The query.
    Query,
    /// The body, counted or not.
    Body,
}

impl Place {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Query => "query",
            Self::Body => "body",
        }
    }
}

/// A parameter, decoded once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Parameter<P> {
    /// Where it was found.
    pub place: Place,
    /// Its name.
    pub name: P,
    /// Its value.
    pub value: P,
}

/// What stands in one place and was not taken apart. Of what may be shown: names and lengths, by lines.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Unread<P> {
    /// The place.
    pub place: Place,
    /// What stands there.
    pub text: P,
}

/// A piece of a request as it arrived. It may be secret.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Exact(String);

impl Exact {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<P> Request<P> {
    /// The parameters of this place.
    pub(super) fn placed(&self, place: Place) -> impl Iterator<Item = &Parameter<P>> {
        self.parameters.iter().filter(move |parameter| parameter.place == place)
    }

    /// The parameters that the body holds, or would hold if it were a form.
    pub(super) fn in_body(&self) -> impl Iterator<Item = &Parameter<P>> {
        self.placed(Place::Body).chain(self.aside.iter().flat_map(|aside| &aside.loose))
    }
}

impl Parameter<Exact> {
    /// Its name and its value.
    pub(super) fn pair(&self) -> (String, String) {
        (self.name.as_str().to_owned(), self.value.as_str().to_owned())
    }

    fn to_be_sealed(&self) -> Parameter<&str> {
        Parameter { place: self.place, name: self.name.as_str(), value: self.value.as_str() }
    }

    /// As it may be shown.
    pub(super) fn mask(&self) -> Parameter<Text> {
        let (name, value) = (self.name.as_str(), self.value.as_str());
        Parameter { place: self.place, name: Text::of_name(name, value), value: Text::of_value(name, value) }
    }
}

impl Request<Exact> {
    /// What may be shown of it.
    pub fn mask(&self) -> Request<Text> {
        let outline = |Unread { place, text }: &Unread<Exact>| Unread {
            place: *place,
            text: Text::Shown(outline::of(*place, text.as_str())),
        };
        Request {
            method: self.method.chars().take(LONGEST_METHOD).collect(),
            origin: self.origin.clone(),
            origins: self.origins.clone(),
            host: self.host_as_shown(),
            path: self.path_as_shown(),
            other_schemes: self.other_schemes.clone(),
            content_type: self.content_type.as_ref().map(|text| Text::of_media_type(text.as_str())),
            is_form: self.is_form,
            body: self.body.clone(),
            extent: self.extent,
            parameters: self.parameters.iter().map(Parameter::mask).collect(),
            unread: self.unread.iter().map(outline).collect(),
            aside: None,
        }
    }

    /// The `Host` header, which is a host or masked.
    pub(super) fn host_as_shown(&self) -> Option<Text> {
        self.host.as_ref().map(|host| Text::of_host(host.as_str()))
    }

    /// The pieces of the path, each as it may be shown beside the others.
    pub(super) fn path_as_shown(&self) -> Vec<Text> {
        Text::of_path(self.path.iter().map(Exact::as_str))
    }

    /// The query as it stands on the wire, if there is one and it is short.
    pub(super) fn query(&self) -> Option<&str> {
        self.aside.as_ref()?.query.as_ref().map(Exact::as_str)
    }

    /// The realm of the header.
    pub(super) fn realm(&self) -> Option<&str> {
        self.aside.as_ref()?.realm.as_ref().map(Exact::as_str)
    }

    /// The value of the first parameter of this name, or nothing.
    pub fn value(&self, name: &str) -> &str {
        self.parameters.iter().find(|one| one.name.as_str() == name).map_or("", |one| one.value.as_str())
    }

    /// The path on the wire, without query; the root where there is none.
    pub(super) fn path(&self) -> String {
        let path = self.path.iter().map(Exact::as_str).collect::<Vec<_>>().join("/");
        if path.is_empty() { "/".to_owned() } else { path }
    }

    /// What is written of it where it is sealed, and nowhere else.
    pub fn to_be_sealed(&self) -> impl Serialize + '_ {
        Request {
            method: self.method.clone(),
            origin: self.origin.clone(),
            origins: self.origins.clone(),
            host: self.host.as_ref().map(Exact::as_str),
            path: self.path.iter().map(Exact::as_str).collect(),
            other_schemes: self.other_schemes.clone(),
            content_type: self.content_type.as_ref().map(Exact::as_str),
            is_form: self.is_form,
            body: self.body.clone(),
            extent: self.extent,
            parameters: self.parameters.iter().map(Parameter::to_be_sealed).collect(),
            unread: self
                .unread
                .iter()
                .map(|Unread { place, text }| Unread { place: *place, text: text.as_str() })
                .collect(),
            aside: self.aside.as_ref().map(|aside| Aside {
                query: aside.query.as_ref().map(Exact::as_str),
                realm: aside.realm.as_ref().map(Exact::as_str),
                loose: aside.loose.iter().map(Parameter::to_be_sealed).collect(),
            }),
        }
    }
}

impl Request<Text> {
    /// The path on the wire, without query.
    pub fn path(&self) -> String {
        self.path.iter().map(Text::to_string).collect::<Vec<_>>().join("/")
    }

    /// The value of the first parameter of this name.
    pub fn value(&self, name: &str) -> Option<&Text> {
        self.parameters.iter().find(|one| one.name.shown() == Some(name)).map(|one| &one.value)
    }

    /// The same where nobody has the consumer key that it names: key and secret may have been swapped.
    #[must_use]
    pub fn of_nobody(mut self) -> Self {
        for Parameter { name, value, .. } in &mut self.parameters {
            if name.shown().is_some_and(is_consumer_key) {
                *value = value.shown().map_or_else(|| value.clone(), Text::of_token);
            }
        }
        self
    }

    /// The same as if it had been too long to be taken apart: less is kept then.
    #[must_use]
    pub fn cut(mut self) -> Self {
        for place in [Place::Header, Place::Query, Place::Body] {
            let names =
                self.placed(place).map(|one| one.name.written(|name| name.chars().take(LONGEST_CUT_NAME).collect()));
            let outline = names.take(outline::MOST_PARTS).collect::<Vec<_>>().join("\n");
            self.unread.extend((!outline.is_empty()).then_some(Unread { place, text: Text::Shown(outline) }));
        }
        self.parameters.clear();
        self.path = vec![Text::Shown(self.path().chars().take(LONGEST_CUT_PATH).collect())];
        self.extent = Extent::Cut;
        self
    }
}
