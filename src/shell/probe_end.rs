//! One connection of a probe: it uses a single ICE server, and reports what the browser finds.

use call_core::{CandidateError, Event, LabEvent, ProbeFact, ProbeId};
use gloo_events::EventListener;
use protocol::http::IceServer;
use wasm_bindgen::JsCast;
use web_sys::{
    RtcConfiguration, RtcDataChannel, RtcIceTransportPolicy, RtcPeerConnection, RtcPeerConnectionIceEvent,
};

use super::browser::{CandidateErrorEvent, Connection};
use super::event_sink::EventSink;
use super::ice_configuration::ice_servers;
use super::js_error::JsError;

/// Reports the facts of one probe.
#[derive(Clone)]
pub(super) struct Teller {
    pub(super) probe: ProbeId,
    pub(super) events: EventSink,
}

impl Teller {
    pub(super) fn tell(&self, fact: ProbeFact) {
        let probe = self.probe;
        self.events
            .send(Event::Lab(LabEvent::ProbeReported { probe, fact }));
    }
}

/// A connection with a single ICE server; dropping it closes it.
pub(super) struct ProbeEnd {
    pub(super) connection: Connection,
    /// Gives the connection something to negotiate.
    pub(super) channel: RtcDataChannel,
    listeners: Vec<EventListener>,
}

impl ProbeEnd {
    /// Opens the connection. A malformed URL is an error.
    pub(super) fn open(server: &IceServer, relay_only: bool) -> Result<Self, JsError> {
        let configuration = RtcConfiguration::new();
        configuration.set_ice_servers(&ice_servers(std::slice::from_ref(server)));
        if relay_only {
            configuration.set_ice_transport_policy(RtcIceTransportPolicy::Relay);
        }
        let connection: Connection =
            RtcPeerConnection::new_with_configuration(&configuration)?.unchecked_into();
        let channel = connection.create_data_channel("probe");
        Ok(Self {
            connection,
            channel,
            listeners: Vec::new(),
        })
    }

    /// Calls `then` on each event of a kind.
    pub(super) fn on(&mut self, kind: &'static str, then: impl Fn(&web_sys::Event) + 'static) {
        let listener = EventListener::new(&self.connection, kind, move |event| then(event));
        self.listeners.push(listener);
    }

    /// Reports candidate errors.
    pub(super) fn tell_errors(&mut self, teller: &Teller) {
        let teller = teller.clone();
        self.on("icecandidateerror", move |event| {
            let event: &CandidateErrorEvent = event.unchecked_ref();
            teller.tell(ProbeFact::Error(CandidateError {
                code: event.error_code(),
                text: event.error_text().unwrap_or_default(),
                url: event.url().unwrap_or_default(),
            }));
        });
    }
}

impl Drop for ProbeEnd {
    fn drop(&mut self) {
        self.listeners.clear();
        self.connection.close();
    }
}

/// The candidate of an event; `None` marks the end of gathering.
pub(super) fn candidate(event: &web_sys::Event) -> Option<web_sys::RtcIceCandidate> {
    let event: &RtcPeerConnectionIceEvent = event.unchecked_ref();
    let found = event.candidate();
    found.filter(|candidate| !candidate.candidate().is_empty())
}
