//! What a page says of a failure, as the texts call it. Programs are told the same in English, by the failure itself.

use actix_web::ResponseError;

use super::Failure;

impl Failure {
    /// What a page with this failure is headed with.
    pub fn title(&self) -> &'static str {
        match (self, self.status_code().as_u16()) {
            // An operator has to look first.
            (Self::Unopened { .. }, _) | (_, 500) => "wrong-here",
            (_, 400) => "senseless",
            (_, 403) => "not-allowed",
            (_, 404) => "nothing",
            (_, 405) => "not-that-way",
            (_, 410) => "too-late",
            (_, 429) => "too-many",
            (_, 503) => "in-a-moment",
            (_, _) => "did-not-work",
        }
    }

    /// What a page says of this failure: a text, and the name and the number in it. None: nothing but the sentence that this
    /// failure is made of.
    pub fn said(&self) -> Option<(&'static str, String, i64)> {
        let plain = |id| Some((id, String::new(), 0));
        let named = |id, name: &str| Some((id, name.to_owned(), 0));
        let counted = |id, count: usize| Some((id, String::new(), i64::try_from(count).unwrap_or(i64::MAX)));
        match self {
            Self::RoleNotHeld { role, .. } => named("role-not-held", role),
            Self::Lacks { needs, .. } => named("lacks", needs),
            Self::Anonymous => plain("anonymous"),
            Self::OtherSession => plain("other-session"),
            Self::NotFound => plain("not-found"),
            Self::NoSuchRefusal => plain("no-such-refusal"),
            Self::UnsupportedMediaType => plain("media-type"),
            Self::BodyTooLarge(limit) => counted("body-too-large", *limit),
            Self::HeadTooLarge(limit) => counted("head-too-large", *limit),
            Self::LineTooLong(limit) => counted("line-too-long", *limit),
            Self::BodyIncomplete => plain("body-incomplete"),
            Self::MethodNotAllowed(allowed) => named("method", allowed),
            Self::TooManyAttempts { retry_after_seconds } => Some(("too-many", String::new(), *retry_after_seconds)),
            Self::Busy => plain("busy"),
            Self::Unavailable => plain("unavailable"),
            Self::Unopened { reference } => named("unopened", reference),
            Self::Internal { reference } => named("internal", reference),
            Self::Refused(_) | Self::Forbidden(_) | Self::Gone(_) | Self::BadRequest(_) | Self::Invalid { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_words_for_every_failure_that_is_no_sentence_of_its_own() {
        let texts = include_str!("../../../templates/texts/en.ftl");
        let (reference, role) = (String::new(), String::new());
        let failures = [
            Failure::RoleNotHeld { role: role.clone(), full_name: role, reason: None },
            Failure::Lacks { role: None, needs: String::new() },
            Failure::Anonymous,
            Failure::OtherSession,
            Failure::NotFound,
            Failure::NoSuchRefusal,
            Failure::UnsupportedMediaType,
            Failure::BodyTooLarge(7),
            Failure::HeadTooLarge(7),
            Failure::LineTooLong(7),
            Failure::BodyIncomplete,
            Failure::MethodNotAllowed("GET"),
            Failure::TooManyAttempts { retry_after_seconds: 7 },
            Failure::Busy,
            Failure::Unavailable,
            Failure::Unopened { reference: reference.clone() },
            Failure::Internal { reference },
            Failure::Gone("too late"),
            Failure::BadRequest("what?".to_owned()),
            Failure::Forbidden("no"),
        ];
        for failure in failures {
            assert!(texts.contains(&format!("\nproblem-title-{} = ", failure.title())), "{failure:?}");
            if let Some((id, name, count)) = failure.said() {
                let english = texts.split(&format!("\nproblem-{id} = ")).nth(1).unwrap().lines().next().unwrap();
                let said = english.replace("{ $name }", &name).replace("{ $count }", &count.to_string());
                assert_eq!(said, failure.to_string(), "what programs are told");
            }
        }
    }
}
