//! What pages and the server know of a room and its calls, and whether it is the same.

use e2e::{Outcome, Patience, Person};
use serde_json::{Value, json};

/// Who is in the list and who of them is away, and whom the page has on its stage, and how; by names, in their order.
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

/// The same at more length, for people who read a failure.
const TOLD_IN_FULL: &str = "(() => {
    const { you, participants, conference, links, invitations } = confabWitness.welcome() ?? {};
    return JSON.stringify({ you, participants, conference, links, invitations });
})()";

/// All pages show the same people, and are linked with whom is linked with them, by as many connections.
///
/// # Panics
///
/// When they do not in time: with what is not the same, what each page shows, and what the server tells each.
pub async fn agree(people: &[&Person], observer: &Person) -> Outcome<Vec<Value>> {
    let agreed = observer
        .until_it_holds("everybody to know the same", Patience::seconds(90), async || {
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
        Err(failure) => panic!("{failure}\n  the server tells:\n{}", told_in_full(people).await),
    }
}

/// What pages know that others do not, or that is not so, in words.
fn disagreements(people: &[&Person], pictures: &[Value], roster: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (person, picture) in people.iter().zip(pictures) {
        let name = person.name();
        if picture["people"] != *roster {
            wrong.push(format!("{name} sees {}, and not {roster}", picture["people"]));
        }
        for state in ["away", "unconnected"] {
            if picture[state] != json!([]) {
                wrong.push(format!("{name} has somebody {state}: {}", picture[state]));
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
                    "{name} is linked with {0}, and {0} not with {name}",
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

/// The server, asked anew by each page, knows what the page shows.
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
                        Err(format!("{told}, and not {shown}"))
                    })
                },
            )
            .await?;
    }
    Ok(())
}

/// What the server tells each page that asks it anew. What cannot be had is left out.
async fn told_in_full(people: &[&Person]) -> String {
    let mut told = Vec::new();
    for person in people {
        let look = async || {
            let word = person.evaluate(TOLD_IN_FULL).await?;
            Ok(if word == "{}" {
                Err(word.to_string())
            } else {
                Ok(word)
            })
        };
        let wish = "a word from the server";
        let word = match person.evaluate("confabWitness.dropSocket()").await {
            Ok(_) => person.until_it_holds(wish, Patience::seconds(10), look).await,
            Err(failure) => Err(failure),
        };
        let word = word.map_or_else(|_| "nothing".to_owned(), |word| word.to_string());
        told.push(format!("    {}: {word}", person.name()));
    }
    told.join("\n")
}
