//! What pages and the server know of a room and its calls, and whether it is the same.

use e2e::{Outcome, Patience, Person};
use serde_json::Value;

/// Who is in the list, whom the page shows, and how the tiles are; by names and in their order.
pub const PICTURE: &str = "(() => {
    const own = document.querySelector('.person .tag')?.closest('.person');
    const named = (element) => element.querySelector('.person-name .ellipsis').innerText.trim();
    const tiles = [...document.querySelectorAll('[role=group][data-state]')];
    return {
        you: own ? named(own) : null,
        people: [...document.querySelectorAll('.person')].map(named).sort(),
        tiles: tiles.map((tile) => tile.ariaLabel).sort(),
        unconnected: tiles.filter((tile) => tile.dataset.state !== 'connected').length,
        connections: confabWitness.openConnections(),
        ringing: document.querySelectorAll('dialog:modal, .person[data-state=ringing]').length,
    };
})()";

/// What the server told this page when it came back: who is in the room, and with whom the page is linked.
const TOLD: &str = "(() => {
    const told = confabWitness.welcome();
    if (!told) return null;
    const name = (id) => told.participants.find((participant) => participant.id === id)?.name;
    return {
        people: told.participants.map((participant) => participant.name).sort(),
        tiles: told.links.map((link) => name(link.peer)).sort(),
    };
})()";

/// All pages show the same people, and are linked with whom is linked with them, by as many connections.
pub async fn agree(people: &[&Person], observer: &Person) -> Outcome<Vec<Value>> {
    observer
        .until_it_holds("everybody to know the same", Patience::seconds(90), async || {
            let roster = observer.evaluate(PICTURE).await?["people"].take();
            let mut pictures = Vec::new();
            for person in people {
                pictures.push(person.evaluate(PICTURE).await?);
            }
            let linked = |one: &Value, other: &Value| {
                one["tiles"]
                    .as_array()
                    .is_some_and(|tiles| tiles.contains(&other["you"]))
            };
            let whole = |picture: &Value| {
                picture["people"] == roster
                    && picture["unconnected"] == 0
                    && picture["connections"].as_u64()
                        == picture["tiles"]
                            .as_array()
                            .and_then(|tiles| u64::try_from(tiles.len()).ok())
            };
            let mutual = pictures.iter().all(|one| {
                pictures
                    .iter()
                    .all(|other| linked(one, other) == linked(other, one))
            });
            Ok(if mutual && pictures.iter().all(whole) {
                Ok(pictures)
            } else {
                Err(format!("{roster} and {pictures:#?}"))
            })
        })
        .await
}

/// The server, asked anew by each page, knows what the page shows.
pub async fn the_server_agrees(people: &[&Person], pictures: &[Value]) -> Outcome {
    for (person, picture) in people.iter().zip(pictures) {
        person.evaluate("confabWitness.dropSocket()").await?;
        let shown = serde_json::json!({ "people": picture["people"], "tiles": picture["tiles"] });
        person
            .until_it_holds(
                "the server to know what the page shows",
                Patience::seconds(30),
                async || {
                    let told = person.evaluate(TOLD).await?;
                    Ok(if told == shown {
                        Ok(())
                    } else {
                        Err(format!("{told}, and not {shown}"))
                    })
                },
            )
            .await?;
    }
    Ok(())
}
