//! The directory that a manual is written to.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::path::Path;

use super::marker;
use crate::failure::Failure;

/// Writes the files, each with name and text, and removes the other files of an earlier manual. Writes nothing if a file that does
/// not belong to a manual would be overwritten.
pub(super) fn write(dir: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    if dir.exists() && !dir.is_dir() {
        return Err(Failure::cannot("write a manual to", dir, "it is not a directory").help("name another directory"));
    }
    fs::create_dir_all(dir).map_err(|error| Failure::cannot("create the directory", dir, error))?;
    let mut paths = files.iter().map(|(name, _)| dir.join(name));
    if let Some(path) = paths.find(|path| fs::symlink_metadata(path).is_ok() && !marker::is_in(path)) {
        let reason = "the file exists and was not written by `qmp doc`";
        return Err(Failure::cannot("write", &path, reason).help("name another directory, or remove the file"));
    }
    for (name, text) in files {
        let path = dir.join(name);
        fs::write(&path, text).map_err(|error| Failure::cannot("write", &path, error))?;
    }
    let names: HashSet<&OsStr> = files.iter().map(|(name, _)| OsStr::new(name)).collect();
    let is_old = |entry: &DirEntry| !names.contains(&*entry.file_name()) && marker::is_in(&entry.path());
    let entries = fs::read_dir(dir).map_err(|error| Failure::cannot("read", dir, error))?.flatten();
    for entry in entries.filter(is_old) {
        fs::remove_file(entry.path()).map_err(|error| Failure::cannot("remove", &entry.path(), error))?;
    }
    Ok(())
}
