//! The values that are not of a generated type: scalars, `any`, optionals, boxes, lists, the empty object.

use super::{Blank, Field, Int, Null, ReadError, Reader, Record, Table, Visitor, Writer};
use crate::Value;

/// A type whose reader and writer each have one call for it.
macro_rules! scalar {
    ($type:ty, $read:ident, |$value:ident, $writer:ident| $write:expr) => {
        impl Field for $type {
            fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
                *self = reader.$read()?;
                Ok(())
            }

            fn write(&self, $writer: &mut Writer) {
                let $value = self;
                $write;
            }

            fn write_member(&self, key: &'static str, $writer: &mut Writer) {
                $writer.literal(key);
                let $value = self;
                $write;
                $writer.separate();
            }
        }

        impl Blank for $type {
            fn blank() -> Self {
                Self::default()
            }
        }
    };
}

scalar!(bool, boolean, |value, writer| writer.literal(if *value { "true" } else { "false" }));
scalar!(Null, null, |_value, writer| writer.literal("null"));
scalar!(f64, number, |value, writer| writer.number(*value));
scalar!(i64, signed, |value, writer| writer.signed(*value));
scalar!(u64, unsigned, |value, writer| writer.unsigned(*value));
scalar!(Int, integer, |value, writer| writer.integer(*value));
scalar!(Value, any, |value, writer| writer.any(value));
scalar!(String, text, |value, writer| writer.string(value));

/// An integer narrower than JSON's; `$wire` is what QEMU calls its type.
macro_rules! narrow {
    ($type:ty, $wide:ty, $read:ident, $write:ident, $wire:literal) => {
        impl Field for $type {
            fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
                *self = reader.$read()?.try_into().map_err(|_| reader.too_wide($wire))?;
                Ok(())
            }

            fn write(&self, writer: &mut Writer) {
                writer.$write((*self).into());
            }

            #[inline]
            fn write_member(&self, key: &'static str, writer: &mut Writer) {
                <$wide>::from(*self).write_member(key, writer);
            }
        }

        impl Blank for $type {
            fn blank() -> Self {
                0
            }
        }
    };
}

narrow!(i8, i64, signed, signed, "int8_t");
narrow!(i16, i64, signed, signed, "int16_t");
narrow!(i32, i64, signed, signed, "int32_t");
narrow!(u8, u64, unsigned, unsigned, "uint8_t");
narrow!(u16, u64, unsigned, unsigned, "uint16_t");
narrow!(u32, u64, unsigned, unsigned, "uint32_t");

impl<T: Field + Blank> Field for Option<T> {
    /// Absence is the object's business: a value that is there has to be a `T`, so `null` is a mistake.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        self.get_or_insert_with(T::blank).read(reader)
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.write(writer),
            None => writer.literal("null"),
        }
    }

    #[inline]
    fn write_member(&self, key: &'static str, writer: &mut Writer) {
        if let Some(value) = self {
            value.write_member(key, writer);
        }
    }
}

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T: Field + ?Sized> Field for Box<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        (**self).read(reader)
    }

    fn write(&self, writer: &mut Writer) {
        (**self).write(writer);
    }
}

impl<T: Blank> Blank for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }
}

impl<T: Field + Blank> Field for Vec<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        reader.list(self)
    }

    fn write(&self, writer: &mut Writer) {
        writer.list(self);
    }
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }
}

/// No arguments, no return value: the empty object.
impl Record for () {
    fn table(&self) -> &'static Table {
        static TABLE: Table = Table::empty("q_empty");
        &TABLE
    }

    fn visit<V: Visitor>(&self, _: &mut V) {}
}

impl Field for () {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        reader.record(self)
    }

    fn write(&self, writer: &mut Writer) {
        writer.record(self);
    }
}

impl Blank for () {
    fn blank() -> Self {}
}
