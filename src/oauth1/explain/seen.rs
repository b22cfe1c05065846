//! A refused request taken apart: what may be shown of it, and beside it what nobody may see.
//!
//! [`Seen`] is what views are given; whatever may be secret in it is masked already. [`Exact`] has what is behind the
//! masks. It is kept only of requests whose signature is to be explained, has neither `Debug` nor `Serialize`, and is joined
//! with the rest again by [`Whole::joined`] for those who try mistakes.

use serde::{Deserialize, Serialize};

use super::shown::Text;

/// What may be shown of a request.
#[derive(Clone, Serialize, Deserialize)]
pub struct Seen {
    /// The method on the wire.
    pub method: String,
    /// The public URL that the base string was built from.
    pub origin: String,
    /// All public URLs of the service, the canonical one first.
    pub origins: Vec<String>,
    /// The `Host` header.
    pub host: Option<Text>,
    /// The pieces of the path on the wire, between its slashes.
    pub path: Vec<Text>,
    /// The known schemes of `Authorization` headers that are not OAuth's.
    pub other_schemes: Vec<String>,
    /// The content type.
    pub content_type: Option<Text>,
    /// Whether the body is a form, and so part of what is signed.
    pub is_form: bool,
    /// The body.
    pub body: Body,
    /// Every parameter that takes part in the signature, in the order sent; none where they could not be read.
    pub parameters: Option<Vec<SeenParameter>>,
    /// What there is instead: names and lengths, by piece.
    pub outlines: Vec<(String, String)>,
    /// Whether it was too long to be taken apart.
    pub is_cut: bool,
    /// Whether it is a signed request, so that it has a base string.
    pub is_well_formed: bool,
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

/// A parameter, decoded once, as it may be shown.
#[derive(Clone, Serialize, Deserialize)]
pub struct SeenParameter(pub Place, pub Text, pub Text);

/// A parameter, decoded once.
#[derive(Clone)]
pub struct Parameter {
    /// Where it was found.
    pub place: Place,
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A request with nothing masked, for those who try mistakes on it. It is never kept.
pub struct Whole {
    pub(super) method: String,
    pub(super) origin: String,
    pub(super) origins: Vec<String>,
    pub(super) host: Option<String>,
    pub(super) path: String,
    /// The query as it stands on the wire, if there is one and it is short.
    pub(super) query: Option<String>,
    pub(super) realm: Option<String>,
    pub(super) hashes: Option<(String, String)>,
    pub(super) is_form: bool,
    pub(super) parameters: Vec<Parameter>,
    /// What the body would hold if it were a form.
    pub(super) loose: Vec<Parameter>,
}

/// What is behind the masks of a request.
#[derive(Clone)]
pub struct Exact(Hidden);

#[derive(Clone, Serialize, Deserialize)]
struct Hidden {
    path: String,
    query: Option<String>,
    realm: Option<String>,
    /// The names and values that are masked, in the order of the parameters.
    masked: Vec<String>,
    loose: Vec<(String, String)>,
}

impl Seen {
    /// The path on the wire, without query.
    pub fn path(&self) -> String {
        self.path.iter().map(Text::to_string).collect::<Vec<_>>().join("/")
    }

    /// The value of the first parameter of this name.
    pub fn value(&self, name: &str) -> Option<&Text> {
        let mut named = self.parameters.iter().flatten();
        named.find(|SeenParameter(_, known, _)| known.shown() == Some(name)).map(|SeenParameter(_, _, value)| value)
    }

    /// The same as if it had been too long to be taken apart: less is kept then.
    #[must_use]
    pub fn cut(mut self) -> Self {
        let parameters = self.parameters.take().unwrap_or_default();
        let outline = parameters.iter().take(super::outline::MOST_PARTS).map(|SeenParameter(place, name, _)| {
            format!("{} in the {}", name.written(|name| name.chars().take(64).collect()), place.word())
        });
        self.outlines.push(("Parameters".to_owned(), outline.collect::<Vec<_>>().join("\n")));
        self.path = vec![Text::Shown(self.path().chars().take(LONGEST_CUT_PATH).collect())];
        (self.is_cut, self.is_well_formed) = (true, false);
        self
    }
}

/// How much is kept of the path of a request that is too long, in characters.
const LONGEST_CUT_PATH: usize = 1_024;

impl Exact {
    pub(super) fn of(whole: &Whole, seen: &Seen) -> Self {
        let shown = seen.parameters.iter().flatten();
        let masked = whole.parameters.iter().zip(shown).flat_map(|(parameter, SeenParameter(_, name, value))| {
            let both = [(name, &parameter.name), (value, &parameter.value)];
            both.into_iter().filter(|(shown, _)| shown.shown().is_none()).map(|(_, text)| text.clone())
        });
        Self(Hidden {
            path: whole.path.clone(),
            query: whole.query.clone(),
            realm: whole.realm.clone(),
            masked: masked.collect(),
            loose: whole.loose.iter().map(|one| (one.name.clone(), one.value.clone())).collect(),
        })
    }

    /// What is written of it where it is sealed, and nowhere else.
    pub fn to_be_sealed(&self) -> &impl Serialize {
        &self.0
    }

    /// Of what was sealed.
    ///
    /// # Errors
    /// Those of the format that it was written in.
    pub fn unsealed<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Hidden::deserialize(from).map(Self)
    }
}

impl Whole {
    /// Every parameter as it may be shown.
    pub(super) fn shown(&self) -> Vec<SeenParameter> {
        let shown = |Parameter { place, name, value }: &Parameter| {
            SeenParameter(*place, Text::of_name(name, value), Text::of_value(name, value))
        };
        self.parameters.iter().map(shown).collect()
    }

    /// Joins again what was kept apart; `None` where it does not belong together.
    pub fn joined(seen: &Seen, Exact(hidden): &Exact) -> Option<Self> {
        let mut masked = hidden.masked.iter();
        let mut text = |text: &Text| text.shown().map(str::to_owned).or_else(|| masked.next().cloned());
        let parameters = seen.parameters.as_ref()?.iter().map(|SeenParameter(place, name, value)| {
            Some(Parameter { place: *place, name: text(name)?, value: text(value)? })
        });
        let loose = hidden.loose.iter().cloned();
        let parameters = parameters.collect::<Option<_>>()?;
        Some(Self {
            method: seen.method.clone(),
            origin: seen.origin.clone(),
            origins: seen.origins.clone(),
            host: seen.host.as_ref().and_then(Text::shown).map(str::to_owned),
            path: hidden.path.clone(),
            query: hidden.query.clone(),
            realm: hidden.realm.clone(),
            hashes: seen.body.hashes.clone(),
            is_form: seen.is_form,
            parameters,
            loose: loose.map(|(name, value)| Parameter { place: Place::Body, name, value }).collect(),
        })
    }

    /// The value of the first parameter of this name, or nothing.
    pub fn value(&self, name: &str) -> &str {
        self.parameters.iter().find(|parameter| parameter.name == name).map_or("", |parameter| &parameter.value)
    }

    pub(super) fn path_or_root(&self) -> &str {
        if self.path.is_empty() { "/" } else { &self.path }
    }

    /// The parameters of this place.
    pub(super) fn placed(&self, place: Place) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(move |parameter| parameter.place == place)
    }

    /// The parameters that the body holds, or would hold if it were a form.
    pub(super) fn in_body(&self) -> impl Iterator<Item = &Parameter> {
        self.placed(Place::Body).chain(&self.loose)
    }
}
