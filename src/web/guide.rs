//! The front page, and the guide for authors of tools: end points, examples that run, limits, and what each refusal means.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::{
    App, Failure,
    pages::content::{Endpoints, Example, Home, Problem},
};
use crate::{oauth1::SignatureMethod, provider::policy};

/// Whole programs that get a token and use it, by what they are written in. They are files that run as they stand, but for
/// the address.
const EXAMPLES: [(&str, &str); 5] = [
    ("shell", include_str!("../../templates/examples/shell.sh")),
    ("python", include_str!("../../templates/examples/python.py")),
    ("node", include_str!("../../templates/examples/node.mjs")),
    ("ruby", include_str!("../../templates/examples/ruby.rb")),
    ("java", include_str!("../../templates/examples/java.java")),
];

/// The address in them.
const SOME_FORGE: &str = "https://forge.example.org";

/// What a signed request can be refused for, with the statuses that it comes with, in the order of the protocol.
const PROBLEMS: [Problem; 16] = [
    problem("version_rejected", "400"),
    problem("signature_method_rejected", "400"),
    problem("parameter_absent", "400, 401"),
    problem("parameter_rejected", "400, 401"),
    problem("timestamp_refused", "401"),
    problem("nonce_used", "401"),
    problem("signature_invalid", "401"),
    problem("consumer_key_unknown", "401"),
    problem("consumer_key_rejected", "401"),
    problem("consumer_key_refused", "429"),
    problem("token_rejected", "401"),
    problem("token_used", "401"),
    problem("token_expired", "401"),
    problem("token_revoked", "401"),
    problem("permission_unknown", "401"),
    problem("permission_denied", "401"),
];

const fn problem(code: &'static str, status: &'static str) -> Problem {
    Problem { code, status }
}

/// `/`: what this is, and where to go.
pub async fn home(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Failure> {
    app.show_anybody(&request, &Home(app.end_points(&request)))
}

/// `P/`: the guide.
pub async fn guide(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Failure> {
    app.show_anybody(&request, &app.end_points(&request))
}

impl App {
    fn end_points(&self, request: &HttpRequest) -> Endpoints {
        use SignatureMethod::{HmacSha1, HmacSha256, RsaSha1, RsaSha256};
        let (base_url, lifetimes) = (self.public_origin(request).to_string(), self.lifetimes());
        let example = |(name, code): (&'static str, &str)| Example { name, code: code.replace(SOME_FORGE, &base_url) };
        Endpoints {
            examples: EXAMPLES.map(example).into(),
            base_url,
            realm: self.config.server.realm.clone(),
            methods: [HmacSha1, HmacSha256, RsaSha1, RsaSha256].map(|method| method.name().to_owned()).into(),
            timestamp_window_seconds: policy::TIMESTAMP_WINDOW_SECONDS,
            request_token_seconds: lifetimes.request_token_seconds,
            longest_token_seconds: lifetimes.longest().seconds(),
            problems: &PROBLEMS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_names_the_forge_once_and_no_other_address() {
        for (name, code) in EXAMPLES {
            assert_eq!(code.matches(SOME_FORGE).count(), 1, "{name}");
            assert_eq!(code.matches("://").count(), 1, "{name}");
        }
    }

    #[test]
    fn every_example_and_every_refusal_has_its_words() {
        let texts = include_str!("../../templates/texts/en.ftl");
        let examples =
            EXAMPLES.iter().flat_map(|(name, _)| [format!("example-{name}"), format!("example-{name}-needs")]);
        for id in examples.chain(PROBLEMS.iter().map(|problem| format!("problem-{}", problem.code))) {
            assert!(texts.contains(&format!("\n{id} = ")), "{id}");
        }
    }

    #[test]
    fn every_code_that_a_refusal_can_have_is_told_once() {
        let table = include_str!("../oauth1/problem.rs");
        let codes: Vec<&str> = PROBLEMS.iter().map(|problem| problem.code).collect();
        let of_refusals = table.split("fn code(").nth(1).unwrap().split("\n    }").next().unwrap();
        for code in of_refusals.split('"').skip(1).step_by(2) {
            assert_eq!(codes.iter().filter(|known| **known == code).count(), 1, "{code}");
        }
    }
}
