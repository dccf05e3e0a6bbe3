//! Glob imports of a schema that calls types like Rust's prelude.

use serde_json::json;

use super::execute_on;

mod qmp {
    qmp_types::schema!("tests/handlers/prelude.json", side = server);
}

use qmp::prelude::*;

struct Vm;

#[qmp_types::handlers(self::qmp)]
impl Vm {
    /// `String` and `Option` are Rust's.
    #[qmp_command]
    fn echo(&self, text: String, _strings: Option<Vec<qmp::String>>) -> Plain {
        let option = qmp::Option { value: Some(commands::Echo::SPEC.name.to_owned()) };
        Plain::new(qmp::String::new(text), option)
    }
}

#[test]
fn glob_imports_hide_nothing() {
    let expected = json!({"text": {"str": "hello"}, "option": {"value": "echo"}});
    assert_eq!(execute_on(qmp::server(Vm), &[("echo", json!({"text": "hello"}))]), [Ok(expected)]);
}

#[test]
fn names_of_events_are_constants() {
    const NAMES: &[&str] = &[qmp::events::Echoed::NAME];
    assert_eq!(NAMES, ["ECHOED"]);
}
