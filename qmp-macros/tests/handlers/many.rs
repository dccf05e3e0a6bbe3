//! Handlers of commands with more arguments than the checks compare, and with arguments called like keywords.

use qmp_types::{handlers, qmp_command};
use serde_json::json;

use super::execute;

mod qmp {
    qmp_types::schema!("tests/handlers/many.json");
}

struct Vm;

#[handlers(self::qmp)]
impl Vm {
    #[qmp_command]
    #[expect(clippy::too_many_arguments, reason = "the schema has them")]
    fn many(
        &self,
        a1: i64,
        a2: String,
        a3: i64,
        a4: String,
        a5: i64,
        a6: String,
        a7: i64,
        a8: String,
        a9: i64,
        a10: String,
        a11: i64,
        a12: String,
        a13: i64,
        a14: String,
        a15: i64,
        a16: String,
        a17: i64,
        a18: String,
    ) -> qmp::Sum {
        qmp::Sum::new(
            a1 + a3 + a5 + a7 + a9 + a11 + a13 + a15 + a17,
            [a2, a4, a6, a8, a10, a12, a14, a16, a18].concat(),
        )
    }
}

/// Arguments with the names of keywords, used and unused.
#[qmp_command(self::qmp)]
fn keywords(_: &Vm, type_: i64, _abstract: i64, _gen: i64) -> qmp_types::Result<()> {
    Err(qmp_types::Error::generic(type_.to_string()))
}

#[test]
fn an_unused_argument_may_be_called_like_a_keyword() {
    static ENTRIES: &[qmp_types::private::Entry<Vm>] = &[qmp_types::private::Entry::of::<qmp::commands::Keywords>()];
    let answers = execute(Vm, ENTRIES, &[("keywords", json!({"type": 1, "abstract": 2, "gen": 3}))]);
    assert_eq!(answers, [Err("1".to_owned())]);
}

static ENTRIES: &[qmp_types::private::Entry<Vm>] = &[qmp_types::private::Entry::of::<qmp::commands::Many>()];

#[test]
fn every_argument_is_passed() {
    let answers = execute(
        Vm,
        ENTRIES,
        &[(
            "many",
            json!({ "a1": 1, "a2": "2", "a3": 3, "a4": "4", "a5": 5, "a6": "6", "a7": 7, "a8": "8", "a9": 9, "a10": "10", "a11": 11, "a12": "12", "a13": 13, "a14": "14", "a15": 15, "a16": "16", "a17": 17, "a18": "18" }),
        )],
    );
    assert_eq!(answers, [Ok(json!({"sum": 81, "text": "24681012141618"}))]);
}
