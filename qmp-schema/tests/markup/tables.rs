//! Tables of documentation.

use expect_test::expect;
use proptest::prelude::*;
use qmp_schema::markup::{Block, Row, blocks};

use crate::check;

/// Each row with `/` between its cells, the header's behind a `#`.
fn rows(text: &str) -> Option<String> {
    let [Block::Table(table)] = &*blocks(text) else { return None };
    let cells = |row: &Row<'_>| row.iter().map(|cell| cell.join(" ")).collect::<Vec<_>>().join("/");
    let header = table.header.iter().map(|row| format!("#{}\n", cells(row)));
    Some(header.chain(table.rows.iter().map(|row| format!("{}\n", cells(row)))).collect())
}

#[test]
fn tables() {
    let simple = "====  =======\nkey   meaning\n====  =======\na     the first\nb\u{e4}    goes on and\n      on\nc\n====  =======";
    assert_eq!(rows(simple).as_deref(), Some("#key/meaning\na/the first\nb\u{e4}/goes on and on\nc/\n"));
    assert_eq!(rows("== ==\na  b\n== ==").as_deref(), Some("a/b\n"));
    let grid = "+---+----+\n| k | m  |\n+===+====+\n| a | | \u{e4}|\n|   | on |\n+---+----+\n| b |    |\n+---+----+";
    assert_eq!(rows(grid).as_deref(), Some("#k/m\na/| \u{e4} on\nb/\n"));
    let captioned = ".. table:: What *is*\n   :widths: auto\n\n   == ==\n   a  b\n\n   c  d\n   == ==";
    assert_eq!(rows(captioned).as_deref(), Some("a/b\nc/d\n"));
    assert_eq!(rows(".. table::\n\n   ==\n   ab\n   ==").as_deref(), Some("ab\n"));
    assert!(matches!(&*blocks(captioned), [Block::Table(table)] if table.caption == Some("What *is*")));
}

/// Each row has a cell for each column: a few short rows below a long border would fill the memory.
#[test]
fn tables_have_a_bound_to_their_width() {
    for (columns, is_table) in [(64, true), (65, false)] {
        let simple = format!("{0}\nx\n{0}", vec!["=="; columns].join(" "));
        let grid = format!("{0}+\n{1}|\n{0}+", "+--".repeat(columns), "|ab".repeat(columns));
        for text in [simple, grid] {
            assert_eq!(rows(&text).is_some(), is_table, "{text}");
            assert!(is_table || matches!(&*blocks(&text), [Block::Literal(lines)] if lines.join("\n") == text));
        }
    }
}

#[test]
fn tables_that_are_not_understood_are_shown_as_they_are() {
    for text in [
        "== ==\na  b",
        "== ==\n== ==",
        "== ==\naa bb\n== ==\naa bb\n== ==\naa bb\n== ==",
        "== ==\naaab\n== ==",
        "== ==\na  b\n-- --\nc  d\n== ==",
        " == ==\na   b\n == ==",
        "== ==\na  b\n=== =",
        "+--+\n|a |",
        "+--+\n+--+",
        "+--+--+\n|a   |\n+--+--+",
        "+--+--+\n|a |b |c\n+--+--+",
        "+--+--+\n|a |b |\n+-----+",
        "+--\n|a",
    ] {
        let shown = blocks(text);
        assert!(matches!(&*shown, [Block::Literal(lines)] if lines.join("\n") == text), "{text}: {shown:?}");
    }
    check(
        ".. table:: Caption\n\n   text\n\n.. table:: Empty\n",
        expect![[r#"
        text
        | Caption
        literal
        | text
        text
        | Empty
    "#]],
    );
}

proptest! {
    /// What stands in a table stands in its cells.
    #[test]
    fn tables_lose_nothing(lines in prop::collection::vec("(={2} ={2}|[ab\u{e4} -]{0,7}|[+][-]{2}[+]-[+]|[+]={2}[+]=[+]|[|][ab\u{e4} ]{2}[|+][ab|][|])", 0..6)) {
        let text = format!("{0}\n{1}\n{0}", lines.first().map_or("== ==", |line| line), lines.join("\n"));
        let [Block::Table(table)] = &*blocks(&text) else { return Ok(()) };
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<Vec<_>>();
        let cells = || table.header.iter().chain(&table.rows).flatten().flatten();
        let mut shown: Vec<char> = cells().flat_map(|text| letters(text)).collect();
        let mut written = letters(&text);
        shown.sort_unstable();
        written.sort_unstable();
        prop_assert_eq!(shown, written);
        let columns = table.rows.first().map_or(0, Vec::len);
        prop_assert!(table.header.iter().chain(&table.rows).all(|row| row.len() == columns || columns == 0));
    }
}
