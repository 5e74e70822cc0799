//! Probes of single STUN and TURN servers; what the browser finds is reported as it is.
//!
//! A probe holds its connections until the core stops it: nothing here judges, and no probe ends by itself.

use std::collections::BTreeMap;

use call_core::{ProbeFact, ProbeId};
use protocol::http::IceServer;
use wasm_bindgen_futures::spawn_local;

use super::event_sink::EventSink;
use super::js_error::JsError;
use super::peer::log_failure;
use super::probe_end::{ProbeEnd, Teller, candidate};
use super::relay_probe::RelayProbe;

/// The running probes; dropping it closes their connections.
pub(super) struct Probes {
    open: BTreeMap<ProbeId, Probe>,
    events: EventSink,
}

/// A running probe, which owns its connections.
enum Probe {
    Mapping { _end: ProbeEnd },
    Relay { _pair: RelayProbe },
}

impl Probes {
    pub(super) fn new(events: EventSink) -> Self {
        Self {
            open: BTreeMap::new(),
            events,
        }
    }

    /// Probes one server: sends data through a relay, or asks a STUN server for the page's address.
    pub(super) fn start(&mut self, probe: ProbeId, relay: bool, server: &IceServer) {
        let teller = Teller {
            probe,
            events: self.events.clone(),
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
                error.log("malformed server URL");
                teller.tell(ProbeFact::Malformed);
            }
        }
    }

    /// Stops a probe and closes its connections.
    pub(super) fn stop(&mut self, probe: ProbeId) {
        self.open.remove(&probe);
    }
}

/// Asks a STUN server for the page's address (a server-reflexive candidate).
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
