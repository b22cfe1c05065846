//! The key file: nobody else may read it, and it is never half written.
//!
//! It is written beside its place and then moved there, so that whoever reads it meanwhile finds the old one or the new
//! one. Both are on the disk before anything is sealed with what they hold.

use std::{
    fs::{File, Metadata},
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
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
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
        flush(&folder)
    });
    replaced.map_err(|error| KeyError::Unwritable(path.to_owned(), error.to_string()))
}

/// A file with these keys beside the place where it belongs, on the disk; and the folder.
fn beside(path: &Path, ring: &Keyring, like: Option<&Metadata>) -> io::Result<(NamedTempFile, PathBuf)> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // For its owner alone from the beginning.
    let mut written = tempfile::Builder::new().prefix(".server-key-").tempfile_in(folder)?;
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
    use std::fs;

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
