//! Values of optional members: a value or an `Option`.

/// A conversion into the value of an optional member: from anything that converts into a `T`, or from an `Option` of that.
///
/// `Via` tells the two apart; the compiler finds it.
///
/// ```
/// use qmp_types::arguments::IntoOption;
///
/// fn name<Via>(name: impl IntoOption<String, Via>) -> Option<String> {
///     name.into_option()
/// }
///
/// assert_eq!(name("disk0"), Some("disk0".to_owned()));
/// assert_eq!(name(Some("disk0")), Some("disk0".to_owned()));
/// assert_eq!(name(None::<String>), None);
/// ```
#[diagnostic::on_unimplemented(
    message = "expected a `{T}` or an `Option<{T}>`, found `{Self}`",
    label = "does not convert into `{T}`"
)]
pub trait IntoOption<T, Via> {
    /// Performs the conversion.
    fn into_option(self) -> Option<T>;
}

/// The conversion from a value, in [`IntoOption`].
#[derive(Debug)]
pub enum ByValue {}

/// The conversion from an `Option`, in [`IntoOption`].
#[derive(Debug)]
pub enum ByOption {}

impl<T, V: Into<T>> IntoOption<T, ByValue> for V {
    #[inline]
    fn into_option(self) -> Option<T> {
        Some(self.into())
    }
}

impl<T, V: Into<T>> IntoOption<T, ByOption> for Option<V> {
    #[inline]
    fn into_option(self) -> Option<T> {
        self.map(Into::into)
    }
}
