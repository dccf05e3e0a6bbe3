//! The lexer and the framer against serde_json, in both dialects and wherever the bytes are split.

use proptest::prelude::*;
use serde_json::{Number, Value};

use super::number;
use super::{Broken, Dialect, Framer, Kind, Lexeme, Lexer, MessageLimits, Progress, string};

const DIALECTS: [Dialect; 2] = [Dialect::Qemu, Dialect::Rfc8259];

/// Returns the tokens of bytes that arrive up to each of the ends.
fn tokens(bytes: &[u8], ends: impl IntoIterator<Item = usize>, dialect: Dialect) -> Vec<(Kind, &[u8])> {
    let mut lexer = Lexer::new(dialect);
    let mut tokens = Vec::new();
    for end in ends {
        loop {
            match lexer.next(&bytes[..end]) {
                Lexeme::Token { kind, start, end } => tokens.push((kind, &bytes[start..end])),
                Lexeme::More => break,
                stray @ Lexeme::Stray { .. } => panic!("{stray:?} in {:?}", String::from_utf8_lossy(bytes)),
            }
        }
    }
    if let Some(Lexeme::Token { kind, start, end }) = lexer.finish() {
        tokens.push((kind, &bytes[start..end]));
    }
    tokens
}

/// Checks that a token means what it means to serde_json.
fn check_token(kind: Kind, token: &[u8], dialect: Dialect) {
    let text = std::str::from_utf8(token).unwrap();
    match kind {
        Kind::String => {
            let expected: String = serde_json::from_str(text).unwrap();
            assert_eq!(string::read_token(token, dialect).unwrap(), expected);
            assert_eq!(string::read(text, &mut 1, b'"', dialect).unwrap(), expected);
        }
        Kind::Number => {
            let mut end = 0;
            let expected: Number = serde_json::from_str(text).unwrap();
            match number::read(text, &mut end, dialect).unwrap() {
                number::Number::Signed(value) => assert_eq!(expected, value.into()),
                number::Number::Unsigned(value) => assert_eq!(expected, value.into()),
                number::Number::Real(real) => assert!(expected.is_f64() && real == text, "{text}"),
            }
            assert_eq!(end, text.len());
        }
        Kind::Keyword => assert!(["true", "false", "null"].contains(&text), "{text}"),
        _ => assert_eq!(token.len(), 1),
    }
}

/// Returns what a framer finds first, in bytes that arrive up to each of the ends: the progress, and the members.
fn frame(bytes: &[u8], ends: impl IntoIterator<Item = usize>, dialect: Dialect) -> (Progress, Option<Vec<String>>) {
    let limits = MessageLimits { bytes: 200, tokens: 50, depth: 5 };
    let mut framer = Framer::new(dialect, limits);
    for end in ends {
        let progress = framer.advance(&bytes[..end]);
        if progress != Progress::More {
            let text = |range: &std::ops::Range<usize>| String::from_utf8_lossy(&bytes[range.clone()]).into_owned();
            let members = framer.members().map(|members| {
                members.iter().map(|member| format!("{}={}", text(&member.key), text(&member.value))).collect()
            });
            return (progress, members);
        }
    }
    (Progress::More, None)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens_are_those_of_serde_json(value in json(), is_pretty in any::<bool>()) {
        let compact = serde_json::to_string(&value).unwrap();
        let text = if is_pretty { serde_json::to_string_pretty(&value).unwrap() } else { compact.clone() };
        let bytes = text.as_bytes();
        for dialect in DIALECTS {
            let whole = tokens(bytes, [bytes.len()], dialect);
            whole.iter().for_each(|(kind, token)| check_token(*kind, token, dialect));
            let joined: Vec<_> = whole.iter().map(|(_, token)| *token).collect();
            assert_eq!(joined.concat(), compact.as_bytes());
            for split in 0..=bytes.len() {
                assert_eq!(tokens(bytes, [split, bytes.len()], dialect), whole, "split at {split}");
            }
            assert_eq!(tokens(bytes, 0..=bytes.len(), dialect), whole);
        }
    }

    #[test]
    fn messages_end_where_their_value_does(value in json(), behind in "[ \n]?[{\\[\"x1]?") {
        let text = serde_json::to_string(&serde_json::json!({ "a": value, "b": 1 })).unwrap();
        let members = vec![format!("\"a\"={value}"), "\"b\"=1".to_owned()];
        let stream = format!("{text}{behind}");
        for dialect in DIALECTS {
            let mut framer = Framer::new(dialect, MessageLimits::default());
            assert_eq!(framer.advance(stream.as_bytes()), Progress::Complete(text.len()));
            let part = |range: &std::ops::Range<usize>| &text[range.clone()];
            let found = framer.members().unwrap().iter().map(|m| format!("{}={}", part(&m.key), part(&m.value)));
            assert_eq!(found.collect::<Vec<_>>(), members);
        }
    }

    #[test]
    fn splitting_never_changes_what_is_framed(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let bytes = pieces.concat();
        for dialect in DIALECTS {
            let whole = frame(&bytes, [bytes.len()], dialect);
            for split in 0..=bytes.len() {
                assert_eq!(frame(&bytes, [split, bytes.len()], dialect), whole, "split at {split}");
            }
            assert_eq!(frame(&bytes, 0..=bytes.len(), dialect), whole, "byte by byte");
        }
    }
}

/// Pieces of messages and of garbage.
const PIECES: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"\"",
    b"'",
    b"\\",
    b" ",
    b"\r\n",
    b"\x01",
    b"\xFF",
    b"\xFE",
    b"\xC3\xA9",
    b"0",
    b"-",
    b"01",
    b"1e5",
    b"-inf",
    b"1.5",
    b"0e5",
    b"12345678901",
    b"true",
    b"nil",
    b"A",
    b"\"a\"",
    b"'a'",
    b"\"a\": ",
    b"{\"a\": [1, ",
    b"}}, ",
    b"\"longer than a word or two\"",
    b"\"\\\"\"",
];

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[a-z -~]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z\u{e9}\"]{0,9}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

#[test]
fn limits_count_what_is_no_white_space() {
    let check = |text: &str, description: Option<&'static str>| {
        let (progress, _) = frame(text.as_bytes(), [text.len()], Dialect::Qemu);
        let expected = match description {
            None => Progress::Complete(text.len()),
            Some(description) => Progress::Broken(Broken::TooLarge { end: text.len(), description }),
        };
        assert_eq!(progress, expected, "{text}");
    };
    let too_long = Some("JSON token size limit exceeded");
    check(&format!("[\"{}\"]", "x".repeat(195)), None);
    check(&format!("[\"{}\"]", "x".repeat(196)), too_long);
    check(&format!("{:500}[\"{}\" {:500}]", "", "x".repeat(195), ""), None);
    check(&format!("[{}0]", "0,".repeat(23)), None);
    check(&format!("[{}", "0,".repeat(25)), Some("JSON token count limit exceeded"));
    check("[[[[[]]]]]", None);
    check("[[[[[[", Some("JSON nesting depth limit exceeded"));
}

#[test]
fn the_longest_string_of_escapes_takes_no_stack() {
    let text = format!("\"{}\"", "\\n".repeat(2 << 20));
    for dialect in DIALECTS {
        assert_eq!(tokens(text.as_bytes(), [text.len()], dialect), [(Kind::String, text.as_bytes())]);
    }
}

#[test]
fn only_qemus_dialect_has_nul_in_two_bytes() {
    let read = |dialect| string::read_token(b"\"\xC0\x80\"", dialect).map_err(|error| error.description);
    assert_eq!(read(Dialect::Qemu).unwrap(), "\0");
    assert_eq!(read(Dialect::Rfc8259).unwrap_err(), "invalid UTF-8 sequence in string");
}
