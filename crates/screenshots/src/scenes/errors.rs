//! Refusals, and the way out that the page offers.

use e2e::steps::finds_seat_occupied;
use e2e::{Devices, Outcome, Server};

use crate::gallery::keep;
use crate::steps::{calls, comes, portrayed};

/// A blocked camera, and what can be done about it.
pub async fn camera() -> Outcome {
    let server = Server::start().await?;
    let ann = comes(portrayed("Ann"), &server, "tea").await?;
    let bea = comes(portrayed("Bea").devices(Devices::Refused), &server, "tea").await?;
    calls(&ann, &bea).await?;
    bea.reads("The camera is blocked for this site.").await?;
    bea.sees_videos(1).await?;
    keep(&bea, "camera-refused").await
}

/// A wrong password, reported beside its field.
pub async fn password() -> Outcome {
    let server = Server::start().await?;
    let ann = portrayed("Ann").at(&server.url()).await?;
    ann.goes_to("room/tea").await?;
    ann.field("User name").types("Ann").await?;
    ann.field("Password").types("coffee at noon").await?;
    ann.button("Sign in").click().await?;
    ann.reads("The user name or password is incorrect.").await?;
    keep(&ann, "wrong-password").await
}

/// A second page of a user who is already in the room.
pub async fn occupied() -> Outcome {
    let server = Server::start().await?;
    let _first = comes(portrayed("Ann"), &server, "tea").await?;
    let second = finds_seat_occupied(portrayed("Ann"), &server, "tea").await?;
    keep(&second, "seat-occupied").await
}
