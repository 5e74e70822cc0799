//! Detects the first frame of a stream with an element of its own, which is not in the page, so that it is
//! reported even while nothing shows the stream.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{HtmlVideoElement, MediaStream};

use super::browser;
use super::js_error::JsError;

/// Waits for the first frame; dropping it stops waiting.
pub(super) struct FirstFrame {
    video: HtmlVideoElement,
    _listeners: [EventListener; 2],
}

impl FirstFrame {
    /// Calls `tell` once, with the width and height in pixels of the first frame of `stream`.
    pub(super) fn of(stream: &MediaStream, tell: impl Fn(u32, u32) + 'static) -> Result<Self, JsError> {
        let video: HtmlVideoElement = browser::document()?.create_element("video")?.unchecked_into();
        video.set_muted(true);
        video.set_autoplay(true);
        let (told, tell) = (Rc::new(Cell::new(false)), Rc::new(tell));
        let on = |kind: &'static str| {
            let (told, tell) = (Rc::clone(&told), Rc::clone(&tell));
            EventListener::new(&video, kind, move |event| {
                let video = event
                    .target()
                    .and_then(|target| target.dyn_into::<HtmlVideoElement>().ok());
                let size = video.map(|video| (video.video_width(), video.video_height()));
                if let Some((width, height)) = size.filter(|(width, _)| *width > 0)
                    && !told.replace(true)
                {
                    tell(width, height);
                }
            })
        };
        // The size may be known only after the first frame was decoded.
        let listeners = [on("loadeddata"), on("resize")];
        video.set_src_object(Some(stream));
        Ok(Self {
            video,
            _listeners: listeners,
        })
    }
}

impl Drop for FirstFrame {
    fn drop(&mut self) {
        self.video.set_src_object(None);
    }
}
