//! The rules that a schema must keep beyond its grammar.

/// Bases and branches may follow each other this deep; a bound on the stack of whoever walks them.
pub(crate) const MAX_DEPTH: usize = 100;
