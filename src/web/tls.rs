//! TLS, for those without a proxy in front: the certificate, and reading it again while the service runs.
//!
//! rustls speaks, with `ring` for its cryptography: TLS 1.2 and 1.3, and HTTP/1.1 alone, for which all limits are made.
//! Data that is sent before the handshake is over (0-RTT) is not taken: whoever recorded it could send it again.

mod ending;

use std::{
    fmt, fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use parking_lot::RwLock;
use rustls::{
    InconsistentKeys, ServerConfig,
    crypto::ring,
    pki_types::{
        CertificateDer, PrivateKeyDer,
        pem::{self, PemObject},
    },
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    time::sleep,
};

use crate::{
    clock::{self, UnixSeconds},
    config::TlsFiles,
};

/// How long a client may take for the handshake, until it is let go: as long as for the head of a request.
pub const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(15);

/// How many handshakes a worker begins at once: as many as it has connections, so that those who are slow at it keep
/// nobody out.
pub const MOST_HANDSHAKES: usize = 25_000;

/// How often the files are looked at. Who cannot wait sends SIGHUP.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// How often it is said again that the certificate ends.
const SAID_EVERY_SECONDS: i64 = 86_400;

/// Why there is no TLS with these files; each message begins with the file.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// It is not there, or not for us.
    #[error("{}: cannot be read: {}", .0.display(), .1)]
    Unreadable(PathBuf, io::Error),
    /// A PEM block in it is broken.
    #[error("{}: is not PEM: {}", .0.display(), .1)]
    NotPem(PathBuf, pem::Error),
    /// There is something else in it.
    #[error("{}: there is no certificate in it (a block that begins with -----BEGIN CERTIFICATE-----)", .0.display())]
    NoCertificate(PathBuf),
    /// There is something else in it, or it wants a passphrase.
    #[error("{}: there is no private key in it (a block that begins with -----BEGIN PRIVATE KEY-----, without a passphrase)", .0.display())]
    NoKey(PathBuf),
    /// A key with which TLS cannot be spoken.
    #[error("{}: this private key cannot be used: {}", .0.display(), .1)]
    Key(PathBuf, rustls::Error),
    /// It belongs to another certificate.
    #[error("{}: this is not the private key of the certificate in {}", .0.display(), .1.display())]
    Mismatch(PathBuf, PathBuf),
    /// The certificate cannot be presented.
    #[error("{}: this certificate cannot be used: {}", .0.display(), .1)]
    Certificate(PathBuf, rustls::Error),
}

/// The certificate that clients are shown, with its key.
pub struct Certificate {
    cert: PathBuf,
    key: PathBuf,
    current: RwLock<Current>,
}

struct Current {
    shown: Arc<CertifiedKey>,
    /// When it is no good any more, if that can be read in it.
    ends: Option<UnixSeconds>,
    read_from: [Stamp; 2],
}

/// By what a file is known to be another one, or to have been written.
type Stamp = Option<(u64, i64, i64, u64)>;

impl Certificate {
    /// Reads the files, where there are any.
    ///
    /// # Errors
    /// [`TlsError`].
    pub fn open(files: &TlsFiles) -> Result<Option<Arc<Self>>, TlsError> {
        let (Some(cert), Some(key)) = (files.cert.clone(), files.key.clone()) else { return Ok(None) };
        let current = RwLock::new(read(&cert, &key)?);
        Ok(Some(Arc::new(Self { cert, key, current })))
    }

    /// What the server needs to speak TLS; it always shows the certificate that was read last.
    ///
    /// # Errors
    /// [`TlsError::Certificate`], if `ring` could not speak any TLS.
    pub fn server_config(self: &Arc<Self>) -> Result<ServerConfig, TlsError> {
        let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions();
        let builder = builder.map_err(|error| TlsError::Certificate(self.cert.clone(), error))?;
        Ok(builder.with_no_client_auth().with_cert_resolver(Arc::<Self>::clone(self)))
    }

    /// Reads the files again. If they are no good the old certificate stays.
    ///
    /// # Errors
    /// [`TlsError`].
    pub fn reload(&self) -> Result<(), TlsError> {
        let newer = read(&self.cert, &self.key)?;
        *self.current.write() = newer;
        Ok(())
    }

    /// Reads the files again whenever `hangup` comes, and when they changed; until it is dropped. Where nobody renews them,
    /// their end is said once a day.
    pub async fn keep_fresh(self: Arc<Self>, mut hangup: Option<Signal>) {
        let mut said = clock::now();
        loop {
            let asked = tokio::select! {
                () = heard(&mut hangup) => true,
                () = sleep(LOOK_EVERY) => false,
            };
            if asked || self.has_changed() {
                match self.reload() {
                    Ok(()) => tracing::info!(tls.certificate = %self.cert.display(), "the certificate was read again"),
                    Err(error) => tracing::warn!(error = %error, "the old certificate is kept"),
                }
            }
            let now = clock::now();
            if now.saturating_sub(said) >= SAID_EVERY_SECONDS {
                warn_of_end(&self.cert, self.current.read().ends, now);
                said = now;
            }
        }
    }

    /// Whether either file is another one than was read, or was written since.
    fn has_changed(&self) -> bool {
        self.current.read().read_from != [stamp(&self.cert), stamp(&self.key)]
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.current.read().shown))
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the certificate in {}", self.cert.display())
    }
}

/// The signal that says that there is a new certificate. From here on it does not end the process.
///
/// # Errors
/// When the system does not hand it over.
pub fn hangups() -> io::Result<Signal> {
    signal(SignalKind::hangup())
}

async fn heard(hangup: &mut Option<Signal>) {
    match hangup {
        Some(signal) => drop(signal.recv().await),
        None => std::future::pending().await,
    }
}

fn read(cert: &Path, key: &Path) -> Result<Current, TlsError> {
    // Before they are read: what is written meanwhile is seen the next time.
    let read_from = [stamp(cert), stamp(key)];
    let chain = read_chain(cert)?;
    let secret = PrivateKeyDer::from_pem_slice(&read_file(key)?).map_err(|error| match error {
        pem::Error::NoItemsFound => TlsError::NoKey(key.to_owned()),
        other => TlsError::NotPem(key.to_owned(), other),
    })?;
    let shown = CertifiedKey::from_der(chain, secret, &ring::default_provider()).map_err(|error| match error {
        rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
            TlsError::Mismatch(key.to_owned(), cert.to_owned())
        }
        rustls::Error::InvalidCertificate(_) => TlsError::Certificate(cert.to_owned(), error),
        other => TlsError::Key(key.to_owned(), other),
    })?;
    warn_if_open_to_others(key);
    let ends = ending::of_chain(shown.cert.iter().map(AsRef::as_ref));
    warn_of_end(cert, ends, clock::now());
    Ok(Current { shown: Arc::new(shown), ends, read_from })
}

fn read_chain(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let bytes = read_file(file)?;
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    let chain = chain.map_err(|error| TlsError::NotPem(file.to_owned(), error))?;
    if chain.is_empty() { Err(TlsError::NoCertificate(file.to_owned())) } else { Ok(chain) }
}

fn read_file(file: &Path) -> Result<Vec<u8>, TlsError> {
    fs::read(file).map_err(|error| TlsError::Unreadable(file.to_owned(), error))
}

fn stamp(file: &Path) -> Stamp {
    let found = fs::metadata(file).ok()?;
    Some((found.ino(), found.mtime(), found.mtime_nsec(), found.size()))
}

/// Said, and not refused: where secrets are mounted into a container, their mode is often not for us to choose.
fn warn_if_open_to_others(key: &Path) {
    const OTHERS: u32 = 0o007;
    if fs::metadata(key).is_ok_and(|found| found.mode() & OTHERS != 0) {
        tracing::warn!(tls.key = %key.display(), "everybody on this machine may use the private key: chmod o= takes it from them");
    }
}

fn warn_of_end(cert: &Path, ends: Option<UnixSeconds>, now: UnixSeconds) {
    if let Some(warning) = ends.and_then(|ends| ending::warning(ends, now)) {
        tracing::warn!(tls.certificate = %cert.display(), "{warning}");
    }
}

#[cfg(test)]
mod tests {
    use rcgen::generate_simple_self_signed;
    use rustls::pki_types::CertificateDer;

    use super::*;

    fn write_pair(files: &TlsFiles) -> CertificateDer<'static> {
        let made = generate_simple_self_signed(["forge.example".to_owned()]).unwrap();
        fs::write(files.cert.as_ref().unwrap(), made.cert.pem()).unwrap();
        fs::write(files.key.as_ref().unwrap(), made.signing_key.serialize_pem()).unwrap();
        made.cert.der().clone()
    }

    #[test]
    fn files_that_were_written_since_are_seen_to_be_others_until_they_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| Some(folder.path().join(name));
        let files = TlsFiles { cert: path("cert.pem"), key: path("key.pem") };
        let first = write_pair(&files);
        let certificate = Certificate::open(&files).unwrap().unwrap();
        let shown = || certificate.current.read().shown.cert.clone();
        assert!(!certificate.has_changed());

        // Half of a new pair is no pair; it is looked at again, and what was good is shown meanwhile.
        fs::remove_file(files.key.as_ref().unwrap()).unwrap();
        assert!(certificate.has_changed());
        assert!(matches!(certificate.reload(), Err(TlsError::Unreadable(..))));
        assert!(certificate.has_changed());
        assert_eq!(shown(), [first]);

        let second = write_pair(&files);
        assert!(certificate.has_changed());
        certificate.reload().unwrap();
        assert!(!certificate.has_changed());
        assert_eq!(shown(), [second]);
    }

    #[test]
    fn without_files_there_is_no_tls() {
        assert!(Certificate::open(&TlsFiles::default()).unwrap().is_none());
    }
}
