//! The screen that the user shares: asked of the browser, which lets the user choose what of it, and sent to
//! everybody in the call.
//!
//! It is shared in a call alone, and ends with the last one. While the browser asks, nothing is asked again: two
//! dialogs one after the other would throw away what was chosen in the first.

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
    /// Whether it is shared, or asked for.
    pub(crate) fn is_used(&self) -> bool {
        *self != Self::Off
    }

    /// The user wants to share.
    fn share(&mut self, turn: &mut Turn) {
        if *self == Self::Off {
            let request = turn.request();
            *self = Self::Asking(request);
            turn.order(ScreenOrder::Open(request));
        }
    }

    /// Nothing is to be shared any more; what the browser still brings is given back.
    pub(crate) fn stop(&mut self, turn: &mut Turn) {
        if std::mem::take(self) != Self::Off {
            turn.order(ScreenOrder::Close);
        }
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
    fn it_is_asked_for_once_until_there_is_an_answer() {
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
    fn what_comes_after_the_user_thought_better_of_it_is_not_shared() {
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
    fn a_screen_that_ended_by_itself_needs_no_closing() {
        let mut screen = Screen::default();
        share(&mut screen, FIRST);
        screen.opened(FIRST, false);
        assert!(screen.ended(FIRST));
        assert!(!screen.ended(FIRST), "once");
        assert_eq!(stop(&mut screen), []);
    }
}
