//! How the service leaves: what it does between SIGTERM and its end, so that nobody who sent a request is left without an
//! answer.
//!
//! Whoever keeps a connection for later, as proxies do, may be sending on it at any moment. If it is closed instead, they
//! cannot know whether the request was acted on, and a signed one cannot be sent twice. The same holds for who has
//! connected and still waits in the queue of the listening socket. So before the server is stopped, which closes both:
//!
//! 1. Every answer says that its connection ends with it, and `/readyz` says that this instance goes.
//! 2. Connections that are kept are left alone until those who keep them close them, by a last request or because nothing
//!    is sent; proxies are to give them up sooner than [`KEPT`] (`docs/operations.md`).
//! 3. For a moment nobody is let in, so that who connects gets no answer, has sent nothing, goes elsewhere and stays away for
//!    a while. Then who is in the queue after all is served.

use std::{
    cell::Cell,
    io,
    net::TcpListener,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use actix_web::dev::{ServerHandle, ServiceRequest};
use socket2::SockRef;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    time::sleep,
};

/// How long connections are left to those who keep them.
const KEPT: Duration = Duration::from_secs(5);
/// How long nobody is let in: more than proxies wait for a connection (`docs/operations.md`).
const TURNED_AWAY: Duration = Duration::from_millis(500);
/// How long who is in the queue may take to be served at least: a packet that was turned away is repeated meanwhile.
const LAST_ONES: Duration = Duration::from_millis(300);
/// The same at most. Together it is less than the second that proxies stay away, and after which TCP tries again.
const VERY_LAST: Duration = Duration::from_millis(450);
/// How often it is looked whether the wait is over.
const LOOK: Duration = Duration::from_millis(10);

/// Whether the service is leaving, and who would notice.
#[derive(Clone, Default)]
pub struct Leaving(Arc<State>);

#[derive(Default)]
struct State {
    begun: AtomicBool,
    /// Open connections.
    open: AtomicUsize,
    /// Those that were answered on, and may be sent on again.
    kept: AtomicUsize,
}

/// An open connection.
pub struct Open {
    leaving: Leaving,
    kept: Cell<bool>,
}

/// The signals that end the service: SIGTERM, after which it leaves, and those that do not wait.
pub struct Signals {
    leave: Signal,
    interrupt: Signal,
    quit: Signal,
}

impl Leaving {
    /// Whether the service was told to go.
    pub fn has_begun(&self) -> bool {
        self.0.begun.load(SeqCst)
    }

    /// Takes note of a new connection, which is open for as long as what is given back.
    pub fn opened(&self) -> Rc<Open> {
        self.0.open.fetch_add(1, SeqCst);
        Rc::new(Open { leaving: self.clone(), kept: Cell::new(false) })
    }

    /// Leaves, as far as it goes before the server is stopped.
    async fn leave(&self, listener: &TcpListener, server: &ServerHandle) {
        self.0.begun.store(true, SeqCst);
        // Once is waited in any case: an answer may be on its way that was made before.
        wait_until(|| self.0.kept.load(SeqCst) == 0, LOOK, KEPT).await;
        // The queue has one place now. Whoever takes it waits there, and all others get no answer.
        if let Err(error) = SockRef::from(listener).listen(0) {
            tracing::warn!(error = %error, "the queue of the listening socket is not shortened");
        }
        server.pause().await;
        sleep(TURNED_AWAY).await;
        server.resume().await;
        wait_until(|| self.0.open.load(SeqCst) == 0, LAST_ONES, VERY_LAST).await;
    }
}

impl Open {
    /// The connection of a request that just came.
    pub fn asked_on(request: &ServiceRequest) -> Option<Rc<Self>> {
        let connection = request.conn_data::<Rc<Self>>()?;
        connection.keep(false);
        Some(Rc::clone(connection))
    }

    /// Takes note of the answer, and says whether it is the last on this connection.
    pub fn answered(&self) -> bool {
        let is_last = self.leaving.has_begun();
        self.keep(!is_last);
        is_last
    }

    fn keep(&self, keep: bool) {
        match (self.kept.replace(keep), keep) {
            (false, true) => self.leaving.0.kept.fetch_add(1, SeqCst),
            (true, false) => self.leaving.0.kept.fetch_sub(1, SeqCst),
            (false, false) | (true, true) => return,
        };
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.keep(false);
        self.leaving.0.open.fetch_sub(1, SeqCst);
    }
}

impl Signals {
    /// From here on these signals do not end the process by themselves.
    ///
    /// # Errors
    /// When the system does not hand them over.
    pub fn take() -> io::Result<Self> {
        let [leave, interrupt, quit] =
            [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::quit()].map(signal);
        Ok(Self { leave: leave?, interrupt: interrupt?, quit: quit? })
    }

    /// Ends the server when told to. `listener` is the socket that it listens on.
    pub async fn obey(mut self, leaving: Leaving, listener: TcpListener, server: ServerHandle) {
        let leave = async {
            self.leave.recv().await;
            tracing::info!("leaving: what is under way is answered");
            leaving.leave(&listener, &server).await;
        };
        let is_in_order = tokio::select! {
            () = leave => true,
            _ = self.interrupt.recv() => false,
            _ = self.quit.recv() => false,
        };
        // Nobody is let in any more when the server has closed its half.
        drop(listener);
        server.stop(is_in_order).await;
    }
}

async fn wait_until(is_over: impl Fn() -> bool, at_least: Duration, at_most: Duration) {
    let began = Instant::now();
    sleep(at_least).await;
    while !is_over() && began.elapsed() < at_most {
        sleep(LOOK).await;
    }
}
