//! Calls between two complete pages: cores, shells and connections, with a server in the page.

use call_core::{
    CallIntent, Device, DeviceIntent, DeviceView, Effect, NoticeBody, PageView, PeerOrder, TileState,
};
use confab::platform::{PeerStreams, StreamSource};
use protocol::{Epoch, ParticipantId};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlMediaElement, MediaStream};

use crate::network::Network;
use crate::probe;
use crate::support::{until, until_async};

/// Elements that play what a peer sends, for as long as they are held.
pub struct Player {
    _elements: [Playing; 2],
}

impl Player {
    fn play(streams: &PeerStreams) -> Self {
        Self {
            _elements: [play("video", &streams.picture), play("audio", &streams.sound)],
        }
    }
}

/// One element that plays, for as long as it is held.
pub struct Playing(HtmlMediaElement);

/// Plays a stream in an element of this kind.
pub fn play(kind: &str, stream: &MediaStream) -> Playing {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .expect("a document");
    let element: HtmlMediaElement = document
        .create_element(kind)
        .expect("an element")
        .unchecked_into();
    element.set_src_object(Some(stream));
    // Before the output of the tests, so that it stays in view: elements out of view need not be painted.
    element.set_attribute("width", "64").expect("a width");
    document
        .body()
        .expect("a body")
        .prepend_with_node_1(&element)
        .expect("put in");
    // It rejects if the element is removed before it plays, which does not matter.
    let playing = element.play().expect("it plays");
    spawn_local(async move { drop(playing.await) });
    Playing(element)
}

impl Drop for Playing {
    fn drop(&mut self) {
        self.0.set_src_object(None);
        self.0.remove();
    }
}

/// Two pages in a call, both with camera and microphone, and both played.
pub async fn call(epoch: u64) -> (Network, [Player; 2]) {
    let network = Network::new();
    until("both to be in the room", || {
        network
            .pages
            .iter()
            .all(|page| matches!(page.view().page, PageView::Room { .. }))
    })
    .await;
    for page in &network.pages {
        page.wish(DeviceIntent::StartCamera);
        page.wish(DeviceIntent::UnmuteMicrophone);
    }
    network.open_link(epoch);
    until("both to be connected with devices on", || {
        network.pages.iter().all(|page| {
            let tiles = page.view().call.tiles.clone();
            tiles.len() == 1
                && tiles[0].state == TileState::Connected
                && tiles[0].camera
                && tiles[0].microphone
        })
    })
    .await;
    let players = [0, 1].map(|index| {
        let peer = ParticipantId([2, 1][index]);
        Player::play(
            &network.pages[index]
                .streams()
                .of(peer, Epoch(epoch))
                .expect("a stream"),
        )
    });
    (network, players)
}

/// Waits until more video and audio has arrived at both ends.
pub async fn media_flows() {
    let before = probe::received().await;
    assert_eq!(before.len(), 2);
    until_async("video and audio to arrive at both ends", || async {
        let now = probe::received().await;
        now.iter()
            .zip(&before)
            .all(|(now, then)| now.shown > then.shown + 3.0 && now.energy > then.energy)
    })
    .await;
}

/// Restarts ICE at both ends at the same time.
pub fn restart_both(network: &Network) {
    for (page, peer) in network.pages.iter().zip([2, 1]) {
        page.order(Effect::Peer {
            peer: ParticipantId(peer),
            epoch: Epoch(1),
            order: PeerOrder::RestartIce(vec![]),
        });
    }
}

/// Whether the ICE generations of all descriptions have changed.
pub fn is_renewed(before: &str) -> bool {
    let now = probe::ice_fragments();
    now.split(',')
        .zip(before.split(','))
        .all(|(now, before)| now != before)
}

async fn all_given_back(network: &Network) {
    until("everything to be released", || {
        probe::connections() + probe::cameras() + probe::microphones() == 0
            && network.pages.iter().all(|page| page.view().call.tiles.is_empty())
    })
    .await;
}

#[wasm_bindgen_test]
async fn media_flows_and_hang_up_releases_all() {
    let (network, players) = call(1).await;
    media_flows().await;
    assert!(network.in_order(), "a description is sent before its candidates");
    assert_eq!(network.offers(), 1);
    assert_eq!(probe::transceivers(), "4,4");
    let streams = network.pages[0].streams();
    let PeerStreams { picture, sound, .. } = streams.of(ParticipantId(2), Epoch(1)).expect("streams");
    assert_eq!(
        (
            picture.get_video_tracks().length(),
            picture.get_audio_tracks().length()
        ),
        (1, 0)
    );
    assert_eq!(
        (
            sound.get_video_tracks().length(),
            sound.get_audio_tracks().length()
        ),
        (0, 1)
    );

    network.pages[0].wish(CallIntent::HangUp(ParticipantId(2)));
    assert!(
        network.pages[0].view().call.tiles.is_empty(),
        "at once, without the server"
    );
    assert_eq!(picture.get_tracks().length() + sound.get_tracks().length(), 0);
    network.close_link();
    for page in &network.pages {
        page.wish(DeviceIntent::StopCamera);
        page.wish(DeviceIntent::MuteMicrophone);
    }
    all_given_back(&network).await;
    drop(players);
}

#[wasm_bindgen_test]
async fn ice_restart_works_without_server() {
    let (network, _players) = call(1).await;
    media_flows().await;
    network.fall_silent();
    let before = probe::ice_fragments();
    network.pages[1].order(Effect::Peer {
        peer: ParticipantId(1),
        epoch: Epoch(1),
        order: PeerOrder::RestartIce(vec![]),
    });
    network.pages[0].wish(DeviceIntent::MuteMicrophone);
    until("renegotiation at both ends, and one shown as muted", || {
        is_renewed(&before) && probe::stable() && !network.pages[1].view().call.tiles[0].microphone
    })
    .await;
    network.pages[0].wish(DeviceIntent::UnmuteMicrophone);
    media_flows().await;
}

#[wasm_bindgen_test]
async fn ice_restart_requests_key_frames() {
    let (network, _players) = call(1).await;
    media_flows().await;
    let before = probe::received().await;
    network.pages[0].order(Effect::Peer {
        peer: ParticipantId(2),
        epoch: Epoch(1),
        order: PeerOrder::RestartIce(vec![]),
    });
    until_async("a key frame at both ends", || async {
        let now = probe::received().await;
        let anew = now
            .iter()
            .zip(&before)
            .all(|(now, then)| now.key_frames > then.key_frames);
        anew && now.len() == 2
    })
    .await;
}

#[wasm_bindgen_test]
async fn dropped_offer_after_key_frame_request_keeps_video() {
    let (network, _players) = call(1).await;
    media_flows().await;
    let before = probe::received().await;
    network.pages[1].order(Effect::Peer {
        peer: ParticipantId(1),
        epoch: Epoch(1),
        order: PeerOrder::SendKeyFrames,
    });
    until_async("a key frame", || async {
        let now = probe::received().await;
        now.iter()
            .zip(&before)
            .any(|(now, then)| now.key_frames > then.key_frames)
    })
    .await;
    let fragments = probe::ice_fragments();
    restart_both(&network);
    until("renegotiation at both ends", || {
        is_renewed(&fragments) && probe::stable()
    })
    .await;
    media_flows().await;
}

#[wasm_bindgen_test]
async fn invalid_channel_messages_are_dropped() {
    let (network, _players) = call(1).await;
    media_flows().await;
    probe::babble();
    network.pages[0].wish(DeviceIntent::MuteMicrophone);
    until("one to be shown as muted", || {
        !network.pages[1].view().call.tiles[0].microphone
    })
    .await;
    network.pages[0].wish(DeviceIntent::UnmuteMicrophone);
    media_flows().await;
    assert!(probe::stable());
}

#[wasm_bindgen_test]
async fn crossing_offers_end_stable() {
    let (network, _players) = call(1).await;
    let before = probe::ice_fragments();
    restart_both(&network);
    until("both to offer again and agree", || {
        is_renewed(&before) && network.offers() >= 3 && probe::stable()
    })
    .await;
    media_flows().await;
    assert_eq!(
        probe::transceivers(),
        "4,4",
        "a dropped offer leaves nothing behind"
    );
}

#[wasm_bindgen_test]
async fn camera_toggles_without_renegotiation() {
    let (network, _players) = call(1).await;
    media_flows().await;
    let [ada, bob] = &network.pages;
    ada.wish(DeviceIntent::StopCamera);
    assert_eq!(probe::cameras(), 1);
    until("the peer to know", || !bob.view().call.tiles[0].camera).await;
    ada.wish(DeviceIntent::StartCamera);
    until("the camera to be on again", || {
        ada.view().media.camera == DeviceView::On && bob.view().call.tiles[0].camera
    })
    .await;
    media_flows().await;
    assert_eq!(network.offers(), 1);
}

#[wasm_bindgen_test]
async fn lost_camera_is_reported_to_peer() {
    let (network, _players) = call(1).await;
    probe::refuse(Some("NotFoundError"));
    probe::end("video");
    until("both to know", || {
        network.pages.iter().all(|page| {
            let view = page.view();
            let lost = NoticeBody::DeviceLost(Device::Camera);
            view.media.camera == DeviceView::Off
                && !view.call.tiles[0].camera
                && view.call.tiles[0].microphone
                && view.notices.iter().any(|notice| notice.body == lost)
        })
    })
    .await;
    assert_eq!(probe::cameras(), 0);
}

#[wasm_bindgen_test]
async fn lost_camera_is_replaced_without_renegotiation() {
    let (network, _players) = call(1).await;
    let before = network.offers();
    probe::end("video");
    until("both to replace the camera and show a notice", || {
        network.pages.iter().all(|page| {
            let view = page.view();
            let replaced =
                |notice: &call_core::Notice| matches!(notice.body, NoticeBody::DeviceReplaced { .. });
            view.media.camera == DeviceView::On
                && view.call.tiles[0].camera
                && view.call.tiles[0].microphone
                && view.notices.iter().any(replaced)
        })
    })
    .await;
    assert_eq!((probe::cameras(), network.offers()), (2, before));
    media_flows().await;
}

#[wasm_bindgen_test]
async fn new_epoch_replaces_connection() {
    let (network, players) = call(1).await;
    drop(players);
    network.open_link(2);
    until("both to reconnect", || {
        probe::connections() == 2
            && probe::stable()
            && network.pages.iter().all(|page| {
                let tiles = page.view().call.tiles.clone();
                tiles.len() == 1 && tiles[0].epoch == Epoch(2) && tiles[0].state == TileState::Connected
            })
    })
    .await;
    let _players = [(0, 2), (1, 1)].map(|(index, peer)| {
        Player::play(
            &network.pages[index]
                .streams()
                .of(ParticipantId(peer), Epoch(2))
                .expect("a stream"),
        )
    });
    media_flows().await;
}

#[wasm_bindgen_test]
async fn dropped_page_releases_everything() {
    let (network, _players) = call(1).await;
    drop(network);
    until("everything to be released", || {
        probe::connections() + probe::cameras() + probe::microphones() == 0
    })
    .await;
}
