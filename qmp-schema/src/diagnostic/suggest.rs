//! Suggestions for misspelt names.

/// Longer names are not compared: that costs the square of the length.
const MAX_LENGTH: usize = 100;

/// Returns the candidate nearest to `name`, if one is near enough to be meant.
///
/// ```
/// use qmp_schema::diagnostic::closest;
///
/// assert_eq!(closest("comands", ["commands", "events"]), Some("commands"));
/// assert_eq!(closest("side", ["commands", "events"]), None);
/// ```
#[must_use]
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
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

/// The number of characters to insert, delete, replace, or swap with the next one, case aside; none if it is more than
/// `allowed`.
fn distance(a: &str, b: &str, allowed: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > allowed {
        return None;
    }
    let lower = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
    let (a, b) = (lower(a), lower(b));
    // The distances of the beginning of `a` so far to every beginning of `b`, and those of the two rows before.
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=b.len()).collect());
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.pop().filter(|&distance| distance <= allowed)
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
        assert_eq!(closest("tpye", ["type", "if"]), Some("type"));
        assert_eq!(closest("daat", ["data", "base"]), Some("data"));
        assert_eq!(closest("nto", ["all", "any", "not"]), Some("not"));
    }
}
