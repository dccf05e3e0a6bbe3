//! The names of the events that a subscription receives.

/// The names of the events that a subscription receives. The default is all names.
#[derive(Debug, Default)]
pub(crate) struct EventNames {
    /// The only name, for a subscription to one type of event.
    pub(crate) only: Option<&'static str>,
    /// Patterns, of which one must match if there are any: `*` stands for any characters, `?` for one.
    pub(crate) patterns: Vec<String>,
}

impl EventNames {
    pub(super) fn include(&self, name: &str) -> bool {
        self.only.is_none_or(|only| only == name)
            && (self.patterns.is_empty() || self.patterns.iter().any(|pattern| matches(pattern, name)))
    }
}

/// Returns whether the name matches the pattern.
fn matches(pattern: &str, name: &str) -> bool {
    let name = name.as_bytes();
    let Some((prefix, rest)) = pattern.split_once('*') else {
        return prefix_length(pattern, name) == Some(name.len());
    };
    let Some(mut start) = prefix_length(prefix, name) else { return false };
    let (middle, suffix) = rest.rsplit_once('*').unwrap_or(("", rest));
    // The first place of each part leaves the most characters for the next ones.
    for part in middle.split('*') {
        let Some(end) = (start..=name.len()).find_map(|at| Some(at + prefix_length(part, &name[at..])?)) else {
            return false;
        };
        start = end;
    }
    let last = name.len().checked_sub(suffix.len()).filter(|last| *last >= start);
    last.is_some_and(|last| prefix_length(suffix, &name[last..]).is_some())
}

/// Returns the length of a part without `*`, if the name begins with it.
fn prefix_length(part: &str, name: &[u8]) -> Option<usize> {
    let begin = name.get(..part.len())?;
    part.bytes().zip(begin).all(|(wanted, found)| wanted == b'?' || wanted == *found).then_some(part.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let cases = [
            ("STOP", "STOP", true),
            ("STOP", "STOPPED", false),
            ("STOP", "STO", false),
            ("JOB_*", "JOB_STATUS_CHANGE", true),
            ("JOB_*", "JOB_", true),
            ("JOB_*", "BLOCK_JOB_ERROR", false),
            ("*JOB*", "BLOCK_JOB_ERROR", true),
            ("*JOB*", "BLOCK_IO_ERROR", false),
            ("*_ERROR", "BLOCK_JOB_ERROR", true),
            ("*_ERROR", "BLOCK_JOB_ERRORS", false),
            ("B*_*_ERROR", "BLOCK_ERROR", false),
            ("B*_*_ERROR", "BLOCK_IO_ERROR", true),
            ("A*A", "A", false),
            ("ST?P", "STOP", true),
            ("ST?P", "STP", false),
            ("*?", "", false),
            ("*", "", true),
            ("", "STOP", false),
        ];
        for (pattern, name, expected) in cases {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
