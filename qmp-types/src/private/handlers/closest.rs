//! Finds the name that a misspelt one is meant to be, at compile time.

use super::Parameter;

/// The maximum length of names that are compared.
const MAX_LENGTH: usize = 64;

/// Returns the parameter whose name is nearest to `name`, if one is near enough to be meant.
pub(super) const fn closest<'a>(name: &str, parameters: &'a [Parameter]) -> Option<&'a Parameter> {
    let mut nearest = None;
    let mut least = name.len() / 3 + 1;
    let mut rest = parameters;
    while let [parameter, tail @ ..] = rest {
        let distance = distance(name.as_bytes(), parameter.name.as_bytes());
        if distance < least {
            (nearest, least) = (Some(parameter), distance);
        }
        rest = tail;
    }
    nearest
}

/// Returns the number of characters to insert, delete, replace, or swap with the next one.
const fn distance(a: &[u8], b: &[u8]) -> usize {
    if a.len() > MAX_LENGTH || b.len() > MAX_LENGTH {
        return usize::MAX;
    }
    // `row[j]` is the distance of the first `i` bytes of `a` to the first `j` bytes of `b`. `last` and `before` are the two
    // rows before it.
    let (mut last, mut row) = ([0; MAX_LENGTH + 1], [0; MAX_LENGTH + 1]);
    let mut j = 0;
    while j <= b.len() {
        row[j] = j;
        j += 1;
    }
    let mut i = 0;
    while i < a.len() {
        let before = last;
        last = row;
        row[0] = i + 1;
        j = 0;
        while j < b.len() {
            let replaced = last[j] + (a[i] != b[j]) as usize;
            let mut least = min(replaced, min(last[j + 1], row[j]) + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = min(least, before[j - 1] + 1);
            }
            row[j + 1] = least;
            j += 1;
        }
        i += 1;
    }
    row[b.len()]
}

const fn min(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::{Parameter, closest};

    #[test]
    fn the_nearest_name_is_meant() {
        let parameters = ["device", "node_name", "size"].map(|name| Parameter::new(name, "", "", ""));
        let meant = |name| closest(name, &parameters).map(|parameter| parameter.name);
        assert_eq!(meant("devise"), Some("device"));
        assert_eq!(meant("nodename"), Some("node_name"));
        assert_eq!(meant("szie"), Some("size"));
        assert_eq!(meant("speed"), None);
        assert_eq!(meant(&"x".repeat(100)), None);
    }
}
