//! How much of a request is read before it is refused: 16 KiB of head, 256 KiB of body.
//!
//! The body is read here, once, for every route; handlers and plugins find it in memory. A body that is too large is
//! drained for a while before the refusal goes out, because a client that still writes would see a reset connection
//! instead of the answer.
//!
//! A signed form is held several times over while it is judged: as it came, taken apart, and in the base string. So only a
//! few large ones are let in at a time; the others wait where they are, unread, and cost nothing.

use std::time::Duration;

use actix_web::{
    Error, HttpMessage,
    body::{EitherBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::{Version, header},
    middleware::Next,
    web::{Bytes, BytesMut},
};
use std::{future::poll_fn, pin::Pin, sync::Arc};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::super::Failure;

/// The most bytes of a body.
pub const LARGEST_BODY: usize = 256 * 1024;
/// The most bytes of request line and headers together.
const LARGEST_HEAD: usize = 16 * 1024;
/// How much of a body that is too large is thrown away, in the hope that the client then reads the refusal.
const MOST_DRAINED: usize = 16 * 1024 * 1024;
/// How long a body may take to arrive, and how long a large one waits for its turn.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);
/// The most bytes of a body that needs no turn.
const SMALL_BODY: usize = 16 * 1024;
/// So many larger ones are in memory at once: some twenty mebibytes, while requests with one are rare.
const LARGE_BODIES: usize = 16;

/// The turns of large bodies; clones share them.
#[derive(Clone)]
pub struct LargeBodies(Arc<Semaphore>);

impl Default for LargeBodies {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(LARGE_BODIES)))
    }
}

impl LargeBodies {
    /// Refuses what is over the limits, and reads the body; a large one keeps its turn until it is answered.
    pub async fn limit<B: MessageBody + 'static>(
        self,
        mut request: ServiceRequest,
        next: Next<B>,
    ) -> Result<ServiceResponse<EitherBody<B>>, Error> {
        match self.admit(&mut request).await {
            Ok(turn) => {
                let answer = next.call(request).await.map(ServiceResponse::map_into_left_body);
                drop(turn);
                answer
            }
            Err(failure) => Ok(request.error_response(failure).map_into_right_body()),
        }
    }

    async fn admit(&self, request: &mut ServiceRequest) -> Result<Option<OwnedSemaphorePermit>, Failure> {
        check_head(request)?;
        let turn = if may_be_large(request) { Some(self.turn().await?) } else { None };
        let body = read_body(request, LARGEST_BODY).await?;
        leave_word_of(request, body);
        Ok(turn)
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, Failure> {
        let turn = timeout(BODY_TIMEOUT, Arc::clone(&self.0).acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or(Failure::Busy)
    }
}

/// Whether a body is announced that needs a turn, or one whose length is not. What is too large is not kept.
fn may_be_large(request: &ServiceRequest) -> bool {
    let large = SMALL_BODY + 1..=LARGEST_BODY;
    !has_no_body(request) && announced_length(request).is_none_or(|length| large.contains(&length))
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
    let announced = announced_length(request).unwrap_or(0);
    if announced > MOST_DRAINED {
        // It would not be drained to its end anyway, so nothing of it is waited for.
        return Err(Failure::BodyTooLarge(limit));
    }
    let mut payload = request.take_payload();
    let reading = collect(&mut payload, limit, announced);
    let body = match timeout(BODY_TIMEOUT, reading).await {
        Ok(Err(Failure::BodyIncomplete)) | Err(_) if announced > limit => Err(Failure::BodyTooLarge(limit)),
        Ok(outcome) => outcome,
        Err(_) => Err(Failure::BodyIncomplete),
    }?;
    request.set_payload(Payload::from(body.clone()));
    Ok(body)
}

fn announced_length(request: &ServiceRequest) -> Option<usize> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// In HTTP/1 a request's body has its length or its encoding announced (RFC 9112, section 6.3).
fn has_no_body(request: &ServiceRequest) -> bool {
    let headers = request.headers();
    request.version() <= Version::HTTP_11
        && !headers.contains_key(header::CONTENT_LENGTH)
        && !headers.contains_key(header::TRANSFER_ENCODING)
}

async fn collect(payload: &mut Payload, limit: usize, announced: usize) -> Result<Bytes, Failure> {
    // What is announced to be too large is read to its end, and nothing of it is kept.
    let kept = if announced > limit { 0 } else { limit };
    let mut body = BytesMut::with_capacity(announced.min(kept));
    let mut read = 0_usize;
    while let Some(chunk) = next_chunk(payload).await {
        let chunk = chunk.map_err(|_| Failure::BodyIncomplete)?;
        read = read.saturating_add(chunk.len());
        if read <= kept {
            body.extend_from_slice(&chunk);
        } else if read > MOST_DRAINED {
            break;
        }
    }
    if read > kept { Err(Failure::BodyTooLarge(limit)) } else { Ok(body.freeze()) }
}

async fn next_chunk(payload: &mut Payload) -> Option<Result<Bytes, actix_web::error::PayloadError>> {
    poll_fn(|context| futures_core::Stream::poll_next(Pin::new(&mut *payload), context)).await
}
