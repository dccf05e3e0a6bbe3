//! Prints the commands of a server with their arguments, and its events, from `query-qmp-schema`.
//!
//!     cargo run --example introspect [ADDRESS]

use std::collections::BTreeMap;

use examples::qmp::blocking::Client;
use examples::qmp::{SchemaInfo, SchemaInfoMetaType, SchemaInfoObject};
use qmp_types::Result;

fn main() -> Result<()> {
    let entries = Entries::new(Client::connect(examples::address())?.query_qmp_schema()?);
    for entry in entries.0.values() {
        match &entry.meta_type {
            SchemaInfoMetaType::Command(command) => {
                let (arguments, result) = (entries.members(&command.arg_type), entries.describe(&command.ret_type));
                println!("command {}({arguments}) -> {result}", entry.name);
            }
            SchemaInfoMetaType::Event(event) => println!("event {}({})", entry.name, entries.members(&event.arg_type)),
            _ => {}
        }
    }
    Ok(())
}

/// The entries of a server's introspection data, by name.
struct Entries(BTreeMap<String, SchemaInfo>);

impl Entries {
    fn new(entries: Vec<SchemaInfo>) -> Self {
        Self(entries.into_iter().map(|entry| (entry.name.clone(), entry)).collect())
    }

    /// The members of an object type; optional ones in brackets.
    fn members(&self, name: &str) -> String {
        let Some(SchemaInfoMetaType::Object(object)) = self.0.get(name).map(|entry| &entry.meta_type) else {
            return String::new();
        };
        let mut members = self.own_members(object);
        members.extend(object.tag.as_ref().map(|tag| format!("... by {tag}")));
        members.join(", ")
    }

    fn own_members(&self, object: &SchemaInfoObject) -> Vec<String> {
        let member = |name: &str, type_: &str, optional| match optional {
            true => format!("[{name}: {}]", self.describe(type_)),
            false => format!("{name}: {}", self.describe(type_)),
        };
        object.members.iter().map(|info| member(&info.name, &info.type_, info.default.is_some())).collect()
    }

    /// A short description of a type. (Names of types are numbers in introspection data.)
    #[expect(deprecated, reason = "servers before QEMU 7.0 have the values only here")]
    fn describe(&self, name: &str) -> String {
        match self.0.get(name).map(|entry| &entry.meta_type) {
            Some(SchemaInfoMetaType::Builtin(_)) => name.to_owned(),
            Some(SchemaInfoMetaType::Enum(values)) => values.values.join("|"),
            Some(SchemaInfoMetaType::Array(array)) => format!("[{}]", self.describe(&array.element_type)),
            Some(SchemaInfoMetaType::Object(object)) => {
                let members: Vec<_> = object.members.iter().map(|member| member.name.as_str()).collect();
                format!("{{{}}}", members.join(", "))
            }
            Some(SchemaInfoMetaType::Alternate(alternate)) => {
                let kinds: Vec<_> = alternate.members.iter().map(|member| self.describe(&member.type_)).collect();
                kinds.join(" or ")
            }
            _ => "?".to_owned(),
        }
    }
}
