//! Macros for the implementations that are the same for all generated types of a kind. They keep generated code small.
//!
//! Everything they expand to is generic or `#[inline]`, for the reason given in [`record`](crate::record).

/// Implements `Debug` for a record. Visiting the record costs the compiler less than a derive.
#[doc(hidden)]
#[macro_export]
macro_rules! __debug {
    ($type:ty) => {
        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::private::debug(self, ::std::stringify!($type), f)
            }
        }
    };
}

/// Implements `Display`, `FromStr` and `AsRef<str>` for an enumeration.
#[doc(hidden)]
#[macro_export]
macro_rules! __enumeration {
    ($type:ty) => {
        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad($crate::private::Enumeration::text(self))
            }
        }
        impl ::std::str::FromStr for $type {
            type Err = $crate::UnknownValue;
            #[inline]
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                $crate::private::parse(text)
            }
        }
        impl ::std::convert::AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                $crate::private::Enumeration::text(self)
            }
        }
    };
}

/// Converts between the arguments of a command with `gen: false` as a struct and as a map.
#[doc(hidden)]
#[macro_export]
macro_rules! __raw_arguments {
    ($type:ty) => {
        impl ::std::convert::From<$type> for $crate::Map<::std::string::String, $crate::Value> {
            #[inline]
            fn from(arguments: $type) -> Self {
                $crate::private::raw_arguments(&arguments)
            }
        }
        impl ::std::convert::TryFrom<$crate::Map<::std::string::String, $crate::Value>> for $type {
            type Error = $crate::Error;
            #[inline]
            fn try_from(
                members: $crate::Map<::std::string::String, $crate::Value>,
            ) -> ::std::result::Result<Self, Self::Error> {
                $crate::private::typed_arguments(&members)
            }
        }
    };
}

/// Implements the setters of the members that the schema does not name.
#[doc(hidden)]
#[macro_export]
macro_rules! __properties {
    ($type:ty) => {
        impl $type {
            /// Adds an argument that the schema does not name, or replaces the one of that name. `None` adds nothing.
            #[must_use]
            pub fn property(
                mut self,
                name: impl ::std::convert::Into<::std::string::String>,
                value: impl $crate::arguments::IntoProperty,
            ) -> Self {
                if let ::std::option::Option::Some(value) = $crate::arguments::IntoProperty::into_property(value) {
                    self.extra.insert(name.into(), value);
                }
                self
            }

            /// Adds arguments that the schema does not name: pairs of a name and a value, a map, or `Properties`.
            #[must_use]
            pub fn properties<N: ::std::convert::Into<::std::string::String>, V: $crate::arguments::IntoProperty>(
                self,
                properties: impl ::std::iter::IntoIterator<Item = (N, V)>,
            ) -> Self {
                properties.into_iter().fold(self, |arguments, (name, value)| arguments.property(name, value))
            }
        }
    };
}

/// Implements `Field` and `Deref` for a tuple struct around one value.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype {
    ($type:ty, $inner:ty) => {
        impl $crate::private::Field for $type {
            #[inline]
            fn blank() -> Self {
                Self(<$inner as $crate::private::Field>::blank())
            }
            #[inline]
            fn read(&mut self, reader: &mut $crate::private::Reader<'_>) -> $crate::private::Result {
                $crate::private::Field::read(&mut self.0, reader)
            }
            #[inline]
            fn write(&self, writer: &mut $crate::private::Writer) {
                $crate::private::Field::write(&self.0, writer);
            }
            #[inline]
            fn feed(&self, hasher: &mut dyn $crate::private::Hasher) {
                $crate::private::Field::feed(&self.0, hasher);
            }
        }
        $crate::private::wrapper!($type, 0, $inner);
    };
}

/// Implements `Deref` for a struct that wraps one object.
#[doc(hidden)]
#[macro_export]
macro_rules! __wrapper {
    ($type:ty, $field:tt, $inner:ty) => {
        impl ::std::ops::Deref for $type {
            type Target = $inner;
            #[inline]
            fn deref(&self) -> &$inner {
                &self.$field
            }
        }
    };
}

/// Implements `Eq` and `Hash` for a type whose parts are all compared. A derive would cost the compiler a tenth of its work.
#[doc(hidden)]
#[macro_export]
macro_rules! __eq {
    ($type:ty) => {
        impl ::std::cmp::Eq for $type {}
        impl ::std::hash::Hash for $type {
            #[inline]
            fn hash<H: ::std::hash::Hasher>(&self, hasher: &mut H) {
                $crate::private::Field::feed(self, hasher)
            }
        }
    };
}

/// Implements `serde::Serialize` and `Deserialize` for generated types.
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

/// Expands to nothing, because the feature `serde` is disabled.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_impls {
    ($($type:ty),* $(,)?) => {};
}

/// Implements `Definition` for the type of a command or an event.
#[doc(hidden)]
#[macro_export]
macro_rules! __definition {
    (Command $type:ty) => {
        impl $crate::client::Definition for $type {
            const META_TYPE: $crate::client::MetaType = $crate::client::MetaType::Command;
            const NAME: &'static str = <$type as $crate::Command>::SPEC.name;
        }
    };
    (Event $type:ty) => {
        impl $crate::client::Definition for $type {
            const META_TYPE: $crate::client::MetaType = $crate::client::MetaType::Event;
            const NAME: &'static str = <$type as $crate::Event>::NAME;
        }
    };
}
