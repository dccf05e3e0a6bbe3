//! Finds the value at a path, for error messages.

use super::super::error::{Path, ReadError, Segment};
use super::{Mode, Reader};
use crate::error::Offence;

impl ReadError {
    /// Returns the part of the text that does not match the schema. The text is what was read.
    #[cold]
    pub(crate) fn offence(&self, text: &str) -> Offence {
        let path = (!self.path().is_empty()).then(|| Path(self.path()).to_string());
        Offence::new(path, value_at(text, self.path()).as_bytes())
    }
}

/// Returns the text of the value at a path, whose innermost segment is the first. If there is none, because a member is
/// missing, returns the text of the innermost value around it.
///
/// If the JSON is malformed, the text continues to the end.
fn value_at<'a>(text: &'a str, path: &[Segment]) -> &'a str {
    let mut reader = Reader::new(text, Mode::Lenient);
    reader.space();
    for segment in path.iter().rev() {
        let start = reader.position;
        if !reader.go_to(segment).is_ok_and(|found| found) {
            reader.position = start;
            break;
        }
    }
    let start = reader.position;
    let end = reader.skip().map_or(text.len(), |()| reader.position);
    &text[start..end]
}

impl Reader<'_> {
    /// Goes to a part of the value that starts here. Returns `false` if there is no such part.
    fn go_to(&mut self, segment: &Segment) -> Result<bool, ReadError> {
        match segment {
            Segment::Member(name) => {
                let mut more = self.enter(b'{', "object")?;
                while more && self.key()? != *name {
                    self.skip()?;
                    more = self.next(b'}')?;
                }
                Ok(more)
            }
            Segment::Item(index) => {
                let mut more = self.enter(b'[', "array")?;
                for _ in 0..*index {
                    if !more {
                        break;
                    }
                    self.skip()?;
                    more = self.next(b']')?;
                }
                Ok(more)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &'static str) -> Segment {
        Segment::Member(name.into())
    }

    #[test]
    fn the_value_at_a_path_or_the_one_around_it() {
        let text = r#" {"a": [1, {"b\u0063": "x"}, []], "a": 2}"#;
        for (path, expected) in [
            (vec![], text.trim()),
            (vec![Segment::Item(0), member("a")], "1"),
            (vec![member("bc"), Segment::Item(1), member("a")], "\"x\""),
            (vec![Segment::Item(2), member("a")], "[]"),
            (vec![Segment::Item(3), member("a")], r#"[1, {"b\u0063": "x"}, []]"#),
            (vec![member("none")], text.trim()),
        ] {
            assert_eq!(value_at(text, &path), expected);
        }
        assert_eq!(value_at("[1, {]", &[Segment::Item(1)]), "{]");
    }
}
