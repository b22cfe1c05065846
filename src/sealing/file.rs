//! The key file: nobody else may read it, and it is never half written.
//!
//! It is written beside its place and then moved there, so that whoever reads it meanwhile finds the old one or the new
//! one. Both are on the disk before anything is sealed with what they hold. Whoever is killed while writing leaves a file with
//! keys beside it, which the next one who replaces the keys removes; what somebody is writing now is locked. Such a file is
//! named after the one that it is written for, so that nobody takes a finished file for it, whatever that is called.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File, Metadata, TryLockError},
    io::{self, ErrorKind, Read, Write},
    os::unix::fs::{MetadataExt, PermissionsExt, fchown},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use super::{KeyError, Keyring};
use crate::secret::Secret;

/// What stands above the keys, for whoever opens the file.
const HEAD: &str = "\
# The server key of oauthprovider. Secrets in its database are sealed with the newest one, which stands first; those
# below it open what is not sealed with the newest one yet. Without this file the secrets are lost; who has this file
# and the database has them all. Keep a copy of it, and never beside a copy of the database.
";

/// The rights of others, none of which they may have.
const OTHERS: u32 = 0o077;

/// Reads a key file; `None` where there is no file.
pub(super) fn read(path: &Path) -> Result<Option<Keyring>, KeyError> {
    let unreadable = |error: io::Error| KeyError::Unreadable(path.to_owned(), error.to_string());
    match path.metadata() {
        Ok(about) if about.is_file() => {}
        // To open a pipe is to wait for somebody who writes into it.
        Ok(_) => return Err(KeyError::NoRegularFile(path.to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if about.mode() & OTHERS != 0 {
        return Err(KeyError::OpenToOthers(path.to_owned(), about.mode() & 0o777));
    }
    // Room for all of it: a text that grows would leave its beginning behind in memory.
    let mut text = String::with_capacity(usize::try_from(about.len()).unwrap_or(0).saturating_add(1));
    file.read_to_string(&mut text).map_err(unreadable)?;
    let text = Secret::new(text);
    Keyring::parse(text.expose()).map(Some).map_err(|reason| KeyError::Unreadable(path.to_owned(), reason))
}

/// Makes a key file for its owner alone. False: there is one already, and it stays.
///
/// # Errors
/// [`KeyError::Unwritable`].
pub fn create(path: &Path, ring: &Keyring) -> Result<bool, KeyError> {
    let made = beside(path, ring, None).and_then(|(written, folder)| match written.persist_noclobber(path) {
        Ok(_) => flush(&folder).map(|()| true),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error.error),
    });
    made.map_err(|error| KeyError::Unwritable(path.to_owned(), error.to_string()))
}

/// Puts other keys into a key file, whose owner and mode stay.
pub(super) fn replace(path: &Path, ring: &Keyring) -> Result<(), KeyError> {
    let replaced = path.canonicalize().and_then(|path| {
        let about = path.metadata()?;
        let (written, folder) = beside(&path, ring, Some(&about))?;
        written.persist(&path)?;
        flush(&folder)?;
        remove_what_was_left(&path, &folder);
        Ok(())
    });
    replaced.map_err(|error| KeyError::Unwritable(path.to_owned(), error.to_string()))
}

/// A file with these keys beside the place where it belongs, on the disk; and the folder.
fn beside(path: &Path, ring: &Keyring, like: Option<&Metadata>) -> io::Result<(NamedTempFile, PathBuf)> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // For its owner alone from the beginning.
    let mut written = tempfile::Builder::new().prefix(&unfinished(path)).tempfile_in(folder)?;
    // Where a file system knows no locks, nobody is kept from removing it, and then it is not moved to its place either.
    written.as_file().try_lock().ok();
    if let Some(like) = like {
        let own = written.as_file().metadata()?;
        if (own.uid(), own.gid()) != (like.uid(), like.gid()) {
            fchown(written.as_file(), Some(like.uid()), Some(like.gid()))?;
        }
        written.as_file().set_permissions(PermissionsExt::from_mode(like.mode() & 0o777))?;
    }
    written.write_all(text_of(ring).expose().as_bytes())?;
    written.as_file().sync_all()?;
    Ok((written, folder.to_owned()))
}

/// How the names of the files begin that are written for this one: with more than all of its name.
fn unfinished(path: &Path) -> OsString {
    [OsStr::new("."), path.file_name().unwrap_or_default(), OsStr::new(".unfinished-")].into_iter().collect()
}

/// Removes what others left who were killed while they wrote this file.
fn remove_what_was_left(path: &Path, folder: &Path) {
    let unfinished = unfinished(path);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_one = entry.file_name().as_encoded_bytes().starts_with(unfinished.as_encoded_bytes());
        if !is_one || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let path = entry.path();
        let removed = File::open(&path).and_then(|file| match file.try_lock() {
            Ok(()) => fs::remove_file(&path),
            Err(TryLockError::WouldBlock) => Ok(()),
            Err(TryLockError::Error(error)) => Err(error),
        });
        match removed {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                tracing::warn!(file = %path.display(), error = %error, "a file with server keys in it was left, and cannot be removed");
            }
            Ok(()) | Err(_) => {}
        }
    }
}

/// Until its folder is on the disk too, a file may be gone after a power cut.
fn flush(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn text_of(ring: &Keyring) -> Secret {
    const LINE: usize = 65;
    let mut text = String::with_capacity(HEAD.len() + LINE * ring.keys().count());
    text.push_str(HEAD);
    for key in ring.keys() {
        text.push_str(key.digits().expose());
        text.push('\n');
    }
    Secret::new(text)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::sealing::ServerKey;

    fn ring() -> Keyring {
        Keyring::new(ServerKey::random().unwrap())
    }

    fn names(ring: &Keyring) -> Vec<String> {
        ring.keys().map(|key| key.name().to_string()).collect()
    }

    #[test]
    fn a_file_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("forge.key");
        assert!(read(&path).unwrap().is_none());
        let first = ring();
        assert!(create(&path, &first).unwrap());
        assert!(!create(&path, &ring()).unwrap());
        assert_eq!(path.metadata().unwrap().mode() & 0o777, 0o600);
        assert_eq!(names(&read(&path).unwrap().unwrap()), names(&first));
        assert_eq!(folder.path().read_dir().unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn other_keys_leave_its_mode_as_it_was_and_a_link_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("forge.key"), folder.path().join("link"));
        create(&path, &ring()).unwrap();
        fs::set_permissions(&path, PermissionsExt::from_mode(0o400)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let both = ring().with(ServerKey::random().unwrap());
        replace(&link, &both).unwrap();
        assert!(link.is_symlink());
        assert_eq!(path.metadata().unwrap().mode() & 0o777, 0o400);
        assert_eq!(names(&read(&link).unwrap().unwrap()), names(&both));
    }

    #[test]
    fn what_is_no_regular_file_is_refused_and_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(Command::new("mkfifo").args(["-m", "600"]).arg(&pipe).status().unwrap().success());
        for path in [&pipe, folder.path()] {
            let told = read(path).unwrap_err().to_string();
            assert!(told.contains("no regular file"), "{told}");
        }
    }

    #[test]
    fn what_was_left_by_who_was_killed_is_removed_by_the_next_and_what_is_being_written_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("forge.key");
        create(&path, &ring()).unwrap();
        let left = beside(&path, &ring(), None).unwrap().0.into_temp_path();
        let (written, _) = beside(&path, &ring(), None).unwrap();
        replace(&path, &ring()).unwrap();
        assert!(!left.exists() && written.path().exists());
        written.persist(&path).unwrap();
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn nothing_finished_is_removed_whatever_it_is_called() {
        let folder = tempfile::tempdir().unwrap();
        let names = [".server-key-main", ".server-key-b", "b", ".b.unfinished", ".a.unfinished-a1B2c3"];
        let paths = names.map(|name| folder.path().join(name));
        for path in &paths {
            create(path, &ring()).unwrap();
        }
        for path in &paths {
            let other = ring();
            replace(path, &other).unwrap();
            assert_eq!(self::names(&read(path).unwrap().unwrap()), self::names(&other));
        }
        assert_eq!(folder.path().read_dir().unwrap().count(), names.len());
    }

    #[test]
    fn a_file_that_others_may_read_is_refused_with_its_repair() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("forge.key");
        create(&path, &ring()).unwrap();
        for mode in [0o640, 0o604, 0o610, 0o666] {
            fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
            let told = read(&path).unwrap_err().to_string();
            assert!(told.contains(&format!("{mode:o}")) && told.contains("chmod 600"), "{told}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told_without_what_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("forge.key");
        create(&path, &ring()).unwrap();
        fs::write(&path, "5ecret").unwrap();
        let told = read(&path).unwrap_err().to_string();
        assert!(told.contains("forge.key") && !told.contains("5ecret"), "{told}");
    }
}
