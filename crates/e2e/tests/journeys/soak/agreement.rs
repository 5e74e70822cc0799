//! Whether pages and the server know the same about a room and its calls.

use e2e::{Outcome, Patience, Person};
use serde_json::{Value, json};

/// What a page shows, as sorted names: the people and those who are away, the tiles and those that are not
/// connected; and how many connections are open and calls ringing.
pub const PICTURE: &str = "(() => {
    const named = (element) => element.querySelector('.person-name .ellipsis').innerText.trim();
    const list = (selector) => [...document.querySelectorAll(selector)];
    const tiles = list('[role=group][data-state]');
    return {
        people: list('.person').map(named).sort(),
        away: list('.person[data-away]').map(named).sort(),
        tiles: tiles.map((tile) => tile.ariaLabel).sort(),
        unconnected: tiles.filter((tile) => tile.dataset.state !== 'connected')
            .map((tile) => `${tile.ariaLabel} is ${tile.dataset.state}`).sort(),
        connections: confabWitness.openConnections(),
        ringing: list('dialog:modal, .person[data-state=ringing]').length,
    };
})()";

/// What the server's last `welcome` to this page contains: the people in the room, and the peers it is linked
/// with.
const TOLD: &str = "(() => {
    const told = confabWitness.welcome();
    if (!told) return null;
    const name = (id) => told.participants.find((participant) => participant.id === id)?.name;
    return {
        people: told.participants.map((participant) => participant.name).sort(),
        tiles: told.links.map((link) => name(link.peer)).sort(),
    };
})()";

/// The same `welcome` in more detail, for failures.
const TOLD_IN_FULL: &str = "(() => {
    const { you, participants, conference, links, invitations } = confabWitness.welcome() ?? {};
    return JSON.stringify({ you, participants, conference, links, invitations });
})()";

/// Waits until all pages show the same people, links are mutual, and each page has one connection per tile.
///
/// # Panics
///
/// After 90 s, with the differences, what each page shows, and what the server reports to each.
pub async fn agree(people: &[&Person], observer: &Person) -> Outcome<Vec<Value>> {
    let agreed = observer
        .until_it_holds("all pages to agree", Patience::seconds(90), async || {
            let roster = observer.evaluate(PICTURE).await?["people"].take();
            let mut pictures = Vec::new();
            for person in people {
                pictures.push(person.evaluate(PICTURE).await?);
            }
            let wrong = disagreements(people, &pictures, &roster);
            Ok(if wrong.is_empty() {
                Ok(pictures)
            } else {
                Err(format!("{wrong:#?} in {pictures:#?}"))
            })
        })
        .await;
    match agreed {
        Ok(pictures) => Ok(pictures),
        Err(failure) => panic!("{failure}\n  the server reports:\n{}", told_in_full(people).await),
    }
}

/// Lists the differences between the pages, and the states that should have ended.
fn disagreements(people: &[&Person], pictures: &[Value], roster: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (person, picture) in people.iter().zip(pictures) {
        let name = person.name();
        if picture["people"] != *roster {
            wrong.push(format!("{name} sees {}, not {roster}", picture["people"]));
        }
        for state in ["away", "unconnected"] {
            if picture[state] != json!([]) {
                wrong.push(format!("{name} shows {state} people: {}", picture[state]));
            }
        }
        let tiles = picture["tiles"].as_array().map_or(0, Vec::len);
        if picture["connections"] != tiles {
            wrong.push(format!(
                "{name} has {} connections for {tiles} tiles",
                picture["connections"]
            ));
        }
        for (other, theirs) in people.iter().zip(pictures) {
            if has_tile(picture, other) && !has_tile(theirs, person) {
                wrong.push(format!(
                    "{name} is linked with {0}, but {0} not with {name}",
                    other.name()
                ));
            }
        }
    }
    wrong
}

fn has_tile(picture: &Value, of: &Person) -> bool {
    picture["tiles"]
        .as_array()
        .is_some_and(|tiles| tiles.contains(&json!(of.name())))
}

/// Makes each page reconnect, and waits until the server's `welcome` matches what the page shows.
pub async fn the_server_agrees(people: &[&Person], pictures: &[Value]) -> Outcome {
    for (person, picture) in people.iter().zip(pictures) {
        person.evaluate("confabWitness.dropSocket()").await?;
        let shown = json!({ "people": picture["people"], "tiles": picture["tiles"] });
        person
            .until_it_holds(
                "the server to know what the page shows",
                Patience::seconds(30),
                async || {
                    let told = person.evaluate(TOLD).await?;
                    Ok(if told == shown {
                        Ok(())
                    } else {
                        Err(format!("{told}, not {shown}"))
                    })
                },
            )
            .await?;
    }
    Ok(())
}

/// Makes each page reconnect; returns what the server reports to it, or "nothing" where that fails.
async fn told_in_full(people: &[&Person]) -> String {
    let mut told = Vec::new();
    for person in people {
        let look = async || {
            let note = person.evaluate(TOLD_IN_FULL).await?;
            Ok(if note == "{}" {
                Err(note.to_string())
            } else {
                Ok(note)
            })
        };
        let wish = "a `welcome` from the server";
        let note = match person.evaluate("confabWitness.dropSocket()").await {
            Ok(_) => person.until_it_holds(wish, Patience::seconds(10), look).await,
            Err(failure) => Err(failure),
        };
        let note = note.map_or_else(|_| "nothing".to_owned(), |note| note.to_string());
        told.push(format!("    {}: {note}", person.name()));
    }
    told.join("\n")
}
