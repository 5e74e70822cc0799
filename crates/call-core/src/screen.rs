//! The screen that the user shares: asked of the browser, which lets the user choose what of it, and sent to
//! everybody in the call.
//!
//! It is shared in a call alone, and ends with the last one. While the browser asks, nothing is asked again: two
//! dialogs one after the other would throw away what was chosen in the first.

use crate::core::Core;
use crate::room::Room;
use crate::{Effect, NoticeBody, RequestId, ScreenError, ScreenView, Source};

/// What became of the wish to share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Screen {
    #[default]
    Off,
    /// The user chooses in the browser's dialog.
    Asking(RequestId),
    On {
        request: RequestId,
        sound: bool,
    },
}

impl Screen {
    /// The user wants to share.
    fn share(&mut self, request: RequestId) -> Option<Effect> {
        if *self != Self::Off {
            return None;
        }
        *self = Self::Asking(request);
        Some(Effect::OpenScreen { request })
    }

    /// Nothing is to be shared any more; what the browser still brings is given back.
    pub(crate) fn stop(&mut self) -> Option<Effect> {
        (std::mem::take(self) != Self::Off).then_some(Effect::CloseScreen)
    }

    /// The user chose; whether that is still wanted.
    fn opened(&mut self, request: RequestId, sound: bool) -> bool {
        let wanted = *self == Self::Asking(request);
        if wanted {
            *self = Self::On { request, sound };
        }
        wanted
    }

    /// The user chose nothing, or the browser has nothing; whether anybody waits for it.
    fn failed(&mut self, request: RequestId) -> bool {
        let waited = *self == Self::Asking(request);
        if waited {
            *self = Self::Off;
        }
        waited
    }

    /// What was shared is gone; whether it was shared until now.
    fn ended(&mut self, of: RequestId) -> bool {
        let was_on = matches!(*self, Self::On { request, .. } if request == of);
        if was_on {
            *self = Self::Off;
        }
        was_on
    }

    /// Whether pictures of the screen are sent.
    pub(crate) fn is_on(self) -> bool {
        matches!(self, Self::On { .. })
    }

    pub(crate) fn view(self) -> ScreenView {
        match self {
            Self::Off => ScreenView::Off,
            Self::Asking(_) => ScreenView::Asking,
            Self::On { sound, .. } => ScreenView::On { sound },
        }
    }
}

impl Core {
    /// The user wants to share the screen; outside of a call nobody would see it.
    pub(crate) fn share_screen(&mut self) -> Vec<Effect> {
        if !self.room.as_ref().is_some_and(Room::in_call) {
            return Vec::new();
        }
        self.settle_screen_notices();
        let request = self.next_request();
        self.screen.share(request).into_iter().collect()
    }

    /// The user shares the screen no longer.
    pub(crate) fn stop_sharing(&mut self) -> Vec<Effect> {
        let was_on = self.screen.is_on();
        let mut effects: Vec<Effect> = self.screen.stop().into_iter().collect();
        if was_on {
            effects.extend(self.tell_sources(&Source::OF_SCREEN));
        }
        effects
    }

    pub(crate) fn screen_opened(&mut self, request: RequestId, sound: bool) -> Vec<Effect> {
        if self.screen.opened(request, sound) {
            self.tell_sources(&Source::OF_SCREEN)
        } else {
            Vec::new()
        }
    }

    pub(crate) fn screen_failed(&mut self, request: RequestId, error: ScreenError) -> Vec<Effect> {
        // Who closes the browser's dialog knows that nothing is shared.
        if self.screen.failed(request) && error != ScreenError::Cancelled {
            self.notify(NoticeBody::Screen(error))
        } else {
            Vec::new()
        }
    }

    /// The browser's own button, or the end of the window that was shared: the user knows, and peers are told.
    pub(crate) fn screen_ended(&mut self, request: RequestId) -> Vec<Effect> {
        if self.screen.ended(request) {
            self.tell_sources(&Source::OF_SCREEN)
        } else {
            Vec::new()
        }
    }

    fn settle_screen_notices(&mut self) {
        self.notices.settle(|body| matches!(body, NoticeBody::Screen(_)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: RequestId = RequestId(1);
    const SECOND: RequestId = RequestId(2);

    #[test]
    fn it_is_asked_for_once_until_there_is_an_answer() {
        let mut screen = Screen::default();
        assert_eq!(screen.share(FIRST), Some(Effect::OpenScreen { request: FIRST }));
        assert_eq!(
            screen.share(SECOND),
            None,
            "a second click while the dialog is there"
        );
        assert!(screen.opened(FIRST, true));
        assert_eq!(screen.view(), ScreenView::On { sound: true });
        assert_eq!(screen.share(SECOND), None, "it is shared already");
    }

    #[test]
    fn what_comes_after_the_user_thought_better_of_it_is_not_shared() {
        let mut screen = Screen::default();
        screen.share(FIRST);
        assert_eq!(screen.stop(), Some(Effect::CloseScreen));
        assert!(!screen.opened(FIRST, false));
        screen.share(SECOND);
        assert!(!screen.failed(FIRST), "another request");
        assert!(screen.opened(SECOND, false));
        assert!(!screen.ended(FIRST), "the end of an earlier screen");
        assert!(screen.is_on());
    }

    #[test]
    fn a_screen_that_ended_by_itself_needs_no_closing() {
        let mut screen = Screen::default();
        screen.share(FIRST);
        screen.opened(FIRST, false);
        assert!(screen.ended(FIRST));
        assert!(!screen.ended(FIRST), "once");
        assert_eq!(screen.stop(), None);
    }
}
