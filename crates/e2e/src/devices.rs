//! Revoking, unplugging and counting devices, and video from Chromium's fake cameras.

use serde_json::Value;

use crate::patience::Check;
use crate::ui_element::UiElement;
use crate::{FakeCamera, Outcome, Patience, Person};

impl Person {
    /// Revokes the permission for camera and microphone, as in the browser's site settings: live tracks end.
    ///
    /// Later requests are denied only for people with [`crate::Arrival::shares_slides`] or
    /// [`crate::Devices::Refused`]; for the others the browser grants every request.
    pub async fn takes_devices_back(&self) -> Outcome {
        self.browser()?.decide_devices(self.home(), "denied").await
    }

    /// Unplugs every device with this label ("fake\_device\_0"): its tracks end, and it is no longer listed.
    pub async fn unplugs(&self, label: &str) -> Outcome {
        let pulled = self.evaluate(&format!("confabWitness.unplug({label:?})")).await?;
        if pulled == 0 {
            return Err(self.unexpected(format!("has no device {label:?} to unplug")));
        }
        Ok(())
    }

    /// Returns how often this page has requested a camera ("video") or a microphone ("audio").
    pub async fn device_requests(&self, kind: &str) -> Outcome<u64> {
        let requests = self
            .evaluate(&format!("confabWitness.deviceRequests({kind:?})"))
            .await?;
        Ok(requests.as_u64().unwrap_or_default())
    }

    /// Waits until an element plays the video of one of Chromium's fake cameras, or of its fake screen.
    pub async fn sees_fake_camera_in(&self, tile: &UiElement<'_>, camera: FakeCamera) -> Outcome {
        let wanted = format!("{camera:?}");
        tile.until(&format!("show the camera {camera:?}"), async || {
            let seen = tile.ask("return confabWitness.fakeCamera(this)").await?;
            Ok(seen.and_then(|seen| {
                if seen == wanted {
                    Ok(())
                } else {
                    Err(format!("it shows {seen}"))
                }
            }))
        })
        .await
    }

    /// Returns the number of frames that an element has displayed so far.
    pub async fn frames_in(&self, tile: &UiElement<'_>) -> Outcome<u64> {
        let shown = tile
            .ask("return this.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames")
            .await?;
        Ok(shown.as_ref().ok().and_then(Value::as_u64).unwrap_or_default())
    }

    /// Waits until an element has displayed `more` frames in addition to `had`.
    pub async fn sees_more_frames_in(&self, tile: &UiElement<'_>, had: u64, more: u64) -> Outcome {
        self.until(
            &format!("{more} more frames in {tile}"),
            Patience::default(),
            async || {
                let shown = self.frames_in(tile).await?;
                Ok(if shown >= had + more {
                    Check::Found(())
                } else {
                    Check::NotYet(format!("{shown} frames, {had} before"))
                })
            },
        )
        .await
    }
}
