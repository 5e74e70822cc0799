//! One line of the chat.

use call_core::{CallIntent, ChatBody, ChatIntent, ChatKey, ChatLine, ChatView, Delivery};
use leptos::prelude::*;

use super::words::Words;
use crate::components::common::{GuestMark, follow, full_time, iso_time, time_of_day};
use crate::text::{Texts, fill, moderation, refusal, use_text};
use crate::views::{use_chat, use_dispatch};

/// A line: a user's message, or an event. Screen readers announce it, unless it is the user's own or is
/// announced elsewhere.
#[component]
pub fn Line(line: ChatLine) -> impl IntoView {
    let text = use_text();
    let (key, at, mine, guest) = (line.key.clone(), line.at, line.mine, line.guest);
    let author = line.author.to_string();
    let initial = line.clone();
    let found = key.clone();
    let line = if matches!(key, ChatKey::Message(_)) {
        // A message does not change; looking each line up at every change would be quadratic in a long chat.
        Memo::new(move |_| line.clone())
    } else {
        follow(use_chat(), line, move |chat: &ChatView| {
            chat.lines.iter().find(|line| line.key == found).cloned()
        })
    };
    let time = view! {
        <time datetime=iso_time(at) title=move || full_time(text.now().language, at).ok()>
            {move || time_of_day(text.now().language, at)}
        </time>
    };
    let quiet = told_elsewhere(&initial.body);
    if let ChatBody::Text { text: words, .. } = initial.body {
        view! {
            <article class="line" class:is-mine=mine aria-live=mine.then_some("off")>
                <header class="line-head">
                    <span class="line-author ellipsis" dir="auto">{author}</span>
                    <GuestMark guest=guest && !mine />
                    {time}
                </header>
                <Words words=words />
                <DeliveryMark key=key line=line />
            </article>
        }
        .into_any()
    } else {
        view! {
            <p class="line is-system" aria-live=quiet.then_some("off")>
                <span>{move || line.with(|line| told(text.now(), line))}</span>
                {time}
                <InviteBack line=line />
            </p>
        }
        .into_any()
    }
}

/// The delivery state of the user's own message.
#[component]
fn DeliveryMark(key: ChatKey, line: Memo<ChatLine>) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    move || {
        let delivery = line.with(|line| {
            if let ChatBody::Text { delivery, .. } = line.body {
                Some(delivery)
            } else {
                None
            }
        })?;
        match delivery {
            Delivery::Delivered => None,
            Delivery::Pending => {
                Some(view! { <p class="line-mark">{text.of(|t| t.chat_pending)}</p> }.into_any())
            }
            Delivery::Refused(code) => {
                let key = key.clone();
                let retry = move |_| dispatch.send(ChatIntent::Retry(key.clone()));
                Some(
                    view! {
                        <p class="line-mark is-refused" role="alert">
                            {refusal::code(text.now(), code)}
                            <button type="button" class="button" on:click=retry>{text.of(|t| t.chat_retry)}</button>
                        </p>
                    }
                    .into_any(),
                )
            }
        }
    }
}

/// A button that answers a missed invitation.
#[component]
fn InviteBack(line: Memo<ChatLine>) -> impl IntoView {
    let (text, dispatch) = (use_text(), use_dispatch());
    move || {
        let peer = line.with(|line| {
            if let ChatBody::Missed { invite_back } = line.body {
                invite_back
            } else {
                None
            }
        })?;
        let invite = move |_| dispatch.send(CallIntent::Invite(peer));
        Some(view! {
            <button type="button" class="button is-accent" on:click=invite>{text.of(|t| t.invite_back)}</button>
        })
    }
}

/// Whether the call's announcements or a notice report this event; the log is then not announced.
fn told_elsewhere(body: &ChatBody) -> bool {
    match body {
        ChatBody::Text { .. } | ChatBody::Joined | ChatBody::Left | ChatBody::Removed { .. } => false,
        ChatBody::CallStarted { .. }
        | ChatBody::CallEnded { .. }
        | ChatBody::ConferenceJoined
        | ChatBody::ConferenceLeft
        | ChatBody::Missed { .. } => true,
    }
}

/// The text of an event.
fn told(t: &Texts, line: &ChatLine) -> String {
    let (text, with) = match &line.body {
        ChatBody::Text { text, .. } => return text.clone(),
        ChatBody::Joined => (t.line_joined, ""),
        ChatBody::Left => (t.line_left, ""),
        ChatBody::Removed { by } => (t.line_removed, by.as_str()),
        ChatBody::CallStarted { with } => (t.line_call_started, with.as_str()),
        ChatBody::CallEnded { with } => (t.line_call_ended, with.as_str()),
        ChatBody::ConferenceJoined => (t.line_conference_joined, ""),
        ChatBody::ConferenceLeft => (t.line_conference_left, ""),
        ChatBody::Missed { .. } => (t.line_missed, ""),
    };
    let name = moderation::named(t, line.author.as_str(), line.guest);
    fill(text, &[("name", &name), ("with", with)])
}
