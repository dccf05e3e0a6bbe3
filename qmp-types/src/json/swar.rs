//! How far a string goes without anything that needs a look, eight bytes at a time.

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH: u64 = ONES << 7;

/// How many bytes there are before the first quote, backslash or control character.
#[inline]
pub(crate) fn before_end(bytes: &[u8], quote: u8) -> usize {
    scan(
        bytes,
        |word| byte(word, quote) | byte(word, b'\\') | below(word, b' '),
        |byte| byte == quote || byte == b'\\' || byte < b' ',
    )
}

/// How many bytes there are before the first that cannot be written as it is.
#[inline]
pub(crate) fn before_escape(bytes: &[u8]) -> usize {
    scan(
        bytes,
        |word| byte(word, b'"') | byte(word, b'\\') | below(word, b' ') | byte(word, 0x7F) | word & HIGH,
        |byte| !matches!(byte, b' '..=b'~') || byte == b'"' || byte == b'\\',
    )
}

/// How many bytes there are before the first match. `words` sets the high bit of the first byte that matches; of bytes
/// after that it may say what it likes.
#[inline]
fn scan(bytes: &[u8], words: impl Fn(u64) -> u64, single: impl Fn(u8) -> bool) -> usize {
    let mut rest = bytes;
    while let Some((chunk, behind)) = rest.split_first_chunk() {
        let matches = words(u64::from_le_bytes(*chunk));
        if matches != 0 {
            return bytes.len() - rest.len() + matches.trailing_zeros() as usize / 8;
        }
        rest = behind;
    }
    match bytes.last_chunk() {
        // The last word once more, with bytes in front that are known not to match.
        Some(chunk) => match words(u64::from_le_bytes(*chunk)) {
            0 => bytes.len(),
            matches => bytes.len() - chunk.len() + matches.trailing_zeros() as usize / 8,
        },
        None => bytes.iter().position(|&byte| single(byte)).unwrap_or(bytes.len()),
    }
}

/// The high bits of the bytes that are `byte`.
#[inline]
const fn byte(word: u64, byte: u8) -> u64 {
    below(word ^ (ONES * byte as u64), 1)
}

/// The high bits of the bytes that are less than `limit`, which is at most 128.
#[inline]
const fn below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(ONES * limit as u64) & !word & HIGH
}

#[cfg(test)]
mod tests {
    use super::{before_end, before_escape};

    #[test]
    fn finds_the_first_at_every_position() {
        for byte in 0..=255_u8 {
            for position in 0..20 {
                let mut bytes = [b'x'; 20];
                bytes[position] = byte;
                bytes[position + 1..].fill(b'\\');
                let next = if position == 19 { 20 } else { position + 1 };
                let stops = byte < b' ' || byte == b'\\' || byte == b'"';
                assert_eq!(before_end(&bytes, b'"'), if stops { position } else { next }, "{byte} at {position}");
                let escaped = stops || byte >= 0x7F;
                assert_eq!(before_escape(&bytes), if escaped { position } else { next }, "{byte} at {position}");
            }
        }
    }
}
