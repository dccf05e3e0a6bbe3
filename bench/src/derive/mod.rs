//! The baseline: the same types and the same surface with serde derive, as an experienced author would write them.
//!
//! It emits the types that `qmp_schema` emits, with `#[derive(Serialize, Deserialize)]`: open enums by an `untagged` last variant, unions by `flatten` and `tag`, alternates by `untagged`; a client method and a handler method
//! per command; all events. The code it needs at run time is `runtime.rs`, written by hand.

mod commands;
mod names;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use qmp_schema::model::{Builtin, Command, Event, Schema, TypeId, TypeKind};
use quote::{format_ident, quote};

pub use names::snake;

/// Rust source for the commands named (with the types they reach), or for the complete schema. The module expects
/// [`RUNTIME`] as `super::runtime`.
pub fn emit(schema: &Schema, selection: Option<&[&str]>) -> String {
    let emitter = Emitter::new(schema, selection);
    let types = emitter.reached().into_iter().map(|id| types::definition(&emitter, id));
    let commands =
        [commands::markers, commands::client, commands::handler, commands::events].map(|part| part(&emitter));
    let file = quote! {
        use super::runtime::{respond, Client, Command, Empty, Error, Request};
        use ::serde::{Deserialize, Serialize};
        #(#types)*
        #(#commands)*
    };
    prettyplease::unparse(&syn::parse2(file).expect("the emitter writes Rust"))
}

/// The hand-written code that emitted code stands on.
pub const RUNTIME: &str = include_str!("../runtime.rs");

/// Knows the schema, the selection and what implicit types are called.
struct Emitter<'a> {
    schema: &'a Schema,
    commands: Vec<&'a Command>,
    events: Vec<&'a Event>,
    implicit: BTreeMap<TypeId, String>,
}

impl<'a> Emitter<'a> {
    fn new(schema: &'a Schema, selection: Option<&[&str]>) -> Self {
        let selected = |name: &str| selection.is_none_or(|names| names.contains(&name));
        let commands: Vec<_> = schema.commands.iter().filter(|command| selected(&command.def.name)).collect();
        let events: Vec<_> = schema.events.iter().filter(|event| selected(&event.def.name)).collect();
        let arguments = commands.iter().map(|command| (command.arguments, format!("{}-args", command.def.name)));
        let data = events.iter().map(|event| (event.arguments, format!("{}-data", event.def.name.to_lowercase())));
        let implicit = arguments
            .chain(data)
            .filter_map(|(id, name)| {
                Some((id.filter(|id| schema.ty(*id).def.name.starts_with("q_obj_"))?, names::pascal(&name)))
            })
            .collect();
        Self { schema, commands, events, implicit }
    }

    /// Every type that the commands and events reach and that needs a definition.
    fn reached(&self) -> BTreeSet<TypeId> {
        let mut reached = BTreeSet::new();
        let commands = self.commands.iter().flat_map(|command| [command.arguments, command.returns]);
        let mut open: Vec<_> = commands.chain(self.events.iter().map(|event| event.arguments)).flatten().collect();
        while let Some(id) = open.pop() {
            if reached.insert(id) {
                open.extend(self.named_by(id));
            }
        }
        reached.retain(|id| !matches!(self.schema.ty(*id).kind, TypeKind::Builtin(_) | TypeKind::Array(_)));
        reached
    }

    /// The types that a type's definition names. A union's tag is among its members.
    fn named_by(&self, id: TypeId) -> Vec<TypeId> {
        match &self.schema.ty(id).kind {
            TypeKind::Builtin(_) | TypeKind::Enum(_) => Vec::new(),
            TypeKind::Array(element) => vec![*element],
            TypeKind::Alternate(alternate) => alternate.branches.iter().map(|branch| branch.ty).collect(),
            TypeKind::Object(object) => {
                let members = self.schema.members(id).into_iter().map(|member| member.ty);
                members.chain(object.variants.iter().flat_map(|v| v.branches.iter().map(|branch| branch.ty))).collect()
            }
        }
    }

    /// Whether a value of type `outer` may have one of type `inner` in it other than behind a list.
    fn holds(&self, outer: TypeId, inner: TypeId) -> bool {
        let (mut seen, mut open) = (BTreeSet::new(), vec![outer]);
        while let Some(id) = open.pop() {
            if id == inner {
                return true;
            }
            if seen.insert(id) && !matches!(self.schema.ty(id).kind, TypeKind::Array(_)) {
                open.extend(self.named_by(id));
            }
        }
        false
    }

    /// Whether the type is the arguments of a command with `gen: false`, which takes what the schema does not name.
    fn keeps_extra(&self, id: TypeId) -> bool {
        self.commands.iter().any(|command| command.arguments == Some(id) && !command.generate)
    }

    /// The name of a type that has a definition.
    fn name(&self, id: TypeId) -> Ident {
        match self.implicit.get(&id) {
            Some(name) => format_ident!("{name}"),
            None => format_ident!("{}", names::type_name(&self.schema.ty(id).def.name)),
        }
    }

    /// The Rust type as it stands in the definition of `owner`: boxed if it is recursive.
    fn member_type(&self, owner: TypeId, id: TypeId) -> TokenStream {
        let ty = self.rust_type(id);
        if self.holds(id, owner) { quote!(::std::boxed::Box<#ty>) } else { ty }
    }

    /// The Rust type of a schema type.
    fn rust_type(&self, id: TypeId) -> TokenStream {
        match &self.schema.ty(id).kind {
            TypeKind::Builtin(builtin) => scalar(*builtin),
            TypeKind::Array(element) => {
                let element = self.rust_type(*element);
                quote!(::std::vec::Vec<#element>)
            }
            TypeKind::Enum(_) | TypeKind::Object(_) | TypeKind::Alternate(_) => {
                let name = self.name(id);
                quote!(#name)
            }
        }
    }
}

fn scalar(builtin: Builtin) -> TokenStream {
    match builtin {
        Builtin::Str => quote!(::std::string::String),
        Builtin::Number => quote!(f64),
        Builtin::Int | Builtin::Int64 => quote!(i64),
        Builtin::Int8 => quote!(i8),
        Builtin::Int16 => quote!(i16),
        Builtin::Int32 => quote!(i32),
        Builtin::Uint8 => quote!(u8),
        Builtin::Uint16 => quote!(u16),
        Builtin::Uint32 => quote!(u32),
        Builtin::Uint64 | Builtin::Size => quote!(u64),
        Builtin::Bool => quote!(bool),
        Builtin::Integer => quote!(::serde_json::Number),
        Builtin::Any => quote!(::serde_json::Value),
        Builtin::Null => quote!(()),
    }
}
