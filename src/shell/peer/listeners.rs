//! Listeners on the connection's events; they go with it, and refer to it weakly.

use std::rc::{Rc, Weak};

use call_core::PeerEvent;
use gloo_events::EventListener;
use protocol::IceCandidate;
use wasm_bindgen::JsCast;
use web_sys::{RtcPeerConnectionIceEvent, RtcTrackEvent};

use super::Inner;
use super::states::{connection_state, gathering_state, ice_state};
use crate::shell::browser::{Candidate, CandidateErrorEvent};
use crate::shell::transceivers::source_of;

impl Inner {
    pub(super) fn listen(self: &Rc<Self>) -> [EventListener; 8] {
        let on = |kind: &'static str, then: fn(&Self, &web_sys::Event)| {
            let weak: Weak<Self> = Rc::downgrade(self);
            EventListener::new(&self.connection, kind, move |event| {
                if let Some(inner) = weak.upgrade() {
                    then(&inner, event);
                }
            })
        };
        [
            on("negotiationneeded", |inner, _| {
                inner.events(|_| PeerEvent::NegotiationNeeded);
            }),
            on("icecandidate", Self::gathered),
            on("icecandidateerror", Self::relay_failed),
            on("connectionstatechange", |inner, _| {
                let state = connection_state(inner.connection.connection_state());
                inner.events(|_| PeerEvent::ConnectionChanged(state));
            }),
            on("signalingstatechange", |inner, _| {
                inner.events(PeerEvent::SignalingChanged);
            }),
            on("icegatheringstatechange", |inner, _| {
                let state = gathering_state(inner.connection.ice_gathering_state());
                inner.events(|_| PeerEvent::IceGatheringChanged(state));
            }),
            on("iceconnectionstatechange", |inner, _| {
                let state = ice_state(inner.connection.ice_connection_state());
                inner.events(|_| PeerEvent::IceConnectionChanged(state));
            }),
            EventListener::new(&self.connection, "track", {
                let weak = Rc::downgrade(self);
                move |event| {
                    if let (Some(inner), Some(event)) = (weak.upgrade(), event.dyn_ref::<RtcTrackEvent>())
                        && let Some(source) = source_of(&inner.connection, &event.transceiver())
                    {
                        inner.streams.of(source).add_track(&event.track());
                    }
                }
            }),
        ]
    }

    fn gathered(&self, event: &web_sys::Event) {
        let found = event
            .dyn_ref::<RtcPeerConnectionIceEvent>()
            .and_then(RtcPeerConnectionIceEvent::candidate);
        let Some(found) = found else { return };
        let found: Candidate = found.unchecked_into();
        let candidate = IceCandidate {
            candidate: found.candidate(),
            sdp_mid: found.sdp_mid(),
            sdp_m_line_index: found.sdp_m_line_index(),
            username_fragment: found.username_fragment(),
        };
        self.events(|_| PeerEvent::CandidateGathered(candidate));
    }

    /// Reports why a relay could not be used. Errors of STUN servers are ignored: a connection can do
    /// without.
    pub(super) fn relay_failed(&self, event: &web_sys::Event) {
        let error: &CandidateErrorEvent = event.unchecked_ref();
        if error.url().is_some_and(|url| url.starts_with("turn")) {
            let code = error.error_code();
            self.events(|_| PeerEvent::RelayFailed(code));
        }
    }
}
