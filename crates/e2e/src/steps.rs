//! What people do in more than one journey.

use crate::{Arrival, Name, Outcome, Patience, Person, Server};

/// Long enough for an account.
pub const PASSWORD: &str = "tea at half past 4";

/// Opens a room's link, creates an account and joins the room.
pub async fn enters(server: &Server, name: &str, room: &str) -> Outcome<Person> {
    comes(Arrival::of(name), server, room).await
}

/// Like [`enters`], in a small window, for four browsers on one machine.
pub async fn enters_small(server: &Server, name: &str, room: &str) -> Outcome<Person> {
    comes(Arrival::of(name).window(900, 640), server, room).await
}

/// Opens a room's link with these settings, creates an account and joins the room.
pub async fn comes(arrival: Arrival, server: &Server, room: &str) -> Outcome<Person> {
    let person = stands_before(arrival, server, room).await?;
    goes_in(&person).await?;
    Ok(person)
}

/// Opens a room's link, creates an account and stops at the page before the room, where devices are chosen.
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

/// Joins a room from the page before it.
pub async fn goes_in(person: &Person) -> Outcome {
    person.button("Join room").click().await?;
    person.list("People").is_shown().await
}

/// Creates an account; the link has filled in the room.
pub async fn creates_account(person: &Person) -> Outcome {
    person.button("Create an account").click().await?;
    person.field("User name").types(person.name()).await?;
    person.field("Password").types(PASSWORD).await?;
    person.button("Create account").click().await
}

/// Signs in to the account of a person who is in the room, on a second page, which asks what to do.
pub async fn finds_seat_occupied(arrival: Arrival, server: &Server, room: &str) -> Outcome<Person> {
    let second = arrival.at(&server.url()).await?;
    second.goes_to(&format!("room/{room}")).await?;
    second.field("User name").types(second.name()).await?;
    second.field("Password").types(PASSWORD).await?;
    second.button("Sign in").click().await?;
    second.button("Join room").click().await?;
    second
        .heading(format!("You're already in {room}"))
        .is_shown()
        .await?;
    Ok(second)
}

/// One person calls another, who answers with video; both see and hear each other.
pub async fn calls(one: &Person, other: &Person) -> Outcome {
    invites(one, other).await?;
    answers(other, one).await?;
    perceive_each_other(one, other).await
}

/// One person invites another to a call.
pub async fn invites(one: &Person, other: &Person) -> Outcome {
    one.button(format!("Call {}", other.name())).click().await
}

/// Waits until camera and microphone are both on, with one track each (`on` = 1), or both off (0).
pub async fn has_devices(person: &Person, on: u64) -> Outcome {
    person.has_live_tracks("video", on).await?;
    person.has_live_tracks("audio", on).await
}

/// Waits for a call from `other` and answers it with video.
pub async fn answers(one: &Person, other: &Person) -> Outcome {
    one.dialog(incoming_call_title(other)).is_shown().await?;
    one.button("Answer with video").click().await?;
    one.dialog(incoming_call_title(other)).is_gone().await
}

/// Title of the dialog in which a person's call rings.
pub fn incoming_call_title(person: &Person) -> String {
    format!("{} is calling", person.name())
}

/// Waits until both see and hear each other.
pub async fn perceive_each_other(one: &Person, other: &Person) -> Outcome {
    one.sees_video_of(other.name()).await?;
    other.sees_video_of(one.name()).await?;
    one.hears(other.name()).await?;
    other.hears(one.name()).await
}

/// Waits until each person sees the video of every other.
pub async fn all_see_all(people: &[&Person]) -> Outcome {
    for one in people {
        for other in people.iter().filter(|other| other.name() != one.name()) {
            one.sees_video_of(other.name()).await?;
        }
    }
    Ok(())
}

/// Joins the group call of the room.
pub async fn joins_group_call(person: &Person) -> Outcome {
    person
        .button(Name::Begins("Join group call".to_owned()))
        .click()
        .await
}

/// Ann, Bea and Cem enter a room in small windows, and join its group call.
pub async fn three_in_group_call(server: &Server, room: &str) -> Outcome<[Person; 3]> {
    let ann = enters_small(server, "Ann", room).await?;
    let bea = enters_small(server, "Bea", room).await?;
    let cem = enters_small(server, "Cem", room).await?;
    for person in [&ann, &bea, &cem] {
        joins_group_call(person).await?;
    }
    Ok([ann, bea, cem])
}

/// Waits until the page shows that it is connected to the server.
pub async fn is_online(person: &Person, patience: Patience) -> Outcome {
    says_of_the_server(person, patience, "Online").await
}

/// Waits until the page shows that it has lost the server.
pub async fn is_reconnecting(person: &Person, patience: Patience) -> Outcome {
    says_of_the_server(person, patience, "Reconnecting…").await
}

async fn says_of_the_server(person: &Person, patience: Patience, words: &str) -> Outcome {
    let states =
        "[...document.querySelectorAll('header .connection')].map((state) => state.innerText).join()";
    person.finds_within(patience, states, words).await
}

/// Checks that no page had an error or contacted another host.
pub async fn have_no_errors_or_foreign_requests(people: &[&Person]) -> Outcome {
    for person in people {
        person.has_no_errors_or_foreign_requests(&[]).await?;
    }
    Ok(())
}
