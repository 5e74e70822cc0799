//! What happens to cameras and microphones, and what a page asks of them.

use serde_json::Value;

use crate::patience::Look;
use crate::thing::Thing;
use crate::{FakeCamera, Outcome, Patience, Person};

impl Person {
    /// Takes back the leave for camera and microphone, as in the browser's site settings: what is on goes off.
    ///
    /// Only people with [`crate::Arrival::shares_slides`] or [`crate::Devices::Refused`] are asked again after it; for the
    /// others the browser says yes to all that comes.
    pub async fn takes_devices_back(&self) -> Outcome {
        self.browser()?.decide_devices(self.home(), "denied").await
    }

    /// Pulls out every device of this name ("fake\_device\_0"): its tracks end, and it is no longer listed.
    pub async fn unplugs(&self, label: &str) -> Outcome {
        let pulled = self.evaluate(&format!("confabWitness.unplug({label:?})")).await?;
        if pulled == 0 {
            return Err(self.unexpected(format!("has no device {label:?} to unplug")));
        }
        Ok(())
    }

    /// How often this page has asked the browser for a camera ("video") or a microphone ("audio").
    pub async fn device_requests(&self, kind: &str) -> Outcome<u64> {
        let requests = self
            .evaluate(&format!("confabWitness.deviceRequests({kind:?})"))
            .await?;
        Ok(requests.as_u64().unwrap_or_default())
    }

    /// Waits until a thing on the page plays what one of Chromium's own cameras, or its own screen, delivers.
    pub async fn sees_fake_camera_in(&self, tile: &Thing<'_>, camera: FakeCamera) -> Outcome {
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

    /// Frames that a thing on the page has shown so far.
    pub async fn frames_in(&self, tile: &Thing<'_>) -> Outcome<u64> {
        let shown = tile
            .ask("return this.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames")
            .await?;
        Ok(shown.as_ref().ok().and_then(Value::as_u64).unwrap_or_default())
    }

    /// Waits until a thing on the page has shown so many more frames than it had.
    pub async fn sees_more_frames_in(&self, tile: &Thing<'_>, had: u64, more: u64) -> Outcome {
        self.until(
            &format!("{more} frames more in {tile}"),
            Patience::default(),
            async || {
                let shown = self.frames_in(tile).await?;
                Ok(if shown >= had + more {
                    Look::Found(())
                } else {
                    Look::NotYet(format!("{shown}, and {had} before"))
                })
            },
        )
        .await
    }
}
