//! Connections and devices are released, even after twenty calls.

use e2e::{Outcome, Server};

use e2e::steps::{answers, enters_small, has_devices, have_no_errors_or_foreign_requests, invites};

#[tokio::test]
async fn twenty_calls_leak_nothing() -> Outcome {
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
        person.has_made_connections(20).await?;
        person.has_open_connections(0).await?;
        // Devices that are on stay on, and are the same ones throughout.
        has_devices(person, 1).await?;
        for kind in ["video", "audio"] {
            assert_eq!(person.device_requests(kind).await?, 1);
        }
        person.button("Turn camera off").click().await?;
        person.has_live_tracks("video", 0).await?;
        person.has_live_tracks("audio", 1).await?;
        person.button("Mute microphone").click().await?;
        has_devices(person, 0).await?;
    }
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await
}
