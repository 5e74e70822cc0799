//! Accounts, the room, the list of people, the chat.

use e2e::{Arrival, Outcome, Person, Server};

use e2e::steps::{
    PASSWORD, creates_account, enters, finds_seat_occupied, goes_in, have_no_errors_or_foreign_requests,
};

#[tokio::test]
async fn chat_reaches_everyone_and_newcomers_get_history() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    let cem = enters(&server, "Cem", "tea").await?;
    for person in [&ann, &bea, &cem] {
        person.heading("People").is_shown().await?;
        person.reads("3 people").await?;
        for name in ["Ann", "Bea", "Cem"] {
            person.list("People").says(name).await?;
        }
        person.reads("Cem joined").await?;
    }
    ann.field("Message").types("first line").await?;
    ann.button("Send").click().await?;
    cem.reads("first line").await?;
    cem.field("Message").types("second line").await?;
    cem.button("Send").click().await?;
    for person in [&ann, &bea, &cem] {
        person.reads("second line").await?;
        let text = person.text().await?;
        let (first, second) = (
            text.matches("first line").count(),
            text.matches("second line").count(),
        );
        assert_eq!((first, second), (1, 1), "{}: each message once", person.name());
        assert!(text.find("first line") < text.find("second line"), "in order");
    }
    let dee = enters(&server, "Dee", "tea").await?;
    dee.reads("first line").await?;
    dee.reads("second line").await?;
    let elsewhere = enters(&server, "Eve", "coffee").await?;
    elsewhere.reads("1 person").await?;
    assert!(
        !elsewhere.text().await?.contains("first line"),
        "another room has no such message"
    );
    have_no_errors_or_foreign_requests(&[&ann, &bea, &cem, &dee, &elsewhere]).await
}

#[tokio::test]
async fn sign_in_retries_and_joins_the_linked_room() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    ann.button("Leave room").click().await?;
    ann.button("Sign out").click().await?;

    ann.goes_to("room/coffee").await?;
    ann.field("User name").types("Ann").await?;
    ann.field("Password").types("not the password").await?;
    ann.presses("\u{e007}").await?;
    ann.reads("The user name or password is incorrect").await?;
    ann.field("Password").types(PASSWORD).await?;
    ann.presses("\u{e007}").await?;
    goes_in(&ann).await?;
    assert!(ann.address().await?.ends_with("/room/coffee"));
    // The browser itself logs the refused request.
    ann.has_no_errors_or_foreign_requests(&["401"]).await
}

#[tokio::test]
async fn taken_name_and_short_password_are_refused() -> Outcome {
    let server = Server::start().await?;
    let _ann = enters(&server, "Ann", "tea").await?;
    let other = Person::arrives("Ann", &server.url()).await?;
    other.goes_to("room/tea").await?;
    creates_account(&other).await?;
    other.reads("This name is taken").await?;
    other.field("User name").types("Zoe").await?;
    other.field("Password").types("short").await?;
    other.button("Create account").click().await?;
    other.reads("A password has 8 to").await
}

#[tokio::test]
async fn reload_resumes_and_second_page_asks_first() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    ann.reloads().await?;
    ann.list("People").says("Ann").await?;
    ann.reads("1 person").await?;

    let second = finds_seat_occupied(Arrival::of("Ann"), &server, "tea").await?;
    second.button("Continue here").click().await?;
    second.list("People").says("Ann").await?;
    ann.heading("You continued in another tab").is_shown().await
}

#[tokio::test]
async fn chat_survives_a_killed_server() -> Outcome {
    let mut server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    ann.field("Message").types("not to be lost").await?;
    ann.button("Send").click().await?;
    ann.reads("not to be lost").await?;
    server.kill9();
    ann.reads("Reconnecting").await?;
    server.restart().await?;
    ann.no_longer_reads("Reconnecting").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    bea.reads("not to be lost").await?;
    ann.reads("2 people").await
}
