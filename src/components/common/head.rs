//! The document outside the app's element: language, theme and title.

use call_core::{Lab, PageView};
use leptos::prelude::*;

use crate::text::{EarlyText, Texts, fill, use_text};
use crate::views::{ThemeChoice, use_chat, use_invitations, use_page};

/// Keeps the document's language and theme up to date.
pub fn follow_head(text: EarlyText, theme: ThemeChoice) {
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            // Setting an attribute with a valid name cannot fail.
            let _ = root.set_attribute("lang", text.language().tag());
        }
    });
    Effect::new(move |_| theme.get().apply());
}

/// Keeps the document's title up to date. A caller comes first, then the number of unread messages.
pub fn follow_title() {
    let text = use_text();
    let (page, chat, invitations) = (use_page(), use_chat(), use_invitations());
    let page_title = Memo::new(move |_| page.with(|page| title(text.now(), page)));
    let unread = Memo::new(move |_| chat.with(|chat| chat.unread));
    let caller = Memo::new(move |_| {
        invitations.with(|invitations| invitations.incoming.first().map(|first| first.name.clone()))
    });
    Effect::new(move |_| {
        let title = match caller.get() {
            Some(name) => format!(
                "🔔 {}",
                fill(text.now().invitation_title_one, &[("name", name.as_str())])
            ),
            None if unread.get() > 0 => format!("({}) {}", unread.get(), page_title.get()),
            None => page_title.get(),
        };
        document().set_title(&title);
    });
}

/// The page's title.
fn title(t: &Texts, page: &PageView) -> String {
    let (words, room) = match page {
        PageView::Starting => return "Confab".to_owned(),
        PageView::SignIn { .. } => (t.sign_in, None),
        PageView::Lobby { .. } => (t.lobby_title, None),
        PageView::Ready { room, .. } => (t.ready_title, Some(room)),
        PageView::Entering { room, .. } => (t.entering, Some(room)),
        PageView::SeatOccupied { room } => (t.occupied_title, Some(room)),
        PageView::SeatTakenOver { room: _ } => (t.taken_title, None),
        PageView::AnotherUser { name, .. } => {
            let title = fill(t.another_user_title, &[("name", name.as_str())]);
            return format!("{title} · Confab");
        }
        PageView::Refused { room, .. } => (t.refused_title, Some(room)),
        PageView::Waiting { room } => (t.waiting_title, Some(room)),
        PageView::Nowhere => (t.nowhere_title, None),
        PageView::Lab(Lab::Connection) => (t.lab_connection, None),
        PageView::Lab(Lab::SetUp) => (t.lab_set_up, None),
        PageView::Room { room, .. } => return format!("{room} · Confab"),
    };
    let room = room.map(ToString::to_string).unwrap_or_default();
    format!("{} · Confab", fill(words, &[("room", &room)]))
}
