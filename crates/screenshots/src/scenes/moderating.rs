//! A room with a waiting room.

use e2e::steps::stands_before;
use e2e::{Outcome, Server};

use crate::gallery::keep;
use crate::steps::{comes, portrayed};

/// The room's settings, a person who waits on a phone, and the moderator who can admit them.
pub async fn lobby() -> Outcome {
    let server = Server::start().await?;
    let ann = comes(portrayed("Ann"), &server, "tea").await?;
    ann.button("Menu").click().await?;
    ann.button("Room settings").click().await?;
    let settings = || ann.dialog("Room settings");
    ann.element(&["radio"], "Only people a moderator admits")
        .within(settings())
        .click()
        .await?;
    keep(&ann, "room-settings").await?;
    ann.button("Save").within(settings()).click().await?;
    settings().is_gone().await?;

    let bea = stands_before(portrayed("Bea").window(360, 740), &server, "tea").await?;
    bea.button("Join room").click().await?;
    bea.heading("Waiting to join tea").is_shown().await?;
    keep(&bea, "lobby-phone").await?;
    ann.reads("1 person is waiting to join").await?;
    keep(&ann, "newcomer").await?;

    ann.button("Admit Bea").click().await?;
    ann.button("More options for Bea").click().await?;
    ann.dialog("Bea").is_shown().await?;
    keep(&ann, "person").await
}
