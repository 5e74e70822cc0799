//! Random actions and failures of four users; in the end all pages and the server agree.
//!
//! Sockets break or stall, the disk is slow, and the server is killed at any moment. The end-to-end soak test
//! does the same with real browsers, some hundred times slower.

mod deeds;

use deeds::Soak;

const PEOPLE: [&str; 4] = ["Ann", "Bea", "Cy", "Dee"];
/// Comparisons in one run, and actions before each: several, since errors may correct themselves later.
const ROUNDS: u32 = 10;
const DEEDS: u32 = 20;
/// The longest pauses between actions, in milliseconds: from shorter to longer than anything takes.
const PAUSES: [u64; 4] = [20, 200, 2_000, 10_000];
/// Number of runs, unless `CONFAB_RUNS` is set.
const RUNS: u64 = 30;

fn soak(seed: u64) {
    let mut soak = Soak::of(&PEOPLE, seed);
    for _ in 0..ROUNDS {
        for _ in 0..DEEDS {
            soak.pause(&PAUSES);
            soak.action();
        }
        soak.settle();
        soak.world.assert_agreed();
        soak.assert_written();
    }
    soak.hang_up_all();
    soak.world.assert_agreed();
    soak.world.assert_all_apart();
}

/// Starts with the seed in `CONFAB_SEED`, if set.
#[test]
fn pages_and_server_agree_after_random_actions() {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let first: u64 = number("CONFAB_SEED").unwrap_or(1);
    for seed in first..first + number("CONFAB_RUNS").unwrap_or(RUNS) {
        println!("CONFAB_SEED={seed}");
        soak(seed);
    }
}
