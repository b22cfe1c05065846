//! The names under which this service is known. The base string is built from one of them, never from what a request
//! claims: the `Host` header chooses among them and adds none.

use crate::oauth1::{Origin, OriginError};

/// The public URLs, the canonical one first; at least one.
#[derive(Clone, Debug)]
pub struct PublicUrls {
    canonical: Origin,
    others: Vec<Origin>,
}

/// Why these cannot be the service's names.
#[derive(Debug, thiserror::Error)]
pub enum PublicUrlsError {
    /// One of them is no address of a service.
    #[error("{url:?}: {reason}")]
    Origin {
        /// As it was written.
        url: String,
        /// What is wrong.
        reason: OriginError,
    },
    /// The same host and port over http and over https: the `Host` header could not choose.
    #[error("{0} and {1} differ only in their scheme, so a request could not tell which of them it means")]
    Ambiguous(String, String),
    /// There is none, and none can be made up for an address that others reach.
    #[error("there is no public URL")]
    Missing,
}

impl PublicUrls {
    /// Takes URLs as they were configured.
    ///
    /// # Errors
    /// [`PublicUrlsError`], naming the URL.
    pub fn parse<'a>(urls: impl IntoIterator<Item = &'a str>) -> Result<Self, PublicUrlsError> {
        let mut origins = Vec::new();
        for url in urls {
            let origin =
                Origin::parse(url).map_err(|reason| PublicUrlsError::Origin { url: url.to_owned(), reason })?;
            if let Some(rival) = origins.iter().find(|known| is_rival(known, &origin)) {
                return Err(PublicUrlsError::Ambiguous(rival.to_string(), origin.to_string()));
            }
            origins.push(origin);
        }
        let mut origins = origins.into_iter();
        let canonical = origins.next().ok_or(PublicUrlsError::Missing)?;
        Ok(Self { canonical, others: origins.collect() })
    }

    /// The first one: for links that no request asked for.
    pub fn canonical(&self) -> &Origin {
        &self.canonical
    }

    /// The one whose authority a `Host` header names, else the canonical one.
    pub fn named_by(&self, host: Option<&str>) -> &Origin {
        let Some(host) = host else { return &self.canonical };
        // As it is written first: to ask each for another way to write it takes longer.
        let written = self.all().find(|origin| origin.authority() == host);
        written.or_else(|| self.all().find(|origin| origin.matches_host_header(host))).unwrap_or(&self.canonical)
    }

    /// Is this an origin, as a browser writes it, of ours?
    pub fn contains(&self, origin: &str) -> bool {
        Origin::parse(origin).is_ok_and(|origin| self.all().any(|known| *known == origin))
    }

    /// Whether a browser that knows this name need never come to its host by plain http: it is https, and no other name of
    /// the host is http. On localhost other services of a developer answer, and the promise would bind those too.
    pub fn is_https_alone(&self, name: &Origin) -> bool {
        let is_plain = |other: &Origin| !other.is_https() && other.shares_host_with(name);
        name.is_https() && !name.is_localhost() && !self.all().any(is_plain)
    }

    /// All of them, the canonical one first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Origin> {
        std::iter::once(&self.canonical).chain(&self.others)
    }
}

/// Could one `Host` header mean both?
fn is_rival(one: &Origin, other: &Origin) -> bool {
    one.scheme() != other.scheme()
        && (one.matches_host_header(other.authority()) || other.matches_host_header(one.authority()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_chooses_among_the_names_and_adds_none() {
        let urls = PublicUrls::parse(["https://forge.example", "http://localhost:8080"]).unwrap();
        for (host, expected) in [
            (Some("forge.example"), "https://forge.example"),
            (Some("FORGE.example:443"), "https://forge.example"),
            (Some("localhost:8080"), "http://localhost:8080"),
            (Some("localhost"), "https://forge.example"),
            (Some("evil.example"), "https://forge.example"),
            (Some("forge.example:80"), "https://forge.example"),
            (Some(""), "https://forge.example"),
            (None, "https://forge.example"),
        ] {
            assert_eq!(urls.named_by(host).to_string(), expected, "{host:?}");
        }
    }

    #[test]
    fn one_authority_under_two_schemes_is_refused() {
        let two = ["https://forge.example:8443", "http://forge.example:8443"];
        assert!(matches!(PublicUrls::parse(two), Err(PublicUrlsError::Ambiguous(..))));
        assert!(PublicUrls::parse(["https://forge.example", "https://forge.example"]).is_ok());
    }

    #[test]
    fn an_origin_header_is_compared_whole() {
        let urls = PublicUrls::parse(["https://forge.example"]).unwrap();
        assert!(urls.contains("https://forge.example"));
        for origin in ["http://forge.example", "https://forge.example.evil", "null", ""] {
            assert!(!urls.contains(origin), "{origin}");
        }
    }

    #[test]
    fn https_is_promised_for_a_host_that_has_no_plain_name_and_is_not_everybodys() {
        let urls = PublicUrls::parse([
            "https://forge.example",
            "https://two.example",
            "http://two.example:8080",
            "http://plain.example",
            "https://localhost:8443",
        ]);
        let urls = urls.unwrap();
        let alone: Vec<bool> = urls.all().map(|name| urls.is_https_alone(name)).collect();
        assert_eq!(alone, [true, false, false, false, false]);
    }
}
