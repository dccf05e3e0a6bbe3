//! Copies of the generated Rust for people to read, in the folder that `QMP_EXPAND` names.
//!
//! A copy is called after its schema, `vm.rs`. If copies of several schemas of that name meet in the folder, each is called
//! after its whole path: `home-me-vmm-schema-vm.rs`. The first line of a copy says which schema it is of. The macro and build
//! scripts write from many processes at once, so each writes under its long name first: no copy is ever lost.

use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{self, Component, Path, PathBuf};

use super::expansion::write;
use crate::diagnostic::Report;

/// The environment variable that names the folder.
pub(crate) const EXPAND: &str = "QMP_EXPAND";

/// The first line of a copy, in front of the schema's path.
const HEAD: &str = "// Generated from ";

/// Writes the copy, if the environment asks for it.
pub(super) fn save(schema: &Path, items: &str) -> Result<(), Report> {
    match env::var_os(EXPAND) {
        Some(folder) => save_to(Path::new(&folder), schema, items),
        None => Ok(()),
    }
}

fn save_to(folder: &Path, schema: &Path, items: &str) -> Result<(), Report> {
    let schema = path::absolute(schema).unwrap_or_else(|_| schema.to_owned());
    let (short, long) = (folder.join(short_name(&schema)), folder.join(long_name(&schema)));
    write(&long, &format!("{HEAD}{}\n{items}", schema.display()))?;
    let others = others(folder, &schema);
    // The copies are only for reading: one that another process renames at this moment needs nothing.
    if others.is_empty() {
        let _ = fs::rename(&long, &short);
        return Ok(());
    }
    match origin(&short) {
        Some(of) if of == schema => drop(fs::remove_file(&short)),
        Some(of) => drop(fs::rename(&short, folder.join(long_name(&of)))),
        None => {}
    }
    Ok(())
}

/// Returns the other schemas of the same name that have a copy in the folder.
fn others(folder: &Path, schema: &Path) -> Vec<PathBuf> {
    let Ok(files) = fs::read_dir(folder) else { return Vec::new() };
    let origins = files.filter_map(|file| origin(&file.ok()?.path()));
    origins.filter(|of| of != schema && short_name(of) == short_name(schema)).collect()
}

/// Returns the schema that a copy is of.
fn origin(copy: &Path) -> Option<PathBuf> {
    let mut first = String::new();
    BufReader::new(File::open(copy).ok()?).read_line(&mut first).ok()?;
    first.strip_prefix(HEAD).map(|path| PathBuf::from(path.trim_end()))
}

fn short_name(schema: &Path) -> String {
    format!("{}.rs", schema.file_stem().unwrap_or_default().display())
}

fn long_name(schema: &Path) -> String {
    let part = |part: Component<'_>| match part {
        Component::Normal(part) => Some(part.display().to_string()),
        _ => None,
    };
    let folders: Vec<String> = schema.parent().into_iter().flat_map(Path::components).filter_map(part).collect();
    folders.into_iter().chain([short_name(schema)]).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{HEAD, save_to};

    fn copies(folder: &Path) -> Vec<(String, String)> {
        let read = |file: std::io::Result<fs::DirEntry>| {
            let file = file.unwrap();
            let text = fs::read_to_string(file.path()).unwrap();
            let (head, items) = text.split_once('\n').unwrap();
            assert!(head.starts_with(HEAD), "{head}");
            (file.file_name().display().to_string(), items.to_owned())
        };
        let mut copies: Vec<_> = fs::read_dir(folder).unwrap().map(read).collect();
        copies.sort();
        copies
    }

    #[test]
    fn copies_of_equal_names_are_kept_apart_whatever_their_order() {
        let schemas = [("/a/vm.json", "a"), ("/b/c/vm.json", "b"), ("/b/other.json", "other")];
        let expected = [("a-vm.rs", "a"), ("b-c-vm.rs", "b"), ("other.rs", "other")];
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let folder = tempfile::tempdir().unwrap();
            let save = |index: usize| save_to(folder.path(), Path::new(schemas[index].0), schemas[index].1).unwrap();
            save(order[0]);
            assert_eq!(copies(folder.path()).len(), 1);
            // Everything is generated again: the names stay.
            for _ in 0..2 {
                order.iter().copied().for_each(save);
                let expected = expected.map(|(name, items)| (name.to_owned(), items.to_owned()));
                assert_eq!(copies(folder.path()), expected, "{order:?}");
            }
        }
    }

    #[test]
    fn a_copy_is_called_after_its_schema() {
        let folder = tempfile::tempdir().unwrap();
        for items in ["one", "two"] {
            save_to(folder.path(), Path::new("/a/vm.json"), items).unwrap();
            assert_eq!(copies(folder.path()), [("vm.rs".to_owned(), items.to_owned())]);
        }
    }
}
