//! Translates expressions of the C preprocessor to conditions of QAPI, for help messages.

use crate::model::Condition;

/// Longer expressions are not translated: a bound on the stack.
const MAX_LENGTH: usize = 200;

/// Translates `A && B`, `A || B`, `!A`, `defined(A)` and parentheses to QAPI: `{ 'all': [ 'A', 'B' ] }`. None if the text is
/// anything else, a name alone included.
pub(super) fn translate(text: &str) -> Option<String> {
    if text.len() > MAX_LENGTH || Condition::is_name(text) {
        return None;
    }
    let mut parser = Parser { rest: text.trim_start() };
    let condition = parser.any()?;
    parser.rest.is_empty().then_some(condition)
}

/// A recursive descent parser with a function for each precedence. Each returns a QAPI condition as text.
struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn any(&mut self) -> Option<String> {
        self.joined("||", "any", Self::all)
    }

    fn all(&mut self) -> Option<String> {
        self.joined("&&", "all", Self::unary)
    }

    fn joined(
        &mut self,
        operator: &str,
        key: &str,
        mut operand: impl FnMut(&mut Self) -> Option<String>,
    ) -> Option<String> {
        let mut operands = vec![operand(self)?];
        while self.skip(operator) {
            operands.push(operand(self)?);
        }
        match operands.len() {
            1 => operands.pop(),
            _ => Some(format!("{{ '{key}': [ {} ] }}", operands.join(", "))),
        }
    }

    fn unary(&mut self) -> Option<String> {
        if self.skip("!") {
            return Some(format!("{{ 'not': {} }}", self.unary()?));
        }
        if self.skip("(") {
            let inner = self.any()?;
            return self.skip(")").then_some(inner);
        }
        match self.word() {
            "defined" if self.skip("(") => {
                let name = self.name()?;
                self.skip(")").then_some(name)
            }
            "defined" => self.name(),
            word => quoted(word),
        }
    }

    fn name(&mut self) -> Option<String> {
        quoted(self.word())
    }

    fn word(&mut self) -> &'a str {
        let is_other = |c: char| !c.is_ascii_alphanumeric() && c != '_';
        let (word, rest) = self.rest.split_at(self.rest.find(is_other).unwrap_or(self.rest.len()));
        self.rest = rest.trim_start();
        word
    }

    fn skip(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.map_or(self.rest, str::trim_start);
        rest.is_some()
    }
}

fn quoted(name: &str) -> Option<String> {
    Condition::is_name(name).then(|| format!("'{name}'"))
}

#[cfg(test)]
mod tests {
    use super::translate;

    #[test]
    fn expressions_are_translated() {
        for (text, expected) in [
            ("A && B", Some("{ 'all': [ 'A', 'B' ] }")),
            ("A||B && C", Some("{ 'any': [ 'A', { 'all': [ 'B', 'C' ] } ] }")),
            ("(A||B)&&!C", Some("{ 'all': [ { 'any': [ 'A', 'B' ] }, { 'not': 'C' } ] }")),
            ("defined(CONFIG_X)", Some("'CONFIG_X'")),
            (" ! defined CONFIG_X ", Some("{ 'not': 'CONFIG_X' }")),
            ("defined(A) && !defined(B)", Some("{ 'all': [ 'A', { 'not': 'B' } ] }")),
            ("A", None),
            ("", None),
            ("A &&", None),
            ("(A", None),
            ("A B", None),
            ("a && b", None),
            ("A == 1", None),
            ("defined()", None),
        ] {
            assert_eq!(translate(text).as_deref(), expected, "{text}");
        }
        assert_eq!(translate(&"!".repeat(100_000)), None);
    }
}
