//! An `Authorization` header. What is read can be written, and is then read again as the same.

use oauthprovider::oauth1::{Authorization, header, is_oauth_request};

use super::refusal;

/// Whether these bytes are a header that can be read.
pub fn is_good(data: &[u8]) -> bool {
    let authorization = Authorization::from_iter([data]);
    assert_eq!(is_oauth_request(authorization, None, None), authorization.is_oauth());
    match header::parse(data) {
        Ok(pairs) => {
            assert!(authorization.is_oauth(), "read, although it is of another scheme");
            for realm in [None, Some("a \"forge\" \\ of\r\nours")] {
                let written = header::write(realm, &pairs);
                assert!(written.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{written:?}");
                assert_eq!(header::parse(written.as_bytes()).as_ref(), Ok(&pairs), "{written:?}");
            }
            true
        }
        Err(problem) => {
            refusal::is_safe_to_send(&problem);
            false
        }
    }
}
