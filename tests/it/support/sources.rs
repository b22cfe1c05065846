//! The sources, as text.

use std::path::Path;

/// All Rust files in a folder of the repository and below it: path from there, and text.
pub fn rust_files(folder: &str) -> Vec<(String, String)> {
    files(folder, "rs")
}

/// The same of all files whose names end in this.
pub fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let (mut folders, mut files) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                let below = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                files.push((below, std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    files
}
