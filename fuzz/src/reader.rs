use std::fmt::Debug;

use qmp_types::Value;
use qmp_types::private::{Features, Field, Mode, Reader, Writer};
use serde_json::Number;

use crate::bindings as qmp;
use crate::first_wins::FirstWins;

/// Reads any text as a value of each type, strictly and leniently.
///
/// What the lenient reader accepts, serde_json accepts, and what is written of it is part of what serde_json reads: all of
/// it if the strict reader accepts it, too. What both accept is the same value, and so is what is written, read again. What a
/// policy accepts is the same value as well, and contains nothing to hide.
pub fn reader(text: &str) {
    read_as::<qmp::Scalars>(text);
    read_as::<qmp::Chain>(text);
    read_as::<qmp::Shape>(text);
    read_as::<qmp::Choices>(text);
    read_as::<qmp::Wide>(text);
    read_as::<qmp::FreeArgs>(text);
    read_as::<Vec<Option<bool>>>(text);
    read_as::<Value>(text);
}

fn read_as<T: Field + PartialEq + Debug>(text: &str) {
    let (strict, lenient) = (read::<T>(text, Mode::Strict), read::<T>(text, Mode::Lenient));
    let Some(value) = &lenient else {
        // A server's dialect has strings in single quotes, too.
        return assert!(strict.is_none() || text.contains('\''), "only the strict reader accepts {text}");
    };
    assert!(strict.is_none() || strict == lenient, "the readers differ in {text}");
    check_policy(text, strict.as_ref());
    let written = write(value);
    assert_eq!(read::<T>(&written, Mode::Lenient).as_ref(), Some(value), "written as {written}: {text}");
    match serde_json::from_str(text) {
        Ok(FirstWins(theirs)) => {
            let ours: Value = serde_json::from_str(&written).expect("what is written is JSON");
            assert!(is_part(&ours, &theirs, strict.is_some()), "written as {written}: {text}");
        }
        Err(error) => assert!(is_ours_to_read(&error, strict.is_some()), "{error}: {text}"),
    }
}

/// Checks what a policy makes of a text that the strict reader reads as this value.
fn check_policy<T: Field + PartialEq + Debug>(text: &str, strict: Option<&T>) {
    const BOTH: Features = Features(3);
    let mut value = T::blank();
    match (Reader::new(text, Mode::Strict).reject(BOTH).value(&mut value), strict) {
        (Ok(()), _) => {
            assert_eq!(Some(&value), strict, "read under a policy: {text}");
            let mut hiding = Writer::new().hide(BOTH);
            value.write(&mut hiding);
            assert_eq!(hiding.into_bytes(), write(&value).into_bytes(), "nothing is hidden: {text}");
        }
        (Err(error), Some(_)) => assert!(error.to_string().ends_with(" disabled by policy"), "{error}: {text}"),
        (Err(_), None) => {}
    }
}

fn read<T: Field>(text: &str, mode: Mode) -> Option<T> {
    let mut value = T::blank();
    Reader::new(text, mode).value(&mut value).ok()?;
    Some(value)
}

fn write(value: &dyn Field) -> String {
    let mut writer = Writer::new();
    value.write(&mut writer);
    String::from_utf8(writer.into_bytes()).expect("what is written is UTF-8")
}

/// Returns whether we may read what serde_json rejects: deeper nesting, and numbers out of its range in members that the
/// lenient reader drops.
fn is_ours_to_read(error: &serde_json::Error, strictly: bool) -> bool {
    let error = error.to_string();
    error.starts_with("recursion limit") || error.starts_with("number out of range") && !strictly
}

/// Returns whether the whole has all of the part, and, if it is to be `all` of it, nothing else.
fn is_part(part: &Value, whole: &Value, all: bool) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            let same_size = part.len() == whole.len();
            let member = |(name, part)| whole.get(name).is_some_and(|whole| is_part(part, whole, all));
            (same_size || !all) && part.iter().all(member)
        }
        (Value::Array(part), Value::Array(whole)) => {
            part.len() == whole.len() && part.iter().zip(whole).all(|(part, whole)| is_part(part, whole, all))
        }
        (Value::Number(part), Value::Number(whole)) => is_same_number(part, whole),
        _ => part == whole,
    }
}

/// Returns whether a number is as another that was read as any type.
///
/// QEMU reads a negative number as an unsigned one by wrapping it, and serde_json may read the last digit of a float
/// differently.
fn is_same_number(ours: &Number, theirs: &Number) -> bool {
    let wrapped = || theirs.as_i64().is_some_and(|theirs| ours.as_u64() == Some(theirs as u64));
    let close = || match (ours.as_f64(), theirs.as_f64()) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() <= 4.0 * f64::EPSILON * ours.abs(),
        _ => false,
    };
    ours == theirs || wrapped() || close()
}
