//! Random values. (Random texts: `fuzz/src/reader.rs`.)

use proptest::option;
use proptest::prelude::*;
use qmp_types::private::Mode;
use qmp_types::{Null, Value};

use crate::support::{read, write};
use crate::types::Scalars;

proptest! {
    #[test]
    fn written_values_are_read(scalars in scalars()) {
        let text = write(&scalars);
        assert!(text.is_ascii());
        assert_eq!(read(&text, Mode::Strict).as_ref(), Ok(&scalars), "{text}");
        assert_eq!(read(&text, Mode::Lenient).as_ref(), Ok(&scalars), "{text}");
    }

    #[test]
    fn strings_agree_with_serde_json(text in any::<String>()) {
        let theirs = serde_json::to_string(&text).unwrap();
        assert_eq!(read(&theirs, Mode::Strict).as_ref(), Ok(&text));
        assert_eq!(read(&theirs, Mode::Lenient).as_ref(), Ok(&text));
        assert_eq!(serde_json::from_str::<String>(&write(&text)).unwrap(), text);
    }

    #[test]
    fn values_agree_with_serde_json(value in json()) {
        let theirs = serde_json::to_string_pretty(&value).unwrap();
        assert_eq!(read(&theirs, Mode::Strict).as_ref(), Ok(&value));
        assert_eq!(read(&theirs, Mode::Lenient).as_ref(), Ok(&value));
        assert_eq!(serde_json::from_str::<Value>(&write(&value)).unwrap(), value);
    }

    #[test]
    fn numbers_agree_with_serde_json(text in r"-?(0|[1-9][0-9]{0,21})(\.[0-9]{1,4})?([eE][+-]?[0-9]{1,2})?") {
        let number: f64 = text.parse().unwrap();
        let integer = serde_json::from_str::<i64>(&text).ok().or((text == "-0").then_some(0));
        assert_eq!(read::<f64>(&text, Mode::Lenient), Ok(number));
        assert_eq!(read::<i64>(&text, Mode::Lenient).ok(), integer);
        let magnitude = text.trim_start_matches('-');
        if magnitude.starts_with("0e") || magnitude.starts_with("0E") {
            return Ok(()); // QEMU's dialect does not have it.
        }
        assert_eq!(read::<f64>(&text, Mode::Strict), Ok(number));
        assert_eq!(read::<i64>(&text, Mode::Strict).ok(), integer);
    }
}

fn scalars() -> impl Strategy<Value = Scalars> {
    let finite = any::<f64>().prop_filter("JSON has no other", |number| number.is_finite());
    let signed = (any::<Option<i8>>(), any::<Option<i16>>(), any::<Option<i32>>(), any::<Option<i64>>());
    let unsigned = (any::<Option<u8>>(), any::<Option<u16>>(), any::<Option<u32>>(), any::<Option<u64>>());
    let plain = (option::of(finite), any::<Option<bool>>(), any::<Option<String>>(), option::of(Just(Null)));
    let nested = (option::of(json()), any::<Option<Vec<u8>>>(), any::<Option<()>>());
    (signed, unsigned, plain, nested).prop_map(|(signed, unsigned, plain, nested)| {
        let (i8, i16, i32, i64) = signed;
        let (u8, u16, u32, u64) = unsigned;
        let (number, bool, str, null) = plain;
        let (any, u8s, empty) = nested;
        Scalars { i8, i16, i32, i64, u8, u16, u32, u64, number, bool, str, null, any, u8s, empty }
    })
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 8.0)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6).prop_map(|map| map.into_iter().collect()),
        ]
    })
}
