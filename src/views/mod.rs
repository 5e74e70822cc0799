//! Read-only signals for components, one per slice of the core's view, and the two contexts through which a
//! component reaches the rest of the app: [`Dispatch`] for intents, [`Streams`] for video and audio.
//!
//! Contract: the app's loop is the only writer, through [`ViewSignals::show`], after each input. Components read
//! with the `use_*` functions, and no async code touches a signal.

mod browser;
mod dispatch;
mod failure;
mod fill;
mod full_screen;
mod invite_link;
mod painted;
mod save;
mod size;
mod streams;
mod theme;
mod today;

use std::sync::Arc;

use call_core::{
    AccountView, CallView, ChatView, InvitationsView, LabView, MediaView, ModerationView, Notice, PageView,
    PersonView, QualityView, SpeakingView, StageView, View,
};
use leptos::prelude::*;

pub use browser::{browser_name, now, reload_page};
pub use dispatch::{Dispatch, use_dispatch};
pub use failure::Failure;
pub use fill::{FillChoice, use_fill};
pub use full_screen::{FullScreen, can_fill_screen, use_full_screen};
pub use invite_link::{before_path, copy, invite_link};
pub use painted::{Painted, PaintedField, take_painted};
pub use save::save;
pub use size::{Size, use_size};
pub use streams::{Streams, use_streams};
pub use theme::{Theme, ThemeChoice, use_theme};
pub use today::{LocalDay, date, use_today};

/// The writing side of all slices, held by the app's loop only.
#[derive(Clone, Copy)]
pub struct ViewSignals {
    page: RwSignal<PageView>,
    account: RwSignal<AccountView>,
    people: RwSignal<Arc<Vec<PersonView>>>,
    invitations: RwSignal<Arc<InvitationsView>>,
    call: RwSignal<Arc<CallView>>,
    stage: RwSignal<Arc<StageView>>,
    speaking: RwSignal<SpeakingView>,
    quality: RwSignal<Arc<Vec<QualityView>>>,
    media: RwSignal<Arc<MediaView>>,
    level: RwSignal<u8>,
    chat: RwSignal<Arc<ChatView>>,
    lab: RwSignal<LabView>,
    moderation: RwSignal<Arc<ModerationView>>,
    notices: RwSignal<Arc<Vec<Notice>>>,
    loading: RwSignal<Loading>,
}

impl ViewSignals {
    /// Creates the slices, and provides them to the components under the current owner.
    pub fn provide() -> Self {
        let signals = Self {
            page: RwSignal::default(),
            account: RwSignal::default(),
            people: RwSignal::default(),
            invitations: RwSignal::default(),
            call: RwSignal::default(),
            stage: RwSignal::default(),
            speaking: RwSignal::default(),
            quality: RwSignal::default(),
            media: RwSignal::default(),
            level: RwSignal::default(),
            chat: RwSignal::default(),
            lab: RwSignal::default(),
            moderation: RwSignal::default(),
            notices: RwSignal::default(),
            loading: RwSignal::default(),
        };
        provide_context(signals);
        signals
    }

    /// Shows a page until the core runs.
    pub fn show_early(self, page: PageView) {
        self.page.set(page);
    }

    /// Shows that an intent waits for the core.
    pub fn show_waiting(self) {
        self.page.update(|page| {
            if let PageView::SignIn { busy, .. } = page {
                *busy = true;
            }
        });
    }

    /// Shows that the core could not be loaded yet.
    pub fn show_load_failure(self) {
        self.loading.set(Loading::Failed);
    }

    /// Whether the app was unmounted.
    pub fn are_gone(self) -> bool {
        self.page.is_disposed()
    }

    /// Writes those slices of a view that changed.
    pub fn show(self, view: &View) {
        set_if_changed(self.account, &view.account);
        replace(self.people, &view.people);
        replace(self.invitations, &view.invitations);
        replace(self.call, &view.call);
        replace(self.stage, &view.stage);
        set_if_changed(self.speaking, &view.speaking);
        replace(self.quality, &view.quality);
        replace(self.media, &view.media);
        set_if_changed(self.level, &view.level);
        replace(self.chat, &view.chat);
        set_if_changed(self.lab, &view.lab);
        replace(self.moderation, &view.moderation);
        replace(self.notices, &view.notices);
        set_if_changed(self.loading, &Loading::Done);
        set_if_changed(self.page, &view.page);
    }
}

/// Writes a slice if its value differs.
fn set_if_changed<T: Clone + PartialEq + Send + Sync + 'static>(slice: RwSignal<T>, value: &T) {
    if slice.with_untracked(|old| old != value) {
        slice.set(value.clone());
    }
}

/// Writes a shared slice if it is not the same object.
fn replace<T: Send + Sync + 'static>(slice: RwSignal<Arc<T>>, value: &Arc<T>) {
    if !slice.with_untracked(|old| Arc::ptr_eq(old, value)) {
        slice.set(Arc::clone(value));
    }
}

/// Whether the core is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loading {
    /// Not yet.
    #[default]
    Started,
    /// Not yet: it could not be loaded, and is tried again.
    Failed,
    /// It runs.
    Done,
}

/// Whether the core is there.
pub fn use_loading() -> ReadSignal<Loading> {
    expect_context::<ViewSignals>().loading.read_only()
}

/// Whether the core runs.
pub fn use_core_runs() -> Memo<bool> {
    let loading = use_loading();
    Memo::new(move |_| loading.get() == Loading::Done)
}

/// The current page.
pub fn use_page() -> ReadSignal<PageView> {
    expect_context::<ViewSignals>().page.read_only()
}

/// The user's account, and whether accounts can be created.
pub fn use_account() -> ReadSignal<AccountView> {
    expect_context::<ViewSignals>().account.read_only()
}

/// The people in the room.
pub fn use_people() -> ReadSignal<Arc<Vec<PersonView>>> {
    expect_context::<ViewSignals>().people.read_only()
}

/// Ringing invitations, incoming and outgoing.
pub fn use_invitations() -> ReadSignal<Arc<InvitationsView>> {
    expect_context::<ViewSignals>().invitations.read_only()
}

/// The user's calls.
pub fn use_call() -> ReadSignal<Arc<CallView>> {
    expect_context::<ViewSignals>().call.read_only()
}

/// The layout of the call's tiles.
pub fn use_stage() -> ReadSignal<Arc<StageView>> {
    expect_context::<ViewSignals>().stage.read_only()
}

/// The people who are speaking.
pub fn use_speaking() -> ReadSignal<SpeakingView> {
    expect_context::<ViewSignals>().speaking.read_only()
}

/// The quality of the connections.
pub fn use_quality() -> ReadSignal<Arc<Vec<QualityView>>> {
    expect_context::<ViewSignals>().quality.read_only()
}

/// The user's own devices.
pub fn use_media() -> ReadSignal<Arc<MediaView>> {
    expect_context::<ViewSignals>().media.read_only()
}

/// The level of the user's microphone, from 0 to 100.
pub fn use_level() -> ReadSignal<u8> {
    expect_context::<ViewSignals>().level.read_only()
}

/// The room's chat.
pub fn use_chat() -> ReadSignal<Arc<ChatView>> {
    expect_context::<ViewSignals>().chat.read_only()
}

/// The connection test and device test.
pub fn use_lab() -> ReadSignal<LabView> {
    expect_context::<ViewSignals>().lab.read_only()
}

/// The room's settings, and who is waiting to join.
pub fn use_moderation() -> ReadSignal<Arc<ModerationView>> {
    expect_context::<ViewSignals>().moderation.read_only()
}

/// The current notices for the user.
pub fn use_notices() -> ReadSignal<Arc<Vec<Notice>>> {
    expect_context::<ViewSignals>().notices.read_only()
}
