//! Reading and writing a value.

use qmp_types::private::{Field, Mode, Reader, Writer};

/// Reads a value.
pub(crate) fn read<T: Field>(text: &str, mode: Mode) -> Result<T, String> {
    let mut value = T::blank();
    Reader::new(text, mode).value(&mut value).map_err(|error| error.to_string())?;
    Ok(value)
}

/// Returns the text of a value.
pub(crate) fn write(value: &dyn Field) -> String {
    let mut writer = Writer::new();
    value.write(&mut writer);
    String::from_utf8(writer.into_bytes()).unwrap()
}

/// Checks that both modes read the text, and that the value is written as `expected`.
#[track_caller]
pub(crate) fn check<T: Field>(text: &str, expected: &str) {
    check_in::<T>(Mode::Strict, text, expected);
    check_in::<T>(Mode::Lenient, text, expected);
}

/// Checks that a mode reads the text and that the value is written as `expected`, or that the error is `expected`.
#[track_caller]
pub(crate) fn check_in<T: Field>(mode: Mode, text: &str, expected: &str) {
    let found = read::<T>(text, mode).map_or_else(|error| error, |value| write(&value));
    assert_eq!(found, expected, "{mode:?}, of {text}");
}
