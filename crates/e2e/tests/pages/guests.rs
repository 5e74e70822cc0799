//! A guest joins by the link of a room that allows guests, is marked on every page, has a call, and leaves; a
//! room that does not allow guests refuses them.

use e2e::{Arrival, Outcome, Person, Server};

use e2e::steps::{
    answers, enters, goes_in, has_devices, have_no_errors_or_foreign_requests, invites, perceive_each_other,
};

/// Opens a room's link and submits the form for guests.
async fn asks(server: &Server, name: &str, room: &str) -> Outcome<Person> {
    let person = Arrival::of(name).at(&server.url()).await?;
    person.goes_to(&format!("room/{room}")).await?;
    person.button("Join as a guest").click().await?;
    person.field("Your name").types(name).await?;
    person.button("Join").click().await?;
    Ok(person)
}

/// Toggles the room's rule about guests, in the owner's settings.
async fn changes_the_rule(owner: &Person) -> Outcome {
    owner.button("Menu").click().await?;
    owner.button("Room settings").click().await?;
    let settings = || owner.dialog("Room settings");
    let rule = owner.element(&["checkbox"], "Allow guests");
    rule.within(settings()).click().await?;
    owner.has_no_violation("the rule about guests").await?;
    owner.button("Save").within(settings()).click().await?;
    settings().is_gone().await
}

#[tokio::test]
async fn guest_is_marked_and_can_call() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;

    let gus = asks(&server, "Gus", "tea").await?;
    gus.reads("Guests aren't allowed here").await?;
    gus.has_no_violation("the form for guests").await?;
    changes_the_rule(&ann).await?;
    bea.reads("guests included").await?;
    gus.button("Join").click().await?;
    gus.heading("Ready to join tea?").is_shown().await?;
    gus.reads("Guest: Gus").await?;
    goes_in(&gus).await?;
    for page in [&ann, &bea, &gus] {
        page.reads("3 people").await?;
        page.list("People").says("guest").await?;
    }
    ann.reads("Gus (guest) joined").await?;

    invites(&gus, &bea).await?;
    bea.dialog("Gus (guest) is calling").is_shown().await?;
    bea.button("Decline").click().await?;
    invites(&ann, &gus).await?;
    answers(&gus, &ann).await?;
    perceive_each_other(&ann, &gus).await?;
    ann.tile("Gus").says("guest").await?;
    ann.has_no_violation("a call with a guest").await?;

    gus.reloads().await?;
    perceive_each_other(&ann, &gus).await?;
    gus.button("Leave room").click().await?;
    gus.heading("Join as a guest").is_shown().await?;
    has_devices(&gus, 0).await?;
    ann.tile("Gus").is_gone().await?;
    bea.reads("2 people").await?;
    gus.goes_to("room/tea").await?;
    gus.button("Sign in").is_enabled().await?;
    // The browser logs each refusal over HTTP.
    gus.has_no_errors_or_foreign_requests(&["403"]).await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await
}

#[tokio::test]
async fn guest_needs_a_free_name_and_stays_removed() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    changes_the_rule(&ann).await?;
    let gus = asks(&server, "Ann", "tea").await?;
    gus.reads("This name is taken").await?;
    gus.field("Your name").types("Gus").await?;
    gus.button("Join").click().await?;
    goes_in(&gus).await?;
    ann.reads("2 people").await?;

    changes_the_rule(&ann).await?;
    ann.button("More options for Gus").click().await?;
    ann.button("Remove from room")
        .within(ann.dialog("Gus"))
        .click()
        .await?;
    gus.reads("A moderator removed you from the room").await?;
    gus.field("Your name").types("Gus").await?;
    gus.button("Join").click().await?;
    gus.reads("Guests aren't allowed here").await?;
    ann.reads("1 person").await?;
    gus.has_no_errors_or_foreign_requests(&["403", "409"]).await?;
    have_no_errors_or_foreign_requests(&[&ann]).await
}
