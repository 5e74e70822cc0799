//! Video or audio that stalls while the connection is up: the page reports it and recovers by itself.

use std::time::SystemTime;

use e2e::{Outcome, Patience, Person, Server, note};

use e2e::steps::{calls, enters_small, have_no_errors_or_foreign_requests, perceive_each_other};

const FROZEN: &str = "Video frozen. Reconnecting…";
const SILENT: &str = "No sound. Reconnecting…";

/// A call in which Ann or Bea has a fault. Bea is the polite peer.
struct Scene {
    ann: Person,
    bea: Person,
    _server: Server,
}

impl Scene {
    async fn begin() -> Outcome<Self> {
        let server = Server::start().await?;
        let ann = enters_small(&server, "Ann", "tea").await?;
        let bea = enters_small(&server, "Bea", "tea").await?;
        calls(&ann, &bea).await?;
        for person in [&ann, &bea] {
            person.records_frames().await?;
        }
        Ok(Self {
            ann,
            bea,
            _server: server,
        })
    }

    /// Waits until Bea's page shows no stalled media.
    async fn is_recovered(&self) -> Outcome {
        self.bea
            .finds_within(
                Patience::seconds(40),
                "String(document.querySelectorAll('[data-stalled]').length)",
                "0",
            )
            .await
    }

    /// Waits until Bea's page reports that Ann's video is frozen, and then shows it again by itself.
    async fn bea_sees_ann_again(&self, what: &str, broken: SystemTime) -> Outcome {
        self.bea
            .tile("Ann")
            .patiently(Patience::seconds(20))
            .says(FROZEN)
            .await?;
        let frozen = SystemTime::now();
        self.is_recovered().await?;
        let back = self.bea.sees_again("Ann", frozen).await?;
        let lasted = frozen.duration_since(broken).unwrap_or_default() + back;
        note(&format!(
            "{what}: video is back after {:.1} s",
            lasted.as_secs_f64()
        ));
        perceive_each_other(&self.ann, &self.bea).await?;
        have_no_errors_or_foreign_requests(&[&self.ann, &self.bea]).await
    }
}

#[tokio::test]
async fn receiver_cut_off_from_decoder_recovers() -> Outcome {
    let scene = Scene::begin().await?;
    let broken = SystemTime::now();
    scene.bea.evaluate("confabWitness.breakReceivers()").await?;
    scene.bea_sees_ann_again("receiver cut off", broken).await?;
    Ok(())
}

#[tokio::test]
async fn stopped_encoder_recovers() -> Outcome {
    let scene = Scene::begin().await?;
    let broken = SystemTime::now();
    scene.ann.evaluate("confabWitness.stopEncoders()").await?;
    scene.bea_sees_ann_again("encoder stopped", broken).await?;
    Ok(())
}

/// Audio continues meanwhile: a connection that receives nothing at all is given up as a whole.
#[tokio::test]
async fn lost_video_track_recovers_on_same_connection() -> Outcome {
    let scene = Scene::begin().await?;
    let (made, broken) = (scene.bea.connection_stories().await?.len(), SystemTime::now());
    scene.ann.evaluate("confabWitness.takeTracks('video')").await?;
    scene.bea_sees_ann_again("video track lost", broken).await?;
    // No new connection.
    scene.bea.has_made_connections(made).await?;
    Ok(())
}

#[tokio::test]
async fn lost_audio_track_recovers_on_same_connection() -> Outcome {
    let scene = Scene::begin().await?;
    let made = scene.bea.connection_stories().await?.len();
    scene.ann.evaluate("confabWitness.takeTracks('audio')").await?;
    scene
        .bea
        .tile("Ann")
        .patiently(Patience::seconds(20))
        .says(SILENT)
        .await?;
    scene.is_recovered().await?;
    perceive_each_other(&scene.ann, &scene.bea).await?;
    // No new connection.
    scene.bea.has_made_connections(made).await?;
    have_no_errors_or_foreign_requests(&[&scene.ann, &scene.bea]).await
}
