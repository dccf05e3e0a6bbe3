//! Cuts running text into text and inline markup.

/// A piece of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Plain text. The next piece may be plain text, too.
    Plain(&'t str),
    /// Inline markup.
    Markup(Markup<'t>),
}

/// Inline markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup<'t> {
    /// ` ``literal`` `.
    Literal(&'t str),
    /// `` `name` ``, `` :role:`text <target>` ``: the visible text.
    Reference(&'t str),
    /// `@name`.
    Name(&'t str),
    /// `**strong**`.
    Strong(&'t str),
    /// `*emphasis*`.
    Emphasis(&'t str),
    /// A web address.
    Address(&'t str),
    /// `` `text <address>`_ ``.
    Link {
        /// The visible text.
        text: &'t str,
        /// The address.
        address: &'t str,
    },
}

impl<'t> Markup<'t> {
    /// Returns the visible text.
    #[must_use]
    pub fn text(self) -> &'t str {
        match self {
            Self::Literal(text)
            | Self::Reference(text)
            | Self::Name(text)
            | Self::Strong(text)
            | Self::Emphasis(text)
            | Self::Address(text)
            | Self::Link { text, .. } => text,
        }
    }
}

/// The first characters of markup; `h` begins an address.
const SPECIAL: [char; 5] = ['`', '@', ':', 'h', '*'];

/// The length of the longest role. The longest known ones have half of it.
const LONGEST_ROLE: usize = 32;

/// Cuts running text into plain text and markup.
///
/// ```
/// use qmp_schema::markup::{Markup, Piece, pieces};
///
/// let cut: Vec<Piece> = pieces("as @size").collect();
/// assert_eq!(cut, [Piece::Plain("as "), Piece::Markup(Markup::Name("size"))]);
/// ```
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let (mut rest, mut before) = (text, ' ');
    std::iter::from_fn(move || {
        let first = rest.chars().next()?.len_utf8();
        let plain = || rest[first..].find(SPECIAL).map_or(rest.len(), |at| first + at);
        let found = markup(rest, before).map(|(markup, used)| (Some(markup), used));
        let (markup, used) = found.unwrap_or_else(|| (None, plain()));
        let (piece, left) = rest.split_at(used);
        before = piece.chars().next_back().unwrap_or(before);
        rest = left;
        Some(markup.map_or(Piece::Plain(piece), Piece::Markup))
    })
}

/// Reads the markup at the beginning of the text; returns it and its length. `before` is the character in front of it. A text
/// takes linear time: only delimiters, short roles and names are searched for, and no part is searched again in vain.
fn markup(text: &str, before: char) -> Option<(Markup<'_>, usize)> {
    if let Some(literal) = between(text, "``") {
        return Some((Markup::Literal(literal), literal.len() + 4));
    }
    if let Some(inner) = between(text, "`") {
        let len = inner.len() + 2;
        return Some((reference(inner), len + underscores(&text[len..])));
    }
    if before.is_alphanumeric() {
        return None;
    }
    if let Some(role) = role(text) {
        let inner = between(&text[role..], "`")?;
        return Some((reference(inner), role + inner.len() + 2));
    }
    if let Some(strong) = between(text, "**") {
        return Some((Markup::Strong(strong), strong.len() + 4));
    }
    if let Some(emphasis) = between(text, "*").filter(|inner| inner.trim() == *inner) {
        return Some((Markup::Emphasis(emphasis), emphasis.len() + 2));
    }
    if let Some(name) = text.strip_prefix('@').map(name) {
        return (!name.is_empty()).then_some((Markup::Name(name), name.len() + 1));
    }
    let address = address(text);
    (!address.is_empty()).then_some((Markup::Address(address), address.len()))
}

/// Returns the text between two delimiters at the beginning of `text`.
fn between<'t>(text: &'t str, delimiter: &str) -> Option<&'t str> {
    let inner = text.strip_prefix(delimiter)?;
    let found = &inner[..inner.find(delimiter)?];
    (!found.trim().is_empty() && !found.contains('`')).then_some(found)
}

/// Reads `text <target>`, `<target>`, `~target` or just text. A target that is not an address is only shown if there is no text.
fn reference(inner: &str) -> Markup<'_> {
    let (text, target) = with_target(inner).unwrap_or((inner.trim(), ""));
    match (text, is_address(target)) {
        ("", true) => Markup::Address(target),
        (text, true) => Markup::Link { text, address: target },
        ("", false) => Markup::Reference(unmarked(target)),
        (text, false) => Markup::Reference(unmarked(text)),
    }
}

/// Splits a text, which may be empty, from the target in angle brackets behind it.
fn with_target(inner: &str) -> Option<(&str, &str)> {
    let (text, target) = inner.trim().strip_suffix('>')?.split_once('<')?;
    let is_apart = text.is_empty() || text.ends_with(char::is_whitespace);
    let is_target = !target.is_empty() && target.trim() == target && !target.contains(['<', '>']);
    (is_apart && is_target).then_some((text.trim(), target))
}

/// Returns the text without the marks `~` and `!`, which make a role show or link less, unless there is nothing else.
fn unmarked(text: &str) -> &str {
    Some(text.trim_start_matches(['~', '!'])).filter(|text| !text.is_empty()).unwrap_or(text)
}

/// Whether the whole text is an address. In angle brackets it may have characters that would end it elsewhere.
fn is_address(text: &str) -> bool {
    scheme(text) > 0 && text.len() > scheme(text) && !text.contains(|c: char| c.is_whitespace() || c == '\\')
}

/// Returns the number of `_` that make a link of the text before them: one or two, with no word behind them.
fn underscores(text: &str) -> usize {
    let rest = text.trim_start_matches('_');
    let count = text.len() - rest.len();
    if count <= 2 && !rest.starts_with(char::is_alphanumeric) { count } else { 0 }
}

/// Returns the length of a role such as `:ref:` before a backtick.
fn role(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(':')?.as_bytes();
    let is_of_role = |byte: &&u8| byte.is_ascii_lowercase() || b":-".contains(byte);
    let len = inner.iter().take(LONGEST_ROLE).take_while(is_of_role).count();
    (len > 1 && inner[len - 1] == b':' && inner.get(len) == Some(&b'`')).then_some(1 + len)
}

fn name(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', '-'])
}

/// Returns the address at the beginning of the text; empty if there is none.
fn address(text: &str) -> &str {
    let rest = match scheme(text) {
        0 => return "",
        scheme => &text[scheme..],
    };
    let end = rest.find(|c: char| c.is_whitespace() || "<>()\"'`".contains(c)).unwrap_or(rest.len());
    let rest = rest[..end].trim_end_matches(['.', ',', ';', ':']);
    if rest.is_empty() { "" } else { &text[..scheme(text) + rest.len()] }
}

/// Returns the length of the scheme at the beginning of the text; 0 if there is none.
fn scheme(text: &str) -> usize {
    ["http://", "https://"].into_iter().find(|scheme| text.starts_with(scheme)).map_or(0, str::len)
}
