//! What does a problem mean for who meets it, in a sentence or two?

/// What to do about a refusal of this code, in plain words.
///
/// `clock` is how far the request's time stamp was from the server's clock, where there was one.
pub fn what_to_do(code: &str, clock: Option<i64>) -> String {
    let words = match code {
        "timestamp_refused" => {
            let told = clock.map_or_else(|| "has no readable time stamp".to_owned(), clock_in_words);
            return format!(
                "The request {told}, and 300 seconds are allowed. Set the client's clock (NTP does), and send seconds since \
                 1970 in UTC, not milliseconds. If the clocks agree, the request waited somewhere before it was sent."
            );
        }
        "nonce_used" => {
            "This very request, or another with its nonce and time stamp, was accepted before. Make a new nonce for each \
             request, retries included, and sign again. If nobody repeated it, look for a proxy or a library that sends \
             requests twice, or for two processes whose random numbers begin alike."
        }
        "signature_invalid" => {
            "The signature does not fit what arrived and the secrets that are registered. The lines below say what the \
             client probably did; if they do not, paste the client's own base string."
        }
        "version_rejected" => {
            "oauth_version is 1.0 or left out. Clients that send 1.0A name the specification; its version number is still 1.0."
        }
        "signature_method_rejected" => {
            "Use HMAC-SHA1 or HMAC-SHA256; RSA-SHA1 and RSA-SHA256 work for a tool that registered its public key. PLAINTEXT is \
             for nobody."
        }
        "parameter_absent" => {
            "Something that every request of this kind must carry is missing. If there is no oauth_ parameter at all although \
             the client sent some, a proxy or web server in between took the Authorization header away."
        }
        "parameter_rejected" => {
            "The request is malformed, or a value in it is not acceptable. What the service told the client says which."
        }
        "consumer_key_unknown" => {
            "No tool is registered under this consumer key. Look for a typing error, a key that was cut, or the key of another \
             forge."
        }
        "consumer_key_rejected" => {
            "The tool is registered and disabled. An administrator of the forge enables it on its page, or with \
             oauthprovider consumer enable."
        }
        "consumer_key_refused" => "The tool asked too often. Wait as long as Retry-After says, and ask less.",
        "token_rejected" => {
            "The token is unknown, another tool's, of the other kind (a request token where an access token belongs, or the \
             reverse), was ended by wrong verifiers, or its user is suspended. Start again with a request token."
        }
        "token_used" => {
            "The request token was exchanged already. Use the access token that came of it; if its answer was lost, start again."
        }
        "token_expired" => "The token's time is over. Start again with a request token.",
        "token_revoked" => {
            "The user, or an administrator, took the token back. Forget it, and ask the user to authorize again."
        }
        "permission_unknown" => {
            "The user has not decided yet. Exchange the token when the callback comes, or the code."
        }
        "permission_denied" => {
            "The signature was right, and what was asked for is not granted: either the user said no, or the token's role \
             lacks the right that the answer names in needs."
        }
        "role_not_held" => {
            "The signature was right. The user does not hold the token's role any more; the token works again when they do."
        }
        "forbidden" => {
            "A signed request opens no page: pages are for people at a browser. Call an address of the API, or send no \
             oauth_signature and no OAuth header."
        }
        "body_too_large" => "The body is over 256 KiB. It was not read, and the signature not looked at. Send less.",
        "head_too_large" | "line_too_long" => {
            "Request line and headers are over 16 KiB; the signature was not looked at. Send parameters in a form body instead \
             of the query, and fewer headers: a proxy in between may add some."
        }
        "body_incomplete" => {
            "The body broke off or took too long, so the signature was not looked at. Look at the connection, and at what is in \
             between; Content-Length must say what is sent."
        }
        "too_many_attempts" => {
            "Too many requests came from this address. Wait as long as Retry-After says, and ask less."
        }
        _ => "The answer says what is wrong.",
    };
    words.to_owned()
}

/// A difference of clocks, as "the request" is told it: positive means that the request's clock is ahead.
pub fn clock_in_words(ahead: i64) -> String {
    match ahead {
        0 => "has the time of this server".to_owned(),
        i64::MAX => "has a time stamp that no clock shows".to_owned(),
        ahead if ahead > 0 => format!("is dated {} ahead of this server's clock", duration(ahead)),
        behind => format!("is dated {} behind this server's clock", duration(behind.saturating_neg())),
    }
}

fn duration(seconds: i64) -> String {
    let (unit, size) = match seconds {
        ..120 => return format!("{seconds} s"),
        120..7_200 => ("minutes", 60),
        7_200..172_800 => ("hours", 3_600),
        _ => ("days", 86_400),
    };
    format!("{seconds} s (about {} {unit})", (seconds + size / 2) / size)
}
