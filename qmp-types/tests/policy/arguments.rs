//! What the reader rejects, and which of several mistakes it reports.

use qmp_types::private::{Features, Field, Mode, Reader};

use crate::qmp::{BuildArgs, Wheel};

const BOTH: Features = Features(3);

/// Reads arguments, and returns the error or an empty text.
fn error<T: Field>(rejected: Features, text: &str) -> String {
    let mut value = T::blank();
    let result = Reader::new(text, Mode::Strict).reject(rejected).value(&mut value);
    result.err().map(|error| error.to_string()).unwrap_or_default()
}

#[track_caller]
fn check<T: Field>(rejected: Features, text: &str, expected: &str) {
    assert_eq!(error::<T>(rejected, text), expected, "{rejected:?} of {text}");
}

#[test]
fn without_a_policy_everything_is_accepted() {
    check::<BuildArgs>(Features::NONE, r#"{"note": 1, "speeds": ["slow", "x-warp", "x-old"]}"#, "");
    check::<Wheel>(Features::NONE, r#"{"speed": "slow", "power": 1, "x-heat": 1, "size": 1}"#, "");
}

#[test]
fn members_are_rejected_by_their_features() {
    let rejected = "Unstable parameter note disabled by policy";
    check::<BuildArgs>(Features::UNSTABLE, r#"{"note": 1}"#, rejected);
    check::<BuildArgs>(Features::DEPRECATED, r#"{"note": 1}"#, "");
    check::<BuildArgs>(BOTH, r#"{"note": 1}"#, rejected);
    check::<BuildArgs>(BOTH, r#"{"engine": "note", "speeds": ["fast"], "parts": []}"#, "");
}

/// A member with both features: `deprecated` is named if both are rejected.
#[test]
fn deprecated_comes_first() {
    let wheel = r#"{"speed": "fast", "size": 1}"#;
    check::<Wheel>(BOTH, wheel, "Deprecated parameter size disabled by policy");
    check::<Wheel>(Features::DEPRECATED, wheel, "Deprecated parameter size disabled by policy");
    check::<Wheel>(Features::UNSTABLE, wheel, "Unstable parameter size disabled by policy");
    check::<BuildArgs>(BOTH, r#"{"speeds": ["x-old"]}"#, "Deprecated value x-old disabled by policy");
    check::<BuildArgs>(Features::UNSTABLE, r#"{"speeds": ["x-old"]}"#, "Unstable value x-old disabled by policy");
}

#[test]
fn values_are_rejected_wherever_they_are() {
    for text in [
        r#"{"speeds": ["fast", "slow"]}"#,
        r#"{"speeds": ["fast", "sl\u006fw"]}"#,
        r#"{"engine": {"speed": "slow"}}"#,
        r#"{"parts": [{"kind": "slow", "speed": "fast"}]}"#,
        r#"{"parts": [{"speed": "fast", "kind": "slow"}]}"#,
        r#"{"parts": [{"kind": "x-warp"}, {"kind": "slow", "speed": "fast"}]}"#,
    ] {
        check::<BuildArgs>(Features::NONE, text, "");
        check::<BuildArgs>(Features::DEPRECATED, text, "Deprecated value slow disabled by policy");
    }
}

/// Like QEMU's, the members are visited in schema order, base first and depth first; a policy's check of a member comes
/// before its value, and before the check that it is there.
#[test]
fn the_first_mistake_in_schema_order_is_reported() {
    let power = "Deprecated parameter power disabled by policy";
    let cases = [
        (r#"{"speed": "fast", "power": "much"}"#, power),
        (r#"{"power": 1, "speed": 1}"#, "Invalid parameter type for 'speed', expected: string"),
        (r#"{"power": 1}"#, "Parameter 'speed' is missing"),
        (r#"{"power": 1, "speed": "slow"}"#, "Deprecated value slow disabled by policy"),
        (r#"{"power": 1, "speed": "none"}"#, "Parameter 'speed' does not accept value 'none'"),
        (r#"{"speed": "fast"}"#, "Deprecated parameter size disabled by policy"),
        (r#"{"speed": "fast", "x-heat": "hot", "size": 1}"#, "Invalid parameter type for 'x-heat', expected: number"),
        (r#"{"speed": "fast", "power": 1, "unknown": 1}"#, power),
        (r#"{"speed": "fast", "unknown": 1, "size": 1}"#, "Deprecated parameter size disabled by policy"),
    ];
    for (text, expected) in cases {
        check::<Wheel>(Features::DEPRECATED, text, expected);
    }
    check::<BuildArgs>(BOTH, r#"{"note": 1, "unknown": 1}"#, "Unstable parameter note disabled by policy");
    check::<BuildArgs>(BOTH, r#"{"unknown": 1}"#, "Parameter 'unknown' is unexpected");
    check::<BuildArgs>(BOTH, r#"{"note": 1, "parts": 1}"#, "Invalid parameter type for 'parts', expected: array");
    check::<BuildArgs>(
        BOTH,
        r#"{"note": 1, "parts": [{"kind": "fast", "speed": "fast", "size": 1, "label": "a"}]}"#,
        "Deprecated parameter label disabled by policy",
    );
}

/// A policy costs a second pass, which must not change what was read.
#[test]
fn an_accepted_value_is_read_completely() {
    let text = r#"{"engine": {"x-heat": 1.5, "speed": "x-warp"}, "parts": [{"kind": "x-warp"}], "note": {"a": [1]}}"#;
    let read = |rejected| {
        let mut value = BuildArgs::blank();
        Reader::new(text, Mode::Strict).reject(rejected).value(&mut value).expect("a value");
        value
    };
    let checked = read(Features::DEPRECATED);
    assert_eq!(checked, read(Features::NONE));
    assert!(checked.note.is_some() && checked.parts.is_some_and(|parts| parts.len() == 1));
}
