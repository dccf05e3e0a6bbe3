//! Functions that generated records call.

use std::fmt;

use crate::UnknownValue;
use crate::record::{Blank, Enumeration, Field, Names, ReadError, Reader, Record};

/// `Debug` for a record: its members by their names in the schema. Asking the table costs the compiler less than a derive.
pub fn debug(record: &dyn Record, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut debug = f.debug_struct(name);
    for (index, member) in record.table().members.iter().enumerate() {
        // The field's name, as far as the table knows it.
        debug.field(&member.name().replace('-', "_"), &record.get(index));
    }
    if let Some(extra) = record.extra() {
        debug.field("extra", extra);
    }
    debug.finish()
}

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
