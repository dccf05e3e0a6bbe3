//! Tables of documentation.

use expect_test::expect;
use proptest::prelude::*;
use qmp_schema::markup::{Block, Cell, Row, blocks};

use crate::check;

/// Each row with `/` between its cells, those of the header behind a `#`; a cell that spans columns ends with their number.
fn rows(text: &str) -> Option<String> {
    let [Block::Table(table)] = &*blocks(text) else { return None };
    let cell = |cell: &Cell<'_>| match cell.columns {
        1 => cell.lines.join(" "),
        columns => format!("{} x{columns}", cell.lines.join(" ")),
    };
    let cells = |row: &Row<'_>| row.iter().map(cell).collect::<Vec<_>>().join("/");
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

#[test]
fn cells_span_columns() {
    let grid = "\
+-----------+
| all of it |
+===+===+===+
| a | b | c |
+---+---+---+
| a | b   | |
|   | | | x |
+---+-------+";
    assert_eq!(rows(grid).as_deref(), Some("#all of it x3\na/b/c\na/b   | | | x x2\n"));
    let simple = "\
===  ===  ====
\u{e4}nd over  out
--------  ----
a    b    c
     b2   c2
===  ===  ====
x    y    z
---  ---------
===  ===  ====";
    assert_eq!(rows(simple).as_deref(), Some("#\u{e4}nd over x2/out\n#a/b b2/c c2\nx/y    z x2\n"));
    assert_eq!(rows("== ==\na  b\n-- --\nc  d\n== ==").as_deref(), Some("a/b\nc/d\n"));
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
        "== ==\na  b\n-- ---\nc  d\n== ==",
        "== ==\na  b\n --\n== ==",
        "== ==\na  b\n--\n== ==",
        "== ==\n-- --\na  b\n== ==",
        "== == ==\naaaab c\n-- -----\n== == ==",
        " == ==\na   b\n == ==",
        "== ==\na  b\n=== =",
        "+--+\n|a |",
        "+--+\n+--+",
        "+--+--+\n|a   |\n+--+--+",
        "+--+--+\n|a |b |c\n+--+--+",
        "+--+--+\n|a |b |\n+-----+",
        "+-----+\n|a |b |\n+--+--+",
        "+--+--+\n|a |b |\n|  +--+\n|  |c |\n+--+--+",
        "+--+--+\n|a |b |\n+--+--+\n|c |d |",
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
    fn tables_lose_nothing(lines in prop::collection::vec("(={2} ={2}|-{2} -{2}|-{5}|[ab\u{e4} -]{0,7}|[+][-]{2}[+]-[+]|[+][-]{4}[+]|[+]={2}[+]=[+]|[|][ab\u{e4} |]{4}[|]|[|][ab\u{e4} ]{2}[|+][ab|][|])", 0..6)) {
        let text = format!("{0}\n{1}\n{0}", lines.first().map_or("== ==", |line| line), lines.join("\n"));
        let [Block::Table(table)] = &*blocks(&text) else { return Ok(()) };
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<Vec<_>>();
        let cells = || table.header.iter().chain(&table.rows).flatten().flat_map(|cell| &cell.lines);
        let mut shown: Vec<char> = cells().flat_map(|text| letters(text)).collect();
        let mut written = letters(&text);
        shown.sort_unstable();
        written.sort_unstable();
        prop_assert_eq!(shown, written);
        let columns = |row: &Row<'_>| row.iter().map(|cell| cell.columns).sum::<usize>();
        let first = table.rows.first().map_or(0, columns);
        prop_assert!(table.header.iter().chain(&table.rows).all(|row| columns(row) == first || first == 0));
    }
}
