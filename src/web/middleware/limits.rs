//! How much of a request is read before it is refused: 16 KiB of head, 256 KiB of body.
//!
//! The body is read here, once, for every route; handlers and plugins find it in memory. A body that is too large is
//! drained for a while before the refusal goes out, because a client that still writes would see a reset connection
//! instead of the answer.

use std::time::Duration;

use actix_web::{
    Error, HttpMessage,
    body::{EitherBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::{Version, header},
    middleware::Next,
    web::{Bytes, BytesMut},
};
use std::{future::poll_fn, pin::Pin};

use super::super::Failure;

/// The most bytes of a body.
pub const LARGEST_BODY: usize = 256 * 1024;
/// The most bytes of request line and headers together.
const LARGEST_HEAD: usize = 16 * 1024;
/// How much of a body that is too large is thrown away, in the hope that the client then reads the refusal.
const MOST_DRAINED: usize = 16 * 1024 * 1024;
/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// Refuses what is over the limits, and reads the body.
pub async fn limits<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let outcome = match check_head(&request) {
        Ok(()) => read_body(&mut request, LARGEST_BODY).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(body) => {
            leave_word_of(&request, body);
            next.call(request).await.map(ServiceResponse::map_into_left_body)
        }
        Err(failure) => Ok(request.error_response(failure).map_into_right_body()),
    }
}

/// The body of a request, for whoever has to say afterwards what arrived.
pub struct Arrived(pub Bytes);

fn leave_word_of(request: &ServiceRequest, body: Bytes) {
    if !body.is_empty() {
        request.extensions_mut().insert(Arrived(body));
    }
}

/// Counts request line and headers as they stood on the wire.
fn check_head(request: &ServiceRequest) -> Result<(), Failure> {
    let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    let line = request.method().as_str().len() + target + " HTTP/1.1\r\n ".len();
    if line > LARGEST_HEAD {
        return Err(Failure::LineTooLong(LARGEST_HEAD));
    }
    let headers: usize =
        request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len()).sum();
    if line + headers > LARGEST_HEAD { Err(Failure::HeadTooLarge(LARGEST_HEAD)) } else { Ok(()) }
}

/// Reads the whole body and puts it back, so that whoever comes next finds it unread.
///
/// # Errors
/// [`Failure::BodyTooLarge`] over `limit` bytes, whether they came or were announced alone; [`Failure::BodyIncomplete`]
/// when it breaks off or takes too long.
pub async fn read_body(request: &mut ServiceRequest, limit: usize) -> Result<Bytes, Failure> {
    if has_no_body(request) {
        // Nor is one waited for: to a request that would upgrade the connection the rest of it looks like a body.
        request.set_payload(Payload::None);
        return Ok(Bytes::new());
    }
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    let announced = announced.unwrap_or(0);
    if announced > MOST_DRAINED {
        // It would not be drained to its end anyway, so nothing of it is waited for.
        return Err(Failure::BodyTooLarge(limit));
    }
    let mut payload = request.take_payload();
    let reading = collect(&mut payload, limit, announced);
    let body = match tokio::time::timeout(BODY_TIMEOUT, reading).await {
        Ok(Err(Failure::BodyIncomplete)) | Err(_) if announced > limit => Err(Failure::BodyTooLarge(limit)),
        Ok(outcome) => outcome,
        Err(_) => Err(Failure::BodyIncomplete),
    }?;
    request.set_payload(Payload::from(body.clone()));
    Ok(body)
}

/// In HTTP/1 a request's body has its length or its encoding announced (RFC 9112, section 6.3).
fn has_no_body(request: &ServiceRequest) -> bool {
    let headers = request.headers();
    request.version() <= Version::HTTP_11
        && !headers.contains_key(header::CONTENT_LENGTH)
        && !headers.contains_key(header::TRANSFER_ENCODING)
}

async fn collect(payload: &mut Payload, limit: usize, announced: usize) -> Result<Bytes, Failure> {
    let mut body = BytesMut::with_capacity(announced.min(limit));
    let mut read = 0_usize;
    while let Some(chunk) = next_chunk(payload).await {
        let chunk = chunk.map_err(|_| Failure::BodyIncomplete)?;
        read = read.saturating_add(chunk.len());
        if read <= limit {
            body.extend_from_slice(&chunk);
        } else if read > MOST_DRAINED {
            break;
        }
    }
    if read > limit { Err(Failure::BodyTooLarge(limit)) } else { Ok(body.freeze()) }
}

async fn next_chunk(payload: &mut Payload) -> Option<Result<Bytes, actix_web::error::PayloadError>> {
    poll_fn(|context| futures_core::Stream::poll_next(Pin::new(&mut *payload), context)).await
}
