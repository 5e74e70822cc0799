//! What outlives the page, and the address bar.

use call_core::{ChosenDevice, DeviceChoices, Effect, Event, HeldSeat};
use protocol::http::SignedIn;
use protocol::{RoomName, SeatKey, SessionToken, UserName};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Window;

use crate::support::{hands, until};

fn window() -> Window {
    web_sys::window().expect("a window")
}

fn path() -> String {
    window().location().pathname().expect("a path")
}

fn tell(name: &str) {
    window()
        .dispatch_event(&web_sys::Event::new(name).expect("an event"))
        .expect("told");
}

#[wasm_bindgen_test]
fn a_session_and_a_room_are_found_again_until_they_are_forgotten() {
    let session = SignedIn {
        guest_of: None,
        token: Some(SessionToken("token".to_owned())),
        name: UserName::parse("王 小明").expect("a name"),
    };
    let room = RoomName::parse("class-3b").expect("a name");
    let (mut first, _) = hands();
    first.execute(Effect::StoreSession(Some(session.clone())));
    first.execute(Effect::StoreRoom(room.clone()));
    let (mut second, _) = hands();
    assert_eq!(
        (second.beginning().session, second.beginning().room),
        (Some(session), Some(room))
    );
    second.execute(Effect::StoreSession(None));
    assert_eq!(first.beginning().session, None);
}

#[wasm_bindgen_test]
fn what_lies_in_storage_and_is_no_session_is_none() {
    let items = window().local_storage().expect("allowed").expect("there");
    for (key, value) in [("confab.session", "{\"token\":7}"), ("confab.room", "a b/c")] {
        items.set_item(key, value).expect("kept");
    }
    let (hands, _) = hands();
    assert_eq!((hands.beginning().session, hands.beginning().room), (None, None));
    for key in ["confab.session", "confab.room"] {
        items.remove_item(key).expect("forgotten");
    }
}

#[wasm_bindgen_test]
fn what_the_user_chose_of_devices_is_found_again_and_what_cannot_be_read_was_never_chosen() {
    let choices = DeviceChoices {
        camera: Some(ChosenDevice {
            id: "b".to_owned(),
            label: "Kamera \"hinten\"".to_owned(),
            place: 1,
        }),
        microphone_on: false,
        hide_address: true,
        ..DeviceChoices::default()
    };
    let (mut hands, _) = hands();
    hands.execute(Effect::StoreDeviceChoices(choices.clone()));
    assert_eq!(hands.beginning().devices, choices);
    let items = window().local_storage().expect("allowed").expect("there");
    for nonsense in ["", "[]", "{\"camera\":{\"id\":7},\"camera_on\":\"no\"}"] {
        items.set_item("confab.devices", nonsense).expect("kept");
        assert_eq!(hands.beginning().devices, DeviceChoices::default(), "{nonsense}");
    }
    items.remove_item("confab.devices").expect("forgotten");
    assert_eq!(hands.beginning().devices, DeviceChoices::default());
}

#[wasm_bindgen_test]
fn a_seat_lies_in_storage_only_while_no_page_holds_it() {
    let seat = HeldSeat {
        room: RoomName::parse("tea").expect("a name"),
        key: SeatKey("seat".to_owned()),
    };
    let lies = || {
        let items = window().session_storage().expect("allowed").expect("there");
        items.get_item("confab.seat").expect("read")
    };
    let (mut first, _) = hands();
    first.execute(Effect::StoreSeat(Some(seat.clone())));
    assert_eq!(lies(), None, "a duplicate of this tab would get it");
    tell("pagehide");
    assert_eq!(lies().as_deref(), Some("tea seat"));
    tell("pageshow");
    assert_eq!(lies(), None, "the page came back to life");
    tell("pagehide");
    drop(first);

    let (mut second, _) = hands();
    assert_eq!(second.beginning().seat, Some(seat));
    assert_eq!(lies(), None);
    second.execute(Effect::StoreSeat(None));
    tell("pagehide");
    assert_eq!(lies(), None);
}

#[wasm_bindgen_test]
async fn the_address_bar_shows_where_the_app_is_and_tells_of_going_back() {
    let (mut hands, log) = hands();
    let before = path();
    hands.execute(Effect::ShowPath("/room/one".to_owned(), true));
    assert_eq!(path(), "/room/one");
    hands.execute(Effect::ShowPath("/room/two".to_owned(), false));
    assert_eq!(path(), "/room/two");
    window().history().expect("a history").back().expect("a step");
    until("the step back", || path() == before).await;
    log.until(&Event::PathChanged(before)).await;
}

#[wasm_bindgen_test]
fn a_network_that_is_back_is_told_until_the_hands_are_gone() {
    let (hands, log) = hands();
    tell("online");
    drop(hands);
    tell("online");
    assert_eq!(log.events(), [Event::WentOnline]);
}
