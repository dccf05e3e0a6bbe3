//! Sets of names: an object's members, an enumeration's values.

use super::Features;

/// A set of names, in schema order.
#[derive(Debug)]
pub struct Names {
    /// The name of the enumeration or object in the schema.
    pub owner: &'static str,
    /// The names as written on the wire.
    pub all: &'static [&'static str],
    /// A hash table with open addressing, which holds the index of each name in the slot of its hash or the next free one.
    ///
    /// Its size is a power of two greater than the number of names, so that every search ends at a free slot
    /// ([`FREE`](Self::FREE)). It is empty if there are few names, or more than a `u8` can index. The names are then
    /// searched one by one.
    pub slots: &'static [u8],
    /// The [special features](Features) of each name, or nothing if no name has any.
    pub features: &'static [u8],
}

impl Names {
    /// The content of a slot without a name.
    pub const FREE: u8 = u8::MAX;

    /// Returns the special features of the name at `index`.
    #[inline]
    pub(super) fn features(&self, index: usize) -> Features {
        Features(self.features.get(index).copied().unwrap_or(0))
    }

    /// Returns the index of a name.
    #[must_use]
    #[inline(always)]
    pub(crate) fn find(&self, text: &[u8]) -> Option<usize> {
        if self.slots.is_empty() {
            return self.all.iter().position(|name| same(name.as_bytes(), text));
        }
        let mut slot = hash(text);
        loop {
            let index = usize::from(self.slots[slot & (self.slots.len() - 1)]);
            if same(self.all.get(index)?.as_bytes(), text) {
                return Some(index);
            }
            slot += 1;
        }
    }

    /// Returns the index and the length of the name that a text starts with, in double quotes. The name at `expected` is
    /// compared first.
    #[inline(always)]
    pub(super) fn find_at(&self, text: &[u8], expected: usize) -> Option<(usize, usize)> {
        if let Some(name) = self.all.get(expected)
            && text.get(name.len() + 1) == Some(&b'"')
            && text[0] == b'"'
            && same(&text[1..=name.len()], name.as_bytes())
        {
            return Some((expected, name.len()));
        }
        let name = quoted(text)?;
        Some((self.find(name)?, name.len()))
    }
}

/// Returns the name in double quotes that a text starts with, without the quotes.
///
/// It ignores escapes. That is safe because no set contains a name with a backslash: a name with an escape is not found,
/// and the caller then decodes it.
#[inline(always)]
fn quoted(text: &[u8]) -> Option<&[u8]> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let text = text.strip_prefix(b"\"")?;
    let mut len = 0;
    while let Some((word, _)) = text[len..].split_first_chunk() {
        // Subtracting one from each byte borrows first at the first zero, which is the first quote.
        let others = u64::from_le_bytes(*word) ^ (ONES * b'"' as u64);
        let quotes = others.wrapping_sub(ONES) & !others & (ONES << 7);
        if quotes != 0 {
            return Some(&text[..len + quotes.trailing_zeros() as usize / 8]);
        }
        len += 8;
    }
    let rest = text[len..].iter().position(|&byte| byte == b'"')?;
    Some(&text[..len + rest])
}

/// Returns the hash of a name: a weighted sum of its length and its first, middle and last byte.
///
/// Two thirds of QEMU's names are in the slot of their hash. The generator has the same function and must agree with it.
#[inline(always)]
fn hash(name: &[u8]) -> usize {
    let (first, last) = match name {
        [first, .., last] => (*first, *last),
        [only] => (*only, *only),
        [] => return 0,
    };
    7 * name.len() + 3 * usize::from(first) + 9 * usize::from(name[name.len() / 2]) + 5 * usize::from(last)
}

/// Returns whether two names are equal. Names are short, so comparing words costs less than a call of `memcmp`.
#[inline(always)]
fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let (words, others) = (a.as_chunks::<8>().0, b.as_chunks::<8>().0);
    if !words.is_empty() {
        let equal = |(a, b): (&[u8; 8], &[u8; 8])| u64::from_ne_bytes(*a) == u64::from_ne_bytes(*b);
        words.iter().zip(others).all(equal) && a.last_chunk::<8>() == b.last_chunk::<8>()
    } else if a.len() >= 4 {
        a.first_chunk::<4>() == b.first_chunk::<4>() && a.last_chunk::<4>() == b.last_chunk::<4>()
    } else {
        a.iter().eq(b)
    }
}

#[cfg(test)]
mod tests {
    use super::{quoted, same};

    const TEXT: &str = "abcdefghijklmnopqrstuvwxyz";

    #[test]
    fn a_name_ends_at_its_quote() {
        for len in 0..TEXT.len() {
            let text = format!("\"{}\": \"", &TEXT[..len]);
            assert_eq!(quoted(text.as_bytes()), Some(&TEXT.as_bytes()[..len]));
            assert_eq!(quoted(&text.as_bytes()[..=len]), None);
        }
        assert_eq!(quoted(b"'a'"), None);
    }

    #[test]
    fn names_are_equal_in_all_bytes() {
        for len in 0..TEXT.len() {
            let name = &TEXT.as_bytes()[..len];
            assert!(same(name, name));
            assert!(!same(name, &TEXT.as_bytes()[..=len]));
            for position in 0..len {
                let mut other = name.to_vec();
                other[position] ^= 0x80;
                assert!(!same(name, &other), "{len} {position}");
            }
        }
    }
}
