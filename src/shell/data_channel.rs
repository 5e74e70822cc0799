//! The data channel of a connection: carries signals past the server, so a call can recover while the server
//! is unreachable.
//!
//! Both ends create it with the same id (`negotiated`), the offerer before its offer and the answerer before
//! its answer, so it costs no negotiation of its own. Invalid messages are dropped: the peer is not trusted.

use std::cell::Cell;
use std::rc::Rc;

use call_core::{Event, PeerEvent};
use gloo_events::EventListener;
use protocol::limits::MESSAGE_BYTES;
use protocol::{Epoch, ParticipantId, SignalEnvelope, decode};
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, RtcDataChannel, RtcDataChannelInit};

use super::browser::Connection;
use super::event_sink::EventSink;
use super::js_error::JsError;

/// The channel's id, the same at both ends.
const NUMBER: u16 = 0;
/// Most bytes that may be queued in the channel (chosen). On a dead path more would only arrive late, and
/// signals are retransmitted anyway.
const MOST_WAITING: u32 = 256 * 1024;

/// The channel of a connection; it closes with the connection.
pub(super) struct DataChannel {
    channel: RtcDataChannel,
    open: Rc<Cell<bool>>,
    _listeners: [EventListener; 3],
}

impl DataChannel {
    /// Creates the channel of a connection.
    pub(super) fn create(connection: &Connection) -> RtcDataChannel {
        let init = RtcDataChannelInit::new();
        init.set_negotiated(true);
        init.set_id(NUMBER);
        connection.create_data_channel_with_data_channel_dict("signals", &init)
    }

    /// Reports the state and the messages of a channel that is not open yet.
    pub(super) fn new(channel: RtcDataChannel, of: (ParticipantId, Epoch), events: &EventSink) -> Self {
        let open = Rc::new(Cell::new(false));
        let listeners = [
            on_change(&channel, "open", true, of, &open, events),
            on_change(&channel, "close", false, of, &open, events),
            on_message(&channel, of, events),
        ];
        Self {
            channel,
            open,
            _listeners: listeners,
        }
    }

    /// Sends a signal, best effort: unacknowledged signals are retransmitted over whichever transport is open
    /// then.
    pub(super) fn send(&self, envelope: &SignalEnvelope) {
        if !self.open.get() || self.channel.buffered_amount() > MOST_WAITING {
            return;
        }
        let Ok(text) = serde_json::to_string(envelope) else {
            return;
        };
        if let Err(error) = self.channel.send_with_str(&text) {
            JsError::from(error).log("signal not sent over the data channel");
        }
    }
}

fn on_change(
    channel: &RtcDataChannel,
    kind: &'static str,
    opens: bool,
    (peer, epoch): (ParticipantId, Epoch),
    state: &Rc<Cell<bool>>,
    events: &EventSink,
) -> EventListener {
    let (state, events) = (Rc::clone(state), events.clone());
    EventListener::new(channel, kind, move |_| {
        state.set(opens);
        events.send(Event::Peer {
            peer,
            epoch,
            event: PeerEvent::ChannelChanged(opens),
        });
    })
}

fn on_message(
    channel: &RtcDataChannel,
    (peer, epoch): (ParticipantId, Epoch),
    events: &EventSink,
) -> EventListener {
    let events = events.clone();
    EventListener::new(channel, "message", move |event| match read(event) {
        Some(envelope) => events.send(Event::Peer {
            peer,
            epoch,
            event: PeerEvent::DataChannelMessage(envelope),
        }),
        None => web_sys::console::warn_1(&"what came past the server is no signal".into()),
    })
}

fn read(event: &web_sys::Event) -> Option<SignalEnvelope> {
    let text = event.dyn_ref::<MessageEvent>()?.data().as_string()?;
    decode(&text).ok().filter(|_| text.len() <= MESSAGE_BYTES)
}
