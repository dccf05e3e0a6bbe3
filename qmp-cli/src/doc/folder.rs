//! The folder that a manual is written to.

use std::ffi::OsStr;
use std::fs::{self, DirEntry, File};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use super::page::mark;
use crate::failure::Failure;

/// As much of a file as has its first two lines, if they are those of a page.
const BEGIN: u64 = 1024;

/// Writes the files, name and text; takes away the pages of an earlier manual that are not among them.
pub(super) fn write(folder: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::cannot("make", folder, error))?;
    for (name, text) in files {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| Failure::cannot("write", &path, error))?;
    }
    let is_new = |entry: &DirEntry| files.iter().any(|(name, _)| OsStr::new(name) == entry.file_name());
    let entries = fs::read_dir(folder).map_err(|error| Failure::cannot("read", folder, error))?.flatten();
    for entry in entries.filter(|entry| !is_new(entry) && is_page(entry)) {
        fs::remove_file(entry.path()).map_err(|error| Failure::cannot("remove", &entry.path(), error))?;
    }
    Ok(())
}

/// Whether this program wrote the file, under this name, as a page of a manual.
fn is_page(entry: &DirEntry) -> bool {
    let name = entry.file_name();
    let Some(name) = name.to_str().filter(|name| name.ends_with(".html")) else { return false };
    let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
    let begin = || Some(BufReader::new(File::open(entry.path()).ok()?.take(BEGIN)));
    let second = || begin()?.lines().map_while(Result::ok).nth(1);
    is_file && second().is_some_and(|line| line == mark(name))
}
