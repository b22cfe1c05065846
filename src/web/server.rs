//! The running service: an address that is listened to, and what every request passes on its way to its route.

use std::{
    future::Future,
    io,
    net::{SocketAddr, TcpListener},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{HttpServer, dev::ServerHandle, middleware::from_fn};
use socket2::SockRef;

use super::{
    App, PublicUrls, PublicUrlsError,
    leaving::Signals,
    mail,
    middleware::{explained, limit, request_log, security_headers},
    refusals::write_behind,
    routes::routes,
    tls::{self, Certificate, TlsError},
};
use crate::{
    clock, config,
    config::Config,
    forge, provider,
    store::{Store, Transaction, Turn},
};

/// How long a client may take for request line and headers.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// How long a connection without a request is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// How many bytes of a request the system keeps for the server until it reads them: all that is there is read at once, into a
/// buffer that is not made smaller again, so a flood of large requests costs this much and its double for each connection.
const RECEIVED: usize = 8 * 1024;
/// How long a connection lingers after a refusal, so that the client can read it. What a flood left unread is held until then.
const LINGER: Duration = Duration::from_secs(2);

/// Why the service does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened to.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    /// The names of the service make no sense.
    #[error("{0}: {1}")]
    PublicUrls(String, PublicUrlsError),
    /// There is no certificate to speak TLS with.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// A part of the program is broken.
    #[error(transparent)]
    App(#[from] super::AppError),
    /// Serving broke off.
    #[error("the server stopped: {0}")]
    Io(#[from] io::Error),
}

/// How many threads of each worker may wait for the database or hash a password: its part of the connections, and one for each
/// password that is hashed at once. More of them would take memory and nothing else.
fn blocking_threads(config: &Config) -> usize {
    (config.database.pool_size as usize).div_ceil(config.server.workers) + config.server.workers
}

/// A service that is bound to its address and not running yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    /// Where it speaks TLS itself.
    certificate: Option<Arc<Certificate>>,
    app: Arc<App>,
}

impl Server {
    /// Binds the address of the configuration and puts the service together. Connections wait from here on.
    ///
    /// # Errors
    /// [`ServeError`], naming the address, the URL or the file.
    pub fn bind(store: Store, config: Config) -> Result<Self, ServeError> {
        let certificate = Certificate::open(&config.server.tls)?;
        let listen = config.server.listen;
        let listener = TcpListener::bind(listen).map_err(|error| ServeError::Listen(listen, error))?;
        // Connections inherit it.
        SockRef::from(&listener).set_recv_buffer_size(RECEIVED)?;
        let address = listener.local_addr()?;
        let urls = public_urls(&config.server, scheme(certificate.as_ref()), address)
            .map_err(|error| ServeError::PublicUrls(config.server.public_urls_source.clone(), error))?;
        if certificate.is_some() && !urls.canonical().is_https() {
            tracing::warn!(public_url = %urls.canonical(), "TLS is spoken, and signatures over https are none over this URL");
        }
        Ok(Self { listener, address, certificate, app: App::new(store, urls, config)? })
    }

    /// The address that is listened to, with the port that the system chose where none was given.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it answers: scheme and address.
    pub fn base(&self) -> String {
        format!("{}://{}", scheme(self.certificate.as_ref()), self.address)
    }

    /// The canonical public URL.
    pub fn public_url(&self) -> String {
        self.app.public_urls.canonical().to_string()
    }

    /// Starts to serve; the returned server is to be awaited, and its handle stops it. With `signals` it also leaves at
    /// SIGTERM, stops at SIGINT, and reads its certificate again at SIGHUP.
    ///
    /// # Errors
    /// [`ServeError::Io`].
    pub fn start(self, signals: bool) -> Result<Running, ServeError> {
        let server_config = self.app.config.server.clone();
        let app = Arc::clone(&self.app);
        let factory = move || {
            let limited = Arc::clone(&app);
            // The last one named is the first one met.
            actix_web::App::new()
                .configure(routes(&app))
                .wrap(from_fn(move |request, next| limit(Arc::clone(&limited), request, next)))
                .wrap(from_fn(explained))
                .wrap(from_fn(security_headers))
                .wrap(from_fn(request_log))
        };
        let connected = Arc::clone(&self.app);
        let signals = if signals { Some((Signals::take()?, self.listener.try_clone()?)) } else { None };
        let server = HttpServer::new(factory)
            .workers(server_config.workers)
            .worker_max_blocking_threads(blocking_threads(&self.app.config))
            .client_request_timeout(HEAD_TIMEOUT)
            .client_disconnect_timeout(LINGER)
            .keep_alive(KEEP_ALIVE)
            .shutdown_timeout(server_config.shutdown.as_secs())
            .on_connect(move |_, data| drop(data.insert(connected.leaving.opened())))
            .disable_signals()
            .tls_handshake_timeout(tls::HANDSHAKE_TIMEOUT)
            .max_connection_rate(tls::MOST_HANDSHAKES);
        let server = match self.certificate {
            Some(certificate) => {
                let hangups = if signals.is_some() { Some(tls::hangups()?) } else { None };
                let server = server.listen_rustls_0_23(self.listener, certificate.server_config()?)?;
                actix_web::rt::spawn(certificate.keep_fresh(hangups));
                server
            }
            None => server.listen(self.listener)?,
        };
        let server = server.run();
        if let Some((signals, listener)) = signals {
            actix_web::rt::spawn(signals.obey(self.app.leaving.clone(), listener, server.handle()));
        }
        actix_web::rt::spawn(write_behind(Arc::clone(&self.app)));
        actix_web::rt::spawn(sweep(Arc::clone(&self.app)));
        if self.app.post.is_some() {
            actix_web::rt::spawn(mail::look_behind(Arc::clone(&self.app)));
            actix_web::rt::spawn(mail::send_behind(Arc::clone(&self.app)));
        }
        Ok(Running { handle: server.handle(), whole: Box::pin(serve(server, self.app)) })
    }
}

/// A service that runs for as long as this is awaited, from its first poll on.
pub struct Running {
    handle: ServerHandle,
    whole: Pin<Box<dyn Future<Output = io::Result<()>>>>,
}

impl Running {
    /// What stops it.
    pub fn handle(&self) -> ServerHandle {
        self.handle.clone()
    }
}

impl Future for Running {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.whole.as_mut().poll(context)
    }
}

/// Serves to the end, and writes down what was noted until then.
async fn serve(server: actix_web::dev::Server, app: Arc<App>) -> io::Result<()> {
    let ended = server.await;
    match tokio::time::timeout(app.config.database.wait, app.authenticator.write_uses()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(error = %error, "the last uses of tokens are not written"),
        Err(_) => tracing::warn!("the last uses of tokens are not written: the database has gone silent"),
    }
    ended
}

fn scheme(certificate: Option<&Arc<Certificate>>) -> &'static str {
    if certificate.is_some() { "https" } else { "http" }
}

/// The configured names; on a loopback address without any, those by which a local client finds it.
fn public_urls(server: &config::Server, scheme: &str, address: SocketAddr) -> Result<PublicUrls, PublicUrlsError> {
    if !server.public_urls.is_empty() {
        return PublicUrls::parse(server.public_urls.iter().map(String::as_str));
    }
    if !address.ip().is_loopback() {
        return Err(PublicUrlsError::Missing);
    }
    let made_up = [format!("{scheme}://{address}"), format!("{scheme}://localhost:{}", address.port())];
    PublicUrls::parse(made_up.iter().map(String::as_str))
}

/// Forgets what expired, for as long as the service runs. Of several instances one does it at a time; the others look
/// again later.
async fn sweep(app: Arc<App>) {
    loop {
        tokio::time::sleep(app.config.oauth.sweep).await;
        loop {
            let now = clock::now();
            let swept = app
                .store
                .run(move |conn| {
                    let sweep =
                        |tx: &mut Transaction<'_>| forge::session::sweep(tx, now, provider::policy::SWEEP_BATCH);
                    let sessions = conn.write_in_turn(Turn::Sweep, sweep)?;
                    Ok::<_, provider::Error>(sessions.unwrap_or(0) + provider::sweep::batch(conn, now)?)
                })
                .await;
            match swept {
                Ok(0) => break,
                Ok(rows) => app.figures.count_swept(u64::try_from(rows).unwrap_or(u64::MAX)),
                Err(error) => {
                    tracing::warn!(error = %error, "sweeping failed; it goes on later");
                    break;
                }
            }
        }
    }
}
