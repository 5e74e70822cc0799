//! Accessibility: axe's rules on every page and dialog, in light and dark, wide and narrow. On a phone,
//! nothing overflows sideways, and every control is large enough for a finger.

use e2e::{Arrival, DESKTOP, Devices, FakeCamera, Name, Outcome, PHONE, Person, Server};

use e2e::steps::{
    PASSWORD, answers, comes, enters, finds_seat_occupied, incoming_call_title, invites, stands_before,
};

const ESCAPE: &str = "\u{e00c}";

/// Checks what is shown now, in each colour scheme and width.
async fn is_open_to_all(person: &Person, place: &str) -> Outcome {
    for (window, width) in [(PHONE, "narrow"), (DESKTOP, "wide")] {
        person.has_window(window).await?;
        for (dark, light) in [(true, "dark"), (false, "light")] {
            person.prefers_dark(dark).await?;
            person
                .has_no_violation(&format!("{place}, {width} and {light}"))
                .await?;
        }
        if window == PHONE {
            person.sees_all_of_the_width().await?;
            person.hits_everything_with_a_finger().await?;
        }
    }
    Ok(())
}

/// Checks the parts of the room that a narrow window shows one at a time.
async fn each_part_is_open_to_all(person: &Person, place: &str) -> Outcome {
    for part in ["Call", "Chat", "People"] {
        person.has_window(PHONE).await?;
        person.button(part).click().await?;
        is_open_to_all(person, &format!("{place}, {part}")).await?;
    }
    Ok(())
}

#[tokio::test]
async fn way_in() -> Outcome {
    let server = Server::start().await?;
    let ann = Person::arrives("Ann", &server.url()).await?;
    ann.button("Sign in").is_enabled().await?;
    is_open_to_all(&ann, "the front page").await?;
    ann.button("Create an account").click().await?;
    ann.field("User name").types("Ann").await?;
    ann.field("Password").types("short").await?;
    ann.field("Room").types("tea").await?;
    ann.button("Create account").click().await?;
    ann.reads("A password has 8 to").await?;
    is_open_to_all(&ann, "a form with an error").await?;
    ann.field("Password").types(PASSWORD).await?;
    ann.button("Create account").click().await?;
    ann.sees_video_in(&ann.tile("Preview"), "Ann").await?;
    is_open_to_all(&ann, "the page before a room").await?;
    ann.button("Choose another room").click().await?;
    ann.heading("Join a room").is_shown().await?;
    is_open_to_all(&ann, "the choice of rooms").await
}

#[tokio::test]
async fn device_and_connection_tests() -> Outcome {
    let server = Server::start().await?;
    let ann = Person::arrives("Ann", &server.url()).await?;
    ann.button("Test my devices").click().await?;
    ann.heading("Test my devices").is_shown().await?;
    is_open_to_all(&ann, "the device test").await?;
    ann.button("Start capture").click().await?;
    ann.sees_video_in(&ann.tile("Preview"), "Ann").await?;
    ann.button("Record").click().await?;
    ann.button("Stop recording").click().await?;
    ann.tile("Recording").is_shown().await?;
    is_open_to_all(&ann, "the device test with a recording").await?;
    ann.button("Back").click().await?;
    ann.button("Test my connection").click().await?;
    ann.button("Start").click().await?;
    ann.button("Call").click().await?;
    ann.sees_video_in(&ann.tile("Remote peer"), "Ann").await?;
    is_open_to_all(&ann, "the connection test in a call").await
}

#[tokio::test]
async fn room_and_call() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    is_open_to_all(&ann, "a room with one person").await?;
    let bea = comes(Arrival::of("Bea").devices(Devices::Refused), &server, "tea").await?;
    ann.field("Message").types("Hello!").await?;
    ann.button("Send").click().await?;
    bea.reads("Hello!").await?;
    invites(&ann, &bea).await?;
    bea.dialog(incoming_call_title(&ann)).is_shown().await?;
    is_open_to_all(&bea, "the dialog of an invitation").await?;
    answers(&bea, &ann).await?;
    bea.sees_video_of("Ann").await?;
    bea.reads("The camera is blocked for this site.").await?;
    is_open_to_all(&bea, "a call with a notice").await?;
    each_part_is_open_to_all(&ann, "a call").await?;
    ann.button("Menu").click().await?;
    is_open_to_all(&ann, "the menu").await?;
    ann.presses(ESCAPE).await?;
    ann.button("Devices").click().await?;
    ann.dialog("Devices").is_shown().await?;
    is_open_to_all(&ann, "the choice of devices").await?;
    ann.presses(ESCAPE).await?;
    ann.button("Share screen").click().await?;
    bea.sees_fake_camera_in(&bea.tile("Ann's screen"), FakeCamera::Turning)
        .await?;
    is_open_to_all(&ann, "a call while sharing a screen").await?;
    is_open_to_all(&bea, "a call with a shared screen").await?;
    bea.button(Name::Begins("Connection to Ann: ".to_owned()))
        .click()
        .await?;
    bea.dialog("Connection to Ann").says("Direct").await?;
    is_open_to_all(&bea, "the details of a connection").await
}

#[tokio::test]
async fn occupied_seat() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let second = finds_seat_occupied(Arrival::of("Ann"), &server, "tea").await?;
    is_open_to_all(&second, "a seat that is occupied").await?;
    second.button("Continue here").click().await?;
    second.list("People").says("Ann").await?;
    ann.heading(Name::Begins("You continued".to_owned()))
        .is_shown()
        .await?;
    is_open_to_all(&ann, "a seat that was taken over").await
}

#[tokio::test]
async fn moderation_and_account() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    ann.button("Menu").click().await?;
    ann.button("Room settings").click().await?;
    let settings = || ann.dialog("Room settings");
    settings().is_shown().await?;
    is_open_to_all(&ann, "the settings of a room").await?;
    ann.element(&["radio"], "Only people a moderator admits")
        .within(settings())
        .click()
        .await?;
    ann.button("Save").within(settings()).click().await?;
    settings().is_gone().await?;

    let bea = stands_before(Arrival::of("Bea"), &server, "tea").await?;
    bea.button("Join room").click().await?;
    bea.heading("Waiting to join tea").is_shown().await?;
    is_open_to_all(&bea, "the waiting room").await?;
    ann.reads("1 person is waiting to join").await?;
    each_part_is_open_to_all(&ann, "a room with a person waiting").await?;
    ann.button("Admit Bea").click().await?;
    bea.list("People").says("Ann").await?;

    ann.button("More options for Bea").click().await?;
    ann.dialog("Bea").is_shown().await?;
    is_open_to_all(&ann, "the options for a person").await?;
    ann.presses(ESCAPE).await?;
    ann.button("Menu").click().await?;
    ann.button("Account").click().await?;
    ann.dialog("Account").is_shown().await?;
    is_open_to_all(&ann, "the account").await
}
