//! Markup within a line of documentation.

use qmp_schema::markup::{Markup, Piece, pieces};

fn cut(text: &str) -> Vec<Piece<'_>> {
    pieces(text).collect()
}

/// What the text is, all of it.
#[track_caller]
fn only(text: &str, expected: Markup<'_>) {
    assert_eq!(cut(text), [Piece::Markup(expected)], "{text}");
}

/// The text without its markup.
fn plain(text: &str) -> String {
    let shown = pieces(text).map(|piece| match piece {
        Piece::Plain(text) => text,
        Piece::Markup(markup) => markup.text(),
    });
    shown.collect()
}

#[test]
fn all_markup() {
    only("``a *b*``", Markup::Literal("a *b*"));
    only("`name`", Markup::Reference("name"));
    only("@a-name_1.x", Markup::Name("a-name_1.x"));
    only("**a b**", Markup::Strong("a b"));
    only("*a b*", Markup::Emphasis("a b"));
    let (two, three) = (Piece::Markup(Markup::Literal("y")), Piece::Markup(Markup::Name("h")));
    assert_eq!(cut("x ``y``, @h."), [Piece::Plain("x "), two, Piece::Plain(", "), three, Piece::Plain(".")]);
}

#[test]
fn what_is_no_markup_is_text() {
    for text in ["2 * 3 * 4", "a@b", "``a", "`a", "` `", "**a", "* a*", "@-", "a:b:c", ":a b:", "x*y*", "", "\u{e4}*"] {
        assert_eq!(plain(text), text);
        assert!(pieces(text).all(|piece| matches!(piece, Piece::Plain(_))), "{text}");
    }
}

#[test]
fn a_role_is_short() {
    only(":ref:`a label`", Markup::Reference("a label"));
    only(":cpp:any-thing:`x`", Markup::Reference("x"));
    for role in ["::", ":", ":Ref:", ":a b:", &format!(":{}:", "a".repeat(40))] {
        let text = format!("{role}`x`");
        let role =
            cut(&text).into_iter().map_while(|piece| if let Piece::Plain(text) = piece { Some(text) } else { None });
        assert_eq!(role.collect::<String>(), text[..text.len() - 3], "{text}");
    }
}

/// Each would take minutes if every delimiter were sought up to the end of the text.
#[test]
fn a_long_line_is_read_but_once() {
    for part in
        [":", ":a ", ":-", "*", "*a ", "**a ", "`", "``a ` ", ":a:`", "@", "@-", "http://", "http://. ", "`a <b "]
    {
        let text = part.repeat(500_000 / part.len());
        assert!(pieces(&text).count() > 0);
    }
}

#[test]
fn a_reference_shows_all_that_it_has_for_a_reader() {
    for (text, shown) in [
        ("`a < b`", "a < b"),
        ("`list<int>`", "list<int>"),
        ("`<b>`", "b"),
        ("`<>`", "<>"),
        ("`a <>`", "a <>"),
        ("`a < b >`", "a < b >"),
        ("`a <b> c`", "a <b> c"),
        ("`a b\n<target>`", "a b"),
        (":doc:`a b <target>`", "a b"),
        (":doc:`~a`", "a"),
        ("`~`", "~"),
        ("`a`_", "a"),
        ("`a b`__", "a b"),
    ] {
        only(text, Markup::Reference(shown));
    }
    assert_eq!(cut("`a`_b"), [Piece::Markup(Markup::Reference("a")), Piece::Plain("_b")]);
    assert_eq!(cut("`a`___"), [Piece::Markup(Markup::Reference("a")), Piece::Plain("___")]);
}

#[test]
fn a_reference_to_the_web_is_a_link() {
    only("`<https://example.org>`_", Markup::Address("https://example.org"));
    let address = "https://example.org/a_(b)?c";
    only("`the\nsite <https://example.org/a_(b)?c>`_", Markup::Link { text: "the\nsite", address });
    for target in ["https://", "javascript:x", "https://a b", "https://a\\"] {
        only(&format!("`text <{target}>`__"), Markup::Reference("text"));
    }
}

#[test]
fn an_address_needs_something_behind_its_scheme() {
    for text in ["http://", "https://", "https://, then", "http://...", "http:// example.org", "xhttp://a"] {
        assert!(pieces(text).all(|piece| matches!(piece, Piece::Plain(_))), "{text}");
    }
    for (text, address) in [("http://a.", "http://a"), ("https://[::1]:80/x, y", "https://[::1]:80/x")] {
        assert_eq!(pieces(text).next(), Some(Piece::Markup(Markup::Address(address))));
    }
}
