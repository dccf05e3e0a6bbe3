//! Suggestions for misspelt names.

/// Longer names are not compared: that costs the square of the length.
const MAX_LENGTH: usize = 100;

/// The candidate nearest to `name`, if one is near enough to be meant.
pub(super) fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = match name.chars().count() {
        0..3 => 0,
        length @ ..=MAX_LENGTH => length / 3,
        _ => return None,
    };
    candidates
        .into_iter()
        .filter(|&candidate| candidate != name)
        .filter_map(|candidate| Some((distance(name, candidate, allowed)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// The number of characters to insert, delete or replace, case aside; none if it is more than `allowed`.
fn distance(a: &str, b: &str, allowed: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > allowed {
        return None;
    }
    let b: Vec<char> = b.chars().flat_map(char::to_lowercase).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().flat_map(char::to_lowercase).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.pop().filter(|&distance| distance <= allowed)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_what_is_meant() {
        assert_eq!(closest("BlockInfp", ["BlockInfo", "BlockStats"]), Some("BlockInfo"));
        assert_eq!(closest("runstate", ["RunState", "str"]), Some("RunState"));
        assert_eq!(closest("int31", ["int32", "int16"]), Some("int32"));
        assert_eq!(closest("Device", ["BlockInfo"]), None);
        assert_eq!(closest("xl", ["l"]), None);
    }
}
