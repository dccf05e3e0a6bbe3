//! The JSON dialect: the input that is accepted, and the error texts for all other input.

use crate::support::{check, check_error, replies};

const OK: &str = r#"{"return": {}}"#;
const NOT_AN_OBJECT: &str = "QMP input must be a JSON object";

fn check_parse_error(input: impl AsRef<[u8]>, desc: &str) {
    check_error(input, &format!("JSON parse error, {desc}"));
}

/// Checks that `echo` returns the value in the spelling `back`.
fn check_echo(sent: impl AsRef<[u8]>, back: &str) {
    let input = [b"{'execute': 'echo', 'arguments': {'v': ".as_slice(), sent.as_ref(), b"}}"].concat();
    check(input, &[&format!(r#"{{"return": {{"v": {back}}}}}"#)]);
}

/// Checks that the value is rejected with a parse error.
fn check_parse_error_of_value(sent: impl AsRef<[u8]>, desc: &str) {
    let input = [b"{'execute': 'echo', 'arguments': {'v': ".as_slice(), sent.as_ref(), b"}}"].concat();
    check_parse_error(input, desc);
}

#[test]
fn values_need_no_line_ends() {
    check("{\"execute\":\"silent\"}{\"execute\":\"echo\"} \t\r\n{\"execute\":\"echo\"}", &[OK, OK]);
}

#[test]
fn values_other_than_objects() {
    for input in ["12 ", "12", "\"text\"", "'text'", "true\n", "null ", "[]", "[{}]", "-0.5e+3 ", "0.0e5 "] {
        check_error(input, NOT_AN_OBJECT);
    }
}

#[test]
fn stray_bytes() {
    check_parse_error("@", "stray '@'");
    check_parse_error("A", "stray 'A'");
    check_parse_error("{\"execute\": True}", "stray 'T'");
    check_parse_error("\u{1}", "stray '\u{1}'");
    check_parse_error("\0", "stray ''");
    check_parse_error(b"\xFF", "stray '\u{FFFD}'");
    check_parse_error(b"\xEF", "stray '\u{FFFD}'");
    check_parse_error("\"tab\there\n", "stray '\"tab\t'");
    check_parse_error("\"line\n", "stray '\"line\n'");
    check_parse_error(b"\"\xFE\n", "stray '\"\u{FFFD}'");
    check_parse_error("'a\\\n", "stray ''a\\\n'");
}

#[test]
fn stray_text_that_is_not_utf8() {
    // A leading byte and its continuation bytes have one replacement character, whether they are valid or not.
    check_parse_error(b"\"\xED\xA0\xFF\n", "stray '\"\u{FFFD}\u{FFFD}'");
    check_parse_error(b"\"\xFC\x80\x80\x80\x80\x80\x80\n", "stray '\"\u{FFFD}\u{FFFD}\n'");
    check_parse_error(b"\"\xC3(\x80\xF0\x9F\n", "stray '\"\u{FFFD}(\u{FFFD}\u{FFFD}\n'");
    // NUL as QEMU encodes it, and noncharacters.
    check_parse_error(b"\"a\xC0\x80b\n", "stray '\"a\0b\n'");
    check_parse_error("\"\u{FDD0}\u{1FFFE}\u{FFFD}\n", "stray '\"\u{FFFD}\u{FFFD}\u{FFFD}\n'");
    check_error(b"\"\\u12\xC3\xA9\"", "JSON parse error, \\u12é is not a valid Unicode character");
}

#[test]
fn stray_text_is_truncated() {
    let output = replies(format!("\"{}\n", "é".repeat(5000)));
    let desc = output[0]["error"]["desc"].as_str().expect("a description");
    assert!(desc.starts_with("JSON parse error, stray '\"éé") && desc.len() <= 1024 + 30, "{}", desc.len());
}

#[test]
fn malformed_numbers() {
    for (input, token) in [("-x", "-x"), ("1.}", "1.}"), ("1e ", "1e "), ("00", "00"), ("01", "01"), ("-01", "-01")] {
        check_parse_error(format!("{input}\n"), &format!("stray '{token}'"));
    }
    // No exponent directly after a lone zero.
    check_parse_error("[0e5]", "expected separator in list");
}

#[test]
fn numbers() {
    for same in
        ["0", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551615", "0.5", "true", "null"]
    {
        check_echo(same, same);
    }
    check_echo("-0", "0");
    check_echo("1.0", "1.0");
    check_echo("1e2", "100.0");
    check_echo("0.0e5", "0.0");
}

#[test]
fn strings() {
    check_echo("'it is \"quoted\"'", r#""it is \"quoted\"""#);
    check_echo(r#""it's""#, r#""it's""#);
    check_echo(r#"'\'\"\\\/\b\f\n\r\t'"#, r#""'\"\\/\b\f\n\r\t""#);
    check_echo(r#""\u00e9\u20AC\ud83d\ude00""#, "\"é€😀\"");
    check_echo("\"é€😀\u{7f}\"", "\"é€😀\u{7f}\"");
    check_echo(r#""a\u0000b""#, r#""a\u0000b""#);
    check_echo(b"\"a\xC0\x80b\"", r#""a\u0000b""#);
    check_echo("\"\u{FDCF}\u{FDF0}\u{FFFD}\"", "\"\u{FDCF}\u{FDF0}\u{FFFD}\"");
}

#[test]
fn malformed_escapes() {
    check_parse_error_of_value(r#""\x41""#, "invalid escape sequence in string");
    check_parse_error_of_value(r#""\U0041""#, "invalid escape sequence in string");
    check_parse_error_of_value(r#""\ ""#, "invalid escape sequence in string");
    for (sent, shown) in [
        (r#""\u12G4""#, r"\u12G4"),
        (r#""\u12""#, r#"\u12""#),
        (r#""\ud800""#, r"\ud800"),
        (r#""\ud800x""#, r"\ud800"),
        (r#""\ud800\u0041""#, r"\ud800"),
        (r#""\udc00""#, r"\udc00"),
        (r#""\ufdd0""#, r"\ufdd0"),
        (r#""\uffff""#, r"\uffff"),
        (r#""\ud83f\udfff""#, r"\ud83f\udfff"),
    ] {
        check_parse_error_of_value(sent, &format!("{shown} is not a valid Unicode character"));
    }
}

#[test]
fn bytes_that_are_not_utf8() {
    let bad: [&[u8]; 9] = [
        b"\"\x80\"",
        b"\"\xC3\"",
        b"\"\xC0\x81\"",
        b"\"\xE0\x80\x80\"",
        b"\"\xED\xA0\x80\"",
        b"\"\xF4\x90\x80\x80\"",
        b"\"\xEF\xBF\xBF\"",
        b"\"\xEF\xB7\x90\"",
        b"\"\xF8\x88\x80\x80\x80\"",
    ];
    for sent in bad {
        check_parse_error_of_value(sent, "invalid UTF-8 sequence in string");
    }
}

#[test]
fn keywords() {
    check_parse_error("{'execute': nul}", "invalid keyword 'nul'");
    check_parse_error("nil ", "invalid keyword 'nil'");
    let output = replies(format!("{} ", "k".repeat(3000)));
    let desc = output[0]["error"]["desc"].as_str().expect("a description");
    assert_eq!(desc.len(), "JSON parse error, ".len() + 1023);
}

#[test]
fn objects_and_lists() {
    for (input, desc) in [
        ("{1: 2}", "key is not a string in object"),
        ("{true: 2}", "key is not a string in object"),
        ("{[1]: 2}", "key is not a string in object"),
        ("{{'a': 1}: 2}", "key is not a string in object"),
        ("{[1,]: 2}", "expecting value"),
        ("{nil: 2}", "invalid keyword 'nil'"),
        (r#"{"\x": 2}"#, "invalid escape sequence in string"),
        ("{'a' 1}", "missing : in object pair"),
        ("{'a', 1}", "missing : in object pair"),
        ("{'a'}", "missing : in object pair"),
        ("{'a': 1 'b': 2}", "expected separator in dict"),
        ("{'a': 1: 2}", "expected separator in dict"),
        ("[1 2]", "expected separator in list"),
        ("[1: 2]", "expected separator in list"),
        ("{'a': }", "expecting value"),
        ("{'a': ,}", "expecting value"),
        ("{'a': 1,}", "expecting value"),
        ("{,}", "expecting value"),
        ("[1,]", "expecting value"),
        ("[,1]", "expecting value"),
        ("}", "expecting value"),
        ("]", "expecting value"),
        (",", "expecting value"),
        (":", "expecting value"),
        ("{'a': 1, 'a': 2}", "duplicate key"),
        (r#"{"a": 1, "\u0061": 2}"#, "duplicate key"),
        ("{'a': 1, 'b': {'c': 1, 'c': nil}}", "invalid keyword 'nil'"),
        ("[{'a': 1, 'b': [{'a': 1}], 'a': 1}]", "duplicate key"),
    ] {
        check_parse_error(input, desc);
    }
}

#[test]
fn mismatched_brackets() {
    for (input, desc) in [
        ("{]", "expecting value"),
        ("[}", "expecting value"),
        ("{'a': [1}", "expected separator in list"),
        ("{'a': 1]\n", "expected separator in dict"),
        ("[{'a': [1}]\n", "expected separator in list"),
    ] {
        check_parse_error(input, desc);
    }
}

#[test]
fn incomplete_messages() {
    for input in ["{", "{'execute': 'stop'", "\"text", "[1, 2", "-", "1.", "{'a\\"] {
        check_parse_error(input, "premature EOI");
    }
}

#[test]
fn numbers_in_garbage_do_not_reset_the_error_limit() {
    let replies = replies("@\n1 ".repeat(1000));
    let (stray, numbers): (Vec<_>, Vec<_>) = replies.iter().partition(|reply| reply.to_string().contains("stray"));
    assert_eq!((stray.len(), numbers.len()), (64, 1001));
}
