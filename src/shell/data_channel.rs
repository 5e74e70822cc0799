//! The data channel of a pair: signals go by it past the server, so a call is mended while the server is out of reach.
//!
//! Both ends make it with the same number before the connection is described, so it costs no negotiation of its own.
//! Whatever comes that is no parcel is dropped: the other end is as little to be trusted as a stranger.

use std::cell::Cell;
use std::rc::Rc;

use call_core::{Event, PeerEvent};
use gloo_events::EventListener;
use protocol::limits::MESSAGE_BYTES;
use protocol::{Epoch, Parcel, ParticipantId, decode};
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, RtcDataChannel, RtcDataChannelInit};

use super::browser::Connection;
use super::js_error::JsError;
use super::report::Report;

/// The channel's number at both ends.
const NUMBER: u16 = 0;
/// What may wait in the channel, in bytes. On a way that is dead more would only come late: it is said again anyway.
const MOST_WAITING: u32 = 256 * 1024;

/// A channel of a connection; it goes with that.
pub(super) struct DataChannel {
    channel: RtcDataChannel,
    open: Rc<Cell<bool>>,
    _listeners: [EventListener; 3],
}

impl DataChannel {
    /// Makes the channel, and reports what it does.
    pub(super) fn make(connection: &Connection, of: (ParticipantId, Epoch), report: &Report) -> Self {
        let init = RtcDataChannelInit::new();
        init.set_negotiated(true);
        init.set_id(NUMBER);
        let channel = connection.create_data_channel_with_data_channel_dict("signals", &init);
        let open = Rc::new(Cell::new(false));
        let listeners = [
            on_change(&channel, "open", true, of, &open, report),
            on_change(&channel, "close", false, of, &open, report),
            on_message(&channel, of, report),
        ];
        Self {
            channel,
            open,
            _listeners: listeners,
        }
    }

    /// Sends a parcel; one that cannot be sent now is said again, by whichever way is open then.
    pub(super) fn send(&self, parcel: &Parcel) {
        if !self.open.get() || self.channel.buffered_amount() > MOST_WAITING {
            return;
        }
        let Ok(text) = serde_json::to_string(parcel) else {
            return;
        };
        if let Err(error) = self.channel.send_with_str(&text) {
            JsError::from(error).log("a signal was not sent past the server");
        }
    }
}

fn on_change(
    channel: &RtcDataChannel,
    kind: &'static str,
    opens: bool,
    (peer, epoch): (ParticipantId, Epoch),
    state: &Rc<Cell<bool>>,
    report: &Report,
) -> EventListener {
    let (state, report) = (Rc::clone(state), report.clone());
    EventListener::new(channel, kind, move |_| {
        state.set(opens);
        report.send(Event::Peer {
            peer,
            epoch,
            event: PeerEvent::ChannelChanged(opens),
        });
    })
}

fn on_message(
    channel: &RtcDataChannel,
    (peer, epoch): (ParticipantId, Epoch),
    report: &Report,
) -> EventListener {
    let report = report.clone();
    EventListener::new(channel, "message", move |event| match read(event) {
        Some(parcel) => report.send(Event::Peer {
            peer,
            epoch,
            event: PeerEvent::CamePast(parcel),
        }),
        None => web_sys::console::warn_1(&"what came past the server is no signal".into()),
    })
}

fn read(event: &web_sys::Event) -> Option<Parcel> {
    let text = event.dyn_ref::<MessageEvent>()?.data().as_string()?;
    decode(&text).ok().filter(|_| text.len() <= MESSAGE_BYTES)
}
