//! What tells two states apart: 128 bits of all that decides what may come.

use std::hash::Hasher;

/// Two lanes of 64 bits, mixed each by its own constants. Not for strangers: what goes in is the engine's own, and a walk
/// sees some million states, of which two that fall together by chance are not to be expected (one in 10^25).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark(u64, u64);

impl Default for Mark {
    fn default() -> Self {
        Self(0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344)
    }
}

impl Mark {
    pub(crate) const fn value(self) -> u128 {
        (fold(self.0, 0x9e37_79b9_7f4a_7c15) as u128) << 64 | fold(self.1, 0xd6e8_feb8_6659_fd93) as u128
    }

    const fn mix(&mut self, word: u64) {
        self.0 = fold(self.0 ^ word, 0xa076_1d64_78bd_642f);
        self.1 = fold(self.1.rotate_left(23) ^ word, 0xe703_7ed1_a0b4_28db);
    }
}

/// Both halves of the whole product.
const fn fold(a: u64, b: u64) -> u64 {
    let product = (a as u128) * (b as u128);
    (product as u64) ^ ((product >> 64) as u64)
}

impl Hasher for Mark {
    fn write(&mut self, octets: &[u8]) {
        let (words, rest) = octets.as_chunks::<8>();
        words.iter().for_each(|word| self.mix(u64::from_le_bytes(*word)));
        let rest = rest.iter().fold(1, |word, octet| word << 8 | u64::from(*octet));
        self.mix(rest);
    }

    fn write_u128(&mut self, word: u128) {
        self.mix(word as u64);
        self.mix((word >> 64) as u64);
    }

    fn write_u8(&mut self, word: u8) {
        self.mix(u64::from(word));
    }

    fn write_u32(&mut self, word: u32) {
        self.mix(u64::from(word));
    }

    fn write_u64(&mut self, word: u64) {
        self.mix(word);
    }

    fn write_usize(&mut self, word: usize) {
        self.mix(word as u64);
    }

    fn finish(&self) -> u64 {
        self.value() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::hash::Hash;

    fn mark(what: impl Hash) -> u128 {
        let mut mark = Mark::default();
        what.hash(&mut mark);
        mark.value()
    }

    #[test]
    fn what_differs_anywhere_has_another_mark_in_both_halves() {
        let all: Vec<u128> = (0..200u8).flat_map(|a| (0..200u8).map(move |b| mark((a, b, "way")))).collect();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
        assert_eq!(all.iter().map(|one| *one as u64).collect::<HashSet<_>>().len(), all.len());
        assert_eq!(all.iter().map(|one| (*one >> 64) as u64).collect::<HashSet<_>>().len(), all.len());
        assert_ne!(mark(("ab", "c")), mark(("a", "bc")));
        assert_eq!(mark(("ab", 7)), mark(("ab", 7)));
    }
}
