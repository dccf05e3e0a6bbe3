//! Matches names against patterns: `*` stands for any characters, `?` for one.

/// Returns whether a pattern matches a whole name. `*` stands for any characters, `?` for one.
///
/// ```
/// assert!(qmp_schema::matches_pattern("query-*", "query-status"));
/// assert!(!qmp_schema::matches_pattern("query-*", "stop"));
/// ```
#[must_use]
pub fn matches_pattern(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.as_bytes(), name.as_bytes());
    let (mut p, mut n) = (0, 0);
    // The places to continue at if the rest does not match: the last `*` takes one more character.
    let mut retry = None;
    while n < name.len() {
        match pattern.get(p) {
            Some(b'*') => {
                p += 1;
                retry = Some((p, n + 1));
            }
            Some(&byte) if byte == b'?' || byte == name[n] => {
                p += 1;
                n += 1;
            }
            _ => match retry {
                Some((after_star, next)) => {
                    (p, n) = (after_star, next);
                    retry = Some((after_star, next + 1));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&byte| byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::matches_pattern;

    #[test]
    fn stars_and_question_marks() {
        for (pattern, name, expected) in [
            ("stop", "stop", true),
            ("stop", "stop2", false),
            ("query-*", "query-status", true),
            ("query-*", "query", false),
            ("*-add", "blockdev-add", true),
            ("*a*d*", "blockdev-add", true),
            ("*a*x", "blockdev-add", false),
            ("migrate?cancel", "migrate_cancel", true),
            ("?", "", false),
            ("*", "", true),
        ] {
            assert_eq!(matches_pattern(pattern, name), expected, "{pattern} {name}");
        }
    }
}
