//! The codec of the camera, on devices that encode some codec in hardware.

use call_core::{QualityDetails, Source, StageIntent};
use js_sys::eval;
use protocol::ParticipantId;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::calls::{call, media_flows};
use crate::support::until;

/// A browser that answers so about each codec; its own answers return at the end.
struct Browser;

impl Browser {
    fn answering(answer: &str) -> Self {
        let replace =
            format!("navigator.mediaCapabilities.encodingInfo = async ({{ type, video }}) => {answer}; 0");
        eval(&replace).expect("the script runs");
        Self
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        eval("delete navigator.mediaCapabilities.encodingInfo").expect("the script runs");
    }
}

#[wasm_bindgen_test]
async fn camera_is_sent_in_the_codec_that_the_device_encodes_in_hardware() {
    let _browser = Browser::answering(
        "({ supported: true, powerEfficient: type === 'webrtc' && video.contentType === 'video/VP9' })",
    );
    let (network, _players) = call(1).await;
    let [ada, bob] = &network.pages;
    ada.wish(StageIntent::InspectConnection(Some(ParticipantId(2))));
    bob.wish(StageIntent::InspectConnection(Some(ParticipantId(1))));
    until("VP9 both ways, and pictures in it", || {
        let is = |streams: &[call_core::StreamView]| {
            streams.iter().any(|stream| {
                stream.source == Source::Camera
                    && stream.codec.as_deref() == Some("VP9")
                    && stream.picture.is_some()
            })
        };
        let details = |page: &crate::network::Page| -> Option<QualityDetails> {
            page.view().quality.first()?.details.clone()
        };
        [ada, bob]
            .into_iter()
            .all(|page| details(page).is_some_and(|details| is(&details.inbound) && is(&details.outbound)))
    })
    .await;
    media_flows().await;
}

#[wasm_bindgen_test]
async fn call_needs_no_answer_about_codecs() {
    let _browser = Browser::answering("{ throw new TypeError(type) }");
    let (_network, _players) = call(1).await;
    media_flows().await;
}
