//! Integers of unknown width.

use qmp_types::Int;
use qmp_types::private::Mode;

use crate::support::{check, read};

#[test]
fn values_of_i64_and_u64() {
    for text in
        ["0", "-1", "-9223372036854775808", "9223372036854775807", "9223372036854775808", "18446744073709551615"]
    {
        check::<Int>(text, text);
        check::<Vec<Int>>(&format!("[{text}]"), &format!("[{text}]"));
    }
}

#[test]
fn other_values_are_rejected() {
    for text in ["-9223372036854775809", "18446744073709551616", "1.0", "1e0", "\"1\"", "null", "true"] {
        assert!(read::<Int>(text, Mode::Lenient).is_err(), "{text}");
    }
}

#[test]
fn conversions_keep_the_value() {
    assert_eq!(u64::try_from(Int::from(u64::MAX)), Ok(u64::MAX));
    assert!(i64::try_from(Int::from(u64::MAX)).is_err());
    assert!(u8::try_from(Int::from(-1)).is_err());
    assert!(Int::from(i64::MIN) < Int::from(0_u8));
    assert_eq!(Int::from(5_u8), 5_i64);
    assert_eq!(format!("{} {:?}", Int::from(-7), Int::default()), "-7 0");
}
