//! The device test: capture, track settings, a recording, and a result for each part.

use e2e::{Name, Outcome, Person, Server};

use e2e::steps::{has_devices, have_no_errors_or_foreign_requests};

#[tokio::test]
async fn visitor_tests_and_records_devices() -> Outcome {
    let server = Server::start().await?;
    let ann = Person::arrives("Ann", &server.url()).await?;
    ann.button("Test my devices").click().await?;
    ann.heading("Test my devices").is_shown().await?;
    let verdicts = ann.list("Results");
    ann.entry(Name::Any).within(verdicts.clone()).counts(5).await?;
    verdicts
        .says("This page can use the camera and microphone.")
        .await?;
    verdicts.says("Start capture to test it.").await?;
    ann.button("Record").is_disabled().await?;
    has_devices(&ann, 0).await?;

    ann.button("Start capture").click().await?;
    let preview = ann.tile("Preview");
    ann.sees_video_in(&preview, "Ann").await?;
    ann.element(&["meter"], "Microphone level")
        .measures(5.0..=100.0)
        .await?;
    verdicts.says("camera.y4m works.").await?;
    verdicts.says("Fake Default Audio Input works.").await?;
    let settings = ann.element(&["region"], "Track settings");
    settings.says("320 × 240").await?;
    ann.has_live_tracks("video", 1).await?;

    ann.button("Play test sound").click().await?;
    ann.button("Yes, I heard it").click().await?;
    verdicts.says("The test sound was heard.").await?;

    let frames = ann.frames_in(&preview).await?;
    ann.button("Record").click().await?;
    ann.sees_more_frames_in(&preview, frames, 30).await?;
    ann.button("Stop recording").click().await?;
    let recording = ann.tile("Recording");
    recording.is_shown().await?;
    // Loops, so that there is time to look.
    ann.evaluate("(() => { const video = document.querySelector('video[controls]'); video.loop = true; return video.play(); })()")
        .await?;
    ann.sees_video_in(&recording, "Ann").await?;

    ann.button("Stop capture").click().await?;
    has_devices(&ann, 0).await?;
    ann.button("Back").click().await?;
    ann.button("Sign in").is_enabled().await?;
    have_no_errors_or_foreign_requests(&[&ann]).await
}
