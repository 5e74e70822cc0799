//! State that outlives the page, and the address bar.

use call_core::{
    ChatOwner, ChosenDevice, DeviceChoices, Effect, Event, HeldSeat, KeptChat, PageEvent, PageOrder,
    StoreOrder, UnsentMessage,
};
use protocol::http::SignedIn;
use protocol::{Nonce, RoomName, SeatKey, SessionToken, UnixMillis, UserName};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Window;

use crate::support::{shell, until};

fn window() -> Window {
    web_sys::window().expect("a window")
}

fn path() -> String {
    window().location().pathname().expect("a path")
}

fn tell(name: &str) {
    window()
        .dispatch_event(&web_sys::Event::new(name).expect("an event"))
        .expect("dispatched");
}

#[wasm_bindgen_test]
fn session_and_room_are_kept() {
    let session = SignedIn {
        guest_of: None,
        token: Some(SessionToken("token".to_owned())),
        name: UserName::parse("王 小明").expect("a name"),
    };
    let room = RoomName::parse("class-3b").expect("a name");
    let (mut first, _) = shell();
    first.execute(Effect::Store(StoreOrder::Session(session.clone())));
    first.execute(Effect::Store(StoreOrder::Room(room.clone())));
    let (mut second, _) = shell();
    assert_eq!(
        (second.startup().session, second.startup().room),
        (Some(session.clone()), Some(room))
    );
    // Another tab has signed in with another account since: that session is kept.
    let another = UserName::parse("Bea").expect("a name");
    second.execute(Effect::Store(StoreOrder::ForgetSession(another)));
    assert_eq!(first.startup().session, Some(session.clone()));
    second.execute(Effect::Store(StoreOrder::ForgetSession(session.name)));
    assert_eq!(first.startup().session, None);
}

#[wasm_bindgen_test]
fn invalid_entries_are_ignored() {
    let items = window().local_storage().expect("allowed").expect("there");
    for (key, value) in [("confab.session", "{\"token\":7}"), ("confab.room", "a b/c")] {
        items.set_item(key, value).expect("kept");
    }
    let (shell, _) = shell();
    assert_eq!((shell.startup().session, shell.startup().room), (None, None));
    for key in ["confab.session", "confab.room"] {
        items.remove_item(key).expect("forgotten");
    }
}

#[wasm_bindgen_test]
fn device_choices_are_kept() {
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
    let (mut shell, _) = shell();
    shell.execute(Effect::Store(StoreOrder::DeviceChoices(choices.clone())));
    assert_eq!(shell.startup().devices, choices);
    let items = window().local_storage().expect("allowed").expect("there");
    for nonsense in ["", "[]", "{\"camera\":{\"id\":7},\"camera_on\":\"no\"}"] {
        items.set_item("confab.devices", nonsense).expect("kept");
        assert_eq!(shell.startup().devices, DeviceChoices::default(), "{nonsense}");
    }
    items.remove_item("confab.devices").expect("forgotten");
    assert_eq!(shell.startup().devices, DeviceChoices::default());
}

#[wasm_bindgen_test]
fn seat_is_stored_only_without_page() {
    let seat = HeldSeat {
        room: RoomName::parse("tea").expect("a name"),
        key: SeatKey("seat".to_owned()),
    };
    let lies = || {
        let items = window().session_storage().expect("allowed").expect("there");
        items.get_item("confab.seat").expect("read")
    };
    let (mut first, _) = shell();
    first.execute(Effect::Store(StoreOrder::Seat(Some(seat.clone()))));
    assert_eq!(lies(), None, "a duplicate of this tab would get it");
    tell("pagehide");
    assert_eq!(lies().as_deref(), Some("tea seat"));
    tell("pageshow");
    assert_eq!(lies(), None, "the page was restored");
    tell("pagehide");
    drop(first);

    let (mut second, _) = shell();
    assert_eq!(second.startup().seat, Some(seat));
    assert_eq!(lies(), None);
    second.execute(Effect::Store(StoreOrder::Seat(None)));
    tell("pagehide");
    assert_eq!(lies(), None);
}

#[wasm_bindgen_test]
async fn address_bar_follows_app_and_user() {
    let (mut shell, log) = shell();
    let before = path();
    shell.execute(Effect::Page(PageOrder::ShowPath("/room/one".to_owned(), true)));
    assert_eq!(path(), "/room/one");
    shell.execute(Effect::Page(PageOrder::ShowPath("/room/two".to_owned(), false)));
    assert_eq!(path(), "/room/two");
    window().history().expect("a history").back().expect("a step");
    until("the step back", || path() == before).await;
    log.until(&Event::Page(PageEvent::PathChanged(before))).await;
}

#[wasm_bindgen_test]
async fn history_step_is_undone_and_redone() {
    let (mut shell, log) = shell();
    let before = path();
    shell.execute(Effect::Page(PageOrder::ShowPath("/room/one".to_owned(), true)));
    window().history().expect("a history").back().expect("a step");
    log.until(&Event::Page(PageEvent::PathChanged(before.clone())))
        .await;
    shell.execute(Effect::Page(PageOrder::RevertHistoryStep));
    log.until(&Event::Page(PageEvent::PathChanged("/room/one".to_owned())))
        .await;
    assert_eq!(path(), "/room/one");
    shell.execute(Effect::Page(PageOrder::RevertHistoryStep));
    until("the step to be repeated", || path() == before).await;
}

#[wasm_bindgen_test]
fn beforeunload_asks_only_when_wanted() {
    let (mut shell, _) = shell();
    let asks = || {
        let init = web_sys::EventInit::new();
        init.set_cancelable(true);
        let event = web_sys::Event::new_with_event_init_dict("beforeunload", &init).expect("an event");
        !window().dispatch_event(&event).expect("dispatched")
    };
    assert!(!asks());
    shell.execute(Effect::Page(PageOrder::AskBeforeUnload(true)));
    assert!(asks());
    shell.execute(Effect::Page(PageOrder::AskBeforeUnload(false)));
    assert!(!asks());
    shell.execute(Effect::Page(PageOrder::AskBeforeUnload(true)));
    drop(shell);
    assert!(!asks());
}

#[wasm_bindgen_test]
fn closing_and_focus_are_reported() {
    let (_hands, log) = shell();
    tell("pagehide");
    tell("blur");
    tell("focus");
    let count = |wanted: fn(&Event) -> bool| log.events().iter().filter(|event| wanted(event)).count();
    assert_eq!(count(|event| *event == Event::Page(PageEvent::Closing)), 1);
    // The state itself comes from the browser.
    assert_eq!(
        count(|event| matches!(event, Event::Page(PageEvent::Focused(_)))),
        2
    );
}

#[wasm_bindgen_test]
fn online_is_reported_until_drop() {
    let (shell, log) = shell();
    tell("online");
    drop(shell);
    tell("online");
    assert_eq!(log.events(), [Event::Page(PageEvent::WentOnline)]);
}

fn owner(user: &str, room: &str) -> ChatOwner {
    ChatOwner {
        user: UserName::parse(user).expect("a name"),
        room: RoomName::parse(room).expect("a name"),
    }
}

/// The chat that a page finds in storage.
fn recalled(owner: &ChatOwner) -> Option<KeptChat> {
    let (mut shell, log) = shell();
    shell.execute(Effect::Store(StoreOrder::RecallChat(owner.clone())));
    log.events().into_iter().find_map(|event| match event {
        Event::ChatRecalled(of, kept) if of == *owner => Some(kept),
        _ => None,
    })
}

#[wasm_bindgen_test]
fn unsent_chat_is_kept_by_user_and_room() {
    let (mut page, _) = shell();
    let kept = KeptChat {
        draft: "half wr".to_owned(),
        unsent: vec![UnsentMessage {
            nonce: Nonce("n".to_owned()),
            text: "你好\n\"".to_owned(),
            at: UnixMillis(1_790_000_000_000),
        }],
    };
    let (ann, bea) = (owner("Ann", "tea"), owner("Bea", "tea"));
    for of in [&ann, &bea] {
        page.execute(Effect::Store(StoreOrder::KeepChat(of.clone(), kept.clone())));
    }
    assert_eq!(recalled(&ann), Some(kept.clone()));
    assert_eq!(recalled(&owner("Ann", "other")), None);
    page.execute(Effect::Store(StoreOrder::ForgetChats(ann.user.clone())));
    assert_eq!((recalled(&ann), recalled(&bea)), (None, Some(kept)));
    page.execute(Effect::Store(StoreOrder::KeepChat(
        bea.clone(),
        KeptChat::default(),
    )));
    assert_eq!(recalled(&bea), None);
    let items = window().local_storage().expect("allowed").expect("there");
    assert_eq!(
        items.get_item("confab.chat.Bea/tea").expect("read"),
        None,
        "nothing is left behind"
    );
}

#[wasm_bindgen_test]
async fn unsent_chat_of_twenty_rooms_is_kept() {
    let (mut page, _) = shell();
    let kept = KeptChat {
        draft: "half wr".to_owned(),
        unsent: vec![],
    };
    for room in 0..22 {
        page.execute(Effect::Store(StoreOrder::KeepChat(
            owner("Ann", &format!("r{room}")),
            kept.clone(),
        )));
        // A later millisecond, so that the order is known.
        crate::support::turn().await;
    }
    let found: Vec<_> = (0..22)
        .filter(|room| recalled(&owner("Ann", &format!("r{room}"))).is_some())
        .collect();
    assert_eq!(found, (2..22).collect::<Vec<_>>());
    page.execute(Effect::Store(StoreOrder::ForgetChats(owner("Ann", "r").user)));
}

#[wasm_bindgen_test]
fn paths_are_under_base_path() {
    let document = window().document().expect("a page");
    let base = document.create_element("base").expect("an element");
    base.set_attribute("href", "/meet/").expect("set");
    let before = path();
    document
        .head()
        .expect("a head")
        .prepend_with_node_1(&base)
        .expect("put in");
    let (mut shell, _) = shell();
    shell.execute(Effect::Page(PageOrder::ShowPath("/room/one".to_owned(), false)));
    let (shown, startup) = (path(), shell.startup().path);
    base.remove();
    shell.execute(Effect::Page(PageOrder::ShowPath(before, false)));
    assert_eq!((&*shown, &*startup), ("/meet/room/one", "/room/one"));
}
