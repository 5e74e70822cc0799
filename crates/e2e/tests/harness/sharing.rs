//! Sharing Chromium's fake screen, and sharing a window with slides that ends when it is closed.

use e2e::{Arrival, FakeCamera, Outcome, Person};

use crate::page::serve;

const SHARER: &str = r#"<!doctype html><link rel="icon" href="data:,"><title>Sharer</title>
<button onclick="share()">Share</button><button onclick="stream.getTracks().forEach((track) => track.stop())">Stop</button>
<div role="group" aria-label="Screen"><video playsinline autoplay width="480" height="300"></video><audio autoplay></audio></div><p id="said"></p>
<script>
async function share() {
  globalThis.stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: true });
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  near.onicecandidate = (event) => far.addIceCandidate(event.candidate);
  far.onicecandidate = (event) => near.addIceCandidate(event.candidate);
  far.ontrack = ({ track }) => { document.querySelector(track.kind).srcObject = new MediaStream([track]); };
  for (const track of stream.getTracks()) {
    near.addTrack(track, stream);
    track.onended = () => { said.append(track.kind + ' ended. '); };
  }
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription);
}
</script>"#;

#[tokio::test]
async fn slides_have_sound_and_closing_ends_the_share() -> Outcome {
    let ann = Arrival::of("Ann").shares_slides().at(&serve(SHARER)).await?;
    let slides = ann.opens_slides().await?;
    ann.button("Share").click().await?;
    ann.sees_slides_in(&ann.tile("Screen")).await?;
    ann.hears_slides_in(&ann.tile("Screen")).await?;
    ann.closes(slides).await?;
    ann.reads("video ended").await?;
    ann.reads("audio ended").await?;
    ann.has_live_tracks("video", 0).await
}

#[tokio::test]
async fn fake_screen_is_shared_without_slides() -> Outcome {
    let ann = Person::arrives("Ann", &serve(SHARER)).await?;
    ann.button("Share").click().await?;
    ann.sees_fake_camera_in(&ann.tile("Screen"), FakeCamera::Turning)
        .await?;
    ann.has_live_tracks("video", 1).await?;
    ann.button("Stop").click().await?;
    ann.has_live_tracks("video", 0).await
}
