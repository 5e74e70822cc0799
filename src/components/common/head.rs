//! What stands outside the app's element: the language of the document, its colours, and its title.

use call_core::PageView;
use leptos::prelude::*;

use crate::text::{Text, fill};
use crate::views::{ThemeChoice, use_chat, use_invitations, use_page};

/// Keeps the document's language, colours and title as they should be: in the title, who rings comes first, then
/// what is unread.
pub fn follow_head(text: Text, theme: ThemeChoice) {
    let (page, chat, invitations) = (use_page(), use_chat(), use_invitations());
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            // Setting an attribute by a valid name does not fail.
            let _ = root.set_attribute("lang", text.language().tag());
        }
    });
    Effect::new(move |_| theme.get().apply());
    let room = Memo::new(move |_| {
        page.with(|page| match page {
            PageView::Room { room, .. } => format!("{room} · "),
            _ => String::new(),
        })
    });
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
            None if unread.get() > 0 => format!("({}) {}Confab", unread.get(), room.get()),
            None => format!("{}Confab", room.get()),
        };
        document().set_title(&title);
    });
}
