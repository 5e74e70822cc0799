//! The HTTP API: answers of a server, and what is reported to the core.

use call_core::{ApiAnswer, ApiCall, ApiError, Effect, Event, RequestId};
use confab::shell::ServerAddress;
use protocol::http::{AccountEnd, Credentials, IceServers, PasswordChange, SessionInfo, SignedIn};
use protocol::{ErrorCode, SessionToken, UserName};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::probe;
use crate::support::shell;

async fn answer(call: ApiCall) -> Result<ApiAnswer, ApiError> {
    let (mut shell, log) = shell();
    shell.execute(Effect::CallApi {
        request: RequestId(1),
        call,
    });
    log.first("an answer", |event| match event {
        Event::ApiAnswered {
            request: RequestId(1),
            answer,
        } => Some(answer.clone()),
        _ => None,
    })
    .await
}

fn token() -> SessionToken {
    SessionToken("token".to_owned())
}

fn user(name: &str, token: Option<SessionToken>) -> SignedIn {
    SignedIn {
        token,
        name: UserName::parse(name).expect("a name"),
        guest_of: None,
    }
}

fn sign_in() -> ApiCall {
    ApiCall::SignIn(Credentials {
        name: "Ada".to_owned(),
        password: "correct horse".to_owned(),
    })
}

#[wasm_bindgen_test]
async fn missing_server_is_unreachable() {
    assert_eq!(answer(sign_in()).await, Err(ApiError::Unreachable));
}

#[wasm_bindgen_test]
async fn refusal_has_its_code() {
    let _answering = probe::answer(401, r#"{"code":"wrong-credentials"}"#);
    assert_eq!(
        answer(sign_in()).await,
        Err(ApiError::Refused(ErrorCode::WrongCredentials))
    );
}

#[wasm_bindgen_test]
async fn retry_after_is_reported() {
    let _answering = probe::answer_for_now(503, r#"{"code":"server-busy"}"#, "7");
    assert_eq!(
        answer(sign_in()).await,
        Err(ApiError::Later(ErrorCode::ServerBusy, 7))
    );
}

#[wasm_bindgen_test]
async fn invalid_json_is_unreachable() {
    for status in [200, 502] {
        let _answering = probe::answer(status, "<html>");
        assert_eq!(answer(sign_in()).await, Err(ApiError::Unreachable), "{status}");
    }
}

#[wasm_bindgen_test]
async fn answer_type_follows_call() {
    let _answering = probe::answer(200, r#"{"ice_servers":[]}"#);
    let none = IceServers {
        ice_servers: vec![],
        expires_in_seconds: None,
    };
    assert_eq!(
        answer(ApiCall::FetchIceServers(Some(token()))).await,
        Ok(ApiAnswer::IceServers(none))
    );
    assert_eq!(
        answer(ApiCall::SignOut(user("Ann", Some(token())))).await,
        Ok(ApiAnswer::Done)
    );
    assert_eq!(answer(sign_in()).await, Err(ApiError::Unreachable));
}

#[wasm_bindgen_test]
async fn session_of_cookie_is_read() {
    let known = {
        let _answering = probe::answer(200, r#"{"name":"Ann"}"#);
        answer(ApiCall::FetchSession).await
    };
    let name = UserName::parse("Ann").expect("a name");
    assert_eq!(
        known,
        Ok(ApiAnswer::Session(SessionInfo { name, guest_of: None }))
    );
    let _answering = probe::answer(401, r#"{"code":"not-signed-in"}"#);
    let refused = answer(ApiCall::FetchSession).await;
    assert_eq!(refused, Err(ApiError::Refused(ErrorCode::NotSignedIn)));
}

#[wasm_bindgen_test]
async fn cookie_calls_name_their_user() {
    let _answering = probe::answer(200, "");
    let change = || PasswordChange {
        current: "correct horse".to_owned(),
        new: "battery staple".to_owned(),
    };
    let end = || AccountEnd {
        password: "correct horse".to_owned(),
    };
    for (token, says) in [
        (None, Some("%E7%8E%8B%20%E5%B0%8F%E6%98%8E")),
        (Some(token()), None),
    ] {
        let user = || user("王 小明", token.clone());
        for call in [
            ApiCall::SignOut(user()),
            ApiCall::SignOutEverywhere(user()),
            ApiCall::ChangePassword(user(), change()),
            ApiCall::EndAccount(user(), end()),
        ] {
            answer(call).await.expect("an answer");
            assert_eq!(probe::header("confab-user").as_deref(), says);
            assert_eq!(probe::header("authorization").is_some(), token.is_some());
        }
    }
}

#[wasm_bindgen_test]
async fn invalid_token_is_unreachable() {
    let call = ApiCall::SignOut(user("Ann", Some(SessionToken("line\nbreak".to_owned()))));
    assert_eq!(answer(call).await, Err(ApiError::Unreachable));
}

#[wasm_bindgen_test]
async fn server_is_configured_or_same_origin() {
    {
        let _answering = probe::answer(200, r#"{"server":"https://talk.example/"}"#);
        assert_eq!(
            Some(ServerAddress::configured().await),
            ServerAddress::parse("https://talk.example")
        );
    }
    for (status, body) in [(200, r#"{"server":""}"#), (200, "<html>"), (404, "{}")] {
        let _answering = probe::answer(status, body);
        assert_eq!(
            ServerAddress::configured().await,
            ServerAddress::same_origin(),
            "{body}"
        );
    }
}
