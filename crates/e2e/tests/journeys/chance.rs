//! Chance that can be repeated: a sequence of numbers out of a seed.

use std::time::{SystemTime, UNIX_EPOCH};

/// Numbers that look like chance (`SplitMix64`), always the same for a seed.
pub struct Chance(u64);

impl Chance {
    /// With the seed of `CONFAB_SEED`, or one of the moment; gives the seed too, to be printed.
    pub fn seeded() -> (Self, u64) {
        let wanted = std::env::var("CONFAB_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok());
        let moment = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let seed = wanted.unwrap_or(moment.subsec_nanos().into());
        (Self(seed), seed)
    }

    /// A number below the bound, which is small.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let high = u32::try_from(mixed >> 32).unwrap_or_default();
        usize::try_from(high).unwrap_or_default() % bound
    }
}
