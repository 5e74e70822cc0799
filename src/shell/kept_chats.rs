//! Drafts and unsent chat messages in the browser's storage: one entry per user and room.
//!
//! An unreadable entry counts as none. Where the browser refuses storage, nothing is kept.

use call_core::{ChatOwner, Event, KeptChat, UnsentMessage};
use js_sys::Date;
use protocol::{Nonce, UnixMillis, UserName};
use web_sys::Storage;

use super::event_sink::EventSink;
use super::storage;

/// Prefix of the keys; the user name, a slash (which no name contains) and the room name follow.
const CHAT: &str = "confab.chat.";

/// Maximum number of entries, of all users together; the most recently changed are kept.
const MOST_ROOMS: usize = 20;

/// An entry as stored: when it was changed (milliseconds since 1970), the draft, and nonce, text and time of
/// each unsent message.
type Entry = (f64, String, Vec<(Nonce, String, UnixMillis)>);

/// Reports the stored chat, if there is one.
pub(super) fn recall(owner: ChatOwner, events: &EventSink) {
    if let Some(kept) = read(&owner) {
        events.send(Event::ChatRecalled(owner, kept));
    }
}

fn read(owner: &ChatOwner) -> Option<KeptChat> {
    let (_, draft, unsent) = entry(&key(owner))?;
    let unsent = unsent
        .into_iter()
        .map(|(nonce, text, at)| UnsentMessage { nonce, text, at });
    Some(KeptChat {
        draft,
        unsent: unsent.collect(),
    })
}

/// Stores the chat, or removes its entry if there is nothing to keep.
pub(super) fn keep(owner: &ChatOwner, kept: &KeptChat) {
    let key = key(owner);
    if kept.is_empty() {
        storage::write(storage::local(), &key, None);
        return;
    }
    let unsent = kept
        .unsent
        .iter()
        .cloned()
        .map(|unsent| (unsent.nonce, unsent.text, unsent.at));
    let entry: Entry = (Date::now(), kept.draft.clone(), unsent.collect());
    let is_new = storage::read(storage::local(), &key).is_none();
    storage::write(
        storage::local(),
        &key,
        serde_json::to_string(&entry).ok().as_deref(),
    );
    if is_new {
        forget_oldest();
    }
}

/// Removes all entries of a user.
pub(super) fn forget(user: &UserName) {
    for key in keys(&format!("{CHAT}{user}/")) {
        storage::write(storage::local(), &key, None);
    }
}

fn forget_oldest() {
    let mut kept = keys(CHAT);
    let changed = |key: &String| entry(key).map_or(0.0, |(at, ..)| at);
    kept.sort_by(|one, other| changed(other).total_cmp(&changed(one)));
    for key in kept.iter().skip(MOST_ROOMS) {
        storage::write(storage::local(), key, None);
    }
}

fn key(owner: &ChatOwner) -> String {
    format!("{CHAT}{}/{}", owner.user, owner.room)
}

fn entry(key: &str) -> Option<Entry> {
    serde_json::from_str(&storage::read(storage::local(), key)?).ok()
}

/// The keys in storage with this prefix.
fn keys(begin: &str) -> Vec<String> {
    let all =
        |items: Storage| (0..items.length().unwrap_or(0)).filter_map(move |at| items.key(at).ok().flatten());
    let keys = storage::local().into_iter().flat_map(all);
    keys.filter(|key| key.starts_with(begin)).collect()
}
