//! Reading and writing in one line.

use qmp_types::private::{Blank, Field, Mode, Reader, Writer};

/// Reads a value.
pub(crate) fn read<T: Field + Blank>(text: &str, mode: Mode) -> Result<T, String> {
    let mut value = T::blank();
    Reader::new(text, mode).value(&mut value).map_err(|error| error.to_string())?;
    Ok(value)
}

/// The text of a value.
pub(crate) fn write(value: &dyn Field) -> String {
    let mut writer = Writer::new();
    value.write(&mut writer);
    String::from_utf8(writer.into_bytes()).unwrap()
}

/// The value that both modes make of the text, written again.
#[track_caller]
pub(crate) fn check<T: Field + Blank>(text: &str, expected: &str) {
    check_in::<T>(Mode::Strict, text, expected);
    check_in::<T>(Mode::Lenient, text, expected);
}

/// The value that a mode makes of the text, written again, or the error.
#[track_caller]
pub(crate) fn check_in<T: Field + Blank>(mode: Mode, text: &str, expected: &str) {
    let found = read::<T>(text, mode).map_or_else(|error| error, |value| write(&value));
    assert_eq!(found, expected, "{mode:?}, of {text}");
}
