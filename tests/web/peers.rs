//! Single connections: unusual input from the peer, and orders at unusual times.

use call_core::{ConnectionState, Effect, Event, NewConnection, PeerEvent, PeerOrder, SignalingState};
use confab::platform::StreamSource;
use confab::shell::Shell;
use protocol::http::IceServer;
use protocol::{Epoch, IceCandidate, ParticipantId, SdpType, SessionDescription};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::probe;
use crate::support::{Log, shell, until};

const PEER: ParticipantId = ParticipantId(2);

pub fn open(epoch: u64, offers: bool) -> Effect {
    Effect::Peer {
        peer: PEER,
        epoch: Epoch(epoch),
        order: PeerOrder::Open(NewConnection {
            offers,
            ice_servers: vec![],
            relay_only: false,
        }),
    }
}

fn close(epoch: u64) -> Effect {
    Effect::Peer {
        peer: PEER,
        epoch: Epoch(epoch),
        order: PeerOrder::Close,
    }
}

fn take(sdp_type: SdpType, sdp: &str) -> Effect {
    let description = SessionDescription {
        sdp_type,
        sdp: sdp.to_owned(),
    };
    Effect::Peer {
        peer: PEER,
        epoch: Epoch(1),
        order: PeerOrder::SetRemoteDescription(description),
    }
}

/// The offer of a connection with all transceivers.
async fn offer() -> SessionDescription {
    let (mut shell, log) = shell();
    offer_by(&mut shell, &log).await
}

/// Opens a connection, and returns its offer.
pub async fn offer_by(shell: &mut Shell, log: &Log) -> SessionDescription {
    shell.execute(open(9, true));
    log.until(&Event::Peer {
        peer: PEER,
        epoch: Epoch(9),
        event: PeerEvent::NegotiationNeeded,
    })
    .await;
    shell.execute(Effect::Peer {
        peer: PEER,
        epoch: Epoch(9),
        order: PeerOrder::SetLocalDescription(None),
    });
    log.first("an offer", |event| match event {
        Event::Peer {
            event:
                PeerEvent::LocalDescriptionSet {
                    description,
                    signaling_state: SignalingState::HaveLocalOffer,
                },
            ..
        } => Some(description.clone()),
        _ => None,
    })
    .await
}

#[wasm_bindgen_test]
async fn offer_and_answer_have_all_sources() {
    let offer = offer().await;
    assert_eq!(offer.sdp_type, SdpType::Offer);
    assert_eq!(offer.sdp.matches("a=sendrecv").count(), 4, "{}", offer.sdp);

    let (mut shell, log) = shell();
    shell.execute(open(1, false));
    shell.execute(take(SdpType::Offer, &offer.sdp));
    log.until(&Event::Peer {
        peer: PEER,
        epoch: Epoch(1),
        event: PeerEvent::RemoteDescriptionSet(SignalingState::HaveRemoteOffer),
    })
    .await;
    shell.execute(Effect::Peer {
        peer: PEER,
        epoch: Epoch(1),
        order: PeerOrder::SetLocalDescription(None),
    });
    let answer = log
        .first("an answer", |event| match event {
            Event::Peer {
                event:
                    PeerEvent::LocalDescriptionSet {
                        description,
                        signaling_state: SignalingState::Stable,
                    },
                ..
            } => Some(description.clone()),
            _ => None,
        })
        .await;
    assert_eq!(answer.sdp_type, SdpType::Answer);
    assert_eq!(answer.sdp.matches("a=sendrecv").count(), 4, "{}", answer.sdp);
    assert_eq!(probe::transceivers(), "4");
    let negotiations = log
        .events()
        .iter()
        .filter(|e| {
            matches!(
                e,
                Event::Peer {
                    event: PeerEvent::NegotiationNeeded,
                    ..
                }
            )
        })
        .count();
    assert_eq!(negotiations, 0, "the answer needs no further negotiation");
}

#[wasm_bindgen_test]
async fn invalid_description_fails() {
    let (mut shell, log) = shell();
    shell.execute(open(1, false));
    shell.execute(take(SdpType::Offer, "v=0 nonsense"));
    let failed = Event::Peer {
        peer: PEER,
        epoch: Epoch(1),
        event: PeerEvent::DescriptionFailed(SignalingState::Stable),
    };
    log.until(&failed).await;
}

#[wasm_bindgen_test]
async fn offer_with_rejected_media_is_handled() {
    let refused = offer()
        .await
        .sdp
        .replace("m=audio 9 ", "m=audio 0 ")
        .replace("m=video 9 ", "m=video 0 ");
    let (mut shell, log) = shell();
    shell.execute(open(1, false));
    shell.execute(take(SdpType::Offer, &refused));
    log.first("a result", |event| {
        matches!(
            event,
            Event::Peer {
                event: PeerEvent::RemoteDescriptionSet(_),
                ..
            } | Event::Peer {
                event: PeerEvent::DescriptionFailed(_),
                ..
            }
        )
        .then_some(())
    })
    .await;
}

#[wasm_bindgen_test]
async fn malformed_ice_servers_leave_direct_path() {
    let (mut shell, log) = shell();
    let nonsense = IceServer {
        urls: vec!["nonsense".to_owned()],
        username: None,
        credential: None,
    };
    let ice_servers = vec![nonsense];
    shell.execute(Effect::Peer {
        peer: PEER,
        epoch: Epoch(1),
        order: PeerOrder::Open(NewConnection {
            offers: true,
            ice_servers,
            relay_only: false,
        }),
    });
    assert_eq!(probe::connections(), 1);
    log.until(&Event::Peer {
        peer: PEER,
        epoch: Epoch(1),
        event: PeerEvent::NegotiationNeeded,
    })
    .await;
    let failed = |event: &Event| {
        matches!(
            event,
            Event::Peer {
                event: PeerEvent::ConnectionChanged(ConnectionState::Failed),
                ..
            }
        )
    };
    assert!(!log.events().iter().any(failed));
}

fn server(url: &str) -> IceServer {
    let credential = Some("secret".to_owned());
    IceServer {
        urls: vec![url.to_owned()],
        username: credential.clone(),
        credential,
    }
}

#[wasm_bindgen_test]
fn refused_url_alone_is_left_out() {
    let (mut shell, log) = shell();
    // Chromium refuses a STUN URL with a transport (RFC 7064 has none), and with it the whole configuration.
    let bad = server("stun:127.0.0.1:9149?transport=udp");
    let good = server("turn:127.0.0.1:9?transport=udp");
    for (epoch, relay_only) in [(1, false), (2, true)] {
        shell.execute(Effect::Peer {
            peer: PEER,
            epoch: Epoch(epoch),
            order: PeerOrder::Open(NewConnection {
                offers: true,
                ice_servers: vec![bad.clone(), good.clone()],
                relay_only,
            }),
        });
    }
    assert_eq!(
        probe::ways(),
        "all turn:127.0.0.1:9?transport=udp,relay turn:127.0.0.1:9?transport=udp"
    );
    let other = server("turn:127.0.0.1:10?transport=tcp");
    shell.execute(Effect::Peer {
        peer: PEER,
        epoch: Epoch(2),
        order: PeerOrder::RestartIce(vec![server("nonsense"), other]),
    });
    assert_eq!(
        probe::ways(),
        "all turn:127.0.0.1:9?transport=udp,relay turn:127.0.0.1:10?transport=tcp"
    );
    assert_eq!(probe::connections(), 2, "test connections are closed");
    drop(log);
}

#[wasm_bindgen_test]
fn relay_only_holds_without_usable_relay() {
    let (mut shell, _log) = shell();
    shell.execute(Effect::Peer {
        peer: PEER,
        epoch: Epoch(1),
        order: PeerOrder::Open(NewConnection {
            offers: true,
            ice_servers: vec![server("nonsense")],
            relay_only: true,
        }),
    });
    assert_eq!(probe::ways(), "relay");
}

#[wasm_bindgen_test]
async fn results_after_close_are_not_reported() {
    let (mut shell, log) = shell();
    shell.execute(open(1, true));
    shell.execute(Effect::Peer {
        peer: PEER,
        epoch: Epoch(1),
        order: PeerOrder::SetLocalDescription(None),
    });
    shell.execute(close(1));
    assert_eq!(probe::connections(), 0);
    // A later connection that gets as far as an offer shows that the first had time to report.
    shell.execute(open(2, true));
    shell.execute(Effect::Peer {
        peer: PEER,
        epoch: Epoch(2),
        order: PeerOrder::SetLocalDescription(None),
    });
    let (epoch, _) = log
        .first("an offer", |event| match event {
            Event::Peer {
                epoch,
                event: PeerEvent::LocalDescriptionSet { description, .. },
                ..
            } => Some((*epoch, description.clone())),
            _ => None,
        })
        .await;
    assert_eq!(epoch, Epoch(2));
}

#[wasm_bindgen_test]
fn orders_without_connection_are_ignored() {
    let (mut shell, log) = shell();
    let candidate = IceCandidate {
        candidate: String::new(),
        sdp_mid: None,
        sdp_m_line_index: None,
        username_fragment: None,
    };
    shell.execute(take(SdpType::Answer, ""));
    shell.execute(Effect::Peer {
        peer: PEER,
        epoch: Epoch(1),
        order: PeerOrder::AddIceCandidate(candidate),
    });
    shell.execute(Effect::Peer {
        peer: PEER,
        epoch: Epoch(1),
        order: PeerOrder::RestartIce(vec![]),
    });
    shell.execute(close(1));
    assert_eq!(log.events(), []);
}

#[wasm_bindgen_test]
async fn drop_closes_connections() {
    let (mut shell, log) = shell();
    shell.execute(open(1, true));
    shell.execute(open(2, false));
    assert_eq!(probe::connections(), 2);
    drop(shell);
    until("both to close", || probe::connections() == 0).await;
    assert_eq!(log.events(), []);
}

#[wasm_bindgen_test]
fn streams_stay_the_same_within_epoch() {
    let (mut shell, _) = shell();
    let streams = shell.streams();
    let early = streams.of(PEER, Epoch(1));
    assert!(early.is_some(), "a tile may exist before its connection");
    shell.execute(open(1, true));
    assert_eq!(streams.of(PEER, Epoch(1)), early);
    shell.execute(open(2, true));
    assert_eq!(streams.of(PEER, Epoch(1)), None);
    assert_ne!(streams.of(PEER, Epoch(2)), early);
}
