//! The patterns of `--commands`, `--events` and `--types`.

/// Drops the empty pattern, which stands for an explicit empty selection.
pub(crate) fn patterns(given: &[String]) -> Vec<String> {
    given.iter().filter(|pattern| !pattern.is_empty()).cloned().collect()
}
