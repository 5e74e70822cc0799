//! Screen sharing: the browser lets the user choose a screen, window or tab, which is sent to everyone in the call.
//!
//! It exists only in a call, and ends with the last one. While the browser's dialog is open there is no
//! second request: another dialog would discard the choice made in the first.

mod core;
mod event;
mod intent;
mod order;
mod view;

use crate::RequestId;
use crate::turn::Turn;

pub use event::{ScreenError, ScreenEvent};
pub use intent::ScreenIntent;
pub use order::ScreenOrder;
pub use view::ScreenView;

/// State of screen sharing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Screen {
    #[default]
    Off,
    /// The browser's dialog is open.
    Asking(RequestId),
    On {
        request: RequestId,
        sound: bool,
    },
}

impl Screen {
    /// Whether the screen is shared or requested.
    pub(crate) fn is_used(&self) -> bool {
        *self != Self::Off
    }

    /// Opens the browser's dialog, unless it is open or the screen is shared.
    fn share(&mut self, turn: &mut Turn) {
        if *self == Self::Off {
            let request = turn.request();
            *self = Self::Asking(request);
            turn.order(ScreenOrder::Open(request));
        }
    }

    /// Stops sharing; what a pending request still opens is closed too.
    pub(crate) fn stop(&mut self, turn: &mut Turn) {
        if std::mem::take(self) != Self::Off {
            turn.order(ScreenOrder::Close);
        }
    }

    /// The user chose what to share; returns whether that is still wanted.
    fn opened(&mut self, request: RequestId, sound: bool) -> bool {
        let wanted = *self == Self::Asking(request);
        if wanted {
            *self = Self::On { request, sound };
        }
        wanted
    }

    /// The request failed; returns whether it was pending.
    fn failed(&mut self, request: RequestId) -> bool {
        let waited = *self == Self::Asking(request);
        if waited {
            *self = Self::Off;
        }
        waited
    }

    /// The shared screen is gone; returns whether it was shared until now.
    fn ended(&mut self, of: RequestId) -> bool {
        let was_on = matches!(*self, Self::On { request, .. } if request == of);
        if was_on {
            *self = Self::Off;
        }
        was_on
    }

    /// Whether video of the screen is sent.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Effect;
    use crate::turn::tests::ordered;

    const FIRST: RequestId = RequestId(1);
    const SECOND: RequestId = RequestId(2);

    fn share(screen: &mut Screen, request: RequestId) -> Vec<Effect> {
        ordered(Turn::numbered(request), |turn| screen.share(turn))
    }

    fn stop(screen: &mut Screen) -> Vec<Effect> {
        ordered(Turn::default(), |turn| screen.stop(turn))
    }

    #[test]
    fn dialog_opens_once() {
        let mut screen = Screen::default();
        assert_eq!(
            share(&mut screen, FIRST),
            [Effect::Screen(ScreenOrder::Open(FIRST))]
        );
        assert_eq!(
            share(&mut screen, SECOND),
            [],
            "a second click while the dialog is there"
        );
        assert!(screen.opened(FIRST, true));
        assert_eq!(screen.view(), ScreenView::On { sound: true });
        assert_eq!(share(&mut screen, SECOND), [], "it is shared already");
    }

    #[test]
    fn screen_chosen_after_stop_is_not_shared() {
        let mut screen = Screen::default();
        share(&mut screen, FIRST);
        assert_eq!(stop(&mut screen), [Effect::Screen(ScreenOrder::Close)]);
        assert!(!screen.opened(FIRST, false));
        share(&mut screen, SECOND);
        assert!(!screen.failed(FIRST), "another request");
        assert!(screen.opened(SECOND, false));
        assert!(!screen.ended(FIRST), "the end of an earlier screen");
        assert!(screen.is_on());
    }

    #[test]
    fn screen_that_ended_needs_no_closing() {
        let mut screen = Screen::default();
        share(&mut screen, FIRST);
        screen.opened(FIRST, false);
        assert!(screen.ended(FIRST));
        assert!(!screen.ended(FIRST), "once");
        assert_eq!(stop(&mut screen), []);
    }
}
