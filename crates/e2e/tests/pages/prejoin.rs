//! The page before a room: devices that are chosen and tested there are those of the call.

use e2e::{Arrival, Devices, FakeCamera, Outcome, Server};

use e2e::steps::{answers, enters, goes_in, have_no_errors_or_foreign_requests, invites, stands_before};

#[tokio::test]
async fn choices_reach_the_call_and_the_next_visit() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let mut bea = stands_before(Arrival::of("Bea").devices(Devices::Several), &server, "tea").await?;
    let preview = bea.tile("Preview");
    bea.sees_fake_camera_in(&preview, FakeCamera::Turning).await?;
    bea.element(&["meter"], "Microphone level")
        .measures(5.0..=100.0)
        .await?;
    bea.choice("Camera").chooses(FakeCamera::Plain.label()).await?;
    bea.sees_fake_camera_in(&preview, FakeCamera::Plain).await?;
    bea.has_live_tracks("video", 1).await?;
    bea.button("Mute microphone").click().await?;
    bea.has_live_tracks("audio", 0).await?;
    let asked = bea.device_requests("video").await?;

    goes_in(&bea).await?;
    bea.has_live_tracks("video", 1).await?;
    invites(&ann, &bea).await?;
    answers(&bea, &ann).await?;
    ann.sees_fake_camera_in(&ann.tile("Bea"), FakeCamera::Plain)
        .await?;
    ann.tile("Bea").says("Muted").await?;
    assert_eq!(
        bea.device_requests("video").await?,
        asked,
        "the camera stays open"
    );
    bea.button("Unmute microphone").click().await?;
    ann.hears("Bea").await?;
    bea.button("Mute microphone").click().await?;
    ann.tile("Bea").says("Muted").await?;
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await?;

    // The next visit.
    bea.button("Leave room").click().await?;
    bea.has_live_tracks("video", 0).await?;
    bea.has_live_tracks("audio", 0).await?;
    bea.closes_browser().await?;
    bea.comes_back().await?;
    bea.goes_to("room/tea").await?;
    bea.sees_fake_camera_in(&bea.tile("Preview"), FakeCamera::Plain)
        .await?;
    bea.choice("Camera").is_set_to(FakeCamera::Plain.label()).await?;
    bea.button("Unmute microphone").is_enabled().await?;
    bea.has_live_tracks("audio", 0).await?;
    bea.button("Turn camera off").click().await?;
    bea.has_live_tracks("video", 0).await?;
    goes_in(&bea).await?;
    bea.button("Turn camera on").is_enabled().await?;

    // A reload returns to the room at once, and turns nothing on that was off.
    bea.reloads().await?;
    bea.list("People").says("Bea").await?;
    bea.button("Turn camera on").is_enabled().await?;
    bea.button("Unmute microphone").is_enabled().await?;
    assert_eq!(bea.device_requests("video").await?, 0);
    assert_eq!(bea.device_requests("audio").await?, 0);
    Ok(())
}
