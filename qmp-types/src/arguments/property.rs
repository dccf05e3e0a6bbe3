//! Values of members that a schema does not name.

use std::borrow::Cow;

use crate::record::Enumeration;
use crate::{Int, Map, Value};

/// A conversion into the value of a property: a member that the schema does not name.
///
/// Booleans, numbers and strings stay what they are in JSON. A generated enum becomes a string, an array or a vector becomes a
/// list, and [`Properties`](crate::Properties) become an object. `None` leaves the property out.
///
/// ```
/// use qmp_types::Properties;
///
/// let queue_size: Option<u16> = None;
/// let properties = Properties::new()
///     .property("mac", "52:54:00:12:34:56")
///     .property("mq", true)
///     .property("vectors", 10)
///     .property("tx_queue_size", queue_size);
/// assert_eq!(properties.to_string(), r#"{"mac":"52:54:00:12:34:56","mq":true,"vectors":10}"#);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of a property",
    note = "expected a boolean, a number, a string, a generated enum, a list, `Properties`, a `Value`, or an `Option` of these"
)]
pub trait IntoProperty {
    /// Performs the conversion.
    fn into_property(self) -> Option<Value>;
}

impl<T: IntoProperty> IntoProperty for Option<T> {
    fn into_property(self) -> Option<Value> {
        self.and_then(T::into_property)
    }
}

impl<T: Enumeration> IntoProperty for T {
    fn into_property(self) -> Option<Value> {
        Some(self.text().into())
    }
}

impl<T: IntoProperty> IntoProperty for Vec<T> {
    fn into_property(self) -> Option<Value> {
        Some(self.into_iter().filter_map(T::into_property).collect())
    }
}

impl<T: IntoProperty, const N: usize> IntoProperty for [T; N] {
    fn into_property(self) -> Option<Value> {
        Some(self.into_iter().filter_map(T::into_property).collect())
    }
}

impl IntoProperty for Int {
    fn into_property(self) -> Option<Value> {
        let number = i128::from(self);
        Some(i64::try_from(number).map_or_else(|_| (number as u64).into(), Value::from))
    }
}

/// Implements the conversion for types that `serde_json` converts.
macro_rules! values {
    ($($type:ty)+) => {$(
        impl IntoProperty for $type {
            fn into_property(self) -> Option<Value> {
                Some(self.into())
            }
        }
    )+};
}

values!(bool i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64 &str String Cow<'_, str> Map<String, Value> Value);

impl IntoProperty for &String {
    fn into_property(self) -> Option<Value> {
        Some(self.as_str().into())
    }
}
