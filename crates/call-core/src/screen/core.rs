//! Handles the intents and events of screen sharing.

use crate::core::Core;
use crate::room::Room;
use crate::turn::Turn;
use crate::{NoticeBody, RequestId, ScreenError, ScreenEvent, Source};

impl Core {
    pub(crate) fn screen_event(&mut self, turn: &mut Turn, request: RequestId, event: ScreenEvent) {
        match event {
            ScreenEvent::Opened { sound } => self.screen_opened(turn, request, sound),
            ScreenEvent::Failed(error) => self.screen_failed(turn, request, error),
            ScreenEvent::Ended => self.screen_ended(turn, request),
        }
    }

    /// Starts sharing; outside of a call there is no one to share with.
    pub(crate) fn share_screen(&mut self, turn: &mut Turn) {
        if self.room.as_ref().is_some_and(Room::in_call) {
            self.settle_screen_notices();
            self.screen.share(turn);
        }
    }

    /// Stops sharing.
    pub(crate) fn stop_sharing(&mut self, turn: &mut Turn) {
        let was_on = self.screen.is_on();
        self.screen.stop(turn);
        if was_on {
            self.notify_sources(turn, &Source::OF_SCREEN);
        }
    }

    pub(crate) fn screen_opened(&mut self, turn: &mut Turn, request: RequestId, sound: bool) {
        if self.screen.opened(request, sound) {
            self.notify_sources(turn, &Source::OF_SCREEN);
        }
    }

    pub(crate) fn screen_failed(&mut self, turn: &mut Turn, request: RequestId, error: ScreenError) {
        // A user who closed the browser's dialog knows that nothing is shared.
        if self.screen.failed(request) && error != ScreenError::Cancelled {
            turn.notify(NoticeBody::Screen(error));
        }
    }

    /// Sharing ended by the browser's own button, or with the shared window: the user knows, so only peers
    /// are notified.
    pub(crate) fn screen_ended(&mut self, turn: &mut Turn, request: RequestId) {
        if self.screen.ended(request) {
            self.notify_sources(turn, &Source::OF_SCREEN);
        }
    }

    fn settle_screen_notices(&mut self) {
        self.notices.settle(|body| matches!(body, NoticeBody::Screen(_)));
    }
}
