//! Tests of a single link: who offers, recovery, and signals.

mod stalls;

use super::negotiation::Order;
use super::*;
use crate::Sample;
use crate::media::LocalMediaState;
use crate::turn::tests::Driven;
use crate::{ConnectionState, Effect, NewConnection, PeerOrder, SignalingState, SocketOrder};
use protocol::{ClientMessage, IceCandidate, Refresh, Signal, SignalEnvelope, Source};
use protocol::{SdpType, SessionDescription, limits};

const YOU: ParticipantId = ParticipantId(1);

const START: UnixMillis = UnixMillis(0);

const PEER: ParticipantId = ParticipantId(2);

/// A link whose ICE servers are always known.
impl Driven<Link> {
    /// A link of the user with this id.
    fn of(you: ParticipantId) -> Self {
        let (peer, epoch) = (PEER, Epoch(9));
        Self(Link::new(you, protocol::Link { peer, epoch }))
    }

    /// The link in its next epoch.
    fn renewed(&self, epoch: Epoch) -> Self {
        Self(self.0.renewed(YOU, protocol::Link { peer: PEER, epoch }))
    }

    fn at(&mut self, now: UnixMillis, act: impl FnOnce(&mut Link, &mut Turn)) -> Vec<Effect> {
        let acts = |link: &mut Link, turn: &mut Turn| {
            act(link, turn);
            link.restart(turn);
        };
        self.take(Turn::at(now), acts).1
    }

    fn open(&mut self) -> Vec<Effect> {
        self.at(START, Link::open)
    }

    fn connection_changed(&mut self, state: ConnectionState) {
        self.at(START, |link, turn| {
            link.event(turn, PeerEvent::ConnectionChanged(state));
        });
    }

    fn late(&mut self, online: bool) -> Vec<Effect> {
        self.at(START, |link, turn| link.timed_out(turn, online))
    }

    fn retry(&mut self) -> Vec<Effect> {
        self.at(START, Link::retry)
    }

    fn send_media_state(&mut self) -> Vec<Effect> {
        self.at(START, |link, turn| {
            link.send_media_state(turn, LocalMediaState::default());
        })
    }

    fn channel_changed(&mut self, open: bool) -> Vec<Effect> {
        self.at(START, |link, turn| link.channel_changed(turn, open))
    }

    fn received(&mut self, now: UnixMillis, envelope: SignalEnvelope) -> Vec<Effect> {
        self.at(now, |link, turn| link.received(turn, Epoch(9), envelope))
    }

    fn negotiate(&mut self, step: impl FnOnce(&mut Negotiation) -> Vec<Order>) -> Vec<Effect> {
        self.at(START, |link, turn| link.negotiate(turn, step))
    }

    fn sampled(&mut self, now: UnixMillis, sample: &Sample) -> Vec<Effect> {
        self.at(now, |link, turn| link.sampled(turn, sample))
    }
}

fn link() -> Driven<Link> {
    Driven::of(YOU)
}

fn restart() -> Effect {
    Effect::Socket(SocketOrder::Send(ClientMessage::RestartLink {
        peer: PEER,
        epoch: Epoch(9),
    }))
}

fn description(bytes: usize) -> SessionDescription {
    SessionDescription {
        sdp_type: SdpType::Offer,
        sdp: "v".repeat(bytes),
    }
}

fn candidate(bytes: usize) -> IceCandidate {
    IceCandidate {
        candidate: "c".repeat(bytes),
        sdp_mid: None,
        sdp_m_line_index: None,
        username_fragment: None,
    }
}

#[test]
fn lesser_id_offers() {
    let opens = |you: u64| {
        let effects = Driven::of(ParticipantId(you)).open();
        effects.into_iter().find_map(|effect| match effect {
            Effect::Peer {
                order: PeerOrder::Open(NewConnection { offers, .. }),
                ..
            } => Some(offers),
            _ => None,
        })
    };
    assert_eq!(opens(1), Some(true));
    assert_eq!(opens(3), Some(false));
}

#[test]
fn lost_connection_restarts_ice_then_renews_then_fails() {
    let mut link = link();
    link.open();
    link.connection_changed(ConnectionState::Connected);
    link.connection_changed(ConnectionState::Disconnected);
    assert_eq!(link.tile_state(), TileState::Reconnecting);
    let restart_ice = Effect::Peer {
        peer: PEER,
        epoch: Epoch(9),
        order: PeerOrder::RestartIce(vec![]),
    };
    for _ in 0..3 {
        assert!(link.late(true).contains(&restart_ice));
    }
    for _ in 0..3 {
        assert_eq!(link.late(true)[0], restart());
        link = link.renewed(Epoch(9));
        link.open();
    }
    assert_eq!(link.take_failure(), None);
    link.late(true);
    assert_eq!(link.tile_state(), TileState::Failed);
    assert_eq!(link.take_failure(), Some(LinkTrouble::NoWay));
    assert_eq!(link.take_failure(), None, "reported once");
    assert_eq!(link.retry()[0], restart());
}

/// The times of the recovery timer that effects start.
fn waits(effects: &[Effect]) -> Vec<u64> {
    let waits = effects.iter().filter_map(|effect| match effect {
        Effect::StartTimer {
            timer: Timer::RecoveryTimeout(..),
            after,
        } => u64::try_from(after.as_millis()).ok(),
        _ => None,
    });
    waits.collect()
}

#[test]
fn busy_device_gets_more_time() {
    let busy = |link: &mut Driven<Link>, second: u64, act: &dyn Fn(&mut Link, &mut Turn)| {
        let turn = Turn::at(UnixMillis(second * 1000)).on_busy_device(true);
        link.take(turn, |link, turn| act(link, turn)).1
    };
    let late = |link: &mut Link, turn: &mut Turn| link.timed_out(turn, true);
    let mut link = link();
    assert_eq!(waits(&link.open()), [12_000]);
    // It became busy after the timer was started.
    assert_eq!(waits(&busy(&mut link, 12, &late)), [24_000]);
    assert!(busy(&mut link, 36, &late).contains(&restart()));

    let mut link = Driven::of(YOU);
    assert_eq!(waits(&busy(&mut link, 0, &Link::open)), [36_000]);
    // No longer busy when the timer fires.
    let effects = link.at(UnixMillis(36_000), late);
    assert!(effects.contains(&restart()));
}

#[test]
fn peers_are_told_of_misses_and_of_their_end() {
    let reports = |link: &mut Driven<Link>, second: u64, missed: &[u64]| {
        let report = ConnectivityReport {
            heard: vec![PEER],
            missed: missed.iter().copied().map(ParticipantId).collect(),
        };
        let effects = link.at(UnixMillis(second * 1000), |link, turn| {
            link.send_connectivity_report(turn, &report);
        });
        let told = effects.into_iter().find_map(|effect| match effect {
            Effect::Socket(SocketOrder::Send(ClientMessage::Signal { signal, .. })) => signal.signal,
            _ => None,
        });
        told.map(|signal| match signal {
            Signal::Hears { missed, .. } => missed.into_iter().map(|peer| peer.0).collect(),
            other => panic!("{other:?}"),
        })
    };
    let mut link = link();
    link.open();
    assert_eq!(reports(&mut link, 1, &[7]), None, "not connected");
    link.connection_changed(ConnectionState::Connected);
    assert_eq!(reports(&mut link, 1, &[]), None::<Vec<u64>>);
    assert_eq!(reports(&mut link, 2, &[7]), Some(vec![7]));
    assert_eq!(reports(&mut link, 2, &[7, 8]), None, "too soon");
    assert_eq!(reports(&mut link, 3, &[7, 8]), Some(vec![7, 8]));
    assert_eq!(reports(&mut link, 9, &[7, 8]), None);
    // What was on its way in the old epoch may be lost.
    link = link.renewed(Epoch(9));
    link.open();
    link.connection_changed(ConnectionState::Connected);
    assert_eq!(reports(&mut link, 10, &[]), Some(vec![]));
    assert_eq!(reports(&mut link, 20, &[]), None);
}

#[test]
fn no_give_up_while_server_is_unreachable() {
    let mut link = link();
    link.open();
    for _ in 0..20 {
        assert_eq!(link.late(false), []);
    }
    let said = link.at(START, Link::resumed);
    assert!(said.contains(&restart()), "when the server is back: {said:?}");
}

#[test]
fn signals_use_the_data_channel_too() {
    let mut link = link();
    link.open();
    let past = |effects: &[Effect]| {
        let past = effects.iter().filter(|effect| {
            matches!(
                effect,
                Effect::Peer {
                    order: PeerOrder::SendOnDataChannel(_),
                    ..
                }
            )
        });
        past.count()
    };
    assert_eq!(past(&link.send_media_state()), 0);
    let said = link.channel_changed(true);
    assert_eq!(past(&said), 1, "unacked signals are retransmitted: {said:?}");
    assert_eq!(past(&link.send_media_state()), 1);
    link.channel_changed(false);
    assert_eq!(past(&link.send_media_state()), 0);
}

#[test]
fn oversized_signals_are_acked_and_dropped() {
    let mut link = link();
    link.open();
    let envelopes = [
        Signal::Candidate(candidate(limits::CANDIDATE_BYTES + 1)),
        Signal::Description(description(limits::DESCRIPTION_BYTES + 1)),
        Signal::Description(description(limits::DESCRIPTION_BYTES)),
        Signal::Candidate(candidate(limits::CANDIDATE_BYTES)),
    ];
    let mut given = Vec::new();
    for (number, signal) in (1..).zip(envelopes) {
        let envelope = SignalEnvelope {
            number,
            seen: 0,
            signal: Some(signal),
        };
        given.extend(link.received(START, envelope));
    }
    link.negotiate(|negotiation| negotiation.remote_set(SignalingState::HaveRemoteOffer));
    given.extend(link.negotiate(|negotiation| negotiation.local_set(description(1), SignalingState::Stable)));
    let lengths = given.iter().filter_map(|effect| match effect {
        Effect::Peer {
            order: PeerOrder::SetRemoteDescription(description),
            ..
        } => Some(description.sdp.len()),
        Effect::Peer {
            order: PeerOrder::AddIceCandidate(candidate),
            ..
        } => Some(candidate.candidate.len()),
        _ => None,
    });
    assert_eq!(
        lengths.collect::<Vec<_>>(),
        [limits::DESCRIPTION_BYTES, limits::CANDIDATE_BYTES]
    );
    let answer = given.iter().find_map(|effect| match effect {
        Effect::Socket(SocketOrder::Send(ClientMessage::Signal { signal, .. })) => Some(signal.seen),
        _ => None,
    });
    assert_eq!(answer, Some(4), "all are acked");
}

#[test]
fn signal_of_a_future_client_is_acknowledged_and_ignored() {
    let mut link = link();
    link.open();
    let envelopes = [
        r#"{"number":1,"seen":0,"signal":{"raise-hand":{"up":true}}}"#,
        r#"{"number":2,"seen":0,"signal":{}}"#,
        r#"{"number":3,"seen":0,"signal":{"description":{"type":"offer"}}}"#,
        r#"{"number":4,"seen":0,"signal":{"media":{"camera":"yes","microphone":true}}}"#,
        r#"{"number":5,"seen":0,"signal":{"media":{"camera":true,"microphone":true}}}"#,
    ];
    for envelope in envelopes {
        let envelope = protocol::decode(envelope).expect("an envelope");
        link.received(START, envelope);
    }
    assert!(link.camera && link.microphone, "the signal after them counts");
    let word = link.at(START, Link::ack_due);
    let seen = word.iter().find_map(|effect| match effect {
        Effect::Socket(SocketOrder::Send(ClientMessage::Signal { signal, .. })) => Some(signal.seen),
        _ => None,
    });
    assert_eq!(seen, Some(5));
}
