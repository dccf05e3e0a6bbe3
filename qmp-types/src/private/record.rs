//! Functions that generated records call.

use crate::UnknownValue;
use crate::record::{Blank, Enumeration, Field, Names, ReadError, Reader};

/// What a record without members answers to who asks for one: nobody does.
///
/// # Panics
/// Always.
pub fn no_member() -> ! {
    unreachable!("the table has no members")
}

/// Reads the one value that the reader's text is.
pub fn read<T: Field + Blank>(reader: &mut Reader<'_>) -> Result<T, ReadError> {
    let mut value = T::blank();
    reader.value(&mut value)?;
    Ok(value)
}

/// Makes `value` what `text` says.
pub fn parse(text: &str, value: &mut dyn Enumeration, names: &Names) -> Result<(), UnknownValue> {
    let index = names.find(text).ok_or_else(|| UnknownValue::new(names.name, text))?;
    value.select(index);
    Ok(())
}
