//! The video codecs that this device encodes in hardware.

use std::cell::OnceCell;
use std::rc::Rc;

use js_sys::{Array, JSON, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::future_to_promise;

use super::browser::{self, CodecInfo, Media};
use super::js_error::{JsError, resolved};

/// The codecs to look for: first those that most devices also decode in hardware.
const CODECS: [&str; 4] = ["video/VP9", "video/H264", "video/AV1", "video/VP8"];

/// The question about a codec (W3C Media Capabilities §2.1.3): a whole picture of the camera, in a call.
const QUESTION: &str = r#"{"type":"webrtc","video":{"contentType":"CODEC","width":1280,"height":720,"bitrate":2500000,"framerate":24}}"#;

/// What the browser says about the codecs; it is asked once.
#[derive(Clone, Default)]
pub(super) struct Codecs(Rc<OnceCell<Promise>>);

impl Codecs {
    /// The MIME types of the codecs that cost little to encode, in the order of preference. None where the browser does
    /// not tell.
    pub(super) async fn efficient(&self) -> Vec<String> {
        let ask = || {
            future_to_promise(async {
                let efficient = Array::new();
                for codec in CODECS {
                    match is_efficient(codec).await {
                        Ok(true) => drop(efficient.push(&codec.into())),
                        Ok(false) => {}
                        Err(error) => error.log("a codec is not known"),
                    }
                }
                Ok(efficient.into())
            })
        };
        let told: Array = resolved(self.0.get_or_init(ask).clone())
            .await
            .unwrap_or_default();
        told.iter().filter_map(|codec| codec.as_string()).collect()
    }
}

async fn is_efficient(codec: &str) -> Result<bool, JsError> {
    let media: Media = browser::window()?.navigator().unchecked_into();
    let capabilities = media
        .media_capabilities()
        .ok_or_else(|| JsError::missing("mediaCapabilities"))?;
    let question = JSON::parse(&QUESTION.replace("CODEC", codec))?;
    let told: CodecInfo = capabilities.encoding_info(&question).await?.unchecked_into();
    Ok(told.supported() && told.power_efficient())
}
