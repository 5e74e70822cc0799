//! The connection test, on a server with a TURN relay, and the device test.

use e2e::{Outcome, Person, Server, TurnServer, TurnTransports};

use crate::gallery::keep;
use crate::steps::portrayed;

/// A call within the page, with the trace of its steps.
pub async fn connection() -> Outcome {
    let turn = TurnServer::start(TurnTransports::ByUdpAndTcp).await?;
    let server = Server::start_with(&turn.settings()).await?;
    let ann = portrayed("Ann").at(&server.url()).await?;
    opens(&ann, "Test my connection").await?;
    ann.button("Start").click().await?;
    ann.button("Call").click().await?;
    ann.list("Trace").says("First frame").await?;
    ann.sees_videos(2).await?;
    keep(&ann, "lab-connection").await
}

/// The device test with its results, on a desktop and on a phone.
pub async fn set_up() -> Outcome {
    let server = Server::start().await?;
    let visitors = [
        ("lab-set-up", portrayed("Ann")),
        ("lab-set-up-phone", portrayed("Bea").window(360, 740)),
    ];
    for (picture, arrival) in visitors {
        let visitor = arrival.at(&server.url()).await?;
        opens(&visitor, "Test my devices").await?;
        visitor.button("Start capture").click().await?;
        visitor.sees_videos(1).await?;
        visitor
            .list("Results")
            .says("Fake Default Audio Input works.")
            .await?;
        keep(&visitor, picture).await?;
    }
    Ok(())
}

async fn opens(person: &Person, lab: &str) -> Outcome {
    person.button(lab).click().await?;
    person.heading(lab).is_shown().await
}
