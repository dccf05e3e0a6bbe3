//! Names that are equal as identifiers of C.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use crate::diagnostic::{Diagnostics, Rule};
use crate::source::Span;

/// A name as an identifier of C: all but letters, digits and `_` become `_`.
#[derive(Debug, Clone, Copy)]
pub(super) struct CForm<'a>(pub(super) &'a str);

impl CForm<'_> {
    fn bytes(self) -> impl Iterator<Item = u8> {
        self.0.chars().map(|c| if c.is_ascii_alphanumeric() { c as u8 } else { b'_' })
    }

    pub(super) fn starts_with(self, prefix: &str) -> bool {
        let mut bytes = self.bytes();
        prefix.bytes().all(|wanted| bytes.next() == Some(wanted))
    }
}

impl PartialEq for CForm<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes().eq(other.bytes())
    }
}

impl Eq for CForm<'_> {}

impl Hash for CForm<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // The hasher would take far longer byte by byte.
        let add = |hash: u64, byte| hash.wrapping_mul(0x0100_0000_01b3).wrapping_add(u64::from(byte));
        state.write_u64(self.bytes().fold(0, add));
    }
}

/// Reports each name that clashes with an earlier one. `what` names them in the message.
pub(super) fn refuse_clashes<'a>(
    what: &str,
    names: impl IntoIterator<Item = (&'a str, Span)>,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: HashMap<CForm<'a>, (&str, Span)> = HashMap::new();
    for (name, span) in names {
        match seen.get(&CForm(name)) {
            Some(&(first, place)) => refuse(what, (name, span), (first, place), diagnostics),
            None => drop(seen.insert(CForm(name), (name, span))),
        }
    }
}

/// Reports that a name clashes with an earlier one of the same list.
pub(super) fn refuse(
    what: &str,
    (name, span): (&str, Span),
    (first, place): (&str, Span),
    diagnostics: &mut Diagnostics,
) {
    if name == first {
        let error = diagnostics.error(Rule::DuplicateName, span, &[what, name]);
        error.related(place, "first given here");
    } else {
        let error = diagnostics.error(Rule::Clash, span, &[what, name, first]);
        error.related(place, format!("`{first}`"));
    }
}
