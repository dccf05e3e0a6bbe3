use examples::qmp::{SchemaInfo, SchemaInfoMetaType};
use qmp_schema::model::Conditions;
use qmp_schema::{TypeNames, introspect};
use serde_json::{Value, json};

use crate::support::{Vm, schema};

/// What a server says about itself.
struct Entries(Vec<Value>);

impl Entries {
    fn of(vm: &Vm) -> Self {
        match vm.raw().ask(r#"{"execute":"query-qmp-schema"}"#)["return"].take() {
            Value::Array(entries) => Self(entries),
            other => panic!("not a list: {other}"),
        }
    }

    fn get(&self, name: &Value) -> &Value {
        self.0.iter().find(|entry| entry["name"] == *name).unwrap_or_else(|| panic!("no entry {name}"))
    }
}

#[test]
fn the_server_shows_its_schema() {
    let expected = introspect(&schema(), &Conditions::Everything, TypeNames::Masked);
    let expected: Value = serde_json::from_str(&expected).unwrap();
    assert_eq!(Value::Array(Entries::of(&Vm::start()).0), expected);
}

/// By hand, from the schema: a few entries of each kind.
#[test]
fn entries_are_as_the_reference_has_them() {
    let entries = Entries::of(&Vm::start());

    let eject = entries.get(&json!("eject"));
    assert_eq!(eject["meta-type"], "command");
    assert_eq!(eject.get("allow-oob"), None);
    let arguments = entries.get(&eject["arg-type"]);
    let expected = json!({"name": eject["arg-type"], "meta-type": "object", "members": [
        {"name": "device", "type": "str", "default": null, "features": ["deprecated"]},
        {"name": "id", "type": "str", "default": null},
        {"name": "force", "type": "bool", "default": null},
    ]});
    assert_eq!(*arguments, expected);
    let nothing = entries.get(&eject["ret-type"]);
    assert_eq!(*nothing, json!({"name": eject["ret-type"], "meta-type": "object", "members": []}));

    let add = entries.get(&json!("blockdev-add"));
    let options = entries.get(&add["arg-type"]);
    assert_eq!(options["tag"], "driver");
    let cases: Vec<_> = options["variants"].as_array().unwrap().iter().map(|variant| &variant["case"]).collect();
    assert_eq!(cases, ["file", "null-co", "qcow2", "raw"]);
    let raw = entries.get(&options["variants"][3]["type"]);
    let members: Vec<_> = raw["members"].as_array().unwrap().iter().map(|member| &member["name"]).collect();
    assert_eq!(members, ["file", "offset", "size"], "those of the base first");
    assert_eq!(raw["members"][1]["type"], "int", "all integers are one");
    let reference = entries.get(&raw["members"][0]["type"]);
    assert_eq!(reference["meta-type"], "alternate");
    assert_eq!(reference["members"], json!([{"type": add["arg-type"]}, {"type": "str"}]));

    let status = entries.get(&entries.get(&json!("query-status"))["ret-type"]);
    let states = entries.get(&status["members"][1]["type"]);
    assert_eq!(states["values"].as_array().unwrap().len(), 16);
    assert_eq!(states["members"][11], json!({"name": "running"}));

    let moved = entries.get(&entries.get(&json!("DEVICE_TRAY_MOVED"))["arg-type"]);
    assert_eq!(moved["members"][2], json!({"name": "tray-open", "type": "bool"}));
    assert_eq!(*entries.get(&json!("[str]")), json!({"name": "[str]", "meta-type": "array", "element-type": "str"}));
    assert_eq!(*entries.get(&json!("int")), json!({"name": "int", "meta-type": "builtin", "json-type": "int"}));
}

#[test]
fn the_typed_client_reads_it() {
    let entries = Vm::start().query_qmp_schema().unwrap();
    let find = |name: &str| entries.iter().find(|entry: &&SchemaInfo| entry.name == name).unwrap();
    let SchemaInfoMetaType::Command(migrate) = &find("migrate").meta_type else { panic!("not a command") };
    let SchemaInfoMetaType::Object(arguments) = &find(&migrate.arg_type).meta_type else { panic!("not an object") };
    assert_eq!(arguments.members[0].name, "uri");
    assert_eq!(arguments.members[0].default, None);
    let SchemaInfoMetaType::Command(eject) = &find("eject").meta_type else { panic!("not a command") };
    let SchemaInfoMetaType::Object(arguments) = &find(&eject.arg_type).meta_type else { panic!("not an object") };
    assert_eq!(arguments.members[0].default, Some(Value::Null), "there, and null");
}
