//! What is opened is given back, also the twentieth time.

use e2e::{Outcome, Server};

use crate::steps::{answers, enters_small, invites, leave_no_trouble};

#[tokio::test]
async fn twenty_calls_leave_no_connection_open_and_no_device_on() -> Outcome {
    let server = Server::start().await?;
    let ann = enters_small(&server, "Ann", "tea").await?;
    let bea = enters_small(&server, "Bea", "tea").await?;
    for _ in 0..20 {
        invites(&ann, &bea).await?;
        answers(&bea, &ann).await?;
        ann.sees_video_of("Bea").await?;
        ann.button("Hang up with Bea")
            .within(ann.tile("Bea"))
            .click()
            .await?;
        bea.tile("Ann").is_gone().await?;
    }
    for person in [&ann, &bea] {
        assert_eq!(person.connections_made().await?, 20);
        person.has_open_connections(0).await?;
        person.has_live_tracks("audio", 0).await?;
        person.has_live_tracks("video", 0).await?;
    }
    ann.button("Start camera").click().await?;
    ann.has_live_tracks("video", 1).await?;
    ann.button("Stop camera").click().await?;
    ann.has_live_tracks("video", 0).await?;
    leave_no_trouble(&[&ann, &bea]).await
}
