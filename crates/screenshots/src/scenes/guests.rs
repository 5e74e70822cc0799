//! Guests: how they join, and how they are marked.

use e2e::{Arrival, Outcome, Person, Server};

use crate::gallery::keep;
use crate::steps::{calls, comes, portrayed, writes};

/// Opens a room's link and fills in the form for guests.
async fn asks(arrival: Arrival, server: &Server) -> Outcome<Person> {
    let person = arrival.at(&server.url()).await?;
    person.goes_to("room/tea").await?;
    person.button("Join as a guest").click().await?;
    person.field("Your name").types(person.name()).await?;
    Ok(person)
}

/// The form for guests (light, dark, on a phone), the rule that allows them, and a room with a guest
/// (likewise).
pub async fn guests() -> Outcome {
    let server = Server::start().await?;
    let ann = comes(portrayed("Ann"), &server, "tea").await?;
    ann.button("Menu").click().await?;
    ann.button("Room settings").click().await?;
    let settings = || ann.dialog("Room settings");
    let rule = ann.element(&["checkbox"], "Allow guests");
    rule.within(settings()).click().await?;
    keep(&ann, "guest-rule").await?;
    ann.button("Save").within(settings()).click().await?;
    settings().is_gone().await?;

    let forms = [
        ("guest-form-dark", Arrival::of("Gus").dark()),
        ("guest-form-phone", Arrival::of("Gus").window(360, 740)),
    ];
    for (picture, arrival) in forms {
        keep(&asks(arrival, &server).await?, picture).await?;
    }
    let gus = asks(portrayed("Gus"), &server).await?;
    keep(&gus, "guest-form").await?;
    gus.button("Join").click().await?;
    gus.button("Join room").click().await?;
    gus.button("Leave room").is_shown().await?;
    writes(&gus, "Hello, I am only passing by.").await?;
    gus.button("Call Ann").click().await?;
    ann.dialog("Gus (guest) is calling").is_shown().await?;
    keep(&ann, "guest-rings").await?;
    ann.button("Decline").click().await?;
    calls(&ann, &gus).await?;
    ann.sees_videos(2).await?;
    keep(&ann, "guest-room").await?;
    let bea = comes(portrayed("Bea").dark(), &server, "tea").await?;
    bea.sees_videos(1).await?;
    keep(&bea, "guest-room-dark").await?;
    let cem = comes(portrayed("Cem").window(360, 740), &server, "tea").await?;
    cem.button("People").click().await?;
    keep(&cem, "guest-people-phone").await
}
