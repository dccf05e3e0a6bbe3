//! A small deterministic generator of random numbers.

/// A generator of random numbers: SplitMix64, the generator that Java's `SplittableRandom` made common.
///
/// It is our own, because a seed has to give the same numbers with every release of this crate. Generators of other crates
/// may change theirs.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    /// Creates a generator for the `count`th use of `name`. It is independent of those of other names, so what happens with
    /// one name does not change the numbers of another.
    pub(super) fn derived(seed: u64, name: &str, count: u64) -> Self {
        const FNV_OFFSET: u64 = 0xCBF2_9CE4_8422_2325;
        const FNV_PRIME: u64 = 0x0100_0000_01B3;
        let hash = name.bytes().fold(FNV_OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME));
        let mut mixed = Self(seed ^ hash);
        Self(mixed.next().wrapping_add(count.wrapping_mul(FNV_PRIME)))
    }

    /// Returns a number of 64 random bits.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number less than `bound`, or 0 if the bound is 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let number = u128::from(self.next()) * bound as u128;
        (number >> 64) as usize
    }

    /// Returns `true` once in `times` on average.
    pub(super) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// Returns one of the items, or `None` if there is none.
    pub(super) fn pick<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        items.get(self.below(items.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reference values of SplitMix64 for the seed 1234567.
    #[test]
    fn a_seed_gives_the_same_numbers_with_every_release() {
        let mut random = Random(1_234_567);
        assert_eq!(
            [random.next(), random.next(), random.next()],
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn names_and_counts_have_numbers_of_their_own() {
        let number = |name, count| Random::derived(7, name, count).next();
        assert_eq!(number("query-status", 1), number("query-status", 1));
        assert_ne!(number("query-status", 1), number("query-status", 2));
        assert_ne!(number("query-status", 1), number("query-name", 1));
    }

    #[test]
    fn bounds_are_kept_and_reached() {
        let mut random = Random(1);
        let drawn: std::collections::BTreeSet<_> = (0..1000).map(|_| random.below(5)).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        assert_eq!((random.below(0), random.pick::<u8>(&[])), (0, None));
    }
}
