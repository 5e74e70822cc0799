//! Shared screens: requested with constraints, always released, and sent beside the camera without
//! renegotiation.

use call_core::{
    DeviceIntent, Effect, Encoding, Event, NewConnection, PeerOrder, RequestId, ScreenError, ScreenEvent,
    ScreenIntent, ScreenOrder, ScreenView, TileKey, Video,
};
use confab::platform::{PeerStreams, StreamSource};
use protocol::{Epoch, ParticipantId};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::calls::{call, is_renewed, media_flows, play, restart_both};
use crate::network::Network;
use crate::probe;
use crate::support::{shell, until, until_async};

const ASKED: RequestId = RequestId(1);

fn open(request: RequestId) -> Effect {
    Effect::Screen(ScreenOrder::Open(request))
}

/// The fake screen has audio.
fn opened(request: RequestId) -> Event {
    Event::Screen {
        request,
        event: ScreenEvent::Opened { sound: true },
    }
}

#[wasm_bindgen_test]
async fn request_has_constraints_and_close_releases() {
    let (mut shell, log) = shell();
    shell.execute(open(ASKED));
    log.until(&opened(ASKED)).await;
    assert_eq!(
        (probe::screens(), probe::hints().as_str()),
        (2, "audio:music,video:detail")
    );
    let own = shell.streams().own_screen().expect("a stream");
    assert_eq!(
        (own.get_video_tracks().length(), own.get_audio_tracks().length()),
        (1, 0),
        "its audio is not played to the user who shares it"
    );

    let asked = probe::asked();
    assert_eq!(asked["video"]["width"]["max"], 1920);
    assert_eq!(asked["video"]["frameRate"]["max"], 30);
    assert_eq!(
        asked["video"]["displaySurface"],
        serde_json::Value::Null,
        "the user chooses"
    );
    assert_eq!(asked["audio"]["echoCancellation"], false);
    assert_eq!(asked["audio"]["noiseSuppression"], false);
    assert_eq!(asked["selfBrowserSurface"], "exclude");

    shell.execute(Effect::Screen(ScreenOrder::Close));
    assert_eq!((probe::screens(), own.get_tracks().length()), (0, 0));
    let ended = |event: &Event| {
        matches!(
            event,
            Event::Screen {
                event: ScreenEvent::Ended,
                ..
            }
        )
    };
    assert!(!log.events().iter().any(ended), "it was closed");
}

#[wasm_bindgen_test]
async fn screen_arriving_after_close_is_released() {
    let (mut shell, log) = shell();
    shell.execute(open(ASKED));
    shell.execute(Effect::Screen(ScreenOrder::Close));
    log.until(&opened(ASKED)).await;
    let given = probe::shared();
    assert_eq!((given, probe::screens()), (2, 0));

    shell.execute(open(RequestId(2)));
    drop(shell);
    until("the screen to arrive and be released", || {
        probe::shared() > given && probe::screens() == 0
    })
    .await;
}

#[wasm_bindgen_test]
async fn ended_screen_is_reported_once() {
    let (mut shell, log) = shell();
    probe::paint_screen();
    shell.execute(open(ASKED));
    log.until(&opened(ASKED)).await;
    probe::end_screen();
    let ends = log
        .events()
        .iter()
        .filter(|event| {
            **event
                == Event::Screen {
                    request: ASKED,
                    event: ScreenEvent::Ended,
                }
        })
        .count();
    assert_eq!((ends, probe::screens()), (1, 0));
}

#[wasm_bindgen_test]
async fn screen_errors_are_mapped() {
    let (mut shell, log) = shell();
    let refusals = [
        ("NotAllowedError", "Permission denied", ScreenError::Cancelled),
        (
            "NotAllowedError",
            "Permission denied by system",
            ScreenError::Blocked,
        ),
        (
            "NotReadableError",
            "Could not start video source",
            ScreenError::NotReadable,
        ),
        ("NotFoundError", "", ScreenError::Other),
    ];
    for (request, (name, words, error)) in (1..).map(RequestId).zip(refusals) {
        probe::refuse_with(name, words);
        shell.execute(open(request));
        log.until(&Event::Screen {
            request,
            event: ScreenEvent::Failed(error),
        })
        .await;
    }
    probe::refuse(None);
    assert_eq!(probe::screens(), 0);
}

#[wasm_bindgen_test]
async fn screen_is_sent_without_renegotiation() {
    let (network, _players) = call(1).await;
    media_flows().await;
    probe::paint_screen();
    let negotiations = probe::negotiations();
    let [ada, bob] = &network.pages;
    let PeerStreams { picture, screen, .. } = bob.streams().of(ParticipantId(1), Epoch(1)).expect("streams");

    ada.wish(ScreenIntent::Share);
    until("the peer to know", || bob.view().call.tiles[0].screen).await;
    assert_eq!(ada.view().media.screen, ScreenView::On { sound: true });
    assert!(ada.view().stage.tiles.contains(&TileKey::OwnScreen));
    assert_eq!(bob.view().stage.main, Some(TileKey::Screen(ParticipantId(1))));
    until_async("the video of the whole screen", || async {
        let seen = probe::picture(&screen).await;
        seen.is_painted() && seen.size.0 * 9 == seen.size.1 * 16
    })
    .await;
    assert!(
        !probe::picture(&picture).await.is_painted(),
        "the camera continues beside it"
    );
    media_flows().await;

    ada.wish(ScreenIntent::Stop);
    assert_eq!(probe::screens(), 0);
    until("the peer to know", || !bob.view().call.tiles[0].screen).await;
    media_flows().await;
    assert_eq!((network.offers(), probe::negotiations()), (1, negotiations));
}

/// Shares a painted screen at both ends, and waits until each knows of the other's.
async fn both_share(network: &Network) {
    probe::paint_screen();
    for page in &network.pages {
        page.wish(ScreenIntent::Share);
    }
    until("both to know", || {
        network.pages.iter().all(|page| page.view().call.tiles[0].screen)
    })
    .await;
}

#[wasm_bindgen_test]
async fn both_can_share_at_once() {
    let (network, _players) = call(1).await;
    both_share(&network).await;
    for (page, peer) in network.pages.iter().zip([2, 1]) {
        let streams = page.streams().of(ParticipantId(peer), Epoch(1)).expect("streams");
        until_async("the peer's screen", || async {
            probe::picture(&streams.screen).await.is_painted()
        })
        .await;
    }
    assert_eq!(network.offers(), 1);
    network.close_link();
    until("the screens to be released", || probe::screens() == 0).await;
}

#[wasm_bindgen_test]
async fn screen_audio_is_separate_from_microphone() {
    let (network, _players) = call(1).await;
    media_flows().await;
    probe::paint_screen();
    let [ada, bob] = &network.pages;
    // The connection that opened first is Ada's, so Bob shares, and mutes himself.
    bob.wish(ScreenIntent::Share);
    bob.wish(DeviceIntent::MuteMicrophone);
    until("the peer to know", || {
        let tile = &ada.view().call.tiles[0];
        tile.screen && !tile.microphone
    })
    .await;
    let PeerStreams {
        sound, screen_sound, ..
    } = ada.streams().of(ParticipantId(2), Epoch(1)).expect("streams");
    assert_eq!(
        (
            sound.get_audio_tracks().length(),
            screen_sound.get_audio_tracks().length()
        ),
        (1, 1)
    );
    let _player = play("audio", &screen_sound);
    until_async("audio of the screen, and silence of the microphone", || async {
        let before = probe::heard_by().await;
        for _ in 0..10 {
            crate::support::turn().await;
        }
        let now = probe::heard_by().await;
        let gained = |at: usize| {
            now.get(at)
                .zip(before.get(at))
                .map_or(0.0, |(now, before)| now - before)
        };
        // Silence has some energy too, a millionth of it.
        gained(1) > 0.001 && gained(1) > 1_000.0 * gained(0)
    })
    .await;
}

#[wasm_bindgen_test]
async fn crossing_restarts_keep_screens_playing() {
    let (network, _players) = call(1).await;
    media_flows().await;
    both_share(&network).await;
    let streams: Vec<PeerStreams> = network
        .pages
        .iter()
        .zip([2, 1])
        .map(|(page, peer)| page.streams().of(ParticipantId(peer), Epoch(1)).expect("streams"))
        .collect();
    let played = |of: &PeerStreams| [play("video", &of.screen), play("audio", &of.screen_sound)];
    let _players: Vec<_> = streams.iter().map(played).collect();
    for round in 0..3 {
        let before = probe::ice_fragments();
        restart_both(&network);
        until("renegotiation at both ends", || {
            is_renewed(&before) && probe::stable()
        })
        .await;
        media_flows().await;
        for (of, at) in streams.iter().zip(["the impolite end", "the polite end"]) {
            let shown = probe::shown_of(&of.screen);
            until_async(
                &format!("video and audio of the screen at {at}, round {round}"),
                || async {
                    probe::shown_of(&of.screen) > shown + 3 && probe::loudness(&of.screen_sound).await > 0.1
                },
            )
            .await;
        }
    }
}

#[wasm_bindgen_test]
async fn new_epoch_sends_shared_screen() {
    let (network, players) = call(1).await;
    probe::paint_screen();
    network.pages[0].wish(ScreenIntent::Share);
    until("the peer to know", || {
        network.pages[1].view().call.tiles[0].screen
    })
    .await;
    drop(players);
    network.open_link(2);
    let streams = network.pages[1].streams();
    until_async("the screen on the new connection", || async {
        let screen = streams.of(ParticipantId(1), Epoch(2)).expect("streams").screen;
        screen.get_tracks().length() > 0
            && probe::connections() == 2
            && probe::stable()
            && probe::picture(&screen).await.is_painted()
    })
    .await;
}

#[wasm_bindgen_test]
async fn last_of_changes_that_overlap_holds() {
    let (mut shell, log) = shell();
    shell.execute(open(ASKED));
    log.until(&opened(ASKED)).await;
    let mut order = |order| {
        shell.execute(Effect::Peer {
            peer: ParticipantId(2),
            epoch: Epoch(1),
            order,
        });
    };
    order(PeerOrder::Open(NewConnection {
        offers: true,
        ice_servers: vec![],
        relay_only: false,
    }));
    order(PeerOrder::SetLocalDescription(None));
    until("the limit of a screen", || {
        probe::encodings() == "true:2500000:maintain-resolution"
    })
    .await;
    let whole = Some(Encoding::full(Video::Screen));
    for round in 0..10 {
        let (orders, active) = if round % 2 == 0 {
            ([whole, None], "false")
        } else {
            ([None, whole], "true")
        };
        for encoding in orders {
            order(PeerOrder::LimitVideo(Video::Screen, encoding));
        }
        order(PeerOrder::SendKeyFrames);
        until(&format!("{active} in round {round}"), || {
            probe::encodings().starts_with(active)
        })
        .await;
    }
}

#[wasm_bindgen_test]
async fn screen_encoder_has_bitrate_limit() {
    let (network, _players) = call(1).await;
    media_flows().await;
    let bounded = || probe::encodings().matches("2500000:maintain-resolution").count();
    network.pages[0].wish(ScreenIntent::Share);
    until("the limit where a screen is shared", || bounded() == 1).await;
    network.pages[1].wish(ScreenIntent::Share);
    until("both limits", || bounded() == 2).await;
    // A new connection is made while both share.
    network.open_link(2);
    until("both limits on the new connection", || {
        probe::connections() == 2 && probe::stable() && bounded() == 2
    })
    .await;
}
