//! Commands outside of the schema, and commands that are less strict than it.

use qmp_types::{Error, Map, Value, handlers};
use serde_json::json;

use super::execute_on;

mod qmp {
    qmp_types::schema!("tests/handlers/escapes.json", side = server);
}

struct Vm {
    name: String,
}

#[handlers(self::qmp)]
impl Vm {
    #[qmp_command]
    fn rename(&self, to: String, options: Option<qmp::Options>) -> qmp_types::Result<()> {
        Err(Error::generic(format!("{} {to} {}", self.name, options.is_some())))
    }

    #[qmp_command]
    fn stop(&self) {}
}

fn vm() -> Vm {
    Vm { name: "web".to_owned() }
}

fn not_found(command: &str) -> Result<Value, String> {
    Err(format!("The command {command} has not been found"))
}

#[test]
fn commands_outside_of_the_schema_have_a_handler() {
    let server = qmp::server(vm()).announce_commands(["x-echo", "stop"]).fallback(|vm, command| match command.name() {
        "x-echo" => Some(Ok(json!({"name": vm.name, "arguments": command.arguments()}))),
        "x-fail" => Some(Err(Error::new("Vendor", command.context().command_name()))),
        "x-panic" => panic!("a panic of the test"),
        _ => None,
    });
    let commands = [
        ("x-echo", json!({"a": [1, {"b": "\u{e4}"}]})),
        ("x-fail", json!({})),
        ("x-panic", json!({})),
        ("x-none", json!({})),
        ("stop", json!({})),
        ("query-commands", json!({})),
        ("x-off", json!({})),
    ];
    let names = ["qmp_capabilities", "query-commands", "query-qmp-schema", "query-version", "rename", "stop", "x-echo"];
    let expected = [
        Ok(json!({"name": "web", "arguments": {"a": [1, {"b": "\u{e4}"}]}})),
        Err("x-fail".to_owned()),
        Err("The command x-panic failed: its handler panicked".to_owned()),
        not_found("x-none"),
        Ok(json!({})),
        Ok(names.iter().map(|name| json!({"name": name})).collect()),
        Err("Command x-off has been disabled: for the test".to_owned()),
    ];
    assert_eq!(execute_on(server.disable("x-off", "for the test"), &commands), expected);
    assert_eq!(execute_on(qmp::server(vm()), &commands[..1]), [not_found("x-echo")]);
}

#[test]
fn a_command_may_ignore_unknown_arguments() {
    let commands = [
        ("rename", json!({"x": {"y": 1}, "to": "db"})),
        ("rename", json!({"to": "db", "options": {"force": true, "x": 1}})),
        ("stop", json!({"x": 1})),
    ];
    let expected = [
        Err("web db false".to_owned()),
        Err("Parameter 'options.x' is unexpected".to_owned()),
        Err("Parameter 'x' is unexpected".to_owned()),
    ];
    let server = qmp::server(vm()).ignore_unknown_arguments::<qmp::commands::Rename>();
    assert_eq!(execute_on(server, &commands), expected);
}

#[test]
fn a_local_server_has_them_too() {
    let server = qmp::local_server::<Vm>()
        .ignore_unknown_arguments::<qmp::commands::Stop>()
        .local_fallback(|vm, command| {
            vm.name.push_str(command.name());
            command.arguments().is_empty().then(|| Ok(Value::Object(Map::new())))
        })
        .announce_commands(["x"]);
    let mut vm = vm();
    let mut session = server.session();
    session.receive(b"{'execute': 'qmp_capabilities'}{'execute': 'stop', 'arguments': {'a': 1}}", Vec::new());
    session.receive(b"{'execute': '-1'}{'execute': '-2', 'arguments': {'a': 1}}", Vec::new());
    while let Some(request) = session.next() {
        request.run(server.on(&mut vm));
    }
    assert_eq!(vm.name, "web-1-2");
    let output = String::from_utf8(session.take_output()).unwrap();
    let replies: Vec<&str> = output.lines().skip(2).collect();
    let refused = r#"{"error": {"class": "CommandNotFound", "desc": "The command -2 has not been found"}}"#;
    assert_eq!(replies, [r#"{"return": {}}"#, r#"{"return": {}}"#, refused]);
}
