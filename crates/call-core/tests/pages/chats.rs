//! Parts of a chat that outlive its page.

use call_core::{
    ChatIntent, ChatOwner, DoorIntent, Effect, Event, KeptChat, RoomIntent, SocketOrder, StoreOrder,
};

use crate::page::Page;
use crate::page::{ann, welcome};

/// Ann's page in the room.
fn inside() -> (Page, Vec<Effect>) {
    let (mut page, _) = Page::open("/room/r", Some(ann()), None);
    page.wish(RoomIntent::EnterPrepared);
    page.says_hello();
    let effects = page.hears(welcome());
    (page, effects)
}

fn recalls(effects: &[Effect]) -> Option<ChatOwner> {
    effects.iter().find_map(|effect| match effect {
        Effect::Store(StoreOrder::RecallChat(owner)) => Some(owner.clone()),
        _ => None,
    })
}

fn keeps(effects: &[Effect]) -> Option<(ChatOwner, KeptChat)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Store(StoreOrder::KeepChat(owner, kept)) => Some((owner.clone(), kept.clone())),
        _ => None,
    })
}

#[test]
fn unsent_chat_is_back_after_leaving() {
    let (mut page, effects) = inside();
    let owner = recalls(&effects).expect("a request on entering");
    assert_eq!((owner.user.as_str(), owner.room.as_str()), ("Ann", "r"));
    let (kept_by, _) = keeps(&page.wish(ChatIntent::Send("one".to_owned()))).expect("kept");
    assert_eq!(kept_by, owner);
    let (_, kept) = keeps(&page.wish(ChatIntent::Draft("tw".to_owned()))).expect("kept");
    let left = page.wish(RoomIntent::Leave);
    assert_eq!(keeps(&left), None, "what is stored stays");

    let (mut page, _) = inside();
    let effects = page.event(Event::ChatRecalled(owner.clone(), kept.clone()));
    let sent = effects.iter().find_map(|effect| match effect {
        Effect::Socket(SocketOrder::Send(protocol::ClientMessage::SendChat { nonce, .. })) => {
            Some(nonce.clone())
        }
        _ => None,
    });
    assert_eq!(sent.as_ref(), Some(&kept.unsent[0].nonce));
    assert_eq!(page.0.view().chat.draft, "tw");
}

#[test]
fn kept_chat_of_another_room_is_stale() {
    let (mut page, effects) = inside();
    let mut owner = recalls(&effects).expect("a request");
    owner.room = protocol::RoomName::parse("other").expect("a name");
    let kept = KeptChat {
        draft: "tw".to_owned(),
        unsent: vec![],
    };
    page.event(Event::ChatRecalled(owner, kept));
    assert_eq!(page.0.view().chat.draft, "");
}

#[test]
fn only_sign_out_forgets_kept_chat() {
    let forgets = |effects: &[Effect]| effects.contains(&Effect::Store(StoreOrder::ForgetChats(ann().name)));
    let (mut page, _) = inside();
    assert!(forgets(&page.wish(DoorIntent::SignOut)));
    let (mut page, _) = inside();
    assert!(!forgets(&page.is_told(protocol::ErrorCode::SessionEnded)));
}
