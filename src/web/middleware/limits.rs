//! How much of a request is read before it is refused: 16 KiB of head, 256 KiB of body. And what no address can hold.
//!
//! The body is read here, once, for every route; handlers and plugins find it in memory. One that is too large is refused as
//! soon as that is known. What still comes of it is thrown away by the server, for a while, because a client that still writes
//! would see a reset connection instead of the answer.
//!
//! A signed form is held several times over while it is judged: as it came, taken apart, and in the base string. So only a
//! few large ones are read to their end at a time. What is small waits for nobody, and who is slow gives way to who waits.

use std::{future::poll_fn, net::IpAddr, pin::Pin, sync::Arc, time::Duration};

use actix_web::{
    Error, HttpMessage,
    body::{EitherBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::{ConnectionType, Version, header},
    middleware::Next,
    web::{Bytes, BytesMut},
};
use tokio::time::{Instant, timeout};

use super::super::{
    App, Failure, extract,
    turns::{Room, Turn, Turns},
};

/// The most bytes of a body.
pub const LARGEST_BODY: usize = 256 * 1024;
/// The most bytes of request line and headers together.
const LARGEST_HEAD: usize = 16 * 1024;
/// How long a body may take to arrive, and how long a large one waits for its turn.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a large body may take whose turn somebody else waits for, who has fewer.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often it is asked whether somebody does.
const GLANCE: Duration = Duration::from_secs(1);
/// Where addresses of pages begin that hold names.
const NAMED_PAGES: [&str; 2] = ["/projects/", "/users/"];
/// The most bytes of a body that needs no turn.
const SMALL_BODY: usize = 16 * 1024;
/// The turns of large bodies: one that is judged takes some 1,500 KiB, one that waits some 100.
const LARGE_BODIES: Room = Room { at_once: 8, at_once_of_one: 4, queue: 128 };

/// The turns of large bodies, shared by all workers.
pub fn large_bodies() -> Turns {
    Turns::new(LARGE_BODIES)
}

/// Refuses what is over the limits, and reads the body; a large one keeps its turn until it is answered.
pub async fn limit<B: MessageBody + 'static>(
    app: Arc<App>,
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    match admit(&app, &mut request).await {
        Ok(turn) => {
            let answer = next.call(request).await.map(ServiceResponse::map_into_left_body);
            drop(turn);
            answer
        }
        Err(failure) => Ok(hung_up_on(request.error_response(failure)).map_into_right_body()),
    }
}

/// The connection ends with this answer: the buffer that its large head was read into would stay as large.
fn hung_up_on<B>(mut answer: ServiceResponse<B>) -> ServiceResponse<B> {
    answer.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    answer
}

async fn admit(app: &App, request: &mut ServiceRequest) -> Result<Option<Turn>, Failure> {
    check_head(request)?;
    check_path(request)?;
    let from = extract::client_address(request.request(), &app.config.server.trusted_proxies);
    let (body, turn) = read(request, LARGEST_BODY, Some((&app.large_bodies, from))).await?;
    leave_word_of(request, body);
    Ok(turn)
}

/// The body of a request, for whoever has to say afterwards what arrived.
pub struct WholeBody(pub Bytes);

fn leave_word_of(request: &ServiceRequest, body: Bytes) {
    if !body.is_empty() {
        request.extensions_mut().insert(WholeBody(body));
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

/// Nothing here has a NUL in its name, and PostgreSQL cannot even be asked for it. What is signed is told what is wrong with it by
/// whoever reads it.
fn check_path(request: &ServiceRequest) -> Result<(), Failure> {
    let path = request.path();
    let is_page_by_name = NAMED_PAGES.iter().any(|start| path.starts_with(start));
    if is_page_by_name && path.contains("%00") { Err(Failure::NotFound) } else { Ok(()) }
}

/// Reads the whole body and puts it back, so that whoever comes next finds it unread.
///
/// # Errors
/// [`Failure::BodyTooLarge`] over `limit` bytes, whether they came or were announced alone; [`Failure::BodyIncomplete`]
/// when it breaks off or takes too long.
pub async fn read_body(request: &mut ServiceRequest, limit: usize) -> Result<Bytes, Failure> {
    Ok(read(request, limit, None).await?.0)
}

/// The same, with a turn if the body is large; none is waited for where there is nowhere to wait.
async fn read(
    request: &mut ServiceRequest,
    limit: usize,
    waits: Option<(&Turns, Option<IpAddr>)>,
) -> Result<(Bytes, Option<Turn>), Failure> {
    if has_no_body(request) {
        // Nor is one waited for: to a request that would upgrade the connection the rest of it looks like a body.
        request.set_payload(Payload::None);
        return Ok((Bytes::new(), None));
    }
    let announced = announced_length(request).unwrap_or(0);
    if announced > limit {
        return Err(Failure::BodyTooLarge(limit));
    }
    let mut arriving = Arriving::new(request.take_payload());
    let mut body = BytesMut::with_capacity(announced.min(SMALL_BODY));
    while let Some(chunk) = arriving.next().await? {
        let length = body.len().saturating_add(chunk.len());
        if length > limit {
            return Err(Failure::BodyTooLarge(limit));
        }
        if let Some((turns, from)) = waits
            && length > SMALL_BODY
            && arriving.turn.is_none()
        {
            arriving.wait(turns, from).await?;
            body.reserve(announced.saturating_sub(body.len()));
        }
        body.extend_from_slice(&chunk);
    }
    let body = body.freeze();
    request.set_payload(Payload::from(body.clone()));
    Ok((body, arriving.turn))
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

/// A body that comes, in its time.
struct Arriving {
    payload: Payload,
    turn: Option<Turn>,
    /// Since when it may come: since its turn, if it has one.
    since: Instant,
}

impl Arriving {
    fn new(payload: Payload) -> Self {
        Self { payload, turn: None, since: Instant::now() }
    }

    async fn wait(&mut self, turns: &Turns, from: Option<IpAddr>) -> Result<(), Failure> {
        let turn = timeout(BODY_TIMEOUT, turns.take(from)).await;
        self.turn = Some(turn.map_err(|_| Failure::Busy)?.map_err(|_| Failure::Busy)?);
        self.since = Instant::now();
        Ok(())
    }

    /// What comes next.
    async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        loop {
            let took = self.since.elapsed();
            if took > BODY_TIMEOUT {
                return Err(Failure::BodyIncomplete);
            }
            if took > PATIENCE && self.turn.as_ref().is_some_and(Turn::is_wanted) {
                return Err(Failure::Busy);
            }
            let next = poll_fn(|context| futures_core::Stream::poll_next(Pin::new(&mut self.payload), context));
            if let Ok(next) = timeout(GLANCE, next).await {
                return next.transpose().map_err(|_| Failure::BodyIncomplete);
            }
        }
    }
}
