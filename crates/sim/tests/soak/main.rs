//! Many things happen to four people in any order, and in the end all pages and the server know the same.
//!
//! Sockets break or stand still, the disk takes its time, and the server is killed at any moment. The journey of the same name does
//! so with real browsers, some hundred times slower.

mod deeds;

use deeds::Soak;

const PEOPLE: [&str; 4] = ["Ann", "Bea", "Cy", "Dee"];
/// How often all is compared in one run, and what happens before each time: what is wrong may right itself later.
const ROUNDS: u32 = 10;
const DEEDS: u32 = 20;
/// The longest pauses between deeds, in milliseconds: less than anything takes, and more.
const PAUSES: [u64; 4] = [20, 200, 2_000, 10_000];
/// Runs of the test, unless `CONFAB_RUNS` says another number.
const RUNS: u64 = 30;

fn soak(seed: u64) {
    let mut soak = Soak::of(&PEOPLE, seed);
    for _ in 0..ROUNDS {
        for _ in 0..DEEDS {
            soak.pause(&PAUSES);
            soak.deed();
        }
        soak.settle();
        soak.world.assert_agreed();
        soak.assert_written();
    }
    soak.hang_up_all();
    soak.world.assert_agreed();
    soak.world.assert_all_apart();
}

/// Begins with the seed of `CONFAB_SEED`, if there is one.
#[test]
fn after_many_random_deeds_all_pages_and_the_server_know_the_same() {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let first: u64 = number("CONFAB_SEED").unwrap_or(1);
    for seed in first..first + number("CONFAB_RUNS").unwrap_or(RUNS) {
        println!("CONFAB_SEED={seed}");
        soak(seed);
    }
}
