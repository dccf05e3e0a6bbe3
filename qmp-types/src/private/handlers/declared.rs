//! The signature that a schema gives a handler, as data for the error messages and as types to compare.

/// The signature of a command's handler.
#[derive(Debug, Clone, Copy)]
pub struct Signature {
    /// Whether the arguments are inline, which gives each a parameter of its name. Otherwise there is one parameter, of any
    /// name.
    pub(super) inline: bool,
    /// The type of all arguments together, as error messages show it.
    pub(super) arguments: &'static str,
    pub(super) parameters: &'static [Parameter],
    pub(super) returns: Parameter,
}

/// A parameter of a handler.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// The Rust name.
    pub(super) name: &'static str,
    /// The Rust type, as error messages show it.
    pub(super) ty: &'static str,
    /// The declaration in the schema, such as `'*device': 'str'`.
    pub(super) schema: &'static str,
    /// The position of that declaration, `FILE:LINE`.
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
    /// Creates a parameter from its Rust name and type, its declaration in the schema, and the position of that.
    #[must_use]
    pub const fn new(name: &'static str, ty: &'static str, schema: &'static str, position: &'static str) -> Self {
        Self { name, ty, schema, position }
    }
}

/// The only argument of a handler with one parameter by value. Where types are compared, the type of a parameter.
#[derive(Debug)]
pub struct Is<T>(pub T);

/// Stands for the only argument of a command that has no argument or several. A handler with one parameter does not fit
/// such a command.
#[derive(Debug)]
pub struct NotOne;

/// The type of a parameter that [`Argument`](super::Argument) checks instead.
#[derive(Debug)]
pub struct Unchecked;

/// Compares the type in a handler with the one in the schema.
///
/// `Same::<A, Is<A>>::SAME` is an inherent constant, which is true. For all other types, `SAME` is the constant of
/// [`Differs`], which is false.
#[derive(Debug)]
pub struct Same<Found, Expected>(Found, Expected);

impl<T> Same<T, Is<T>> {
    /// The types are the same.
    pub const SAME: bool = true;
}

impl<T> Same<T, Unchecked> {
    /// The types are not compared here.
    pub const SAME: bool = true;
}

/// Provides the constant for types that differ. rustc prefers an inherent constant where there is one.
pub trait Differs {
    /// The types differ.
    const SAME: bool = false;
}

impl<Found, Expected> Differs for Same<Found, Expected> {}

/// Compares the return type of a handler with the schema's type, or a `Result` of it, as [`Same`] compares parameters.
#[derive(Debug)]
pub struct SameReturn<Found, Expected>(Found, Expected);

impl<T> SameReturn<T, T> {
    /// The types are the same.
    pub const SAME: bool = true;
}

impl<T, E> SameReturn<Result<T, E>, T> {
    /// The handler returns a `Result` of the schema's type.
    pub const SAME: bool = true;
}

impl<Found, Expected> Differs for SameReturn<Found, Expected> {}

/// The type at an index of the list [`Handled::Types`](super::Handled::Types).
pub trait Nth<const INDEX: usize> {
    /// The type.
    type Type;
}

/// The index of parameters that are not compared, because there is no such argument or it is too far back in the list.
pub(super) const UNCHECKED: usize = 16;

impl<List> Nth<UNCHECKED> for List {
    type Type = Unchecked;
}

/// Expands to the nested tuples of a list of types: `(A, (B, C))`.
macro_rules! list {
    ($last:ident) => { $last };
    ($first:ident $($rest:ident)+) => { ($first, list!($($rest)+)) };
}

/// Implements [`Nth`] for an index. The types before that index are named after it.
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
