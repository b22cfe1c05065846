//! What must hold of a malformed request's refusal: it is one of those that a request can earn by its shape alone, and
//! it can be sent in a body and in a header, whatever the request held.

use oauthprovider::oauth1::{Problem, header, parse_urlencoded};

/// The refusal neither breaks out of its header nor grows with the request.
pub fn is_safe_to_send(problem: &Problem) {
    assert!(
        matches!(
            problem,
            Problem::ParameterRejected { .. }
                | Problem::ParameterAbsent(_)
                | Problem::NothingSigned
                | Problem::VersionRejected
                | Problem::SignatureMethodRejected
        ),
        "{problem:?} was decided by the shape of a request"
    );
    let fields: Vec<_> = problem.fields().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    assert_eq!(parse_urlencoded(problem.body().as_bytes()).as_ref(), Ok(&fields));
    let challenge = problem.challenge("forge");
    assert_eq!(header::parse(challenge.as_bytes()).as_ref(), Ok(&fields));
    assert!(challenge.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{challenge:?}");
    assert!(challenge.len() < 4_000, "{} bytes of challenge", challenge.len());
}
