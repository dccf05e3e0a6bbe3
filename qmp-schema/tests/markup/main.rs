//! Documentation cut into blocks.

mod inline;
mod tables;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use qmp_schema::markup::{Block, blocks};

#[track_caller]
pub(crate) fn check(text: &str, expected: Expect) {
    let mut out = String::new();
    outline(&blocks(text), 0, &mut out);
    expected.assert_eq(&out);
}

/// Blocks as an outline: the kind, then its lines behind a `|`, or what is in it.
fn outline(blocks: &[Block<'_>], indent: usize, out: &mut String) {
    for block in blocks {
        let (head, lines): (String, &[&str]) = match block {
            Block::Heading(heading) => (format!("heading {}", heading.level), &[heading.title]),
            Block::Paragraph(lines) => ("text".into(), lines),
            Block::Literal(lines) => ("literal".into(), lines),
            Block::Table(table) => (format!("table {:?}", table.caption), &table.lines),
            Block::Example { title, .. } => (format!("example {title:?}"), &[]),
            Block::List { start, .. } => (format!("list {start:?}"), &[]),
            Block::Admonition { kind, label, .. } => (format!("{kind} {label:?}"), &[]),
        };
        out.push_str(&format!("{:indent$}{head}\n", ""));
        lines.iter().for_each(|line| out.push_str(&format!("{:indent$}| {line}\n", "")));
        match block {
            Block::List { items, .. } => items.iter().for_each(|item| {
                out.push_str(&format!("{:indent$}  item\n", ""));
                outline(item, indent + 4, out);
            }),
            Block::Admonition { blocks, .. } | Block::Example { blocks, .. } => outline(blocks, indent + 2, out),
            Block::Heading(_) | Block::Paragraph(_) | Block::Literal(_) | Block::Table(_) => {}
        }
    }
}

#[test]
fn paragraphs_end_at_empty_lines_lists_and_tables() {
    check(
        "one\n  goes on\n\ntwo\n- item\n+----+\n| ab |\n+----+\nafter",
        expect![[r#"
            text
            | one
            | goes on
            text
            | two
            list None
              item
                text
                | item
            literal
            | +----+
            | | ab |
            | +----+
            | after
        "#]],
    );
    check("", expect![[""]]);
    check(" \n\n", expect![[""]]);
}

#[test]
fn what_stands_behind_two_colons_is_shown_as_it_is() {
    check(
        "Text::\n\n    code\n      more\n\n    end\n\ntext ::\n    code\n\n::\n\n  code\n\nnone::\n\ntext",
        expect![[r#"
            text
            | Text:
            literal
            | code
            |   more
            | 
            | end
            text
            | text
            literal
            | code
            literal
            | code
            text
            | none:
            text
            | text
        "#]],
    );
}

#[test]
fn lists_hold_blocks_and_lists() {
    check(
        "- one\n  goes on\n\n  second\n\n  * inner::\n\n      code\n- two\n\n3. three\n4) four\n\n5. five\ntext",
        expect![[r#"
            list None
              item
                text
                | one
                | goes on
                text
                | second
                list None
                  item
                    text
                    | inner:
                    literal
                    | code
              item
                text
                | two
            list Some(3)
              item
                text
                | three
              item
                text
                | four
              item
                text
                | five
            text
            | text
        "#]],
    );
}

#[test]
fn directives() {
    check(
        concat!(
            ".. note:: Mind\n   this.\n\n   - and that\n\n.. qmp-example::\n   :title: Ask\n   :annotated:\n\n   -> { }\n\n",
            ".. _label:\n\n.. a comment\n   that goes on\n\n.. code-block:: c\n\n   int x;\n\n.. unheard-of:: argument\n\n   text\n\n",
            "..\n   comment\n.. note::\n"
        ),
        expect![[r#"
            note "Note"
              text
              | Mind
              | this.
              list None
                item
                  text
                  | and that
            example Some("Ask")
              text
              | -> { }
            literal
            | int x;
            text
            | argument
            text
            | text
            note "Note"
        "#]],
    );
}

#[test]
fn an_annotated_example_is_text() {
    check(
        concat!(
            ".. qmp-example::\n   :annotated:\n   :title: Twice\n\n   First::\n\n    -> { }\n\n   - then\n\n   ::\n\n    <- { }\n\n",
            ".. qmp-example::\n\n   Not *annotated*::\n\n    -> { }"
        ),
        expect![[r#"
            example Some("Twice")
              text
              | First:
              literal
              | -> { }
              list None
                item
                  text
                  | then
              literal
              | <- { }
            example None
              literal
              | Not *annotated*::
              | 
              |  -> { }
        "#]],
    );
}

#[test]
fn what_stands_out_has_a_label() {
    check(
        concat!(
            ".. admonition:: Some ``notes``\n\n   1. one\n\n   2. two\n\n.. seealso:: `that`\n\n.. warning::\n   :ref:`x` is text\n\n",
            ".. versionadded:: 7.2\n\n.. deprecated:: 8.0\n   Use *another*.\n\n.. versionadded::\n\n.. versionchanged::\n\n   It goes on.\n"
        ),
        expect![[r#"
            admonition "Some ``notes``"
              list Some(1)
                item
                  text
                  | one
                item
                  text
                  | two
            seealso "See also"
              text
              | `that`
            warning "Warning"
              text
              | :ref:`x` is text
            text
            | Added in version
            | 7.2
            text
            | Deprecated since version
            | 8.0
            text
            | Use *another*.
            text
            | It goes on.
        "#]],
    );
}

#[test]
fn headings_of_both_dialects() {
    check(
        concat!(
            "= Chapter\ntext\n== Section\nmore\n\n== Part *one*\n\n=no heading\n\n= = =\n\n*****\nAbove\n*****\nBelow\n=====\n\n\u{e4}\u{e4}\u{e4}\n---\n\n",
            "Too long\n====\n\n====\n\n- = in a list\n\n  Below\n  =====\n"
        ),
        expect![[r#"
            heading 1
            | Chapter
            text
            | text
            heading 2
            | Section
            text
            | more
            heading 2
            | Part *one*
            text
            | =no heading
            literal
            | = = =
            heading 1
            | Above
            heading 2
            | Below
            heading 3
            | äää
            text
            | Too long
            literal
            | ====
            literal
            | ====
            list None
              item
                text
                | = in a list
                text
                | Below
                literal
                | =====
        "#]],
    );
}

#[test]
fn nesting_has_a_bound() {
    let bullets: String = (0..10_000).map(|depth| format!("{:1$}- x\n", "", depth % 50)).collect();
    assert!(!blocks(&bullets).is_empty());
    assert!(!blocks(&"- ".repeat(100_000)).is_empty());
    assert!(!blocks(&".. note:: ".repeat(100_000)).is_empty());
}

/// It would take minutes if each block were cut out of all that follows.
#[test]
fn long_texts_are_read_but_once() {
    for part in [
        "a::\n",
        "a::\n\n b\n",
        "a\n\n",
        "- a\n",
        "- a\n\n",
        ".. note::\n",
        ".. a\n",
        "| a\n\n",
        "= a\n",
        "a\n---\n",
        "\n",
    ] {
        assert!(blocks(&part.repeat(500_000 / part.len())).len() < 500_000);
    }
}

/// The words of all blocks, in their order.
fn words(blocks: &[Block<'_>]) -> Vec<String> {
    let mut out = String::new();
    outline(blocks, 0, &mut out);
    let shown = out.lines().filter_map(|line| line.trim_start().strip_prefix("| "));
    shown.flat_map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect()
}

proptest! {
    /// No word gets lost or changes its place, whatever the layout.
    #[test]
    fn every_word_is_shown(lines in prop::collection::vec((0usize..8, prop::bool::ANY, 0usize..4), 0..30)) {
        let bullets = ["", "- ", "12. ", ""];
        let line = |(index, &(indent, is_open, bullet)): (usize, &(usize, bool, usize))| {
            let end = if is_open { "::" } else if bullet == 3 { "\n" } else { "" };
            format!("{:indent$}{}word{index}{end}", "", bullets[bullet])
        };
        let text: Vec<String> = lines.iter().enumerate().map(line).collect();
        let shown = words(&blocks(&text.join("\n")));
        let shown: Vec<&str> = shown.iter().map(|word| word.trim_end_matches(':')).filter(|word| word.starts_with("word")).collect();
        let expected: Vec<String> = (0..lines.len()).map(|index| format!("word{index}")).collect();
        prop_assert_eq!(shown, expected);
    }

    #[test]
    fn no_text_is_too_strange(text in "[-+*.:|=`@ \n1a\u{e4}]{0,80}") {
        prop_assert!(blocks(&text).len() <= text.len());
    }
}
