//! Several fake cameras that can be told apart; devices that are selected, unplugged and denied.

use e2e::{Arrival, Devices, FakeCamera, Name, Outcome, Patience, Person};

use crate::page::serve;

const PICKER: &str = r#"<!doctype html><link rel="icon" href="data:,"><title>Picker</title>
<label>Camera <select></select></label><button onclick="start()">Start</button>
<div role="group" aria-label="You"><video playsinline autoplay muted width="320" height="240"></video></div>
<label>Level <meter min="0" max="1" value="0.25"></meter></label><p id="said"></p>
<script>
const list = document.querySelector('select');
async function fill() {
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === 'videoinput');
  list.replaceChildren(...cameras.map((camera) => new Option(camera.label, camera.deviceId)));
}
async function start() {
  const wish = list.value ? { deviceId: { exact: list.value } } : true;
  try {
    globalThis.stream = await navigator.mediaDevices.getUserMedia({ video: wish });
  } catch (error) { said.textContent = error.name; return; }
  const [track] = stream.getTracks();
  track.onended = () => { said.textContent = track.label + ' ended'; };
  document.querySelector('video').srcObject = stream;
  if (!list.value) await fill();
}
navigator.mediaDevices.ondevicechange = fill;
</script>"#;

async fn with_several() -> Outcome<Person> {
    let ann = Arrival::of("Ann")
        .devices(Devices::Several)
        .at(&serve(PICKER))
        .await?;
    ann.button("Start").click().await?;
    ann.sees_fake_camera_in(&ann.tile("You"), FakeCamera::Turning)
        .await?;
    Ok(ann)
}

#[tokio::test]
async fn cameras_can_be_selected_and_told_apart() -> Outcome {
    let ann = with_several().await?;
    let camera = ann.choice("Camera");
    camera.is_set_to(FakeCamera::Turning.label()).await?;
    camera.chooses(FakeCamera::Plain.label()).await?;
    camera.is_set_to(FakeCamera::Plain.label()).await?;
    let wrong = ann
        .sees_fake_camera_in(
            &ann.tile("You").patiently(Patience::seconds(2)),
            FakeCamera::Plain,
        )
        .await;
    assert!(wrong.is_err_and(|failure| failure.to_string().contains("it shows \"Turning\"")));
    ann.button("Start").click().await?;
    ann.sees_fake_camera_in(&ann.tile("You"), FakeCamera::Plain)
        .await?;
    assert_eq!(ann.device_requests("video").await?, 2);

    assert_eq!(ann.device_requests("audio").await?, 0);

    let none = camera
        .patiently(Patience::seconds(1))
        .chooses("fake_device_9")
        .await;
    assert!(none.is_err_and(|failure| failure.to_string().contains("fake_device_2")));
    ann.element(&["meter"], "Level").measures(0.2..=0.3).await?;
    let small = ann
        .element(&["meter"], "Level")
        .patiently(Patience::seconds(1))
        .measures(0.5..=1.0)
        .await;
    assert!(small.is_err_and(|failure| failure.to_string().contains("measures 0.25")));
    Ok(())
}

#[tokio::test]
async fn unplugged_camera_ends_and_is_not_listed() -> Outcome {
    let ann = with_several().await?;
    ann.unplugs(FakeCamera::Turning.label()).await?;
    ann.reads("fake_device_0 ended").await?;
    ann.has_live_tracks("video", 0).await?;
    ann.entry(Name::Any).counts(2).await?;
    assert!(ann.unplugs(FakeCamera::Turning.label()).await.is_err());

    // Another camera can still be requested; when all are unplugged, a request fails.
    ann.choice("Camera").chooses(FakeCamera::Plain.label()).await?;
    ann.button("Start").click().await?;
    ann.sees_fake_camera_in(&ann.tile("You"), FakeCamera::Plain)
        .await?;
    ann.unplugs("fake_device_1").await?;
    ann.unplugs(FakeCamera::Plain.label()).await?;
    ann.reads("fake_device_2 ended").await?;
    ann.button("Start").click().await?;
    ann.reads("NotFoundError").await
}

#[tokio::test]
async fn revoked_permission_ends_tracks() -> Outcome {
    let ann = with_several().await?;
    ann.takes_devices_back().await?;
    ann.reads("fake_device_0 ended").await?;
    ann.has_live_tracks("video", 0).await
}
