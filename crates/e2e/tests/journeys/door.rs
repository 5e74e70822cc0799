//! Accounts, the room, the list, the chat.

use e2e::{Outcome, Person, Server};

use crate::steps::{PASSWORD, creates_account, enters, goes_in, leave_no_trouble};

#[tokio::test]
async fn three_sign_in_see_each_other_and_chat_and_a_fourth_sees_the_history() -> Outcome {
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
        assert_eq!((first, second), (1, 1), "{} reads each line once", person.name());
        assert!(text.find("first line") < text.find("second line"), "in order");
    }
    let dee = enters(&server, "Dee", "tea").await?;
    dee.reads("first line").await?;
    dee.reads("second line").await?;
    let elsewhere = enters(&server, "Eve", "coffee").await?;
    elsewhere.reads("1 person").await?;
    assert!(
        !elsewhere.text().await?.contains("first line"),
        "another room knows nothing of it"
    );
    leave_no_trouble(&[&ann, &bea, &cem, &dee, &elsewhere]).await
}

#[tokio::test]
async fn a_wrong_password_is_refused_beside_its_field_and_the_right_one_leads_to_the_room_of_the_link()
-> Outcome {
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
    // The browser itself reports the refused request.
    ann.leaves_no_trouble(&["401"]).await
}

#[tokio::test]
async fn a_name_that_is_taken_and_a_password_that_is_short_are_named() -> Outcome {
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
async fn a_reload_brings_back_and_a_second_page_asks_before_it_takes_the_seat_over() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    ann.reloads().await?;
    ann.list("People").says("Ann").await?;
    ann.reads("1 person").await?;

    let second = Person::arrives("Ann", &server.url()).await?;
    second.goes_to("room/tea").await?;
    second.field("User name").types("Ann").await?;
    second.field("Password").types(PASSWORD).await?;
    second.button("Sign in").click().await?;
    second.button("Join room").click().await?;
    second.heading("You're already in tea").is_shown().await?;
    second.button("Continue here").click().await?;
    second.list("People").says("Ann").await?;
    ann.heading("You continued in another tab").is_shown().await
}

#[tokio::test]
async fn what_was_said_outlives_a_server_that_is_killed_and_the_page_comes_back_by_itself() -> Outcome {
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
