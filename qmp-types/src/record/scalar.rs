//! The fields that are not of a generated type: scalars, `any`, optionals, lists and the empty object.

use std::hash::{Hash, Hasher};

use super::{Field, Generated, Int, Null, ReadError, Reader, Record, Struct, Table, Visitor, Writer};
use crate::{Map, Value};

/// Implements [`Field`] for a type that the reader and the writer each handle in one call.
macro_rules! scalar {
    ($type:ty, $read:ident, |$value:ident, $writer:ident| $write:expr) => {
        impl Field for $type {
            fn blank() -> Self {
                Self::default()
            }

            fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
                *self = reader.$read()?;
                Ok(())
            }

            #[inline]
            fn write(&self, $writer: &mut Writer) {
                let $value = self;
                $write;
            }

            fn feed(&self, mut hasher: &mut dyn Hasher) {
                self.hash(&mut hasher);
            }
        }
    };
}

scalar!(bool, boolean, |value, writer| writer.boolean(*value));
scalar!(Null, null, |_value, writer| writer.literal("null"));
scalar!(i64, signed, |value, writer| writer.signed(*value));
scalar!(u64, unsigned, |value, writer| writer.unsigned(*value));
scalar!(Int, integer, |value, writer| writer.integer(*value));
scalar!(Value, any, |value, writer| writer.any(value));

impl Field for f64 {
    fn blank() -> Self {
        0.0
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        *self = reader.number()?;
        Ok(())
    }

    #[inline]
    fn write(&self, writer: &mut Writer) {
        writer.number(*self);
    }

    fn feed(&self, hasher: &mut dyn Hasher) {
        hasher.write_u64(self.to_bits());
    }
}

impl Field for String {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        reader.text(self)
    }

    #[inline]
    fn write(&self, writer: &mut Writer) {
        writer.string(self);
    }

    fn feed(&self, mut hasher: &mut dyn Hasher) {
        self.hash(&mut hasher);
    }
}

/// Implements [`Field`] for an integer narrower than 64 bits. `$wire` is QEMU's name of its type.
macro_rules! narrow {
    ($type:ty, $read:ident, $write:ident, $wire:literal) => {
        impl Field for $type {
            fn blank() -> Self {
                Self::default()
            }

            fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
                *self = reader.$read()?.try_into().map_err(|_| reader.too_wide($wire))?;
                Ok(())
            }

            #[inline]
            fn write(&self, writer: &mut Writer) {
                writer.$write((*self).into());
            }

            fn feed(&self, mut hasher: &mut dyn Hasher) {
                self.hash(&mut hasher);
            }
        }
    };
}

narrow!(i8, signed, signed, "int8_t");
narrow!(i16, signed, signed, "int16_t");
narrow!(i32, signed, signed, "int32_t");
narrow!(u8, unsigned, unsigned, "uint8_t");
narrow!(u16, unsigned, unsigned, "uint16_t");
narrow!(u32, unsigned, unsigned, "uint32_t");

impl<T: Field> Field for Option<T> {
    fn blank() -> Self {
        None
    }

    /// Reads a `T`. An absent value is never read, because its member is absent from the object; so `null` is a mistake.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        self.get_or_insert_with(T::blank).read(reader)
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.write(writer),
            None => writer.missing(),
        }
    }

    #[inline]
    fn write_member<const N: usize>(&self, key: &'static [u8; N], writer: &mut Writer) {
        if let Some(value) = self {
            value.write_member(key, writer);
        }
    }

    fn feed(&self, hasher: &mut dyn Hasher) {
        hasher.write_u8(self.is_some().into());
        if let Some(value) = self {
            value.feed(hasher);
        }
    }
}

impl<T: Field> Field for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        reader.list(self)
    }

    fn write(&self, writer: &mut Writer) {
        writer.list(self);
    }

    fn feed(&self, hasher: &mut dyn Hasher) {
        hasher.write_usize(self.len());
        self.iter().for_each(|item| item.feed(hasher));
    }
}

/// Any members: the arguments of commands with `gen: false`.
impl Generated for Map<String, Value> {
    type Shape = Struct;

    fn blank() -> Self {
        Self::new()
    }
}

impl Record for Map<String, Value> {
    const TABLE: &'static Table = &Table::empty("q_any");

    fn visit<V: Visitor>(&self, visitor: &mut V) {
        visitor.extra(self);
    }

    fn extra(&mut self) -> Option<&mut Map<String, Value>> {
        Some(self)
    }
}

/// The empty object, for commands without arguments or return value.
impl Generated for () {
    type Shape = Struct;

    fn blank() -> Self {}
}

impl Record for () {
    const TABLE: &'static Table = &Table::empty("q_empty");

    fn visit<V: Visitor>(&self, _: &mut V) {}
}
