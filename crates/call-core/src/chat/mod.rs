//! The room's chat: history, lines on their way, and what the user has not seen.
//!
//! What the user writes goes out at the pace of the server (`pace`), in its order, and again after a broken socket
//! until it comes back; what was missed in a break is fetched (`history`). Both are done by [`Chat::due`].

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

/// Who writes here: names are of users or of guests, and a guest may have had the name of a user to come.
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
    /// What is in the field.
    draft: String,
    /// What an earlier page left in the field; empty once the user changed it.
    recalled: String,
    /// The draft or what is pending changed since it was kept last.
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

/// A line of the user's that is not in the history yet.
#[derive(Clone, Debug)]
struct Pending {
    nonce: Nonce,
    text: String,
    at: UnixMillis,
    way: Way,
}

/// How far such a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Not sent, or not by this socket.
    Waiting,
    /// On the way.
    Sent,
    /// The server will not have it.
    Refused(ErrorCode),
}

/// Whether the server is left alone for a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pause {
    #[default]
    No,
    /// From now on.
    For(Duration),
    /// Until the timer fires.
    On,
}

/// The length of a message as it would be sent: in characters (Unicode scalar values), without white space around it.
/// It may be up to [`protocol::limits::CHAT_CHARS`].
pub fn chat_chars(text: &str) -> usize {
    text.trim().chars().count()
}

impl Chat {
    /// Takes the newest page of the history, as the room is entered or come back to.
    ///
    /// What was there stays. If the page does not reach back to it, lines between are missing, and are fetched.
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
            // The first page is what was said before the user came.
            self.add_news(message, me, newest.is_some());
        }
    }

    /// Whether there is anything to be sent, or to be waited for.
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

    /// What is to be sent now that the server hears: lines, again where they may have been lost, and the wish for
    /// missed or older ones. To be asked after each input.
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

    /// The pause is over.
    pub(crate) fn pause_over(&mut self) {
        self.pause = Pause::No;
    }

    /// The user writes a line; nothing comes of one with nothing in it.
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

    /// The user sends a refused line again.
    pub(crate) fn retry(&mut self, key: &ChatKey) {
        let ChatKey::Pending(nonce) = key else { return };
        if let Some(pending) = self.pending.iter_mut().find(|p| p.nonce == *nonce)
            && pending.way != Way::Sent
        {
            pending.way = Way::Waiting;
        }
    }

    /// The server did not take a line: not now, or not at all.
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
        // Those that were sent with it are refused with it, which is no reason to wait longer.
        if self.pause == Pause::No {
            self.pause = Pause::For(self.pace.refused());
        }
    }

    /// A message came.
    pub(crate) fn received(&mut self, message: ChatMessage, me: &Author, page_hidden: bool) {
        if me.wrote(&message) {
            self.pace.taken();
        }
        self.add_news(message, me, page_hidden || !self.in_view);
    }

    /// The user asks for older lines.
    pub(crate) fn load_earlier(&mut self) {
        self.missing.want_earlier();
    }

    /// Lines that were asked for do not come, for now.
    pub(crate) fn loading_failed(&mut self) {
        if self.missing.unanswered() && self.pause == Pause::No {
            self.pause = Pause::For(self.pace.refused());
        }
    }

    /// Lines that were asked for came.
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

    /// Puts a message in its place; one by another that is `unseen` and new is counted.
    fn add_news(&mut self, message: ChatMessage, me: &Author, unseen: bool) {
        let words = matches!(message.entry, ChatEntry::Text { .. }) && !me.wrote(&message);
        if self.add(message) && words && unseen {
            self.unread += 1;
        }
    }

    /// An invitation for the user was missed; it can be answered from the chat.
    pub(crate) fn missed(&mut self, invitation: InvitationId, from: Author, at: UnixMillis) {
        self.lines.push(Line::Missed { invitation, from, at });
    }

    /// Whether the user can see the chat now.
    pub(crate) fn show(&mut self, in_view: bool, page_hidden: bool) {
        self.in_view = in_view;
        self.look(page_hidden);
    }

    /// The user may have the chat before the eyes now.
    pub(crate) fn look(&mut self, page_hidden: bool) {
        if self.in_view && !page_hidden {
            self.unread = 0;
        }
    }

    /// Puts a message in its place; false when it was there.
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
        // Behind the last older message, and behind what this page added there itself.
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
