//! What the fuzzers begin with, and what they ever found, through their own targets: seeds are good or bad as their names
//! say, and what was found is found no more.

use std::{
    collections::BTreeSet,
    fs,
    panic::catch_unwind,
    path::{Path, PathBuf},
};

#[path = "../../fuzz/src/lib.rs"]
mod targets;

use targets::{TARGETS, Target};

/// `fuzz/…`
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(name)
}

/// The names of what is in a folder, sorted; nothing where there is no such folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeSet::new() };
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Runs a target, and tells which input it was where that panics.
fn try_on(target: Target, input: &Path) -> bool {
    let bytes = fs::read(input).unwrap();
    catch_unwind(|| target(&bytes)).unwrap_or_else(|_| panic!("{} shows a mistake", input.display()))
}

#[test]
fn every_seed_is_as_good_as_its_name_says() {
    for (name, target) in TARGETS {
        let seeds = folder("seeds").join(name);
        let (bad, good): (Vec<_>, Vec<_>) = names(&seeds).into_iter().partition(|seed| seed.starts_with("bad-"));
        assert!(good.len() >= 3 && bad.len() >= 3, "{name} has {} good seeds and {} bad ones", good.len(), bad.len());
        for (seeds_of_this_kind, expected) in [(bad, false), (good, true)] {
            for seed in seeds_of_this_kind {
                assert_eq!(try_on(target, &seeds.join(&seed)), expected, "{name}/{seed}");
            }
        }
    }
}

#[test]
fn what_was_found_once_is_found_no_more() {
    for (name, target) in TARGETS {
        let found = folder("found").join(name);
        for input in names(&found) {
            try_on(target, &found.join(&input));
        }
    }
}

#[test]
fn every_target_has_a_program_and_nothing_else_has_seeds() {
    let known: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(&folder("seeds")), known);
    assert!(names(&folder("found")).is_subset(&known));
    let programs: BTreeSet<String> = known.iter().map(|name| format!("{name}.rs")).collect();
    assert_eq!(names(&folder("targets")), programs);
    let manifest = fs::read_to_string(folder("Cargo.toml")).unwrap();
    for name in known {
        assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"targets/{name}.rs\"")), "{name}");
        let program = fs::read_to_string(folder("targets").join(format!("{name}.rs"))).unwrap();
        assert!(program.contains(&format!("oauthprovider_fuzz::{name}::is_good(data)")), "{name}");
    }
}
