//! The dialect of JSON that a server reads.

use serde_json::{Value, json};

use super::basics::{ANSWERS, ECHOES, RESYNC};
use super::ids::echoes;
use crate::conform::finding::{Probed, expect};
use crate::conform::rule::{Class, Rule, Spec};
use crate::conform::target::Target;

const SPEC: Spec = Spec::Qmp("General Definitions");

/// A rule about a request that is not JSON, given from its second member on.
macro_rules! malformed {
    ($id:literal, $duty:literal, $rest:literal) => {
        Rule {
            id: $id,
            duty: $duty,
            reason: "A request that is not JSON is a mistake, and a guess at its meaning might do harm.",
            spec: SPEC,
            needs: &[ANSWERS],
            probe: |target| refuses(target, $rest),
            ..Rule::BOTH
        }
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "dialect/escapes",
        duty: "reads all escape sequences of strings",
        reason: "Clients escape names and paths in any way that JSON has.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: |target| reads(target, r#""\"\\\/\b\f\n\r\t\u0041\u00e9""#, &json!("\"\\/\u{8}\u{c}\n\r\tA\u{e9}")),
        ..Rule::BOTH
    },
    Rule {
        id: "dialect/surrogates",
        duty: "reads a pair of escaped surrogates as one character",
        reason: "Characters beyond U+FFFF are escaped this way by clients that send ASCII.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: |target| reads(target, r#""\ud83d\ude00""#, &json!("\u{1f600}")),
        ..Rule::BOTH
    },
    Rule {
        id: "dialect/utf8",
        duty: "reads UTF-8",
        reason: "The specification promises UTF-8 for input, and file names contain it.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: |target| reads(target, "\"caf\u{e9} \u{20ac} \u{1f600}\"", &json!("caf\u{e9} \u{20ac} \u{1f600}")),
        ..Rule::BOTH
    },
    Rule {
        id: "dialect/escaped-name",
        duty: "reads escape sequences in the names of members and commands",
        reason: "An escaped character is the same character, in a name too.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: escaped_name,
        ..Rule::BOTH
    },
    Rule {
        id: "dialect/integers",
        duty: "keeps all digits of 64-bit integers, signed and unsigned",
        reason: "Addresses and sizes need 64 bits, more than a floating-point number holds.",
        spec: SPEC,
        needs: &["ids/number"],
        probe: integers,
        ..Rule::BOTH
    },
    Rule {
        id: "dialect/fractions",
        duty: "reads numbers with a fraction or an exponent",
        reason: "They are JSON numbers, which some arguments are.",
        spec: SPEC,
        needs: &["ids/number"],
        probe: fractions,
        ..Rule::BOTH
    },
    Rule {
        id: "dialect/white-space",
        duty: "accepts blanks, tabs and line ends between tokens",
        reason: "Clients format JSON as their libraries do.",
        spec: SPEC,
        needs: &["framing/several-lines"],
        probe: white_space,
        ..Rule::BOTH
    },
    Rule {
        id: "dialect/single-quotes",
        duty: "accepts strings in single quotes",
        reason: "The specification has them as an extension, which people use by hand and in scripts.",
        spec: SPEC,
        class: Class::Compat,
        needs: &[ECHOES],
        probe: |target| reads(target, r#"'it\'s "single"'"#, &json!("it's \"single\"")),
        ..Rule::BOTH
    },
    malformed! { "dialect/no-trailing-comma", "refuses a comma after the last member", b"\"id\": 1,}" },
    malformed! { "dialect/no-leading-zeros", "refuses numbers with leading zeros", b"\"id\": 01}" },
    malformed! { "dialect/no-bare-point", "refuses numbers without digits after the point", b"\"id\": 1.}" },
    malformed! { "dialect/no-other-keywords", "refuses keywords other than true, false and null", b"\"id\": nil}" },
    malformed! { "dialect/no-other-escapes", "refuses escape sequences that JSON does not have", b"\"id\": \"\\q\"}" },
    malformed! { "dialect/no-bad-unicode", "refuses `\\u` without four digits", b"\"id\": \"\\u12\"}" },
    malformed! { "dialect/no-bare-name", "refuses names of members without quotes", b"id: 1}" },
    malformed! { "dialect/no-bad-utf8", "refuses strings that are not UTF-8", b"\"id\": \"\xc3\x28\"}" },
    Rule {
        // Without the byte 0xFF, the closing quote would open a string.
        needs: &[ANSWERS, RESYNC],
        ..malformed! { "dialect/no-control-characters", "refuses line ends inside strings", b"\"id\": \"a\nb\"}\xff" }
    },
    Rule {
        class: Class::Compat,
        reason: "One half of a pair is no character, and readers differ in what they make of it.",
        ..malformed! { "dialect/no-lone-surrogate", "refuses one half of a pair of surrogates", b"\"id\": \"\\ud83d\"}" }
    },
    Rule {
        class: Class::Compat,
        reason: "Readers differ in which of the two they take, so the server might do what the client did not mean.",
        ..malformed! { "dialect/no-duplicate-member", "refuses two members of one name", b"\"id\": 1, \"id\": 2}" }
    },
    Rule {
        id: "dialect/overflow",
        duty: "sends JSON even if a number of the request exceeds all floating-point numbers",
        reason: "The text `inf` is no JSON, and a client that reads it loses the connection.",
        spec: Spec::Qmp("Compatibility Considerations"),
        class: Class::Compat,
        needs: &[ANSWERS],
        probe: overflow,
        ..Rule::BOTH
    },
];

/// Sends a request with this id, and compares the id of the reply by its meaning.
fn reads(target: &Target, id: &str, meaning: &Value) -> Probed {
    let mut connection = target.ready()?;
    let reply = connection.ask(connection.ping(id))?;
    reply.success()?;
    expect(reply.id() == Some(meaning), format!("the id `{meaning}`"), &reply)
}

/// Sends a harmless command with this text after its first member, and returns a finding if it is executed.
fn refuses(target: &Target, rest: &[u8]) -> Probed {
    let mut connection = target.ready()?;
    let beginning = format!(r#"{{"execute": "{}", "#, connection.ping_name());
    let replies = connection.replies([beginning.as_bytes(), rest].concat())?;
    // QEMU takes up parsing within the malformed message, so there may be several errors.
    replies.iter().try_for_each(|reply| reply.error().map(drop))
}

fn escaped_name(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    let request = connection.ping("1").replace("\"execute\"", r#""\u0065xecute""#).replace("\"query", r#""quer\u0079"#);
    connection.ask(request.replace("\"guest", r#""gues\u0074"#))?.success().map(drop)
}

fn integers(target: &Target) -> Probed {
    // The last one is the first that a floating-point number does not hold.
    let numbers = [json!(i64::MAX), json!(i64::MIN), json!(u64::MAX), json!((1_u64 << 53) + 1)];
    numbers.iter().try_for_each(|number| echoes(target, number))
}

fn fractions(target: &Target) -> Probed {
    for (text, number) in [("0.5", 0.5), ("-1.25e2", -125.0), ("25E-2", 0.25)] {
        let mut connection = target.ready()?;
        let reply = connection.ask(connection.ping(text))?;
        reply.success()?;
        // A number without a fraction may come back as an integer.
        expect(reply.id().and_then(Value::as_f64) == Some(number), format!("the id `{text}`"), &reply)?;
    }
    Ok(())
}

fn white_space(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    let request = connection.ping("[1]").replace('{', " \t{ ").replace(':', "\t : \r").replace('}', " \t } \t ");
    connection.ask(request)?.success().map(drop)
}

fn overflow(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    connection.ask(connection.ping("1e400")).map(drop)
}
