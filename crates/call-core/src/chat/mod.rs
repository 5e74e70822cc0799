//! The room's chat: history, pending messages, and the unread count.
//!
//! The user's messages are sent in order, at the server's rate (`pace`), and again after a reconnect until the server
//! echoes them. Messages missed during an interruption are fetched (`history`). [`Chat::due`] does both.

mod core;
mod history;
mod intent;
mod keeping;
pub mod message_text;
mod pace;
mod show;
mod view;

use std::time::Duration;

use protocol::{
    ChatEntry, ChatMessage, ClientMessage, ErrorCode, InvitationId, MessageId, Nonce, UnixMillis, UserName,
};

use crate::turn::Turn;
use crate::{Moment, Timer};

use history::{Came, Missing};
use pace::Pace;

pub use intent::ChatIntent;
pub use keeping::{ChatOwner, KeptChat, UnsentMessage};
pub use view::{ChatBody, ChatKey, ChatLine, ChatView, Delivery};

/// Author of messages. Name and kind together identify one: a guest may have had the name of a later user.
#[derive(Clone, Debug)]
pub(crate) struct Author {
    pub(crate) name: UserName,
    pub(crate) guest: bool,
}

impl Author {
    fn wrote(&self, message: &ChatMessage) -> bool {
        message.author == self.name && message.guest == self.guest
    }
}

/// The chat of one room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chat {
    lines: Vec<Line>,
    pending: Vec<Pending>,
    missing: Missing,
    pace: Pace,
    pause: Pause,
    in_view: bool,
    unread: usize,
    sent: u64,
    /// Text in the input field.
    draft: String,
    /// Draft restored from an earlier page; empty once the user changed it.
    recalled: String,
    /// Whether the draft or the pending messages changed since they were last stored.
    unkept: bool,
}

#[derive(Clone, Debug)]
enum Line {
    Message(ChatMessage),
    Missed {
        invitation: InvitationId,
        from: Author,
        at: UnixMillis,
    },
}

/// A message of the user that is not in the history yet.
#[derive(Clone, Debug)]
struct Pending {
    nonce: Nonce,
    text: String,
    at: UnixMillis,
    way: Way,
}

/// Delivery state of a pending message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Not sent, or not on this socket.
    Waiting,
    /// Sent on this socket, not echoed yet.
    Sent,
    /// The server refused the message.
    Refused(ErrorCode),
}

/// Whether sending and fetching pause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pause {
    #[default]
    No,
    /// Pause this long; the timer is not started yet.
    For(Duration),
    /// Paused until the timer fires.
    On,
}

/// Returns the length of a message as it would be sent: in characters (Unicode scalar values), without surrounding
/// white space. The server accepts up to [`protocol::limits::CHAT_CHARS`].
pub fn chat_chars(text: &str) -> usize {
    text.trim().chars().count()
}

impl Chat {
    /// Takes the newest page of the history when the room is entered or the session resumes.
    ///
    /// Known messages stay. If the page does not reach back to them, the gap is fetched.
    pub(crate) fn welcome(&mut self, page: Vec<ChatMessage>, complete: bool, me: &Author) {
        self.pace = Pace::default();
        self.pause = Pause::No;
        self.missing.unanswered();
        for pending in &mut self.pending {
            if pending.way == Way::Sent {
                pending.way = Way::Waiting;
            }
        }
        let newest = self.lines.iter().rev().find_map(Line::id);
        match (newest, page.first()) {
            (Some(newest), Some(first)) if first.id > newest && !complete => {
                self.missing.between(newest, first.id);
            }
            (None, _) => self.missing.complete = complete,
            _ => {}
        }
        for message in page {
            // Messages of the first page are older than the user's visit: they are not unread.
            self.add_news(message, me, newest.is_some());
        }
    }

    /// Returns whether [`Self::due`] has something to do.
    pub(crate) fn has_due(&self) -> bool {
        match self.pause {
            Pause::On => false,
            Pause::For(_) => true,
            Pause::No => {
                let on_the_way = self.pending.iter().filter(|p| p.way == Way::Sent).count();
                let waits = self.pending.iter().any(|p| p.way == Way::Waiting);
                self.missing.wants_more() || waits && self.pace.has_room(on_the_way)
            }
        }
    }

    /// Sends what is due: messages, including those that may have been lost, and requests for missing or older history.
    /// To be called after each input while joined.
    pub(crate) fn due(&mut self, turn: &mut Turn) {
        if let Pause::For(after) = self.pause {
            self.wait(turn, after);
        }
        if self.pause == Pause::On {
            return;
        }
        let oldest = self.lines.iter().find_map(Line::id);
        if let Some(before) = self.missing.next(oldest) {
            turn.send(ClientMessage::FetchHistory { before });
        }
        let mut on_the_way = self.pending.iter().filter(|p| p.way == Way::Sent).count();
        while let Some(next) = self.pending.iter_mut().find(|p| p.way == Way::Waiting) {
            if !self.pace.has_room(on_the_way) {
                break;
            }
            if let Err(after) = self.pace.take(turn.now()) {
                self.wait(turn, after);
                break;
            }
            next.way = Way::Sent;
            on_the_way += 1;
            turn.send(next.message());
        }
    }

    fn wait(&mut self, turn: &mut Turn, after: Duration) {
        self.pause = Pause::On;
        turn.start(Timer::Chat, after);
    }

    /// Ends the pause.
    pub(crate) fn pause_over(&mut self) {
        self.pause = Pause::No;
    }

    /// Queues a message of the user; an empty one is ignored.
    pub(crate) fn write(&mut self, text: &str, moment: Moment) {
        let text = text.trim();
        if protocol::says_nothing(text) {
            return;
        }
        self.sent += 1;
        self.draft("");
        self.pending.push(Pending {
            nonce: Nonce(format!("{:016x}-{}", moment.random, self.sent)),
            text: text.to_owned(),
            at: moment.now,
            way: Way::Waiting,
        });
    }

    /// Queues a refused message again.
    pub(crate) fn retry(&mut self, key: &ChatKey) {
        let ChatKey::Pending(nonce) = key else { return };
        if let Some(pending) = self.pending.iter_mut().find(|p| p.nonce == *nonce)
            && pending.way != Way::Sent
        {
            pending.way = Way::Waiting;
        }
    }

    /// Handles the refusal of a message: temporary (it is queued again after a pause) or final.
    pub(crate) fn refused(&mut self, nonce: &Nonce, code: ErrorCode) {
        let Some(pending) = self.pending.iter_mut().find(|p| p.nonce == *nonce) else {
            return;
        };
        let for_now = matches!(
            code,
            ErrorCode::RateLimited | ErrorCode::ServerBusy | ErrorCode::ShuttingDown
        );
        if !for_now {
            pending.way = Way::Refused(code);
            return;
        }
        pending.way = Way::Waiting;
        // Messages sent together are refused together: only the first refusal lengthens the pause.
        if self.pause == Pause::No {
            self.pause = Pause::For(self.pace.refused());
        }
    }

    /// Handles a message from the server.
    pub(crate) fn received(&mut self, message: ChatMessage, me: &Author, page_hidden: bool) {
        if me.wrote(&message) {
            self.pace.taken();
        }
        self.add_news(message, me, page_hidden || !self.in_view);
    }

    /// Requests older messages for the user.
    pub(crate) fn load_earlier(&mut self) {
        self.missing.want_earlier();
    }

    /// Handles the refusal of a history request: it is repeated after a pause.
    pub(crate) fn loading_failed(&mut self) {
        if self.missing.unanswered() && self.pause == Pause::No {
            self.pause = Pause::For(self.pace.refused());
        }
    }

    /// Handles a page of history.
    pub(crate) fn history(
        &mut self,
        messages: Vec<ChatMessage>,
        complete: bool,
        me: &Author,
        page_hidden: bool,
    ) {
        let came = self
            .missing
            .came(messages.first().map(|message| message.id), complete);
        if came == Came::Unasked {
            return;
        }
        let unseen = came != Came::Earlier && (page_hidden || !self.in_view);
        for message in messages {
            self.add_news(message, me, unseen);
        }
        if let Came::TooWide(first) = came {
            let kept = self.lines.iter().position(|line| line.id() == Some(first));
            self.lines.drain(..kept.unwrap_or_default());
        }
    }

    /// Inserts a message; a new text by another author counts as unread if `unseen`.
    fn add_news(&mut self, message: ChatMessage, me: &Author, unseen: bool) {
        let words = matches!(message.entry, ChatEntry::Text { .. }) && !me.wrote(&message);
        if self.add(message) && words && unseen {
            self.unread += 1;
        }
    }

    /// Adds an invitation that the user missed; the chat offers to call back.
    pub(crate) fn missed(&mut self, invitation: InvitationId, from: Author, at: UnixMillis) {
        self.lines.push(Line::Missed { invitation, from, at });
    }

    /// Sets whether the chat is in view.
    pub(crate) fn show(&mut self, in_view: bool, page_hidden: bool) {
        self.in_view = in_view;
        self.look(page_hidden);
    }

    /// Clears the unread count if the chat is in view on a visible page.
    pub(crate) fn look(&mut self, page_hidden: bool) {
        if self.in_view && !page_hidden {
            self.unread = 0;
        }
    }

    /// Inserts a message in the order of ids; returns false if it was known.
    fn add(&mut self, message: ChatMessage) -> bool {
        if let ChatEntry::Text { nonce, .. } = &message.entry {
            let before = self.pending.len();
            self.pending.retain(|p| p.nonce != *nonce);
            self.unkept |= self.pending.len() != before;
        }
        let before = self
            .lines
            .iter()
            .rposition(|line| line.id().is_some_and(|id| id <= message.id));
        if before.is_some_and(|at| self.lines[at].id() == Some(message.id)) {
            return false;
        }
        // After the last older message, and after the missed invitations that follow it.
        let mut at = before.map_or(0, |at| at + 1);
        while before.is_some() && self.lines.get(at).is_some_and(|line| line.id().is_none()) {
            at += 1;
        }
        self.lines.insert(at, Line::Message(message));
        true
    }
}

impl Line {
    fn id(&self) -> Option<MessageId> {
        match self {
            Self::Message(message) => Some(message.id),
            Self::Missed { .. } => None,
        }
    }
}

impl Pending {
    fn message(&self) -> ClientMessage {
        ClientMessage::SendChat {
            text: self.text.clone(),
            nonce: self.nonce.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
