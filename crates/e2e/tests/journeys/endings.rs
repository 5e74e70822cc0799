//! Cameras and microphones in a call, and answers without a camera.

use e2e::{Outcome, Server};

use crate::steps::{calls, enters, has_devices, invites, leave_no_trouble, wants_to_talk};

#[tokio::test]
async fn a_camera_that_is_stopped_goes_dark_everywhere_and_comes_back() -> Outcome {
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
    assert_eq!(ann.connections_made().await?, 1, "no new connection for it");
    leave_no_trouble(&[&ann, &bea]).await
}

#[tokio::test]
async fn an_invitation_can_be_answered_without_a_camera() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = enters(&server, "Bea", "tea").await?;
    invites(&ann, &bea).await?;
    bea.dialog(wants_to_talk(&ann)).is_shown().await?;
    bea.button("Answer with audio only").click().await?;
    bea.sees_video_of("Ann").await?;
    ann.hears("Bea").await?;
    bea.has_live_tracks("video", 0).await?;
    bea.has_live_tracks("audio", 1).await
}

#[tokio::test]
async fn leaving_the_room_ends_the_call_and_gives_the_devices_back_to_the_one_who_left() -> Outcome {
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
    // Who stays is as before the call: to be seen and heard, until they want it otherwise.
    has_devices(&ann, 1).await?;
    ann.button("Turn camera off").click().await?;
    ann.button("Mute microphone").click().await?;
    has_devices(&ann, 0).await?;
    leave_no_trouble(&[&ann, &bea]).await
}
