//! Random actions of four people, after which all pages and the server must agree.

mod actions;
mod agreement;

use e2e::{Arrival, Devices, Outcome, Server, note};
use fastrand::Rng;
use serde_json::{Value, json};

use actions::{clicks, settles, something};
use agreement::{agree, the_server_agrees};
use e2e::steps::{comes, enters_small};

const ACTIONS: u32 = 200;
const NAMES: [&str; 4] = ["Ann", "Bea", "Cem", "Dee"];
/// Mean number of actions between two restarts of the server.
const RESTARTS: usize = 40;

#[tokio::test]
async fn pages_and_server_agree_after_random_actions() -> Outcome {
    let wanted = std::env::var("CONFAB_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = wanted.unwrap_or_else(|| fastrand::u64(..));
    let mut chance = Rng::with_seed(seed);
    note(&format!("soak with CONFAB_SEED={seed}"));
    let mut server = Server::start().await?;
    let ann = enters_small(&server, NAMES[0], "tea").await?;
    let bea = enters_small(&server, NAMES[1], "tea").await?;
    let cem = enters_small(&server, NAMES[2], "tea").await?;
    let dee = enters_small(&server, NAMES[3], "tea").await?;
    let people = [&ann, &bea, &cem, &dee];
    for number in 1..=ACTIONS {
        if chance.usize(..RESTARTS) == 0 {
            server.restart().await?;
            println!("{number}: the server restarts");
            continue;
        }
        let person = people[chance.usize(..people.len())];
        let what = something(person, &mut chance).await?;
        println!("{number}: {}: {what}", person.name());
    }
    for person in people {
        settles(person).await?;
    }
    let eve = comes(Arrival::of("Eve").devices(Devices::Absent), &server, "tea").await?;
    let pictures = agree(&people, &eve).await?;
    println!("{pictures:#?}");
    for (person, picture) in people.iter().zip(&pictures) {
        for other in picture["tiles"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            person.hears(other).await?;
        }
    }
    the_server_agrees(&people, &pictures).await?;
    agree(&people, &eve).await?;
    for person in people {
        clicks(person, "Leave call").await?;
    }
    for person in people {
        person.has_open_connections(0).await?;
    }
    let left = agree(&people, &eve).await?;
    assert!(
        left.iter().all(|picture| picture["tiles"] == json!([])),
        "{left:#?}"
    );
    Ok(())
}
