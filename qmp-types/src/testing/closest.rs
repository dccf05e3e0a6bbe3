//! The name that a misspelt one was probably meant to be.

/// Returns the candidate that differs least from the name, if it differs by less than half of its length.
pub(super) fn closest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    nearest(name, candidates).filter(|candidate| distance(name, candidate) * 2 < name.chars().count())
}

/// How much of a text is compared: comparing takes the product of both lengths.
const COMPARED: usize = 200;

/// Returns the candidate that differs least from the text.
pub(super) fn nearest<'c>(text: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let start = |text| crate::json::cut_to(text, COMPARED);
    candidates.into_iter().min_by_key(|candidate| distance(start(text), start(candidate)))
}

/// Returns how many characters have to be inserted, removed or replaced to make one text of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, char) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], index + 1);
        for (at, &expected) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(char != expected);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_difference_counts() {
        let names = ["query-status", "query-stats", "stop", "quit"];
        assert_eq!(closest("query-sattus", names), Some("query-status"));
        assert_eq!(closest("qiut", names), None);
        assert_eq!(closest("device_add", names), None);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
