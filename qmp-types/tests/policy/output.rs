//! Members that a policy hides.

use qmp_types::private::{Features, Field, Writer};
use serde_json::json;

use crate::qmp::{Engine, Part, PartKind, Speed, Wheel};

fn write(hidden: Features, value: &dyn Field) -> String {
    let mut writer = Writer::new().hide(hidden);
    value.write(&mut writer);
    String::from_utf8(writer.into_bytes()).expect("ASCII")
}

#[track_caller]
fn check(value: &dyn Field, expected: [&str; 4]) {
    for (features, expected) in expected.into_iter().enumerate() {
        assert_eq!(write(Features(features as u8), value), expected, "{features}");
    }
}

/// The wanted texts are for: no policy, deprecated hidden, unstable hidden, both hidden.
#[test]
fn members_are_hidden_by_their_features() {
    let engine = Engine { power: Some(1), x_heat: Some(2.5), ..Engine::new(Speed::Slow) };
    check(
        &engine,
        [
            r#"{"speed": "slow", "power": 1, "x-heat": 2.5}"#,
            r#"{"speed": "slow", "x-heat": 2.5}"#,
            r#"{"speed": "slow", "power": 1}"#,
            r#"{"speed": "slow"}"#,
        ],
    );
}

#[test]
fn required_members_are_hidden_also_in_branches_and_lists() {
    let part = Part { label: Some("a".into()), ..Part::new(PartKind::Fast(Wheel::new(Speed::Fast, 3))) };
    check(
        &vec![part],
        [
            r#"[{"kind": "fast", "label": "a", "speed": "fast", "size": 3}]"#,
            r#"[{"kind": "fast", "speed": "fast"}]"#,
            r#"[{"kind": "fast", "label": "a", "speed": "fast"}]"#,
            r#"[{"kind": "fast", "speed": "fast"}]"#,
        ],
    );
}

/// Values of enumerations and of `any` are never hidden.
#[test]
fn values_are_never_hidden() {
    check(&vec![Speed::Slow, Speed::XOld], [r#"["slow", "x-old"]"#; 4]);
    check(&json!({"power": 1}), [r#"{"power": 1}"#; 4]);
}
