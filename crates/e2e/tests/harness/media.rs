//! Video, audio and counters, on a page that calls itself over two connections.

use e2e::{Arrival, Devices, Outcome, Patience, Person};

use crate::page::serve;

const MIRROR: &str = r#"<!doctype html><link rel="icon" href="data:,"><title>Mirror</title>
<button onclick="call()">Call</button><button onclick="hangUp()">Hang up</button>
<div id="tiles"></div><p id="said"></p>
<script>
let near, far, stream;
async function call() {
  try { stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true }); }
  catch (error) { said.textContent = 'No devices: ' + error.name; return; }
  tiles.innerHTML = '<div role="group" aria-label="Ann"><video playsinline autoplay width="320" height="240"></video></div>';
  [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  near.onicecandidate = (event) => far.addIceCandidate(event.candidate);
  far.onicecandidate = (event) => near.addIceCandidate(event.candidate);
  far.ontrack = (event) => { document.querySelector('video').srcObject = event.streams[0]; };
  stream.getTracks().forEach((track) => near.addTrack(track, stream));
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription);
}
function hangUp() {
  near.close(); far.close(); stream.getTracks().forEach((track) => track.stop()); tiles.innerHTML = '';
}
</script>"#;

#[tokio::test]
async fn colour_and_tone_arrive_and_all_is_released() -> Outcome {
    let ann = Person::arrives("Ann", &serve(MIRROR)).await?;
    ann.button("Call").click().await?;
    ann.sees_video_of("Ann").await?;
    ann.hears("Ann").await?;
    ann.has_open_connections(2).await?;
    ann.has_live_tracks("video", 1).await?;
    ann.has_live_tracks("audio", 1).await?;

    ann.button("Hang up").click().await?;
    ann.no_longer_sees("Ann").await?;
    ann.has_open_connections(0).await?;
    ann.has_live_tracks("video", 0).await?;
    ann.has_made_connections(2).await?;
    ann.has_no_errors_or_foreign_requests(&[]).await
}

#[tokio::test]
async fn wrong_colour_freeze_and_mute_are_detected() -> Outcome {
    let bea = Person::arrives("Bea", &serve(MIRROR)).await?;
    let tile = bea.tile("Ann").patiently(Patience::seconds(5));
    bea.button("Call").click().await?;
    let colour = bea.sees_video_in(&tile, "Ann").await;
    assert!(colour.is_err_and(|failure| failure.to_string().contains("the colour is")));
    bea.sees_video_in(&tile, "Bea").await?;

    bea.evaluate("stream.getVideoTracks()[0].stop()").await?;
    let still = bea.sees_video_in(&tile, "Bea").await;
    assert!(still.is_err_and(|failure| failure.to_string().contains("stands still")));

    bea.evaluate("void (document.querySelector('video').muted = true)")
        .await?;
    let silence = bea.hears_in(&tile, "Bea").await;
    assert!(silence.is_err_and(|failure| failure.to_string().contains("muted true")));
    Ok(())
}

#[tokio::test]
async fn devices_denied_and_then_allowed() -> Outcome {
    let ann = Arrival::of("Ann")
        .devices(Devices::Refused)
        .at(&serve(MIRROR))
        .await?;
    ann.button("Call").click().await?;
    ann.reads("No devices: NotAllowedError").await?;
    ann.allows_devices().await?;
    ann.button("Call").click().await?;
    ann.sees_video_of("Ann").await
}

#[tokio::test]
async fn devices_absent() -> Outcome {
    let nobody = Arrival::of("Ann")
        .devices(Devices::Absent)
        .at(&serve(MIRROR))
        .await?;
    nobody.button("Call").click().await?;
    nobody.reads("No devices: NotFoundError").await?;

    let voice = Arrival::of("Bea")
        .devices(Devices::MicrophoneOnly)
        .at(&serve(MIRROR))
        .await?;
    let devices =
        "navigator.mediaDevices.enumerateDevices().then((all) => all.map((one) => one.kind).join())";
    let kinds = voice.evaluate(devices).await?;
    let kinds = kinds.as_str().unwrap_or_default();
    assert!(
        kinds.contains("audioinput") && !kinds.contains("videoinput"),
        "{kinds}"
    );
    Ok(())
}
