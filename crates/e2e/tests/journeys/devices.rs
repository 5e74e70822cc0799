//! Devices during a call: changed, unplugged, stopped and started, all on the same connection.

use e2e::{Arrival, Devices, FakeCamera, Outcome, Person, Server};

use e2e::steps::{answers, comes, enters, have_no_errors_or_foreign_requests, invites};

/// Selects a device in the dialog of a call.
async fn changes(person: &Person, kind: &str, label: &str) -> Outcome {
    person.button("Devices").click().await?;
    let devices = person.dialog("Devices");
    devices.is_shown().await?;
    person.choice(kind).within(devices.clone()).chooses(label).await?;
    person.presses("\u{e00c}").await?;
    devices.is_gone().await
}

#[tokio::test]
async fn changed_and_unplugged_devices_keep_the_call() -> Outcome {
    let server = Server::start().await?;
    let ann = enters(&server, "Ann", "tea").await?;
    let bea = comes(Arrival::of("Bea").devices(Devices::Several), &server, "tea").await?;
    invites(&ann, &bea).await?;
    answers(&bea, &ann).await?;
    let tile = ann.tile("Bea");
    ann.sees_fake_camera_in(&tile, FakeCamera::Turning).await?;
    ann.hears("Bea").await?;

    let frames = ann.frames_in(&tile).await?;
    changes(&bea, "Camera", FakeCamera::Plain.label()).await?;
    ann.sees_fake_camera_in(&tile, FakeCamera::Plain).await?;
    ann.sees_more_frames_in(&tile, frames, 10).await?;
    bea.has_live_tracks("video", 1).await?;
    changes(&bea, "Microphone", "Fake Audio Input 2").await?;
    ann.hears("Bea").await?;
    bea.has_live_tracks("audio", 1).await?;

    bea.unplugs(FakeCamera::Plain.label()).await?;
    bea.reads("fake_device_2 was disconnected. Now using fake_device_0.")
        .await?;
    ann.sees_fake_camera_in(&tile, FakeCamera::Turning).await?;
    bea.unplugs("Fake Audio Input 2").await?;
    bea.reads("Fake Audio Input 2 was disconnected. Now using Fake Default Audio Input.")
        .await?;
    ann.hears("Bea").await?;

    bea.button("Turn camera off").click().await?;
    bea.has_live_tracks("video", 0).await?;
    ann.tile("Bea").says("Camera off").await?;
    bea.button("Turn camera on").click().await?;
    ann.sees_fake_camera_in(&tile, FakeCamera::Turning).await?;
    bea.has_live_tracks("video", 1).await?;
    bea.has_live_tracks("audio", 1).await?;

    for person in [&ann, &bea] {
        // No device needs a new connection.
        person.has_made_connections(1).await?;
    }
    have_no_errors_or_foreign_requests(&[&ann, &bea]).await
}
