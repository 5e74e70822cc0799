//! The view: everything that is shown, in one slice of plain values per feature. It has no text in any language: the
//! components choose the words.
//!
//! A slice is rebuilt when one of its sources may have changed ([`Tracked`](crate::tracked::Tracked)), and replaced
//! only if it differs. Cheap slices are rebuilt after each input.

use std::sync::Arc;

use super::Core;
use crate::{
    AccountView, CallView, ChatView, InvitationsView, LabView, MediaView, ModerationView, Notice, PageView,
    PersonView, QualityView, SpeakingView, StageView,
};

/// Everything that is shown, in slices that change independently. A slice in an `Arc` keeps its allocation until it
/// changes, so comparing pointers is enough.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// The page to show.
    pub page: PageView,
    /// The user's account and the server's registration settings.
    pub account: AccountView,
    /// The people in the room.
    pub people: Arc<Vec<PersonView>>,
    /// Invitations that ring.
    pub invitations: Arc<InvitationsView>,
    /// The user's calls.
    pub call: Arc<CallView>,
    /// How the tiles of the call are laid out.
    pub stage: Arc<StageView>,
    /// The participants who are speaking.
    pub speaking: SpeakingView,
    /// The quality of each connection.
    pub quality: Arc<Vec<QualityView>>,
    /// The user's own camera and microphone.
    pub media: Arc<MediaView>,
    /// Level of the user's microphone where it is shown, 0 to 100.
    pub level: u8,
    /// The room's chat.
    pub chat: Arc<ChatView>,
    /// The lab, where one is shown.
    pub lab: LabView,
    /// The room's settings, and the people in the waiting room.
    pub moderation: Arc<ModerationView>,
    /// Notices to the user, oldest first.
    pub notices: Arc<Vec<Notice>>,
}

/// Which groups of slices are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shows {
    room: bool,
    lab: bool,
}

/// Which sources of the view may have changed since the last refresh.
#[derive(Clone, Copy, Debug)]
struct Changes {
    roster: bool,
    invitations: bool,
    links: bool,
    expected: bool,
    chat: bool,
    volumes: bool,
    moderation: bool,
    quality: bool,
    ring_muted: bool,
    leaving: bool,
    inspected: bool,
    stage: bool,
    media: bool,
    notices: bool,
    loopback: bool,
    check: bool,
    set_up: bool,
}

impl Changes {
    const NONE: Self = Self::all_or_none(false);
    /// Used when another set of slices is shown than before.
    const ALL: Self = Self::all_or_none(true);

    const fn all_or_none(changed: bool) -> Self {
        Self {
            roster: changed,
            invitations: changed,
            links: changed,
            expected: changed,
            chat: changed,
            volumes: changed,
            moderation: changed,
            quality: changed,
            ring_muted: changed,
            leaving: changed,
            inspected: changed,
            stage: changed,
            media: changed,
            notices: changed,
            loopback: changed,
            check: changed,
            set_up: changed,
        }
    }

    /// Collects the dirty flags and clears them.
    fn take(core: &mut Core) -> Self {
        let mut changes = Self {
            ring_muted: core.ring_muted.take_changed(),
            leaving: core.leaving.take_changed(),
            inspected: core.inspected.take_changed(),
            stage: core.stage.take_changed() | core.speakers.take_changed(),
            media: core.media.take_changed() | core.screen.take_changed(),
            notices: core.notices.take_changed(),
            loopback: core.labs.loopback.take_changed(),
            check: core.labs.check.take_changed(),
            set_up: core.labs.set_up.take_changed(),
            ..Self::NONE
        };
        if let Some(room) = &mut core.room {
            changes.roster = room.roster.take_changed();
            changes.invitations = room.invitations.take_changed();
            changes.links = room.link_snapshots.take_changed();
            changes.expected = room.expected.take_changed();
            changes.chat = room.chat.take_changed();
            changes.volumes = room.volumes.take_changed();
            changes.moderation = room.moderation.take_changed();
            for link in &mut room.links {
                changes.quality |= link.quality.take_changed();
            }
        }
        changes
    }
}

/// Replaces a slice if the new value differs.
fn put<T: PartialEq>(slice: &mut Arc<T>, value: T) {
    if **slice != value {
        *slice = Arc::new(value);
    }
}

impl Core {
    /// Updates the view after an input.
    pub(super) fn refresh_view(&mut self) {
        let changes = Changes::take(self);
        self.refresh(changes);
    }

    /// Builds the view from the whole state instead of only the changed parts. For tests: it costs much more.
    pub fn whole_view(&self) -> View {
        let mut core = self.clone();
        core.shown = View::default();
        core.refresh(Changes::ALL);
        core.shown
    }

    fn refresh(&mut self, mut changes: Changes) {
        let page = PageView::of(self);
        let shows = Shows {
            room: self.room.is_some() && matches!(page, PageView::Room { .. }),
            lab: self.page.is_lab() || self.asks_why(),
        };
        if shows != self.shows {
            // Slices that are no longer shown are dropped at once.
            self.shown = View::default();
            self.shows = shows;
            changes = Changes::ALL;
        }
        self.shown.page = page;
        self.shown.account = self.account.view(self.is_guest());
        self.shown.level = self.meter.level();
        if changes.media {
            let media = MediaView::of(self);
            put(&mut self.shown.media, media);
        }
        if changes.notices || changes.roster {
            let notices = Notice::shown(self);
            put(&mut self.shown.notices, notices);
        }
        if shows.room {
            self.refresh_people(changes);
            self.refresh_call(changes);
        }
        if shows.lab {
            self.refresh_lab(changes);
        }
    }

    /// Refreshes people, invitations, moderation and chat.
    fn refresh_people(&mut self, changes: Changes) {
        let Some(room) = &self.room else { return };
        let engaged = changes.roster || changes.invitations || changes.links;
        if engaged || changes.moderation {
            put(&mut self.shown.people, PersonView::all(room));
        }
        if changes.invitations || changes.roster || changes.ring_muted {
            let invitations = InvitationsView::of(room, *self.ring_muted);
            put(&mut self.shown.invitations, invitations);
        }
        if changes.moderation || changes.roster {
            put(&mut self.shown.moderation, ModerationView::of(room));
        }
        if engaged || changes.chat || changes.expected {
            put(&mut self.shown.chat, ChatView::of(room));
        }
    }

    /// Refreshes calls, quality, stage and speaking.
    fn refresh_call(&mut self, changes: Changes) {
        let Some(room) = &self.room else { return };
        let linked = changes.roster || changes.links;
        if linked || changes.volumes || changes.leaving {
            let call = CallView::of(room, self);
            put(&mut self.shown.call, call);
        }
        if linked || changes.quality || changes.inspected {
            let quality = QualityView::all(room, self);
            put(&mut self.shown.quality, quality);
        }
        if changes.stage {
            let stage = self.stage.view(self.speakers.last_speaker());
            put(&mut self.shown.stage, stage);
        }
        self.shown.speaking = SpeakingView::of(room, self.voice, &self.speakers);
    }

    fn refresh_lab(&mut self, changes: Changes) {
        if changes.loopback {
            put(&mut self.shown.lab.loopback, self.labs.loopback.view());
        }
        if changes.check {
            put(&mut self.shown.lab.check, self.labs.check.view());
        }
        if changes.set_up || changes.media {
            let set_up = self.labs.set_up.view(&self.media.view());
            put(&mut self.shown.lab.set_up, set_up);
        }
        self.shown.lab.signed_out = self.user.is_none();
        self.shown.lab.why = self.asked_why();
    }
}
