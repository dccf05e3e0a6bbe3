//! Makes a schema of introspection data: the list that a server returns for `query-qmp-schema`.
//!
//! [`capture`] finds the list in a text, [`read`] reads its entries, [`resolved`] looks up the names in them. [`definitions`] turns
//! the entries into definitions, which pass the same checks as those of a schema file. [`names`] then names the types.
//! Documentation and conditions are not part of introspection.

mod capture;
mod conditional;
mod definitions;
mod entry;
mod errors;
mod format;
mod names;
mod read;
mod resolved;

use std::collections::HashSet;
use std::path::Path;

use crate::diagnostic::{Diagnostics, Report};
use crate::load::{self, Files};
use crate::lower::Lowering;
use crate::model::{Builtin, ObjectOrigin, Schema, TypeId, TypeKind};
use crate::options::LoadOptions;
use crate::schema::{Loaded, load_text, lower_and_check};
use crate::source::{SourceMap, Span};
use conditional::Conditional;
use entry::Kind;
use errors::Errors;
use names::Names;
use resolved::Resolved;

/// Loads a file that is a schema in the QAPI language or [introspection data](is_introspection).
///
/// # Errors
///
/// The same as [`load`](crate::load()) and [`import`].
pub fn open(path: impl AsRef<Path>, options: &LoadOptions) -> Result<Loaded, Report> {
    let path = path.as_ref();
    open_text(&path.display().to_string(), &load::text(path)?, options)
}

/// Loads a text that is a schema in the QAPI language or [introspection data](is_introspection). Messages call it `name`.
///
/// # Errors
///
/// The same as [`open`].
pub fn open_text(name: &str, text: &str, options: &LoadOptions) -> Result<Loaded, Report> {
    match is_introspection(text) {
        true => import(name, text),
        false => load_text(name, text, options),
    }
}

/// Returns whether a text is introspection data, not a schema in the QAPI language: the list that `query-qmp-schema` returned,
/// the reply with it, or everything that the server sent. The beginning of the text decides: a list with double quotes, or an
/// object that has a key of QMP's messages (`QMP`, `return`, `error`, `timestamp`, `execute`, `exec-oob`).
#[must_use]
pub fn is_introspection(text: &str) -> bool {
    capture::is_capture(text)
}

/// Makes a schema of introspection data, as JSON text: the list that `query-qmp-schema` returned, the reply with it, or a
/// recorded session, as messages or as `qmp record` writes it. Messages call it `name`.
///
/// Types are named after their first use: `query-block` returns a `BlockInfo`. All integers are [`Builtin::Integer`], because
/// introspection data does not say how wide they are. A server may have been built without any branch of an alternate or union; then the
/// schema lacks them too.
///
/// # Errors
///
/// If entries are not as QEMU writes them, or no schema can have them: the first 100 errors.
pub fn import(name: &str, text: &str) -> Result<Loaded, Report> {
    import_conditionally(name, text, &Conditional::default())
}

/// Makes a schema of introspection data as [`import`] does, in which items have the conditions that
/// [`introspect_conditions`](crate::introspect_conditions) returned for the data.
///
/// ```
/// use qmp_schema::model::Conditions;
/// use qmp_schema::{LoadOptions, TypeNames, import_with_conditions, introspect, introspect_conditions, load_text};
///
/// let text = "{ 'command': 'query-tpm', 'if': 'CONFIG_TPM' }";
/// let schema = load_text("vm.json", text, &LoadOptions::default())?.schema;
/// let introspection = introspect(&schema, &Conditions::Everything, TypeNames::Masked);
/// let conditions = introspect_conditions(&schema, &Conditions::Everything, TypeNames::Masked);
/// let imported = import_with_conditions("vm", &introspection, &conditions)?.schema;
/// assert_eq!(imported.commands[0].def.condition, schema.commands[0].def.condition);
/// # Ok::<(), qmp_schema::Report>(())
/// ```
///
/// # Errors
///
/// The same as [`import`], or if `conditions` is not what that function returns.
pub fn import_with_conditions(name: &str, text: &str, conditions: &str) -> Result<Loaded, Report> {
    match Conditional::read(conditions) {
        Ok(conditional) => import_conditionally(name, text, &conditional),
        Err(error) => {
            let mut sources = SourceMap::default();
            let file = sources.add(name.into(), conditions.into(), None);
            let mut errors = Errors::default();
            errors.add(Span { file, start: 0, end: 0 }, &format!("conditions: {error}"));
            Err(errors.report(sources))
        }
    }
}

fn import_conditionally(name: &str, text: &str, conditional: &Conditional) -> Result<Loaded, Report> {
    let mut sources = SourceMap::default();
    let file = sources.add(name.into(), text.into(), None);
    let mut errors = Errors::default();
    let list = Resolved::new(read::entries(file, text, &mut errors), &mut errors);
    if !errors.is_empty() {
        return Err(errors.report(sources));
    }
    let names = Names::new(&list);
    let (syntax, entries) = definitions::define(&list, &names, conditional, &mut errors);
    let files = Files { syntax, sources: sources.clone(), missing: Vec::new() };
    let (lowered, report) = lower_and_check(files, &LoadOptions::default(), Diagnostics::default());
    errors.extend(&report, &list.entries);
    if !errors.is_empty() {
        return Err(errors.report(sources));
    }
    let types: Vec<(TypeId, usize)> = lowered.entities.iter().zip(entries).filter_map(of_type).collect();
    let mut schema = lowered.into_schema();
    for &(id, index) in &types {
        drop_absent_branches(&mut schema, id, &list.entries[index].kind);
    }
    widen_integers(&mut schema);
    name_types(&mut schema, types.iter().map(|&(id, index)| (id, names.of(index))));
    Ok(Loaded { schema, warnings: report })
}

/// Returns the schema that [`import`] makes, as [text in the QAPI language](Schema::to_qapi).
///
/// # Errors
///
/// The same as [`import`].
pub fn qapi_from_introspection(name: &str, text: &str) -> Result<String, Report> {
    Ok(import(name, text)?.schema.to_qapi())
}

/// Returns the list in introspection data, with its entries and their names as they are, in the style of
/// [`introspect`](crate::introspect).
///
/// # Errors
///
/// The same as [`import`].
pub fn format_introspection(name: &str, text: &str) -> Result<String, Report> {
    import(name, text)?;
    Ok(format::list(&capture::entries(text).unwrap_or_default()))
}

fn of_type((lowering, index): (&Lowering, usize)) -> Option<(TypeId, usize)> {
    match lowering {
        Lowering::Type(id) => Some((*id, index)),
        Lowering::Command(_) | Lowering::Event(_) => None,
    }
}

/// Removes branches that a server was built without. The language has added them, one for every value of the discriminator.
fn drop_absent_branches(schema: &mut Schema, id: TypeId, kind: &Kind) {
    if let (TypeKind::Object(object), Kind::Object(_, Some(variants))) = (&mut schema.types[id.index()].kind, kind) {
        let cases: HashSet<&str> = variants.cases().collect();
        let branches = object.variants.iter_mut().map(|variants| &mut variants.branches);
        branches.for_each(|branches| branches.retain(|branch| cases.contains(&*branch.name)));
    }
}

fn widen_integers(schema: &mut Schema) {
    for ty in &mut schema.types {
        if let TypeKind::Builtin(builtin @ Builtin::Int) = &mut ty.kind {
            *builtin = Builtin::Integer;
        }
    }
}

/// Names types, their bases and their arrays.
fn name_types<'n>(schema: &mut Schema, names: impl Iterator<Item = (TypeId, &'n str)>) {
    for (id, name) in names {
        name.clone_into(&mut schema.types[id.index()].def.name);
        let base = schema.object(id).and_then(|object| object.base);
        if let Some(base) =
            base.filter(|&base| schema.object(base).is_some_and(|base| base.origin == ObjectOrigin::Base))
        {
            schema.types[base.index()].def.name = format!("q_obj_{name}-base");
        }
    }
    for index in 0..schema.types.len() {
        if let TypeKind::Array(element) = schema.types[index].kind {
            schema.types[index].def.name = format!("{}List", schema.ty(element).def.name);
        }
    }
}
