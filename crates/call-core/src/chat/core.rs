//! The core's handling of the chat.

use crate::turn::Turn;
use crate::{ChatIntent, ChatOwner, Core, KeptChat, Moment, StoreOrder};

impl Core {
    /// Handles a chat intent. Resulting messages are sent later, by [`Chat::due`](crate::chat::Chat::due).
    pub(crate) fn chat_intent(&mut self, moment: Moment, intent: ChatIntent) {
        if let ChatIntent::Show(in_view) = intent {
            self.chat_in_view = in_view;
        }
        let Some(room) = &mut self.room else { return };
        match intent {
            ChatIntent::Send(text) => room.chat.write(&text, moment),
            ChatIntent::Draft(text) => room.chat.draft(&text),
            ChatIntent::Retry(key) => room.chat.retry(&key),
            ChatIntent::LoadEarlier => room.chat.load_earlier(),
            ChatIntent::Show(in_view) => room.chat.show(in_view, self.page_hidden),
        }
    }

    /// Restores a stored chat. One of another room, requested before this room was entered, is stale.
    pub(crate) fn chat_recalled(&mut self, owner: &ChatOwner, kept: KeptChat) {
        if self.chat_owner().as_ref() == Some(owner)
            && let Some(room) = &mut self.room
        {
            room.chat.recall(kept);
        }
    }

    /// Returns the key under which the room's chat is stored.
    pub(crate) fn chat_owner(&self) -> Option<ChatOwner> {
        let room = self.room.as_ref()?;
        Some(ChatOwner {
            user: room.me.name.clone(),
            room: room.name.clone(),
        })
    }

    pub(crate) fn keep_chat(&mut self, turn: &mut Turn) {
        let unkept = self.room.as_mut().filter(|room| room.chat.is_unkept());
        let kept = unkept.and_then(|room| room.chat.take_unkept());
        if let (Some(owner), Some(kept)) = (self.chat_owner(), kept) {
            turn.order(StoreOrder::KeepChat(owner, kept));
        }
    }
}
