//! The account: its dialog, and creating one on the sign-in page.

use call_core::{AccountAction, AccountIntent, AccountView, DoorIntent, FormError, Intent, PageView, View};
use leptos::prelude::document;
use protocol::http::Registration;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::support::until;
use crate::test_app::{TestApp, name};

fn lobby(account: AccountView) -> View {
    let page = PageView::Lobby {
        name: name("Ann"),
        room: String::new(),
        error: None,
    };
    View {
        page,
        account,
        ..View::default()
    }
}

fn door(registration: Registration) -> View {
    let page = PageView::SignIn {
        guest: false,
        room: String::new(),
        busy: false,
        error: None,
    };
    let account = AccountView {
        registration,
        ..AccountView::default()
    };
    View {
        page,
        account,
        ..View::default()
    }
}

fn type_in(app: &TestApp, selector: &str, text: &str) {
    let field: HtmlInputElement = app.find(selector).expect(selector).unchecked_into();
    field.set_value(text);
}

#[wasm_bindgen_test]
async fn dialog_changes_password_and_clears_fields() {
    let app = TestApp::showing(lobby(AccountView::default()));
    until("the account button", || app.button("Account").is_some()).await;
    app.click("Account");
    assert!(matches!(
        app.wishes().last(),
        Some(Intent::Account(AccountIntent::Open))
    ));
    let open = AccountView {
        open: true,
        ..AccountView::default()
    };
    app.show(lobby(open));
    until("the open dialog", || {
        app.count("dialog.account-dialog[open] form") == 2
    })
    .await;
    until("focus on the title", || {
        document()
            .active_element()
            .is_some_and(|element| element.id() == "account-title")
    })
    .await;
    type_in(&app, "#current-password", "old password");
    type_in(&app, "#new-password", "new");
    app.click("Change password");
    assert!(matches!(
        app.wishes().last(),
        Some(Intent::Account(AccountIntent::ChangePassword { current, new })) if current == "old password" && new == "new"
    ));
    app.show(lobby(AccountView {
        error: Some((AccountAction::ChangePassword, FormError::Password)),
        ..open
    }));
    until("the error at its field", || {
        app.text("#new-password-note").starts_with("A password has")
            && app.text("#current-password-note").is_empty()
    })
    .await;
    app.show(lobby(AccountView {
        changed: true,
        ..open
    }));
    until("the success message", || {
        app.text("dialog.account-dialog [role=status]")
            .contains("changed")
    })
    .await;
    let field: HtmlInputElement = app.find("#new-password").expect("the field").unchecked_into();
    assert_eq!(field.value(), "");
    app.click("Close");
    until("the wish to close it", || {
        matches!(app.wishes().last(), Some(Intent::Account(AccountIntent::Close)))
    })
    .await;
    app.show(lobby(AccountView::default()));
    until("the dialog to close", || {
        app.count("dialog.account-dialog[open], dialog.account-dialog form") == 0
    })
    .await;
}

#[wasm_bindgen_test]
async fn sign_in_page_follows_registration_mode() {
    let app = TestApp::showing(door(Registration::Open));
    until("the button for a new account", || {
        app.button("Create an account").is_some()
    })
    .await;
    app.click("Create an account");
    until("a form without invite code", || app.count("#password") == 1).await;
    assert_eq!(app.count("#invite-code"), 0);
    app.show(door(Registration::Invite));
    until("the invite code field", || app.count("#invite-code") == 1).await;
    app.show(door(Registration::Closed));
    until("the note that registration is closed", || {
        app.button("Create an account").is_none()
            && app
                .text(".card-note")
                .starts_with("Only the person who runs this server")
    })
    .await;
    assert_eq!(app.count("#invite-code"), 0);
    assert_eq!(app.text("h1"), "Welcome");
}

#[wasm_bindgen_test]
async fn other_account_must_be_confirmed() {
    let page = PageView::AnotherUser {
        room: protocol::RoomName::parse("tea").expect("a name"),
        name: name("Bea"),
    };
    let app = TestApp::showing(View {
        page,
        ..View::default()
    });
    let title = "You're signed in as Bea in another tab";
    until("the question", || app.text("h1") == title).await;
    app.click("Continue as Bea");
    assert_eq!(app.wishes(), [Intent::Door(DoorIntent::ContinueAsOther)]);
    app.click("Sign in to another account");
    assert_eq!(app.wishes().last(), Some(&Intent::Door(DoorIntent::SignInAgain)));
}
