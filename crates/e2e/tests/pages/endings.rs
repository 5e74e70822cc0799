//! Camera and microphone during a call, answers with audio only, and leaving the room.

use e2e::{Outcome, Server};

use e2e::steps::{
    calls, enters, has_devices, have_no_errors_or_foreign_requests, incoming_call_title, invites,
};

#[tokio::test]
async fn camera_off_and_on_keeps_the_connection() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    calls(&ann, &bea).await?;
    ann.button("Turn camera off").click().await?;
    ann.has_live_tracks("video", 0).await?;
    bea.tile("Ann").says("Camera off").await?;
    bea.hears("Ann").await?;
    ann.button("Turn camera on").click().await?;
    bea.sees_video_of("Ann").await?;
    // No new connection for it.
    ann.has_made_connections(1).await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await
}

#[tokio::test]
async fn answer_with_audio_only() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    invites(&ann, &bea).await?;
    bea.dialog(incoming_call_title(&ann)).is_shown().await?;
    bea.button("Answer with audio only").click().await?;
    bea.sees_video_of("Ann").await?;
    ann.hears("Bea").await?;
    bea.has_live_tracks("video", 0).await?;
    bea.has_live_tracks("audio", 1).await
}

#[tokio::test]
async fn leaving_ends_the_call_and_releases_devices() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    calls(&ann, &bea).await?;
    bea.button("Leave room").click().await?;
    ann.tile("Bea").is_gone().await?;
    ann.reads("Bea left").await?;
    for person in [&ann, &bea] {
        person.has_open_connections(0).await?;
    }
    has_devices(&bea, 0).await?;
    // The devices of the person who stays remain on, until turned off.
    has_devices(&ann, 1).await?;
    ann.button("Turn camera off").click().await?;
    ann.button("Mute microphone").click().await?;
    has_devices(&ann, 0).await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await
}
