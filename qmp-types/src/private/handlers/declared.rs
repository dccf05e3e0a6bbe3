//! The signature that a schema gives a handler: as data for the errors, and as types to compare.

/// The signature of a command's handler.
#[derive(Debug, Clone, Copy)]
pub struct Signature {
    /// Whether the arguments are inline: one parameter each, by name. Otherwise there is one parameter, of any name.
    pub(super) inline: bool,
    /// The type of all arguments together, as it is shown.
    pub(super) arguments: &'static str,
    pub(super) parameters: &'static [Parameter],
    pub(super) returns: Parameter,
}

/// A parameter of a handler.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// The Rust name.
    pub(super) name: &'static str,
    /// The Rust type, as it is shown.
    pub(super) ty: &'static str,
    /// The schema's text: `'*device': 'str'`.
    pub(super) schema: &'static str,
    /// The position of that text: `FILE:LINE`.
    pub(super) position: &'static str,
}

impl Signature {
    /// Creates the signature for inline arguments.
    #[must_use]
    pub const fn inline(arguments: &'static str, parameters: &'static [Parameter], returns: Parameter) -> Self {
        Self { inline: true, arguments, parameters, returns }
    }

    /// Creates the signature for arguments of a named type.
    #[must_use]
    pub const fn named(data: &'static [Parameter; 1], returns: Parameter) -> Self {
        Self { inline: false, arguments: data[0].ty, parameters: data, returns }
    }
}

impl Parameter {
    /// Creates a parameter from its Rust name and type, the schema's text, and the position of that.
    #[must_use]
    pub const fn new(name: &'static str, ty: &'static str, schema: &'static str, position: &'static str) -> Self {
        Self { name, ty, schema, position }
    }
}

/// The one argument of a handler with one parameter by value; also the type of a parameter, where types are compared.
#[derive(Debug)]
pub struct Is<T>(pub T);

/// The argument of such a handler if the command has none or several: the handler does not fit.
#[derive(Debug)]
pub struct NotOne;

/// The type of a parameter that is not compared here but by [`Argument`](super::Argument).
#[derive(Debug)]
pub struct Unchecked;

/// Compares the type that a handler has with the one that the schema has: `Same::<A, Is<A>>::SAME` is true, any other
/// constant of that name is [`Differs`]'s.
#[derive(Debug)]
pub struct Same<Found, Expected>(Found, Expected);

impl<T> Same<T, Is<T>> {
    /// They are the same.
    pub const SAME: bool = true;
}

impl<T> Same<T, Unchecked> {
    /// Not known here.
    pub const SAME: bool = true;
}

/// The constant of types that differ: rustc prefers an inherent one.
pub trait Differs {
    /// They differ.
    const SAME: bool = false;
}

impl<Found, Expected> Differs for Same<Found, Expected> {}

/// Likewise for what a handler returns: the schema's type, or a result of it.
#[derive(Debug)]
pub struct SameReturn<Found, Expected>(Found, Expected);

impl<T> SameReturn<T, T> {
    /// They are the same.
    pub const SAME: bool = true;
}

impl<T, E> SameReturn<Result<T, E>, T> {
    /// They are the same but for the error.
    pub const SAME: bool = true;
}

impl<Found, Expected> Differs for SameReturn<Found, Expected> {}

/// The type at an index of the list [`Handled::Types`](super::Handled::Types).
pub trait Nth<const INDEX: usize> {
    /// The type.
    type Type;
}

/// The index for parameters that are not compared here: there is no such argument, or it is too far back in the list.
pub(super) const UNCHECKED: usize = 16;

impl<List> Nth<UNCHECKED> for List {
    type Type = Unchecked;
}

macro_rules! list {
    ($last:ident) => { $last };
    ($first:ident $($rest:ident)+) => { ($first, list!($($rest)+)) };
}

macro_rules! nth {
    ($($index:literal: $($before:ident)*;)*) => {$(
        impl<$($before,)* T, Rest> Nth<$index> for list!($($before)* T Rest) {
            type Type = Is<T>;
        }
    )*};
}

nth! {
    0: ;
    1: A;
    2: A B;
    3: A B C;
    4: A B C D;
    5: A B C D E;
    6: A B C D E F;
    7: A B C D E F G;
    8: A B C D E F G H;
    9: A B C D E F G H I;
    10: A B C D E F G H I J;
    11: A B C D E F G H I J K;
    12: A B C D E F G H I J K L;
    13: A B C D E F G H I J K L M;
    14: A B C D E F G H I J K L M N;
    15: A B C D E F G H I J K L M N O;
}
