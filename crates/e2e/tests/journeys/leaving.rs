//! The browser's back and forward buttons in a call.

use e2e::{Outcome, Server};

use crate::steps::{calls, enters, leave_no_trouble};

#[tokio::test]
async fn back_in_a_call_asks_first() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    // Back leads to the lobby, which is of the same page.
    ann.button("Leave room").click().await?;
    ann.heading("Where to?").is_shown().await?;
    ann.button("Enter room").click().await?;
    ann.heading("Ready to enter tea?").is_shown().await?;
    ann.button("Enter room").click().await?;
    calls(&ann, &bea).await?;

    let asked = || ann.dialog("Leave the call?");
    ann.evaluate("history.back()").await?;
    asked().is_shown().await?;
    ann.meets_no_barrier("the question whether to leave the call")
        .await?;
    ann.button("Stay").within(asked()).click().await?;
    asked().is_gone().await?;
    assert!(ann.address().await?.ends_with("/room/tea"));
    bea.sees_video_of("Ann").await?;

    ann.evaluate("history.back()").await?;
    ann.button("Leave call").within(asked()).click().await?;
    ann.heading("Where to?").is_shown().await?;
    bea.tile("Ann").is_gone().await?;
    ann.evaluate("history.forward()").await?;
    ann.heading("Ready to enter tea?").is_shown().await?;
    leave_no_trouble(&[&ann, &bea]).await
}
