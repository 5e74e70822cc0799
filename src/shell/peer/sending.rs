//! What a connection sends: the tracks of its senders, and the parameters of their encodings.

use std::rc::Rc;

use call_core::{Encoding, Source, Video};
use wasm_bindgen_futures::spawn_local;
use web_sys::RtcSignalingState;

use super::{Inner, Peer, log_failure};

impl Peer {
    /// Limits the encoding of a video from now on, or stops sending it.
    pub(in crate::shell) fn limit_video(&self, video: Video, encoding: Option<Encoding>) {
        self.inner.transceivers.borrow_mut().limit(video, encoding);
        self.inner.change_parameters(video.source(), false);
    }

    /// Makes the next frame of all sent video a key frame.
    pub(in crate::shell) fn send_key_frames(&self) {
        for video in Video::ALL {
            self.inner.change_parameters(video.source(), true);
        }
    }

    /// Removes the track of a source from its sender, and then sends the source's current track.
    pub(in crate::shell) fn reset_track(&self, source: Source) {
        let Some(taken) = self.inner.transceivers.borrow().take_track(source) else {
            return;
        };
        let peer = Rc::downgrade(&self.inner);
        spawn_local(async move {
            log_failure(taken, "track not removed from its sender").await;
            let Some(inner) = peer.upgrade() else { return };
            inner.send_current_track(source);
        });
    }

    /// Sends the current track of a source.
    pub(in crate::shell) fn replace_track(&self, source: Source) {
        self.inner.send_current_track(source);
    }
}

impl Inner {
    pub(super) fn send_current_track(self: &Rc<Self>, source: Source) {
        let Some(replaced) = self.transceivers.borrow().replace(source, &self.tracks) else {
            return;
        };
        let peer = Rc::downgrade(self);
        spawn_local(async move {
            log_failure(replaced, "track not sent").await;
            let Some(inner) = peer.upgrade() else { return };
            inner.change_parameters(source, false);
        });
    }

    /// Prefers what this device encodes in hardware, once it is known what the peer decodes.
    pub(super) fn prefer_codecs(self: &Rc<Self>) {
        if self.connection.signaling_state() != RtcSignalingState::Stable
            || self.codecs_preferred.replace(true)
        {
            return;
        }
        let (peer, codecs) = (Rc::downgrade(self), self.codecs.clone());
        spawn_local(async move {
            let efficient = codecs.efficient().await;
            let Some(inner) = peer.upgrade().filter(|_| !efficient.is_empty()) else {
                return;
            };
            inner.transceivers.borrow_mut().prefer(efficient);
            inner.change_parameters(Source::Camera, false);
        });
    }

    /// Brings the parameters of a source's sender up to date, after the changes that are being made.
    pub(super) fn change_parameters(self: &Rc<Self>, source: Source, key_frame: bool) {
        if !self.transceivers.borrow_mut().wants_change(source, key_frame) {
            return;
        }
        let peer = Rc::downgrade(self);
        spawn_local(async move {
            let next = || {
                let inner = peer.upgrade()?;
                inner.transceivers.borrow_mut().change(source)
            };
            while let Some(made) = next() {
                log_failure(made, "a sender's parameters not changed").await;
            }
        });
    }
}
