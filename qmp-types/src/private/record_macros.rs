//! What is the same for every generated type of a sort: written once here, so that generated code stays small.

/// `Field` for a record.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    ($type:ty) => {
        impl $crate::private::Field for $type {
            fn read(
                &mut self,
                reader: &mut $crate::private::Reader<'_>,
            ) -> ::std::result::Result<(), $crate::private::ReadError> {
                reader.record(self)
            }
            fn write(&self, writer: &mut $crate::private::Writer) {
                writer.record(self);
            }
        }
    };
}

/// `Debug` for a record.
#[doc(hidden)]
#[macro_export]
macro_rules! __debug {
    ($type:ty) => {
        impl ::std::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::private::debug(self, ::std::stringify!($type), f)
            }
        }
    };
}

/// `Field`, `Blank`, `Display`, `FromStr` and `AsRef<str>` for an enumeration with these names and this blank value.
#[doc(hidden)]
#[macro_export]
macro_rules! __enumeration {
    ($type:ty, $names:expr, $blank:expr) => {
        $crate::private::branches!($type);
        impl $crate::private::Blank for $type {
            fn blank() -> Self {
                $blank
            }
        }
        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad($crate::private::Enumeration::text(self))
            }
        }
        impl ::std::str::FromStr for $type {
            type Err = $crate::UnknownValue;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                let mut value = $blank;
                $crate::private::parse(text, &mut value, $names)?;
                ::std::result::Result::Ok(value)
            }
        }
        impl ::std::convert::AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                $crate::private::Enumeration::text(self)
            }
        }
    };
}

/// `Field` for a union's discriminator: its value; the union does the rest.
#[doc(hidden)]
#[macro_export]
macro_rules! __branches {
    ($type:ty) => {
        impl $crate::private::Field for $type {
            fn read(
                &mut self,
                reader: &mut $crate::private::Reader<'_>,
            ) -> ::std::result::Result<(), $crate::private::ReadError> {
                reader.enumeration(self)
            }
            fn write(&self, writer: &mut $crate::private::Writer) {
                writer.string($crate::private::Enumeration::text(self));
            }
        }
    };
}

/// `Field` for an alternate.
#[doc(hidden)]
#[macro_export]
macro_rules! __alternate {
    ($type:ty) => {
        impl $crate::private::Field for $type {
            fn read(
                &mut self,
                reader: &mut $crate::private::Reader<'_>,
            ) -> ::std::result::Result<(), $crate::private::ReadError> {
                reader.alternate(self)
            }
            fn write(&self, writer: &mut $crate::private::Writer) {
                $crate::private::Alternate::value(self).write(writer);
            }
        }
    };
}

/// `Field`, `Blank` and `Deref` for a tuple struct around one value.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype {
    ($type:ty, $inner:ty) => {
        impl $crate::private::Field for $type {
            fn read(
                &mut self,
                reader: &mut $crate::private::Reader<'_>,
            ) -> ::std::result::Result<(), $crate::private::ReadError> {
                $crate::private::Field::read(&mut self.0, reader)
            }
            fn write(&self, writer: &mut $crate::private::Writer) {
                $crate::private::Field::write(&self.0, writer);
            }
        }
        impl $crate::private::Blank for $type {
            fn blank() -> Self {
                Self(<$inner as $crate::private::Blank>::blank())
            }
        }
        impl ::std::ops::Deref for $type {
            type Target = $inner;
            fn deref(&self) -> &$inner {
                &self.0
            }
        }
    };
}

/// `serde::Serialize` and `Deserialize` for generated types.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_impls {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::private::serde::Serialize for $type {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::private::serialize(self, serializer)
            }
        }
        impl<'de> $crate::private::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::private::deserialize(deserializer)
            }
        }
    )*};
}

/// `serde::Serialize` and `Deserialize` for generated types: not without the feature `serde`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_impls {
    ($($type:ty),* $(,)?) => {};
}
