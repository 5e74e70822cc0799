//! The steps that journeys are made of.

use e2e::{Arrival, Name, Outcome, Patience, Person, Server};

/// Long enough, and nobody else's.
pub const PASSWORD: &str = "tea at half past 4";

/// Somebody makes an account at the door of a room and goes in.
pub async fn enters(server: &Server, name: &str, room: &str) -> Outcome<Person> {
    comes(Arrival::of(name), server, room).await
}

/// The same, in a small window, as four on one machine have.
pub async fn enters_small(server: &Server, name: &str, room: &str) -> Outcome<Person> {
    comes(Arrival::of(name).window(900, 640), server, room).await
}

/// Somebody comes in a way of their own, makes an account and goes in with what there is of devices.
pub async fn comes(arrival: Arrival, server: &Server, room: &str) -> Outcome<Person> {
    let person = stands_before(arrival, server, room).await?;
    goes_in(&person).await?;
    Ok(person)
}

/// Somebody makes an account and stands before the room, where devices are chosen.
pub async fn stands_before(arrival: Arrival, server: &Server, room: &str) -> Outcome<Person> {
    let person = arrival.at(&server.url()).await?;
    person.goes_to(&format!("room/{room}")).await?;
    creates_account(&person).await?;
    person
        .heading(format!("Ready to join {room}?"))
        .is_shown()
        .await?;
    Ok(person)
}

/// From the page before a room into it.
pub async fn goes_in(person: &Person) -> Outcome {
    person.button("Join room").click().await?;
    person.list("People").is_shown().await
}

/// Makes an account; the room is filled in by the link.
pub async fn creates_account(person: &Person) -> Outcome {
    person.button("Create an account").click().await?;
    person.field("User name").types(person.name()).await?;
    person.field("Password").types(PASSWORD).await?;
    person.button("Create account").click().await
}

/// One invites another, who answers with the camera; both see and hear each other.
pub async fn calls(one: &Person, other: &Person) -> Outcome {
    invites(one, other).await?;
    answers(other, one).await?;
    perceive_each_other(one, other).await
}

/// One invites another.
pub async fn invites(one: &Person, other: &Person) -> Outcome {
    one.button(format!("Call {}", other.name())).click().await
}

/// Camera and microphone are both on (1), with no track left over, or both given back (0).
pub async fn has_devices(person: &Person, on: u64) -> Outcome {
    person.has_live_tracks("video", on).await?;
    person.has_live_tracks("audio", on).await
}

/// The dialog rings with the other's name; answered with the camera.
pub async fn answers(one: &Person, other: &Person) -> Outcome {
    one.dialog(wants_to_talk(other)).is_shown().await?;
    one.button("Answer with video").click().await?;
    one.dialog(wants_to_talk(other)).is_gone().await
}

/// The title of the dialog in which somebody rings.
pub fn wants_to_talk(person: &Person) -> String {
    format!("{} is calling", person.name())
}

/// Both have the other's moving picture and sound.
pub async fn perceive_each_other(one: &Person, other: &Person) -> Outcome {
    one.sees_video_of(other.name()).await?;
    other.sees_video_of(one.name()).await?;
    one.hears(other.name()).await?;
    other.hears(one.name()).await
}

/// Everybody has the moving picture of everybody else.
pub async fn all_see_all(people: &[&Person]) -> Outcome {
    for one in people {
        for other in people.iter().filter(|other| other.name() != one.name()) {
            one.sees_video_of(other.name()).await?;
        }
    }
    Ok(())
}

/// Somebody joins the call of everybody in the room.
pub async fn joins_everyone(person: &Person) -> Outcome {
    person
        .button(Name::Begins("Join group call".to_owned()))
        .click()
        .await
}

/// The page says that the server hears it.
pub async fn is_online(person: &Person, patience: Patience) -> Outcome {
    says_of_the_server(person, patience, "Online").await
}

/// The page says that the server does not hear it.
pub async fn is_reconnecting(person: &Person, patience: Patience) -> Outcome {
    says_of_the_server(person, patience, "Reconnecting…").await
}

async fn says_of_the_server(person: &Person, patience: Patience, words: &str) -> Outcome {
    let states =
        "[...document.querySelectorAll('header .connection')].map((state) => state.innerText).join()";
    person.finds_within(patience, states, words).await
}

/// Nobody's page had an error or spoke to anybody else.
pub async fn leave_no_trouble(people: &[&Person]) -> Outcome {
    for person in people {
        person.leaves_no_trouble(&[]).await?;
    }
    Ok(())
}
