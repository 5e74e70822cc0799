//! Many things happen to four people in any order, and in the end all pages and the server know the same.
//!
//! The pages are the app's own cores, with the simulated browsers of `call-core`'s tests; the server is the registry, behind a
//! hub in small ([`server`]). Between them is a seeded network in virtual time: sockets that break or stand still, a disk that
//! takes its time, a server that is killed at any moment. The journey of the same name does so with real browsers, some
//! hundred times slower.

mod agreement;
#[path = "../../../../call-core/tests/simulation/browser.rs"]
#[allow(dead_code, reason = "call-core's own simulation uses the rest")]
mod browser;
#[path = "../../../../call-core/tests/simulation/chance.rs"]
mod chance;
mod deeds;
mod disk;
mod hands;
mod page;
mod peers;
mod server;
mod sockets;
mod world;

use world::World;

const PEOPLE: usize = 4;
/// How often all is compared in one run, and what happens before each time: what is wrong may right itself later.
const ROUNDS: u32 = 10;
const DEEDS: u32 = 20;
/// The longest pauses between deeds, in milliseconds: less than anything takes, and more.
const PAUSES: [u64; 4] = [20, 200, 2_000, 10_000];
/// Runs of the test, unless `CONFAB_RUNS` says another number.
const RUNS: u64 = 30;

fn soak(seed: u64) {
    let mut world = World::of(PEOPLE, seed);
    for _ in 0..ROUNDS {
        for _ in 0..DEEDS {
            let longest = world.one_of(&PAUSES);
            let pause = world.chance.below(longest);
            world.run_for(pause);
            world.deed();
        }
        world.settle();
        world.assert_agreed();
    }
    world.hang_up_all();
    world.assert_agreed();
    world.assert_apart();
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
