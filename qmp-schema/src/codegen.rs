//! The generator: from a checked schema to Rust source, the same for build scripts and for `schema!`.
//!
//! It writes text and formats it while writing: neither route has to build `syn` or a formatter, and the macro passes the
//! text to the compiler's own lexer in one call.

mod alternate;
mod branch;
mod builtin;
mod case;
mod client;
mod command;
mod config;
mod context;
mod conversion;
mod docs;
mod enumeration;
mod equality;
mod event;
mod expanded_copy;
mod expansion;
mod links;
mod names;
mod object;
mod other_version;
mod output;
mod parameters;
mod prelude;
mod reach;
mod record;
mod recursion;
mod server;
mod setters;
mod signature;
mod tables;
mod types;
mod union;

use std::path::Path;
use std::sync::Arc;

pub use config::{Config, Side};
pub(crate) use expanded_copy::EXPAND;
pub use expansion::Expansion;
pub(crate) use expansion::{Tail, write};
pub use other_version::OtherVersion;

use crate::diagnostic::{Diagnostics, Report, Rule, WrongOption};
use crate::import::open;
use crate::introspect::json::list;
use crate::introspect::{Introspection, TypeNames};
use crate::merge::{LabelledSchema, StringOrEnum, merge};
use crate::model::{Condition, Definition, Object, Schema, TypeId, TypeKind, has_feature};
use crate::options::LoadOptions;
use crate::select::matches_pattern;
use crate::source::Span;
use context::{Arguments, Context, Scope};
use equality::Floating;
use names::Names;
use output::{Code, line};
use reach::{Built, branches, reach};
use record::Record;
use recursion::Recursion;

impl Config {
    /// Loads the schema at `path`, or what `query-qmp-schema` returned, and [further versions](Self::also), and generates their
    /// Rust.
    ///
    /// # Errors
    ///
    /// If a schema is rejected, if an option does not fit it, if versions have no common type, or if the copy that the
    /// environment variable `QMP_EXPAND` asks for cannot be written.
    pub fn expand(&self, path: impl AsRef<Path>) -> Result<Expansion, Report> {
        let path = path.as_ref();
        let schema = open(path, &LoadOptions::default())?.schema;
        let expansion = match self.also.is_empty() {
            true => self.expand_schema(schema)?,
            false => {
                let label = self.version.clone().unwrap_or_else(|| other_version::label(path));
                let others = self.also.iter().map(OtherVersion::open).collect::<Result<_, _>>()?;
                self.expand_versions(LabelledSchema::new(label, schema), others)?
            }
        };
        expanded_copy::save(path, &expansion.items)?;
        Ok(expansion)
    }

    /// Generates the Rust of a schema that is already loaded, to be written to a file.
    ///
    /// # Errors
    ///
    /// As for [`generate`](Self::generate).
    pub fn expand_schema(&self, schema: Schema) -> Result<Expansion, Report> {
        let files = schema.sources.files().iter().map(|file| file.path.clone()).collect();
        Ok(Expansion { items: self.generate(schema)?, files, runtime: self.runtime.clone() })
    }

    /// Generates the Rust of several versions of a schema that are already loaded, as [`also`](Self::also) describes. The main
    /// one comes first.
    ///
    /// # Errors
    ///
    /// As for [`generate`](Self::generate), if the [side](Self::side) is not the client's, or if versions have no common type.
    pub fn expand_versions(&self, main: LabelledSchema, others: Vec<LabelledSchema>) -> Result<Expansion, Report> {
        if self.is_side_chosen && self.side != Side::Client {
            let mut diagnostics = Diagnostics::default();
            let option = others.first().map(|other| WrongOption { name: "also", value: other.label.clone() });
            diagnostics.error(Rule::VersionsOfServer, Span::NONE, &[]).option = option;
            return Err(Report::new(diagnostics, Arc::new(main.schema.sources), Vec::new()));
        }
        let of_client = Self { side: Side::Client, ..self.clone() };
        let main_schema = main.schema.clone();
        let merged = self.merged(main, others)?;
        let files = merged.sources.files().iter().map(|file| file.path.clone()).collect();
        let items = of_client.items(merged, Some(main_schema))?;
        Ok(Expansion { items, files, runtime: self.runtime.clone() })
    }

    /// Merges versions completely, so that no name depends on the selection. Only if they have parts without a common type, what
    /// is not selected is left out first.
    fn merged(&self, main: LabelledSchema, others: Vec<LabelledSchema>) -> Result<Schema, Report> {
        let strings = if self.closed { StringOrEnum::String } else { StringOrEnum::Enum };
        merge(main.clone(), others.clone(), strings).or_else(|_| {
            let selected = |mut version: LabelledSchema| {
                self.selection.restrict(&mut version.schema);
                version
            };
            merge(selected(main), others.into_iter().map(selected).collect(), strings)
        })
    }

    /// Generates the items of a schema that is already loaded.
    ///
    /// # Errors
    ///
    /// If a name or pattern selects nothing, if no condition can have one of the names, or if the schema defines one of QMP's own commands differently from QMP.
    pub fn generate(&self, schema: Schema) -> Result<String, Report> {
        self.items(schema, None)
    }

    /// Generates the items of a schema. `main` is the version whose introspection they have, if the schema was merged.
    fn items(&self, mut schema: Schema, main: Option<Schema>) -> Result<String, Report> {
        let names = Names::new(&schema);
        let wrong_names = self.check_names(&schema);
        self.selection.apply_and_report(&mut schema, wrong_names)?;
        let has_interface = !schema.interface.is_empty();
        let roots = self.roots(&schema);
        // Before the conditions: they do not change what types are called.
        let introspection = self.introspection(&schema, main);
        schema.configure(&self.conditions);
        builtin::check(&schema, self)?;
        let types = reach(&schema, &roots);
        let recursion = Recursion::new(&schema);
        let built = Built::new(&schema, self.side, &roots);
        let branches = branches(&schema);
        let floating = Floating::new(&schema);
        let links = if self.docs { links::links(&schema, &names, &types) } else { Default::default() };
        let has_deprecated = schema.types.iter().any(|ty| has_deprecated_part(&ty.kind));
        let (config, schema, names) = (self, &schema, &names);
        let cx = Context { config, schema, types, names, recursion, built, branches, floating, has_deprecated, links };
        let mut code = Code::default();
        cx.types.iter().for_each(|id| emit_type(&cx, *id, &mut code));
        if has_interface {
            emit_interface(&cx, &introspection, &mut code);
        }
        prelude::emit(&cx, has_interface, &mut code);
        tables::implementations(&cx, &mut code);
        emit_serde(&cx, &mut code);
        Ok(code.finish())
    }

    /// Returns the introspection of the selected commands and events, as the main version has them.
    fn introspection(&self, selected: &Schema, main: Option<Schema>) -> Introspection {
        let new = |schema: &Schema| Introspection::new(schema, &self.conditions, TypeNames::Masked);
        match main {
            Some(mut main) => {
                main.retain_interface_of(selected);
                new(&main)
            }
            None => new(selected),
        }
    }

    /// Reports names that no condition can have, and commands with a descriptor that do not exist.
    fn check_names(&self, schema: &Schema) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        for name in self.conditions.names().filter(|name| !Condition::is_name(name)) {
            let option = WrongOption { name: "conditions", value: name.to_owned() };
            diagnostics.error(Rule::ConditionName, Span::NONE, &[name]).option = Some(option);
        }
        let commands = || schema.commands.iter().map(|command| command.def.name.as_str());
        for pattern in self.fd_commands.iter().filter(|pattern| !commands().any(|name| matches_pattern(pattern, name)))
        {
            let option = WrongOption { name: "fd_commands", value: pattern.clone() };
            diagnostics.wrong_option(Rule::NothingSelected, option, "command", commands());
        }
        diagnostics
    }

    /// Returns the types that are generated for their own sake. A type's own condition decides about these alone: a type that
    /// is used is there.
    fn roots(&self, schema: &Schema) -> Vec<TypeId> {
        let is_admitted = |id: &TypeId| self.conditions.admit(&schema.ty(*id).def.condition);
        self.selection.roots(schema).into_iter().filter(is_admitted).collect()
    }
}

fn has_deprecated_part(kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Enum(kind) => kind.values.iter().any(|value| has_feature(&value.features, "deprecated")),
        TypeKind::Object(object) => object.members.iter().any(|member| has_feature(&member.features, "deprecated")),
        _ => false,
    }
}

/// Commands and events, and both ends of a connection.
fn emit_interface(cx: &Context<'_>, introspection: &Introspection, code: &mut Code) {
    command::emit(cx, code);
    if cx.config.side.has_server() {
        signature::emit(cx, code);
    }
    tables::implementations(cx, code);
    event::emit(cx, code);
    line!(
        code,
        "/// The reply to `query-qmp-schema`: this schema under the conditions that it was generated with, as JSON."
    );
    // A constant's value would be part of its documentation.
    line!(code, "pub static INTROSPECTION: &str = r#\"{}\"#;", list(introspection.entries.iter().cloned()));
    code.gap();
    if cx.config.side.has_client() {
        line!(code, "/// The conditions of the parts of [`INTROSPECTION`], for `schema_changes`.");
        line!(code, "#[doc(hidden)]");
        line!(code, "pub static CONDITIONS: &str = r#\"{}\"#;", introspection.conditions);
        code.gap();
    }
    if cx.config.side.has_server() {
        server::emit(cx, introspection, code);
    }
    if cx.config.side.has_client() {
        event::emit_any(cx, code);
        client::emit(cx, code);
    }
}

fn emit_type(cx: &Context<'_>, id: TypeId, code: &mut Code) {
    let ty = cx.schema.ty(id);
    match &ty.kind {
        TypeKind::Enum(kind) => enumeration::emit(cx, id, kind, code),
        TypeKind::Alternate(alternate) => alternate::emit(cx, id, alternate, code),
        TypeKind::Object(object) => {
            emit_object(cx, id, &ty.def, object, code);
        }
        TypeKind::Builtin(_) | TypeKind::Array(_) => {}
    }
}

fn emit_object<'a>(cx: &Context<'a>, id: TypeId, def: &'a Definition, object: &'a Object, code: &mut Code) {
    let record = Record::new(cx, cx.names.ty(id), Some(id), def, Scope::Root, false);
    record.emit(cx, &docs::definition(cx, def, Scope::Root), None, code);
    if cx.schema.commands.iter().any(|command| command.arguments == Some(id)) {
        record.emit_from_nothing(code);
    }
    if cx.branches.contains(&id) {
        branch::emit(cx, &record, code);
    }
    if let Some(variants) = &object.variants {
        union::emit(cx, id, variants, &record, code);
    }
}

/// `Serialize` and `Deserialize` for types and arguments. The macro expands to nothing if the runtime's feature `serde` is off.
fn emit_serde(cx: &Context<'_>, code: &mut Code) {
    let types = cx.types.iter().map(|id| cx.names.ty(*id));
    let arguments = cx.schema.commands.iter().filter_map(|command| match cx.arguments(command) {
        Arguments::Inline(_) | Arguments::Raw(Some(_)) => Some(cx.names.command(command).arguments.as_str()),
        Arguments::None | Arguments::Raw(None) | Arguments::Named(_) => None,
    });
    code.list(&format!("{}::private::serde_impls! {{", cx.runtime()), &types.chain(arguments).collect::<Vec<_>>(), "}");
}
