//! The probe of one relay: two connections in the page that may use only this relay, and a channel between
//! them.
//!
//! Pending promises hold no connection: those of a closed one never settle.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;

use call_core::ProbeFact;
use gloo_events::EventListener;
use js_sys::{Promise, Reflect};
use protocol::http::IceServer;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{RtcIceCandidate, RtcPeerConnectionState, RtcSessionDescriptionInit, RtcStatsReport};

use super::browser::Connection;
use super::js_error::{JsError, resolved, settled};
use super::peer::log_failure;
use super::probe_end::{ProbeEnd, Teller, candidate};

/// Both connections; dropping it closes them.
pub(super) struct RelayProbe {
    _pair: Rc<Pair>,
    _opened: EventListener,
}

struct Pair {
    offering: ProbeEnd,
    answering: ProbeEnd,
    /// Whether both ends have both descriptions; until then, candidates wait.
    described: Cell<bool>,
    early: RefCell<Vec<(Side, RtcIceCandidate)>>,
    teller: Teller,
}

/// The end that a candidate is for.
#[derive(Clone, Copy)]
enum Side {
    Offering,
    Answering,
}

impl RelayProbe {
    pub(super) fn open(server: &IceServer, teller: &Teller) -> Result<Self, JsError> {
        let mut offering = ProbeEnd::open(server, true)?;
        let mut answering = ProbeEnd::open(server, true)?;
        let pair = Rc::new_cyclic(|weak: &Weak<Pair>| {
            let (ends, told) = (weak.clone(), teller.clone());
            offering.on("icecandidate", move |event| match candidate(event) {
                Some(found) => {
                    told.tell(ProbeFact::Allocated);
                    hand(&ends, Side::Answering, found);
                }
                None => told.tell(ProbeFact::Gathered),
            });
            let ends = weak.clone();
            answering.on("icecandidate", move |event| {
                if let Some(found) = candidate(event) {
                    hand(&ends, Side::Offering, found);
                }
            });
            let ends = weak.clone();
            offering.on("connectionstatechange", move |_| {
                let Some(pair) = ends.upgrade() else { return };
                if pair.offering.connection.connection_state() == RtcPeerConnectionState::Failed {
                    pair.teller.tell(ProbeFact::Broken);
                }
            });
            offering.tell_errors(teller);
            answering.tell_errors(teller);
            Pair {
                offering,
                answering,
                described: Cell::new(false),
                early: RefCell::default(),
                teller: teller.clone(),
            }
        });
        let weak = Rc::downgrade(&pair);
        let opened = EventListener::once(&pair.offering.channel, "open", move |_| {
            spawn_local(measure(weak));
        });
        let weak = Rc::downgrade(&pair);
        spawn_local(async move {
            if let Err(error) = describe(weak).await {
                error.log("a relay cannot be tried");
            }
        });
        Ok(Self {
            _pair: pair,
            _opened: opened,
        })
    }
}

/// Passes a candidate to the other end, now or once that can take it.
fn hand(pair: &Weak<Pair>, to: Side, found: RtcIceCandidate) {
    let Some(pair) = pair.upgrade() else { return };
    if pair.described.get() {
        pair.add(to, &found);
    } else {
        pair.early.borrow_mut().push((to, found));
    }
}

impl Pair {
    fn add(&self, to: Side, found: &RtcIceCandidate) {
        let end = match to {
            Side::Offering => &self.offering,
            Side::Answering => &self.answering,
        };
        let added = end
            .connection
            .add_ice_candidate_with_opt_rtc_ice_candidate(Some(found));
        spawn_local(log_failure(added, "candidate not added"));
    }
}

/// Gives both ends both descriptions.
async fn describe(pair: Weak<Pair>) -> Result<(), JsError> {
    let step = |begin: fn(&Pair) -> Result<Promise, JsError>| {
        let pair = pair.upgrade().ok_or_else(|| JsError::missing("the pair"))?;
        begin(&pair)
    };
    settled(step(|pair| {
        Ok(pair.offering.connection.set_implicit_local_description())
    })?)
    .await?;
    settled(step(|pair| {
        tell(&pair.offering.connection, &pair.answering.connection)
    })?)
    .await?;
    settled(step(|pair| {
        Ok(pair.answering.connection.set_implicit_local_description())
    })?)
    .await?;
    settled(step(|pair| {
        tell(&pair.answering.connection, &pair.offering.connection)
    })?)
    .await?;
    if let Some(pair) = pair.upgrade() {
        pair.described.set(true);
        for (to, found) in pair.early.take() {
            pair.add(to, &found);
        }
    }
    Ok(())
}

/// Sets one end's description at the other.
fn tell(from: &Connection, to: &Connection) -> Result<Promise, JsError> {
    let own = from
        .local_description()
        .ok_or_else(|| JsError::missing("localDescription"))?;
    let init = RtcSessionDescriptionInit::new(own.type_());
    init.set_sdp(&own.sdp());
    Ok(to.set_remote_description(&init))
}

/// Reports that the channel is open, and the round trip to the relay.
async fn measure(pair: Weak<Pair>) {
    let Some(stats) = pair.upgrade().map(|pair| pair.offering.connection.get_stats()) else {
        return;
    };
    let events = resolved::<RtcStatsReport>(stats).await;
    if let Some(pair) = pair.upgrade() {
        let round_trip = events.ok().and_then(|events| round_trip(&events));
        pair.teller.tell(ProbeFact::Connected { round_trip });
    }
}

/// Round trip between the page and the relay: half the `currentRoundTripTime` of the selected candidate pair
/// (W3C WebRTC Stats), since a packet passes the relay on its way to the other end and on its way back.
fn round_trip(events: &RtcStatsReport) -> Option<Duration> {
    let all: Vec<JsValue> = events.values().into_iter().filter_map(Result::ok).collect();
    let field = |stats: &JsValue, key: &str| Reflect::get(stats, &key.into()).ok();
    let used = all
        .iter()
        .filter(|stats| field(stats, "type").is_some_and(|of| of == "transport"))
        .find_map(|stats| field(stats, "selectedCandidatePairId")?.as_string())?;
    let pair = all
        .iter()
        .find(|stats| field(stats, "id").is_some_and(|id| id == used.as_str()))?;
    let seconds = field(pair, "currentRoundTripTime")?.as_f64()?;
    Duration::try_from_secs_f64(seconds / 2.0).ok()
}
