//! Leaving a call with the browser's back and forward buttons, and by closing the page.

use e2e::{Name, Outcome, Patience, Server};

use e2e::steps::{calls, enters, have_no_errors_or_foreign_requests};

#[tokio::test]
async fn back_during_a_call_asks_first() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    // Back leads to the choice of rooms, which is part of the same page.
    ann.button("Leave room").click().await?;
    ann.heading("Join a room").is_shown().await?;
    ann.button("Join room").click().await?;
    ann.heading("Ready to join tea?").is_shown().await?;
    ann.button("Join room").click().await?;
    calls(&ann, &bea).await?;

    let asked = || ann.dialog("Leave the call?");
    ann.evaluate("history.back()").await?;
    asked().is_shown().await?;
    ann.has_no_violation("the question whether to leave the call")
        .await?;
    ann.button("Stay").within(asked()).click().await?;
    asked().is_gone().await?;
    assert!(ann.address().await?.ends_with("/room/tea"));
    bea.sees_video_of("Ann").await?;

    ann.evaluate("history.back()").await?;
    ann.button("Leave call").within(asked()).click().await?;
    ann.heading("Join a room").is_shown().await?;
    bea.tile("Ann").is_gone().await?;
    ann.evaluate("history.forward()").await?;
    ann.heading("Ready to join tea?").is_shown().await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await
}

/// Time limit in seconds: a seat waits 8 s for a page that announced that it closes, and 30 s for any other.
const CLOSED_WITHIN: u32 = 20;

#[tokio::test]
async fn closed_page_frees_its_seat_soon() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let mut bea = enters(&server, "Bea", "tea").await?;
    calls(&ann, &bea).await?;
    bea.closes_browser().await?;
    ann.tile("Bea").says("Reconnecting…").await?;
    ann.tile("Bea")
        .patiently(Patience::seconds(CLOSED_WITHIN))
        .is_gone()
        .await?;
    ann.entry(Name::Any).within(ann.list("People")).counts(1).await?;
    have_no_errors_or_foreign_requests(&[&ann]).await
}
