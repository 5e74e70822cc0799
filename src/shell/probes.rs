//! Tries of single STUN and TURN servers: what the browser tells of each is passed on as it is.
//!
//! Every try holds its connections until the core ends it; nothing here judges, and no try ends by itself.

use std::collections::BTreeMap;

use call_core::{CandidateError, Event, LabEvent, ProbeFact, ProbeId};
use gloo_events::EventListener;
use protocol::http::IceServer;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    RtcConfiguration, RtcDataChannel, RtcIceTransportPolicy, RtcPeerConnection, RtcPeerConnectionIceEvent,
};

use super::browser::{CandidateErrorEvent, Connection};
use super::ice_configuration::ice_servers;
use super::js_error::JsError;
use super::peer::log_failure;
use super::relay_probe::RelayProbe;
use super::report::Report;

/// The tries under way; dropping them closes their connections.
pub(super) struct Probes {
    open: BTreeMap<ProbeId, Probe>,
    report: Report,
}

/// One try, for what it holds.
enum Probe {
    Mapping { _end: ProbeEnd },
    Relay { _pair: RelayProbe },
}

/// Says what the browser tells of one try.
#[derive(Clone)]
pub(super) struct Teller {
    probe: ProbeId,
    report: Report,
}

impl Teller {
    pub(super) fn tell(&self, fact: ProbeFact) {
        let probe = self.probe;
        self.report.send(Event::Lab(LabEvent::ProbeTold { probe, fact }));
    }
}

impl Probes {
    pub(super) fn new(report: Report) -> Self {
        Self {
            open: BTreeMap::new(),
            report,
        }
    }

    /// Tries one server: sends something through a relay, or asks a STUN server for the page's address.
    pub(super) fn start(&mut self, probe: ProbeId, relay: bool, server: &IceServer) {
        let teller = Teller {
            probe,
            report: self.report.clone(),
        };
        let opened = if relay {
            RelayProbe::open(server, &teller).map(|pair| Probe::Relay { _pair: pair })
        } else {
            mapping(server, &teller).map(|end| Probe::Mapping { _end: end })
        };
        match opened {
            Ok(opened) => {
                self.open.insert(probe, opened);
            }
            Err(error) => {
                error.log("the address of a server is of no use");
                teller.tell(ProbeFact::Malformed);
            }
        }
    }

    /// Closes what a try holds.
    pub(super) fn stop(&mut self, probe: ProbeId) {
        self.open.remove(&probe);
    }
}

/// A connection that knows one server alone; dropping it closes it.
pub(super) struct ProbeEnd {
    pub(super) connection: Connection,
    /// Something to connect for.
    pub(super) channel: RtcDataChannel,
    listeners: Vec<EventListener>,
}

impl ProbeEnd {
    /// Makes it. An address that is none is an error.
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

    /// Does something at each event of a kind.
    pub(super) fn on(&mut self, kind: &'static str, then: impl Fn(&web_sys::Event) + 'static) {
        let listener = EventListener::new(&self.connection, kind, move |event| then(event));
        self.listeners.push(listener);
    }

    /// Passes errors on.
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

/// The candidate of an event; `None` marks the end of the search.
pub(super) fn candidate(event: &web_sys::Event) -> Option<web_sys::RtcIceCandidate> {
    let event: &RtcPeerConnectionIceEvent = event.unchecked_ref();
    let found = event.candidate();
    found.filter(|candidate| !candidate.candidate().is_empty())
}

/// Asks a STUN server for the page's address.
fn mapping(server: &IceServer, teller: &Teller) -> Result<ProbeEnd, JsError> {
    let mut end = ProbeEnd::open(server, false)?;
    let told = teller.clone();
    end.on("icecandidate", move |event| match candidate(event) {
        Some(candidate) if candidate.candidate().contains(" typ srflx") => told.tell(ProbeFact::Mapped),
        Some(_) => {}
        None => told.tell(ProbeFact::Gathered),
    });
    end.tell_errors(teller);
    let described = end.connection.set_implicit_local_description();
    spawn_local(log_failure(described, "a server cannot be tried"));
    Ok(end)
}
