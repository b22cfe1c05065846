//! Where a running program has its keyring from. It looks there again when it meets a key that it does not know, so that
//! a rotation needs no restart.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use parking_lot::RwLock;

use super::{Guessable, KeyName, Keyring, Place, ServerKey, Unopened, file};
use crate::secret::{NoRandomness, Secret};

/// Where the server keys are.
#[derive(Debug, Clone)]
pub enum Source {
    /// They were given, by an environment variable for instance.
    Given(Keyring),
    /// In this file.
    File(PathBuf),
    /// Nobody said where.
    Nowhere,
}

/// The server keys of a running program. Cheap to clone; clones share what they have read.
#[derive(Clone)]
pub struct Keys(Arc<Shared>);

struct Shared {
    source: Source,
    ring: RwLock<Option<Arc<Keyring>>>,
}

/// Why there is no key, or not the one that is needed. None of it shows a key.
#[derive(Debug, Clone, thiserror::Error)]
pub enum KeyError {
    /// Nobody said where the keys are.
    #[error(
        "there is no server key, and the secrets in the database are kept sealed with one: make one with `oauthprovider \
         server-key new FILE`, and name the file as database.server_key_file or OAUTHPROVIDER_DATABASE_SERVER_KEY_FILE"
    )]
    Nowhere,
    /// The file is not there.
    #[error("{}: there is no such file; `oauthprovider server-key new {}` makes a server key", .0.display(), .0.display())]
    NoFile(PathBuf),
    /// The file is not there, and another one would not do.
    #[error(
        "{}: there is no such file, and the secrets in the database are sealed with the server key {}; put the file with \
         that key back in its place", .0.display(), .1
    )]
    Lost(PathBuf, KeyName),
    /// Others may read the file.
    #[error("{}: others may read the server key (mode {:o}); repair it with `chmod 600 {}`", .0.display(), .1, .0.display())]
    OpenToOthers(PathBuf, u32),
    /// There is something else than a file, such as a pipe.
    #[error("{}: this is no regular file, and a server key is read from nothing else", .0.display())]
    NoRegularFile(PathBuf),
    /// The file cannot be read, or not be understood.
    #[error("{}: the server key cannot be read: {}", .0.display(), .1)]
    Unreadable(PathBuf, String),
    /// The file cannot be written.
    #[error("{}: the server key cannot be written: {}", .0.display(), .1)]
    Unwritable(PathBuf, String),
    /// The keys are others than the one that is needed.
    #[error("the secrets in the database are sealed with the server key {0}, which is not in {1}")]
    NotThere(KeyName, String),
    /// There is no file to put a new key into.
    #[error(
        "the server key was given, so the next one has to be given too: put 64 new digits (`openssl rand -hex 32`) and \
         a comma in front of it in OAUTHPROVIDER_DATABASE_SERVER_KEY of every instance, restart them, and run this again"
    )]
    NotInFile,
    /// What was sealed does not open.
    #[error("a secret does not open: {0}")]
    Unopened(#[from] Unopened),
    /// The system has no randomness to give.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

impl Keys {
    /// The keys of a source; it is read when a key is needed first.
    pub fn of(source: Source) -> Self {
        Self(Arc::new(Shared { source, ring: RwLock::new(None) }))
    }

    /// Seals a text for its place with the key of this name.
    ///
    /// # Errors
    /// [`KeyError`] when that key is not to be had.
    pub fn seal(&self, name: KeyName, place: Place<'_>, text: &Secret) -> Result<String, KeyError> {
        self.with(name)?.seal(name, place, text)?.ok_or_else(|| self.not_there(name))
    }

    /// Opens what was sealed for its place.
    ///
    /// # Errors
    /// [`KeyError`]: its key is not to be had, or it was not sealed for this place.
    pub fn open(&self, place: Place<'_>, sealed: &str) -> Result<Secret, KeyError> {
        let name = Keyring::name_in(sealed)?;
        Ok(self.with(name)?.open(place, sealed)?)
    }

    /// A hash of a text that can be guessed, with the key of this name.
    ///
    /// # Errors
    /// [`KeyError`] when that key is not to be had.
    pub fn hash(&self, name: KeyName, what: Guessable, text: &str) -> Result<String, KeyError> {
        self.with(name)?.hash(name, what, text).ok_or_else(|| self.not_there(name))
    }

    /// Its hashes with this key and with all others that are at hand, as it may have been hashed before this one came.
    ///
    /// # Errors
    /// [`KeyError`] when that key is not to be had.
    pub fn hashes(&self, name: KeyName, what: Guessable, text: &str) -> Result<Vec<String>, KeyError> {
        Ok(self.with(name)?.hashes(what, text))
    }

    /// Makes sure that the key of this name is to be had.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn expect(&self, name: KeyName) -> Result<(), KeyError> {
        self.with(name).map(drop)
    }

    /// The ring, read from its source now.
    ///
    /// What was read before is kept behind it: somebody may still have to open what the newest keys were not there for.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn read(&self) -> Result<Arc<Keyring>, KeyError> {
        let read = match &self.0.source {
            Source::Given(ring) => ring.clone(),
            Source::File(path) => file::read(path)?.ok_or_else(|| KeyError::NoFile(path.clone()))?,
            Source::Nowhere => return Err(KeyError::Nowhere),
        };
        Ok(self.keep(read))
    }

    /// Makes sure that there is a key file, if a file is the source, and reads it.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn read_or_create(&self) -> Result<Arc<Keyring>, KeyError> {
        if let Source::File(path) = &self.0.source
            && !path.exists()
            && file::create(path, &Keyring::new(ServerKey::random()?))?
        {
            tracing::debug!(server_key.file = %path.display(), "made a server key");
        }
        self.read()
    }

    /// Puts a new key in front of those in the file.
    ///
    /// # Errors
    /// [`KeyError::NotInFile`], and what happens with files.
    pub fn add(&self) -> Result<KeyName, KeyError> {
        let (path, ring) = self.file()?;
        let ring = ring.with(ServerKey::random()?);
        file::replace(path, &ring)?;
        Ok(self.keep(ring).newest())
    }

    /// Takes the keys that are older than this one out of the file. Keys that were given are left to who gave them.
    ///
    /// # Errors
    /// What happens with files.
    pub fn forget_older_than(&self, name: KeyName) -> Result<(), KeyError> {
        match self.file() {
            Ok((path, ring)) => file::replace(path, &ring.without_older_than(name)),
            Err(KeyError::NotInFile) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn file(&self) -> Result<(&Path, Keyring), KeyError> {
        match &self.0.source {
            Source::File(path) => Ok((path, file::read(path)?.ok_or_else(|| KeyError::NoFile(path.clone()))?)),
            Source::Given(_) => Err(KeyError::NotInFile),
            Source::Nowhere => Err(KeyError::Nowhere),
        }
    }

    fn keep(&self, read: Keyring) -> Arc<Keyring> {
        let mut kept = self.0.ring.write();
        let ring = Arc::new(match &*kept {
            Some(known) => read.joined(known),
            None => read,
        });
        *kept = Some(Arc::clone(&ring));
        ring
    }

    /// The ring, read again where it lacks this key.
    fn with(&self, name: KeyName) -> Result<Arc<Keyring>, KeyError> {
        if let Some(known) = self.0.ring.read().clone()
            && known.has(name)
        {
            return Ok(known);
        }
        let read = self.read().map_err(|error| match error {
            // Another file would not do.
            KeyError::NoFile(path) => KeyError::Lost(path, name),
            other => other,
        })?;
        if read.has(name) { Ok(read) } else { Err(self.not_there(name)) }
    }

    fn not_there(&self, name: KeyName) -> KeyError {
        KeyError::NotThere(name, self.0.source.to_string())
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Given(_) => f.write_str("what was given as database.server_key"),
            Self::File(path) => path.display().fmt(f),
            Self::Nowhere => f.write_str("a place that anybody named"),
        }
    }
}
