//! What people do in more than one scene, beyond the steps of the journeys.

use e2e::steps::{invites, stands_before};
use e2e::{Arrival, Outcome, Person, Server};

use crate::portrait::{Format, film};

/// A person with a drawn face.
pub fn portrayed(name: &str) -> Arrival {
    Arrival::of(name).films(&film(name, Format::FULL))
}

/// Opens a room's link, creates an account and joins the room; in a window of any width.
pub async fn comes(arrival: Arrival, server: &Server, room: &str) -> Outcome<Person> {
    let person = stands_before(arrival, server, room).await?;
    person.button("Join room").click().await?;
    person.button("Leave room").is_shown().await?;
    Ok(person)
}

/// One person calls another, who answers with video.
pub async fn calls(one: &Person, other: &Person) -> Outcome {
    invites(one, other).await?;
    other.button("Answer with video").click().await
}

/// Sends a chat message and waits until it is shown.
pub async fn writes(person: &Person, line: &str) -> Outcome {
    person.field("Message").types(line).await?;
    person.button("Send").click().await?;
    person.reads(line).await
}
