//! The browser's back and forward buttons in a call.

use call_core::{CallIntent, Effect, Event, PageEvent, PageOrder, PageView, RoomIntent, SocketOrder};
use protocol::ClientMessage;

use crate::page::Page;
use crate::page::{ann, welcome};

/// Ann's page in the room, joining the conference.
fn in_call() -> (Page, Vec<Effect>) {
    let (mut page, _) = Page::open("/room/r", Some(ann()), None);
    page.wish(RoomIntent::EnterPrepared);
    page.says_hello();
    page.hears(welcome());
    let effects = page.wish(CallIntent::JoinConference);
    (page, effects)
}

fn goes_to(page: &mut Page, path: &str) -> Vec<Effect> {
    page.event(Event::Page(PageEvent::PathChanged(path.to_owned())))
}

fn is_inside(page: &Page) -> bool {
    matches!(page.page(), PageView::Room { .. })
}

#[test]
fn back_asks_and_staying_changes_nothing() {
    let (mut page, _) = in_call();
    assert_eq!(
        goes_to(&mut page, "/"),
        [Effect::Page(PageOrder::RevertHistoryStep)]
    );
    assert_eq!(goes_to(&mut page, "/room/r"), [], "the step is undone");
    assert!(is_inside(&page) && page.0.view().call.leave_asked);
    page.wish(RoomIntent::LeaveByHistory(false));
    assert!(is_inside(&page) && !page.0.view().call.leave_asked);
    assert_eq!(
        goes_to(&mut page, "/"),
        [Effect::Page(PageOrder::RevertHistoryStep)],
        "it asks each time"
    );
}

#[test]
fn leaving_goes_back_and_forward_returns() {
    let (mut page, _) = in_call();
    goes_to(&mut page, "/");
    goes_to(&mut page, "/room/r");
    assert_eq!(
        page.wish(RoomIntent::LeaveByHistory(true)),
        [Effect::Page(PageOrder::RevertHistoryStep)]
    );
    assert!(is_inside(&page), "until the browser has gone back");
    let effects = goes_to(&mut page, "/");
    assert!(effects.contains(&Effect::Socket(SocketOrder::Send(ClientMessage::Leave {}))));
    assert!(effects.contains(&Effect::Page(PageOrder::AskBeforeUnload(false))));
    assert!(matches!(page.page(), PageView::Lobby { .. }));
    goes_to(&mut page, "/room/r");
    assert!(matches!(page.page(), PageView::Ready { .. }));
}

#[test]
fn ended_call_withdraws_the_question() {
    let (mut page, _) = in_call();
    goes_to(&mut page, "/");
    goes_to(&mut page, "/room/r");
    page.wish(CallIntent::HangUpAll);
    assert!(!page.0.view().call.leave_asked);
    assert_eq!(page.wish(RoomIntent::LeaveByHistory(true)), []);
    goes_to(&mut page, "/");
    assert!(
        matches!(page.page(), PageView::Lobby { .. }),
        "no question without a call"
    );
}

#[test]
fn beforeunload_asks_only_in_a_call() {
    let (mut page, effects) = in_call();
    assert!(effects.contains(&Effect::Page(PageOrder::AskBeforeUnload(true))));
    let effects = page.wish(CallIntent::HangUpAll);
    assert!(effects.contains(&Effect::Page(PageOrder::AskBeforeUnload(false))));
}

#[test]
fn processor_is_watched_only_in_a_call() {
    let (mut page, effects) = in_call();
    assert!(effects.contains(&Effect::Page(PageOrder::WatchProcessor(true))));
    let effects = goes_to(&mut page, "/");
    assert!(
        !effects.contains(&Effect::Page(PageOrder::WatchProcessor(false))),
        "not left yet"
    );
    page.wish(RoomIntent::LeaveByHistory(true));
    let effects = goes_to(&mut page, "/");
    assert!(effects.contains(&Effect::Page(PageOrder::WatchProcessor(false))));
}

#[test]
fn question_does_not_outlive_the_room() {
    let (mut page, _) = in_call();
    goes_to(&mut page, "/");
    goes_to(&mut page, "/room/r");
    page.wish(RoomIntent::Leave);
    assert_eq!(page.wish(RoomIntent::LeaveByHistory(true)), []);
    page.wish(RoomIntent::Enter("r".to_owned()));
    page.wish(RoomIntent::EnterPrepared);
    page.says_hello_on(2);
    page.hears_on(2, welcome());
    page.wish(CallIntent::JoinConference);
    assert!(is_inside(&page) && !page.0.view().call.leave_asked);
}
