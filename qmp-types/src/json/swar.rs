//! Scans over strings, eight bytes at a time: SIMD within a register.

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH: u64 = ONES << 7;

/// Returns the number of bytes before the first that is the quote, a backslash, a control character or not ASCII.
#[inline]
pub(crate) fn before_special(bytes: &[u8], quote: u8) -> usize {
    scan(bytes, |word| special(word, quote))
}

/// Returns [`before_special`] for one word, or `None` if it has no such byte.
#[inline(always)]
pub(super) fn before_special_in_word(bytes: [u8; 8], quote: u8) -> Option<usize> {
    let matches = special(u64::from_le_bytes(bytes), quote);
    (matches != 0).then(|| first(matches))
}

/// Returns a word in which the first bit set is the high bit of the first special byte, or zero if there is none.
#[inline(always)]
fn special(word: u64, quote: u8) -> u64 {
    (quote_or_control(word, quote) | byte(word, b'\\') | word) & HIGH
}

/// Returns the number of bytes before the first that has to be escaped in a string of ASCII.
#[inline]
pub(crate) fn before_escape(bytes: &[u8]) -> usize {
    // Adding one to a byte of 0x7F sets its high bit. It carries into the next byte from 0xFF only, which is a match itself.
    scan(bytes, |word| (quote_or_control(word, b'"') | byte(word, b'\\') | word.wrapping_add(ONES) | word) & HIGH)
}

/// Returns the number of bytes before the first match. `words` sets the high bit of the first byte that matches, and any
/// bits of the bytes after it; it matches a byte of zero.
#[inline(always)]
fn scan(bytes: &[u8], words: impl Fn(u64) -> u64) -> usize {
    let mut at = 0;
    while let Some((chunk, _)) = bytes[at..].split_first_chunk() {
        let matches = words(u64::from_le_bytes(*chunk));
        if matches != 0 {
            return at + first(matches);
        }
        at += 8;
    }
    match bytes.last_chunk() {
        // The last eight bytes, of which the first were scanned before and do not match.
        Some(chunk) => match words(u64::from_le_bytes(*chunk)) {
            0 => bytes.len(),
            matches => bytes.len() - 8 + first(matches),
        },
        // Fewer than eight bytes, padded with bytes of zero, which match.
        None => first(words(short(bytes))),
    }
}

/// Returns the index of the first byte whose high bit is set, in a word where one is.
#[inline(always)]
fn first(matches: u64) -> usize {
    matches.trailing_zeros() as usize / 8
}

/// Returns fewer than eight bytes as a word, padded with bytes of zero.
#[inline(always)]
fn short(bytes: &[u8]) -> u64 {
    let len = bytes.len();
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        // Where head and tail overlap, their bytes are the same, so combining them changes nothing.
        (Some(head), Some(tail)) => {
            u64::from(u32::from_le_bytes(*head)) | u64::from(u32::from_le_bytes(*tail)) << (8 * (len - 4))
        }
        _ => bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    }
}

/// Returns a word with the high bits of the bytes that are the quote or a control character, and perhaps of bytes that are not
/// ASCII.
///
/// Control characters are less than a space. The XOR exchanges the quote and the space, so that one comparison with the space
/// finds both: a byte less than or equal to it is a control character or the quote. The quote is between 32 and 63, so that
/// the XOR keeps control characters among themselves.
#[inline(always)]
const fn quote_or_control(word: u64, quote: u8) -> u64 {
    (word ^ (ONES * (quote ^ b' ') as u64)).wrapping_sub(ONES * (b' ' + 1) as u64)
}

/// Returns a word with the high bits of the bytes that are `byte`.
#[inline(always)]
const fn byte(word: u64, byte: u8) -> u64 {
    below(word ^ (ONES * byte as u64), 1)
}

/// Returns a word with the high bits of the bytes that are less than `limit`, which is at most 128.
#[inline(always)]
const fn below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(ONES * limit as u64) & !word & HIGH
}

#[cfg(test)]
mod tests {
    use super::{before_escape, before_special};

    #[test]
    fn finds_the_first_match_at_every_position() {
        for byte in 0..=255_u8 {
            for position in 0..20 {
                for len in position + 1..=20 {
                    let mut bytes = [b'x'; 20];
                    bytes[position] = byte;
                    bytes[position + 1..].fill(b'\\');
                    let bytes = &bytes[..len];
                    let next = position + 1;
                    let special = byte < b' ' || byte == b'\\' || byte >= 0x80;
                    let found = |matches: bool| if matches { position } else { next };
                    assert_eq!(before_special(bytes, b'"'), found(special || byte == b'"'), "{byte} at {position}");
                    assert_eq!(before_special(bytes, b'\''), found(special || byte == b'\''), "{byte} at {position}");
                    let escaped = special || byte == b'"' || byte == 0x7F;
                    assert_eq!(before_escape(bytes), found(escaped), "{byte} at {position}");
                }
            }
        }
    }
}
