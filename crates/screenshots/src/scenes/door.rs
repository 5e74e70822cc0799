//! The way in: the sign-in form, and the page before a room.

use e2e::steps::stands_before;
use e2e::{Arrival, Outcome, Server};

use crate::gallery::keep;
use crate::steps::portrayed;

/// The sign-in form: light, dark, and on a phone.
pub async fn sign_in() -> Outcome {
    let server = Server::start().await?;
    let arrivals = [
        ("sign-in", Arrival::of("Ann")),
        ("sign-in-dark", Arrival::of("Ann").dark()),
        ("sign-in-phone", Arrival::of("Ann").window(360, 740)),
    ];
    for (picture, arrival) in arrivals {
        let person = arrival.at(&server.url()).await?;
        person.goes_to("room/tea").await?;
        person.button("Sign in").is_enabled().await?;
        person.field("User name").types("Ann").await?;
        keep(&person, picture).await?;
    }
    Ok(())
}

/// The choice of devices, on a desktop and on a phone.
pub async fn ready() -> Outcome {
    let server = Server::start().await?;
    let arrivals = [
        ("ready", portrayed("Ann")),
        ("ready-phone", portrayed("Bea").window(360, 740)),
    ];
    for (picture, arrival) in arrivals {
        let person = stands_before(arrival, &server, "tea").await?;
        person.sees_videos(1).await?;
        person
            .element(&["meter"], "Microphone level")
            .measures(5.0..=100.0)
            .await?;
        keep(&person, picture).await?;
    }
    Ok(())
}
