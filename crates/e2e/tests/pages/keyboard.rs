//! The way in, an invitation and a call by keyboard; the focus goes where it is expected.

use e2e::{Outcome, Person, Server};

use e2e::steps::{
    PASSWORD, enters, have_no_errors_or_foreign_requests, incoming_call_title, perceive_each_other,
};

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const TAB: &str = "\u{e004}";

/// Reaches a button with Tab and presses it.
async fn presses_button(person: &Person, name: &str) -> Outcome {
    person.tabs_to("button", name).await?;
    person.presses(ENTER).await
}

/// Creates an account and joins the room without a pointer.
async fn enters_by_keyboard(server: &Server, name: &str) -> Outcome<Person> {
    let person = Person::arrives(name, &server.url()).await?;
    person.goes_to("room/tea").await?;
    person.button("Create an account").is_enabled().await?;
    presses_button(&person, "Create an account").await?;
    person.tabs_to("textbox", "User name").await?;
    person.presses(name).await?;
    person.tabs_to("textbox", "Password").await?;
    person.presses(PASSWORD).await?;
    person.presses(ENTER).await?;
    person.heading("Ready to join tea?").is_shown().await?;
    presses_button(&person, "Join room").await?;
    person.list("People").says(name).await?;
    Ok(person)
}

/// Checks that Tab reaches all buttons of the dialog and never leaves it.
async fn stays_in_the_dialog(person: &Person, inside: &[&str]) -> Outcome {
    let mut been = Vec::new();
    for _ in 0..2 * inside.len() + 2 {
        // Between the last and the first button, the focus may be in the browser's own UI.
        if let Some((role, name)) = person.focused().await?
            && role == "button"
        {
            assert!(
                inside.contains(&name.as_str()),
                "the focus left the dialog: {name}"
            );
            been.push(name);
        }
        person.presses(TAB).await?;
    }
    for name in inside {
        assert!(
            been.iter().any(|place| place == name),
            "Tab never reached {name}, only {been:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn join_and_call_by_keyboard_only() -> Outcome {
    let server = Server::start().await?;
    let ann = enters_by_keyboard(&server, "Ann").await?;
    let bea = enters(&server, "Bea", "tea").await?;

    // A dialog takes the focus, keeps it, and returns it to the message field.
    bea.tabs_to("textbox", "Message").await?;
    presses_button(&ann, "Call Bea").await?;
    bea.dialog(incoming_call_title(&ann)).is_shown().await?;
    let answers = ["Answer with video", "Answer with audio only", "Decline"];
    stays_in_the_dialog(&bea, &answers).await?;
    bea.presses(ESCAPE).await?;
    bea.dialog(incoming_call_title(&ann)).is_gone().await?;
    bea.is_at("textbox", "Message").await?;
    ann.reads("Bea declined.").await?;

    presses_button(&ann, "Call Bea").await?;
    bea.dialog(incoming_call_title(&ann)).is_shown().await?;
    presses_button(&bea, "Answer with video").await?;
    perceive_each_other(&ann, &bea).await?;
    bea.is_at("textbox", "Message").await?;
    bea.presses("By keyboard alone").await?;
    bea.presses(ENTER).await?;
    ann.reads("By keyboard alone").await?;

    presses_button(&ann, "Hang up with Bea").await?;
    bea.tile("Ann").is_gone().await?;
    ann.has_open_connections(0).await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await
}
