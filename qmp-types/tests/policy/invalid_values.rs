//! Values that a program can hold and that a server does not send.

use qmp_types::UnknownBranch;
use qmp_types::private::{Features, Field, Writer};

use crate::qmp::{Engine, EngineRef, Part, PartKind, Speed, Wheel};

/// Writes a value after other text, and returns the description of the first invalid value.
fn invalid(value: &dyn Field) -> Option<String> {
    let mut writer = Writer::new();
    writer.literal("{\"return\": ");
    writer.begin_value(Features::NONE);
    value.write(&mut writer);
    writer.literal("}");
    let invalid = writer.take_invalid();
    assert_eq!(writer.take_invalid(), None, "it is taken");
    invalid
}

#[track_caller]
fn check(value: &dyn Field, expected: &str) {
    assert_eq!(invalid(value).as_deref(), Some(expected));
}

const NOT_FINITE: &str = "expected a finite number, found an infinity or NaN";
const NOT_A_SPEED: &str = "expected a value of Speed, found one that the schema does not define";

#[test]
fn the_first_invalid_value_is_named_with_its_path() {
    let heat = |heat| Engine { x_heat: Some(heat), ..Engine::new(Speed::Fast) };
    assert_eq!(invalid(&heat(1.5)), None);
    check(&heat(f64::NAN), &format!("`x-heat`: {NOT_FINITE}"));
    check(&heat(f64::INFINITY), &format!("`x-heat`: {NOT_FINITE}"));
    check(&f64::NEG_INFINITY, NOT_FINITE);
    check(&vec![heat(1.0), heat(f64::NAN), heat(f64::NAN)], &format!("`[1].x-heat`: {NOT_FINITE}"));

    let unknown = || Speed::Unknown("\"{[,:".into());
    check(&unknown(), NOT_A_SPEED);
    check(&vec![vec![Speed::Fast], vec![Speed::Fast, unknown()]], &format!("`[1][1]`: {NOT_A_SPEED}"));
    check(&vec![Engine { x_heat: Some(f64::NAN), ..Engine::new(unknown()) }], &format!("`[0].speed`: {NOT_A_SPEED}"));
    let wheel = Part::new(PartKind::Fast(Wheel::new(unknown(), 1)));
    check(&vec![Part { label: Some("}],\"x\":".into()), ..wheel }], &format!("`[0].speed`: {NOT_A_SPEED}"));
    check(&Part::new(PartKind::Unknown(UnknownBranch::new("none"))), &format!("`kind`: {NOT_A_SPEED}"));

    let reference = "expected a value of EngineRef, found JSON of a type that it does not have";
    check(&EngineRef::Unknown(1.into()), reference);
    check(&vec![EngineRef::from("a"), EngineRef::Unknown(1.into())], &format!("`[1]`: {reference}"));
}
