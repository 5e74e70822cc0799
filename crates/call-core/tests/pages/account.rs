//! The account: change of password, signing out, and the end of a session.

use call_core::{
    AccountAction, AccountIntent, ApiAnswer, ApiCall, ApiError, DoorIntent, Effect, FormError, PageView,
    StoreOrder,
};
use protocol::{ErrorCode, ServerMessage};

use crate::page::{Page, ann, api_call};

#[test]
fn ended_session_leads_to_sign_in_with_an_error() {
    let mut page = Page::enter("/room/r", None);
    page.says_hello();
    let effects = page.is_told(ErrorCode::NotSignedIn);
    assert!(effects.contains(&Effect::Store(StoreOrder::ForgetSession(ann().name))));
    assert!(
        matches!(page.page(), PageView::SignIn { room, error: Some(FormError::SessionEnded), .. } if room == "r")
    );
}

#[test]
fn sign_out_ends_the_session_here_and_on_the_server() {
    let (mut page, _) = Page::open("/", Some(ann()), None);
    assert!(matches!(page.page(), PageView::Lobby { .. }));
    let effects = page.wish(DoorIntent::SignOut);
    assert!(effects.contains(&Effect::Store(StoreOrder::ForgetSession(ann().name))));
    assert_eq!(
        api_call(&effects).map(|(_, call)| call),
        Some(ApiCall::SignOut(ann()))
    );
    assert!(matches!(page.page(), PageView::SignIn { .. }));
}

fn forgets_the_session(effects: &[Effect]) -> bool {
    effects.contains(&Effect::Store(StoreOrder::ForgetSession(ann().name)))
}

#[test]
fn password_change_is_sent_once_and_reports_errors() {
    let (mut page, _) = Page::open("/", Some(ann()), None);
    let change = |new: &str| AccountIntent::ChangePassword {
        current: "old password".to_owned(),
        new: new.to_owned(),
    };
    page.wish(AccountIntent::Open);
    assert_eq!(page.wish(change("short")), []);
    let said = page.0.view().account.error;
    assert_eq!(said, Some((AccountAction::ChangePassword, FormError::Password)));
    let (request, _) = page.deed(change("new password"));
    assert_eq!(page.wish(change("new password")), [], "one is under way");
    page.answers(request, Err(ApiError::Refused(ErrorCode::WrongCredentials)));
    let said = page.0.view().account.error;
    assert_eq!(
        said,
        Some((AccountAction::ChangePassword, FormError::WrongCredentials))
    );
    let (request, _) = page.deed(change("new password"));
    assert_eq!(page.answers(request, Ok(ApiAnswer::Done)), []);
    let view = page.0.view().account;
    assert!(view.open && view.changed && view.error.is_none() && view.busy.is_none());
}

#[test]
fn sign_out_everywhere_and_deletion_show_no_error() {
    for wish in [
        AccountIntent::SignOutEverywhere,
        AccountIntent::End {
            password: "password".to_owned(),
        },
    ] {
        let mut page = Page::enter("/room/r", None);
        let (request, _) = page.deed(wish.clone());
        let effects = page.answers(request, Ok(ApiAnswer::Done));
        assert!(forgets_the_session(&effects));
        assert!(effects.contains(&Effect::Store(StoreOrder::ForgetChats(ann().name))));
        assert!(matches!(page.page(), PageView::SignIn { error: None, .. }));

        let mut page = Page::enter("/room/r", None);
        page.says_hello();
        let (request, _) = page.deed(wish);
        let code = ErrorCode::SessionEnded;
        assert!(forgets_the_session(&page.hears(ServerMessage::Bye {
            code,
            retry_after_ms: None,
            until: None,
            session: None,
        })));
        assert!(matches!(page.page(), PageView::SignIn { error: None, .. }));
        assert_eq!(page.answers(request, Ok(ApiAnswer::Done)), []);
    }
}
