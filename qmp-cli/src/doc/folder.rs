//! The folder that a manual is written to.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::path::Path;

use super::mark;
use crate::failure::Failure;

/// Writes the files, name and text; takes away those of an earlier manual that are not among them. Nothing is written if a file
/// of somebody else's would be lost.
pub(super) fn write(folder: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::cannot("make", folder, error))?;
    let mut paths = files.iter().map(|(name, _)| folder.join(name));
    if let Some(path) = paths.find(|path| fs::symlink_metadata(path).is_ok() && !mark::is_in(path)) {
        let reason = "the file is there, and not one that `qmp doc` wrote";
        return Err(Failure::cannot("write", &path, reason).help("name another folder, or remove the file"));
    }
    for (name, text) in files {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| Failure::cannot("write", &path, error))?;
    }
    let names: HashSet<&OsStr> = files.iter().map(|(name, _)| OsStr::new(name)).collect();
    let is_old = |entry: &DirEntry| !names.contains(&*entry.file_name()) && mark::is_in(&entry.path());
    let entries = fs::read_dir(folder).map_err(|error| Failure::cannot("read", folder, error))?.flatten();
    for entry in entries.filter(is_old) {
        fs::remove_file(entry.path()).map_err(|error| Failure::cannot("remove", &entry.path(), error))?;
    }
    Ok(())
}
