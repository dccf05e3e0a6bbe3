//! A schema from what a running server says about itself: the list that `query-qmp-schema` returns.
//!
//! The list becomes text in the QAPI language, with names for its types, and that goes the way of every other schema: what
//! introspection leaves out (names, documentation, conditions) is all that such a schema lacks.

mod absent;
mod blame;
mod capture;
mod dump;
mod entry;
mod names;
mod qapi;
mod read;
mod refusals;
mod tidy;
mod uses;

use std::path::Path;

use crate::diagnostic::Report;
use crate::load;
use crate::model::{Builtin, Schema, TypeKind};
use crate::options::LoadOptions;
use crate::schema::{Loaded, load_text};
use crate::source::SourceMap;
use dump::Dump;
use names::Names;
use refusals::Refusals;

/// Loads a file that is a schema in the QAPI language or [introspection](is_introspection).
///
/// # Errors
///
/// As [`load`](crate::load()) and [`import`].
pub fn open(path: impl AsRef<Path>, options: &LoadOptions) -> Result<Loaded, Report> {
    let path = path.as_ref();
    open_text(&path.display().to_string(), &load::text(path)?, options)
}

/// [`open`] for a text that is there already. Messages call it `name`.
///
/// # Errors
///
/// As [`open`].
pub fn open_text(name: &str, text: &str, options: &LoadOptions) -> Result<Loaded, Report> {
    match is_introspection(text) {
        true => import(name, text),
        false => load_text(name, text, options),
    }
}

/// Whether a text is what a server told of itself, not a schema in the QAPI language: the list that `query-qmp-schema` returned,
/// the reply with it, or all that the server sent. Told by how it begins: a list with double quotes, or an object that has a key
/// of QMP's messages (`QMP`, `return`, `error`, `timestamp`, `execute`, `exec-oob`).
#[must_use]
pub fn is_introspection(text: &str) -> bool {
    capture::is_capture(text)
}

/// Makes a schema of what `query-qmp-schema` returned, as JSON text: the list, the reply or a recorded session. Messages call
/// it `name`.
///
/// A server may have been built without any branch of an alternate or union: the schema lacks them, which no text in the
/// language could say. Types are named by where they are first used: what `query-block` returns is a `BlockInfo`. All integers are
/// [`Builtin::Integer`], for a server does not tell how wide they are.
///
/// # Errors
///
/// All entries that are not as QEMU writes them, and all that no schema could have been the origin of; the first 100.
pub fn import(name: &str, text: &str) -> Result<Loaded, Report> {
    let (dump, sources) = read(name, text)?;
    let names = Names::new(&dump);
    let written = qapi::write(&dump, &names);
    let mut loaded = load_text(name, &written.text, &LoadOptions::default())
        .map_err(|report| blame::errors(&report, &written, &dump, &names).report(sources))?;
    widen_integers(&mut loaded.schema);
    absent::drop(&mut loaded.schema, &dump, &names);
    Ok(loaded)
}

/// The schema that [`import`] makes, as text in the QAPI language. Where the language wants a branch or a value and the server
/// has none, one stands in, and a comment says so.
///
/// # Errors
///
/// As [`import`].
pub fn qapi_from_introspection(name: &str, text: &str) -> Result<String, Report> {
    let loaded = import(name, text)?;
    Ok(loaded.schema.sources.files().iter().map(|file| &*file.text).collect())
}

/// The list that [`import`] reads, its entries and their names as they are, in the style of [`introspect`](crate::introspect).
///
/// # Errors
///
/// As [`import`].
pub fn tidy_introspection(name: &str, text: &str) -> Result<String, Report> {
    import(name, text)?;
    Ok(tidy::list(&capture::entries(text).unwrap_or_default()))
}

fn read(name: &str, text: &str) -> Result<(Dump, SourceMap), Report> {
    let mut sources = SourceMap::default();
    let file = sources.add(name.into(), text.into(), None);
    let mut refusals = Refusals::default();
    let dump = Dump::new(read::entries(file, text, &mut refusals), &mut refusals);
    if refusals.is_empty() { Ok((dump, sources)) } else { Err(refusals.report(sources)) }
}

fn widen_integers(schema: &mut Schema) {
    for ty in &mut schema.types {
        if let TypeKind::Builtin(builtin @ Builtin::Int) = &mut ty.kind {
            *builtin = Builtin::Integer;
        }
    }
}
