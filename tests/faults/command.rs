//! The scripts and system programs that break things.

use std::{path::Path, process::Command};

/// Runs one of the repository's scripts, and gives what it printed.
#[track_caller]
pub fn script(name: &str, words: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(root.join("tests").join(name)).args(words).current_dir(root).output().unwrap();
    assert!(output.status.success(), "{name} {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

/// A small file system in memory, which is full when it is full. Unmounted when this is dropped.
pub struct SmallDisk {
    folder: String,
}

impl SmallDisk {
    /// Of so many mebibytes, in this folder, which belongs to whom it belonged to.
    pub fn at(folder: &str, mebibytes: usize) -> Self {
        let owner = script("as-root", &["stat", "--format=%u:%g", folder]);
        let (user, group) = owner.split_once(':').unwrap();
        let options = format!("size={mebibytes}m,mode=700,uid={user},gid={group}");
        script("as-root", &["mount", "-t", "tmpfs", "-o", &options, "tmpfs", folder]);
        Self { folder: folder.to_owned() }
    }

    fn ballast(&self) -> String {
        format!("{}/ballast", self.folder)
    }

    /// Fills what is left to the last byte.
    pub fn fill(&self) {
        // `dd` ends with a failure when there is no more room: that is what it is for here.
        script("as-root", &["sh", "-c", "dd if=/dev/zero of=\"$0\" bs=4k 2>/dev/null || true", &self.ballast()]);
    }

    /// Gives the room back.
    pub fn empty(&self) {
        script("as-root", &["rm", "-f", &self.ballast()]);
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        script("as-root", &["umount", "--lazy", &self.folder]);
    }
}
