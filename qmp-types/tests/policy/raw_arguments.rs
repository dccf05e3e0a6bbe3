//! The arguments of commands with `'gen': false`.

use qmp_types::private::{Field, Mode, Reader};
use qmp_types::{Map, Value};
use serde_json::json;

use crate::qmp::PlugArgs;

/// Reads the arguments that a handler gets.
fn raw(text: &str) -> Result<Map<String, Value>, String> {
    let mut members = Map::blank();
    Reader::new(text, Mode::Strict).value(&mut members).map_err(|error| error.to_string())?;
    Ok(members)
}

#[test]
fn a_handler_gets_the_arguments_as_they_were_sent() {
    for arguments in [json!({}), json!({"driver": 5, "bus": null, "slot": {"a": [1]}}), json!({"unknown": 1.5})] {
        assert_eq!(raw(&arguments.to_string()).map(Value::Object), Ok(arguments));
    }
    assert_eq!(raw("[]"), Err("Invalid parameter type for 'null', expected: object".to_owned()));
    assert_eq!(raw(r#"{"a": 1, "a": 2}"#), Err("JSON parse error, duplicate key".to_owned()));
}

#[test]
fn a_handler_may_convert_them() {
    let convert = |arguments: Value| {
        let Value::Object(members) = arguments else { panic!("not an object") };
        PlugArgs::try_from(members).map_err(|error| error.to_string())
    };
    let plug = convert(json!({"driver": "e1000", "mac": "52:54"})).expect("arguments");
    assert_eq!((plug.driver.as_str(), plug.slot, &plug.extra["mac"]), ("e1000", None, &json!("52:54")));
    let error = |arguments| convert(arguments).expect_err("a mistake");
    assert_eq!(error(json!({})), "Parameter 'driver' is missing");
    assert_eq!(error(json!({"driver": "a", "slot": "b"})), "Invalid parameter type for 'slot', expected: integer");
}

#[test]
fn a_caller_has_them_as_a_struct() {
    let mut plug = PlugArgs { slot: Some(3), ..PlugArgs::new("e1000") };
    plug.extra.insert("mac".into(), json!("52:54"));
    assert_eq!(Value::Object(plug.into()), json!({"driver": "e1000", "slot": 3, "mac": "52:54"}));
}
