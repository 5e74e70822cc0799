//! The room's settings: who may join, how many, passes and bans; and the people whom the user blocks.

use call_core::ModerationAction;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use protocol::{Access, RoomChanges, RoomSettings, limits};

use super::access::AccessLists;
use super::blocked::Blocked;
use crate::components::common::Modal;
use crate::text::{fill, moderation, use_text};
use crate::views::{use_account, use_dispatch, use_moderation};

/// The dialog. All users can read the settings; moderators can change them.
#[component]
pub fn RulesDialog(open: RwSignal<bool>) -> impl IntoView {
    let (text, known, dispatch) = (use_text(), use_moderation(), use_dispatch());
    let moderates = Memo::new(move |_| known.with(|known| known.role.moderates()));
    Effect::new(move |_| {
        if open.get() && moderates.get() {
            dispatch.send(ModerationAction::LookAtAccess);
        }
    });
    let title = Signal::derive(move || text.now().room_settings.to_owned());
    view! {
        <Modal name="rules" open=open.into() close=move |()| open.set(false) title=title>
            <Show when=move || moderates.get() fallback=|| view! { <Told /> }>
                <Rules open=open />
                <AccessLists />
            </Show>
            <Blocked />
        </Modal>
    }
}

/// The settings, for users who cannot change them.
#[component]
fn Told() -> impl IntoView {
    let (text, known) = (use_text(), use_moderation());
    let access = move || known.with(|known| moderation::door(text.now(), known.settings));
    view! {
        <p class="rules-told">{text.of(|t| t.access_title)} ": " {access}</p>
    }
}

/// The form. Errors are shown at their field, and the form closes once it is sent.
///
/// Only fields that the user edited are sent. The others show the room's current settings, and a note appears
/// when another moderator changes these.
#[component]
fn Rules(open: RwSignal<bool>) -> impl IntoView {
    let (text, known, dispatch) = (use_text(), use_moderation(), use_dispatch());
    let (before, most) = known.with_untracked(|known| (known.settings, known.largest_size));
    let settings = Memo::new(move |_| known.with(|known| known.settings));
    let changed_meanwhile = move || settings.get() != before;
    let edited = Edited::default();
    let access = Memo::new(move |_| edited.access.get().unwrap_or(settings.get().access));
    let guests = Memo::new(move |_| edited.guests.get().unwrap_or(settings.get().guests));
    let shown_size = move || {
        edited
            .size
            .get()
            .unwrap_or_else(|| settings.get().size.to_string())
    };
    let (password, size) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    // If the server allows no guests, there is nothing to decide.
    let account = use_account();
    let may_be_guests = Memo::new(move |_| account.with(|account| account.guests));
    let wrong = RwSignal::new(None::<Wrong>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(password), Some(size)) = (password.get_untracked(), size.get_untracked()) else {
            return;
        };
        match edited.read((settings.get_untracked(), most), &password.value()) {
            Ok(act) => {
                if let Some(act) = act {
                    dispatch.send(act);
                }
                open.set(false);
            }
            Err(field) => {
                wrong.set(Some(field));
                let field = if field == Wrong::Password { password } else { size };
                // A hidden page may refuse the focus, and needs none.
                let _ = field.focus();
            }
        }
    };
    let error = move |field| wrong.get() == Some(field);
    let hint = move || {
        if settings.get().access == Access::Password {
            text.now().room_password_keep
        } else {
            text.now().room_password_hint
        }
    };
    view! {
        <form class="rules" on:submit=submit novalidate>
            <p class="rules-changed" role="status">
                {move || changed_meanwhile().then(|| text.now().room_changed_meanwhile)}
            </p>
            <fieldset>
                <legend>{text.of(|t| t.access_title)}</legend>
                {moderation::ACCESS
                    .map(|one| {
                        view! {
                            <label class="rules-choice">
                                <input
                                    type="radio"
                                    name="access"
                                    prop:checked=move || access.get() == one
                                    on:change=move |_| edited.access.set(Some(one))
                                />
                                <span>{move || moderation::access(text.now(), one)}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
            <div class="field" class:is-wrong=move || error(Wrong::Password) hidden=move || access.get() != Access::Password>
                <label for="room-password">{text.of(|t| t.room_password)}</label>
                <div class="field-box">
                    <input
                        node_ref=password
                        id="room-password"
                        type="text"
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby="room-password-note"
                        aria-invalid=move || error(Wrong::Password).then_some("true")
                    />
                </div>
                <p class="field-note" id="room-password-note" aria-live="polite">
                    {move || fill(hint(), &[("least", &limits::ROOM_PASSWORD_MIN_CHARS.to_string())])}
                </p>
            </div>
            <Show when=move || may_be_guests.get()>
                <div class="rules-guests">
                <label class="rules-choice">
                    <input
                        type="checkbox"
                        aria-describedby="guests-note"
                        prop:checked=move || guests.get()
                        on:change=move |event| edited.guests.set(Some(event_target_checked(&event)))
                    />
                    <span>{text.of(|t| t.room_guests)}</span>
                </label>
                <p class="field-note" id="guests-note">{text.of(|t| t.room_guests_hint)}</p>
                </div>
            </Show>
            <div class="field" class:is-wrong=move || error(Wrong::Size)>
                <label for="room-size">{text.of(|t| t.room_size)}</label>
                <div class="field-box">
                    <input
                        node_ref=size
                        id="room-size"
                        type="number"
                        min="1"
                        max=most.to_string()
                        prop:value=shown_size
                        on:input=move |event| edited.size.set(Some(event_target_value(&event)))
                        aria-describedby="room-size-note"
                        aria-invalid=move || error(Wrong::Size).then_some("true")
                    />
                </div>
                <p class="field-note" id="room-size-note" aria-live="polite">
                    {move || fill(text.now().room_size_hint, &[("most", &most.to_string())])}
                </p>
            </div>
            <button type="submit" class="button is-main">{text.of(|t| t.save)}</button>
        </form>
    }
}

/// The invalid field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Password,
    Size,
}

/// The fields that the user edited.
#[derive(Clone, Copy, Default)]
struct Edited {
    access: RwSignal<Option<Access>>,
    guests: RwSignal<Option<bool>>,
    /// As typed.
    size: RwSignal<Option<String>>,
}

impl Edited {
    /// The changes to the room's current settings, if they are valid; `None` if nothing changes.
    fn read(
        self,
        (now, most): (RoomSettings, u32),
        password: &str,
    ) -> Result<Option<ModerationAction>, Wrong> {
        let possible = |typed: String| {
            let size = typed.trim().parse().ok();
            size.filter(|size| (1..=most).contains(size)).ok_or(Wrong::Size)
        };
        let size = self.size.get_untracked().map(possible).transpose()?;
        let changes = RoomChanges {
            access: self.access.get_untracked().filter(|access| *access != now.access),
            guests: self.guests.get_untracked().filter(|guests| *guests != now.guests),
            size: size.filter(|size| *size != now.size),
        };
        let access = changes.of(now).access;
        let new = (access == Access::Password && !password.is_empty()).then(|| password.to_owned());
        let fits = |typed: &String| protocol::password::of_room(typed).is_ok();
        let kept = now.access == Access::Password || access != Access::Password;
        if !new.as_ref().map_or(kept, fits) {
            return Err(Wrong::Password);
        }
        let nothing = changes == RoomChanges::default() && new.is_none();
        Ok((!nothing).then_some(ModerationAction::ChangeRoom(changes, new)))
    }
}
