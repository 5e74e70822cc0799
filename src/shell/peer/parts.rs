//! What a connection is made of before events are reported from it: at its opening, or ahead of a call.

use std::cell::RefCell;
use std::rc::Rc;

use call_core::NewConnection;
use gloo_events::EventListener;
use js_sys::Promise;
use web_sys::{Event, RtcDataChannel};

use crate::shell::browser::Connection;
use crate::shell::data_channel::DataChannel;
use crate::shell::ice_configuration::{IceConfig, connect};
use crate::shell::js_error::JsError;
use crate::shell::local_tracks::LocalTracks;
use crate::shell::transceivers::Transceivers;

/// A connection that nothing listens to yet.
pub(in crate::shell) struct Parts {
    pub(super) connection: Connection,
    pub(super) transceivers: Transceivers,
    /// There from the beginning at the end that offers.
    pub(super) channel: Option<RtcDataChannel>,
    pub(super) relay_only: bool,
    /// If its offer was set ahead.
    pub(super) ahead: Option<Ahead>,
}

/// What happened before the call.
pub(super) struct Ahead {
    /// Fulfilled once the offer is set.
    pub(super) offer_set: Promise,
    pub(super) relay_failures: Vec<Event>,
}

impl Parts {
    /// Creates a connection; one that offers has all its transceivers.
    pub(in crate::shell) fn make(wanted: &NewConnection, tracks: &LocalTracks) -> Result<Self, JsError> {
        let connection = connect(IceConfig {
            ice_servers: &wanted.ice_servers,
            relay_only: wanted.relay_only,
        })?;
        let transceivers = if wanted.offers {
            Transceivers::add(&connection, tracks)
        } else {
            Transceivers::default()
        };
        let channel = wanted.offers.then(|| DataChannel::create(&connection));
        Ok(Self {
            connection,
            transceivers,
            channel,
            relay_only: wanted.relay_only,
            ahead: None,
        })
    }
}

/// A connection made ahead of a call. If it offers, its offer is set, and has the candidates that are gathered meanwhile.
pub(in crate::shell) struct Prepared {
    parts: Parts,
    wanted: NewConnection,
    offer_set: Option<Promise>,
    relay_failures: Rc<RefCell<Vec<Event>>>,
    _listener: EventListener,
}

impl Prepared {
    /// Creates the connection.
    pub(in crate::shell) fn make(wanted: NewConnection, tracks: &LocalTracks) -> Result<Self, JsError> {
        let parts = Parts::make(&wanted, tracks)?;
        let relay_failures = Rc::<RefCell<Vec<_>>>::default();
        let kept = Rc::clone(&relay_failures);
        let listener = EventListener::new(&parts.connection, "icecandidateerror", move |event| {
            kept.borrow_mut().push(Event::clone(event));
        });
        let offer_set = wanted
            .offers
            .then(|| parts.connection.set_implicit_local_description());
        Ok(Self {
            parts,
            wanted,
            offer_set,
            relay_failures,
            _listener: listener,
        })
    }

    /// Whether it is what is wanted now.
    pub(in crate::shell) fn is(&self, wanted: &NewConnection) -> bool {
        self.wanted == *wanted
    }

    /// Gives the connection to a call.
    pub(in crate::shell) fn take(self) -> Parts {
        Parts {
            ahead: self.offer_set.map(|offer_set| Ahead {
                offer_set,
                relay_failures: self.relay_failures.take(),
            }),
            ..self.parts
        }
    }

    /// Closes the connection: there is no call.
    pub(in crate::shell) fn close(self) {
        self.parts.connection.close();
    }
}
