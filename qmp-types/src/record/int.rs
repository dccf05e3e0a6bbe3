//! Integers of unknown width.

use std::fmt;

/// An integer whose width the schema does not state: any value of an `i64` or a `u64`.
///
/// Bindings use it if their schema was imported from introspection, which does not report the width of integers.
///
/// ```
/// use qmp_types::Int;
///
/// let size = Int::from(10_u64 << 30);
/// assert_eq!(u64::try_from(size), Ok(10 << 30));
/// assert!(i32::try_from(size).is_err());
/// assert!(size > Int::from(-1));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Int(i128);

/// Implements the conversion from each integer type, the fallible conversion to it, and comparison with it.
macro_rules! conversions {
    ($($type:ty)+) => {
        $(
            impl From<$type> for Int {
                fn from(value: $type) -> Self {
                    Self(value.into())
                }
            }

            impl TryFrom<Int> for $type {
                type Error = std::num::TryFromIntError;

                fn try_from(value: Int) -> Result<Self, Self::Error> {
                    value.0.try_into()
                }
            }

            impl PartialEq<$type> for Int {
                fn eq(&self, other: &$type) -> bool {
                    self.0 == i128::from(*other)
                }
            }
        )+
    };
}

conversions!(i8 i16 i32 i64 u8 u16 u32 u64);

impl From<Int> for i128 {
    fn from(value: Int) -> Self {
        value.0
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
