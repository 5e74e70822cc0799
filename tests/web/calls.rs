//! Calls between two real loops: cores, hands and connections, with a server in the page.

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

/// Elements that play what a peer sends, for as long as the test runs.
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

/// Plays a stream in an element of a kind.
pub fn play(kind: &str, stream: &MediaStream) -> Playing {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .expect("a document");
    let element: HtmlMediaElement = document
        .create_element(kind)
        .expect("an element")
        .unchecked_into();
    element.set_src_object(Some(stream));
    // Before all the words of the tests, and small: what is out of sight need not be painted.
    element.set_attribute("width", "64").expect("a width");
    document
        .body()
        .expect("a body")
        .prepend_with_node_1(&element)
        .expect("put in");
    // Ends with an error when the element goes before it plays, and that is no matter.
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

/// Two pages whose users talk, both with camera and microphone, and both played.
pub async fn call(epoch: u64) -> (Network, [Player; 2]) {
    let network = Network::new();
    until("both are in the room", || {
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
    until("both are connected, and say that their devices are on", || {
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

/// Waits until more pictures, and more sound, have arrived on both ends than there were.
pub async fn media_flows() {
    let before = probe::received().await;
    assert_eq!(before.len(), 2);
    until_async("pictures and sound arrive on both ends", || async {
        let now = probe::received().await;
        now.iter()
            .zip(&before)
            .all(|(now, then)| now.shown > then.shown + 3.0 && now.energy > then.energy)
    })
    .await;
}

/// Both ends restart ICE in the same moment.
pub fn restart_both(network: &Network) {
    for (page, peer) in network.pages.iter().zip([2, 1]) {
        page.order(Effect::Peer {
            peer: ParticipantId(peer),
            epoch: Epoch(1),
            order: PeerOrder::RestartIce(vec![]),
        });
    }
}

/// Whether all descriptions are of other ICE generations than they were.
pub fn is_renewed(before: &str) -> bool {
    let now = probe::ice_fragments();
    now.split(',')
        .zip(before.split(','))
        .all(|(now, before)| now != before)
}

async fn all_given_back(network: &Network) {
    until("nothing is open any more", || {
        probe::connections() + probe::cameras() + probe::microphones() == 0
            && network.pages.iter().all(|page| page.view().call.tiles.is_empty())
    })
    .await;
}

#[wasm_bindgen_test]
async fn two_pages_see_and_hear_each_other_and_one_hanging_up_frees_both() {
    let (network, players) = call(1).await;
    media_flows().await;
    assert!(network.in_order(), "a description goes before its candidates");
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
async fn peers_whose_server_passes_nothing_on_restart_ice_and_tell_each_other_past_it() {
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
    until("both agreed anew, and one is seen to be muted", || {
        is_renewed(&before) && probe::stable() && !network.pages[1].view().call.tiles[0].microphone
    })
    .await;
    network.pages[0].wish(DeviceIntent::UnmuteMicrophone);
    media_flows().await;
}

#[wasm_bindgen_test]
async fn pictures_begin_anew_at_both_ends_when_a_way_was_found_again() {
    let (network, _players) = call(1).await;
    media_flows().await;
    let before = probe::received().await;
    network.pages[0].order(Effect::Peer {
        peer: ParticipantId(2),
        epoch: Epoch(1),
        order: PeerOrder::RestartIce(vec![]),
    });
    until_async(
        "a picture that stands for itself arrives at both ends",
        || async {
            let now = probe::received().await;
            let anew = now
                .iter()
                .zip(&before)
                .all(|(now, then)| now.key_frames > then.key_frames);
            anew && now.len() == 2
        },
    )
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
        order: PeerOrder::RefreshPictures,
    });
    until_async("the picture began anew", || async {
        let now = probe::received().await;
        now.iter()
            .zip(&before)
            .any(|(now, then)| now.key_frames > then.key_frames)
    })
    .await;
    let fragments = probe::ice_fragments();
    restart_both(&network);
    until("both agreed anew", || is_renewed(&fragments) && probe::stable()).await;
    media_flows().await;
}

#[wasm_bindgen_test]
async fn what_is_no_signal_on_a_channel_is_dropped_and_the_call_goes_on() {
    let (network, _players) = call(1).await;
    media_flows().await;
    probe::babble();
    network.pages[0].wish(DeviceIntent::MuteMicrophone);
    until("one is seen to be muted", || {
        !network.pages[1].view().call.tiles[0].microphone
    })
    .await;
    network.pages[0].wish(DeviceIntent::UnmuteMicrophone);
    media_flows().await;
    assert!(probe::stable());
}

#[wasm_bindgen_test]
async fn offers_that_cross_end_stable_and_connected() {
    let (network, _players) = call(1).await;
    let before = probe::ice_fragments();
    restart_both(&network);
    until("both offered anew, and agreed", || {
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
async fn a_camera_goes_off_and_on_again_without_a_new_negotiation() {
    let (network, _players) = call(1).await;
    media_flows().await;
    let [ada, bob] = &network.pages;
    ada.wish(DeviceIntent::StopCamera);
    assert_eq!(probe::cameras(), 1);
    until("the other end knows", || !bob.view().call.tiles[0].camera).await;
    ada.wish(DeviceIntent::StartCamera);
    until("it is on again", || {
        ada.view().media.camera == DeviceView::On && bob.view().call.tiles[0].camera
    })
    .await;
    media_flows().await;
    assert_eq!(network.offers(), 1);
}

#[wasm_bindgen_test]
async fn a_camera_that_is_lost_without_another_is_told_to_the_other_end() {
    let (network, _players) = call(1).await;
    probe::refuse(Some("NotFoundError"));
    probe::end("video");
    until("both know", || {
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
async fn another_camera_takes_the_place_of_one_that_is_lost_without_a_new_negotiation() {
    let (network, _players) = call(1).await;
    let before = network.offers();
    probe::end("video");
    until("both go on with another and say so", || {
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
async fn a_new_epoch_replaces_the_connection_and_leaves_none_behind() {
    let (network, players) = call(1).await;
    drop(players);
    network.open_link(2);
    until("both are connected anew", || {
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
async fn a_page_that_is_gone_gives_everything_back() {
    let (network, _players) = call(1).await;
    drop(network);
    until("nothing is open any more", || {
        probe::connections() + probe::cameras() + probe::microphones() == 0
    })
    .await;
}
