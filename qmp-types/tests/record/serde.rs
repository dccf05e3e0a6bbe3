//! serde for generated types, which uses the reader and the writer.

use qmp_types::Value;

use crate::sample::{BlockdevOptions, BlockdevOptionsFile, StatusInfo};

#[test]
fn round_trip() {
    let options = BlockdevOptions::new(BlockdevOptionsFile { filename: "f".to_owned() });
    let text = serde_json::to_string(&options).unwrap();
    assert_eq!(text, r#"{"driver":"file","filename":"f"}"#);
    assert_eq!(serde_json::from_str::<BlockdevOptions>(&text).unwrap(), options);
    assert_eq!(serde_json::from_value::<BlockdevOptions>(serde_json::to_value(&options).unwrap()).unwrap(), options);
}

#[test]
fn errors_have_a_path() {
    let error = serde_json::from_value::<StatusInfo>(serde_json::json!({"running": 1})).unwrap_err();
    assert_eq!(error.to_string(), "`running`: expected boolean, found number");
}

#[test]
fn nesting_is_limited() {
    let file = (0..2000).fold(Value::Null, |value, _| Value::Array(vec![value]));
    let args = crate::sample::DeviceAddArgs {
        extra: [("deep".to_owned(), file)].into_iter().collect(),
        ..crate::sample::DeviceAddArgs::new("d")
    };
    assert_eq!(serde_json::to_value(&args).unwrap_err().to_string(), "nested too deeply");
}
