//! The server's own page: its session is in a cookie that it cannot read, and that no other page can use.

use protocol::http::{IceServers, SessionInfo, SignedIn};
use protocol::{Access, ClientMessage, ErrorCode, Hello, Role, RoomSettings, ServerMessage, UserName};

use crate::client::{self, Client, Raw};
use crate::http::{Answer, request};
use crate::server::{PASSWORD, TestServer};

const ANN: &str = r#"{"name":"Ann","password":"correct horse"}"#;

/// Creates an account from the server's own page. Returns the page's origin, and the cookie.
async fn own_page(server: &TestServer) -> (String, String) {
    let origin = format!("http://{}", server.address);
    let made = request(
        server.address,
        "POST",
        "/api/accounts",
        &[("origin", &origin)],
        ANN,
    )
    .await;
    assert_eq!((made.status, made.json::<SignedIn>().token), (201, None));
    let cookie = made.header("set-cookie").expect("a cookie").to_owned();
    (origin, cookie)
}

fn pair(cookie: &str) -> &str {
    cookie.split(';').next().unwrap_or_default()
}

fn hello(room: &str) -> ClientMessage<serde_json::Value> {
    ClientMessage::Hello(Hello {
        version: protocol::VERSION,
        token: None,
        name: None,
        room: room.to_owned(),
        seat: None,
        take_over: false,
        password: None,
        invite: None,
    })
}

/// Returns the attributes of a cookie, sorted.
pub fn attributes(cookie: &str) -> Vec<&str> {
    let mut attributes: Vec<_> = cookie.split(';').skip(1).map(str::trim).collect();
    attributes.sort_unstable();
    attributes
}

#[tokio::test]
async fn own_page_is_signed_in_by_a_protected_cookie() {
    let server = TestServer::start().await;
    let (origin, cookie) = own_page(&server).await;
    let expected = ["HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=Strict"];
    assert_eq!(attributes(&cookie), expected);
    let cookie = pair(&cookie);
    let headers = [("cookie", cookie)];
    let told = request(server.address, "GET", "/api/session", &headers, "").await;
    assert_eq!(told.json::<SessionInfo>().name.as_str(), "Ann");
    let given = request(server.address, "GET", "/api/ice-servers", &headers, "").await;
    assert!(given.json::<IceServers>().ice_servers.is_empty());

    let mut page = Raw::open_with_all(server.address, &[("origin", &origin), ("cookie", cookie)])
        .await
        .expect("a socket");
    page.say(&hello("lobby")).await;
    assert!(matches!(page.hear().await, Some(ServerMessage::Welcome(_))));

    let both = [("cookie", cookie), ("origin", origin.as_str())];
    let out = request(server.address, "DELETE", "/api/session", &both, "").await;
    assert!(
        out.status == 204
            && out
                .header("set-cookie")
                .is_some_and(|cookie| cookie.contains("Max-Age=0"))
    );
    assert_eq!(page.bye().await, Some(ErrorCode::SessionEnded));
    let told = request(server.address, "GET", "/api/session", &headers, "").await;
    assert_eq!(told.code(), ErrorCode::NotSignedIn);
}

#[tokio::test]
async fn https_cookie_is_secure_and_bound_to_the_host() {
    let server = TestServer::start().await;
    let origin = format!("https://{}", server.address);
    let made = request(
        server.address,
        "POST",
        "/api/accounts",
        &[("origin", &origin)],
        ANN,
    )
    .await;
    let cookie = made.header("set-cookie").expect("a cookie");
    assert!(
        cookie.starts_with("__Host-confab=") && attributes(cookie).contains(&"Secure"),
        "{cookie}"
    );
}

#[tokio::test]
async fn base_path_applies_to_addresses_and_the_cookie() {
    let server = TestServer::with(|config| config.base = "/meet/".parse().expect("a base path")).await;
    for path in ["/meet/api/health", "/api/health", "/meet/healthz"] {
        assert_eq!(
            request(server.address, "GET", path, &[], "").await.status,
            200,
            "{path}"
        );
    }
    let beside = request(server.address, "GET", "/meeting/api/health", &[], "").await;
    assert_eq!(beside.status, 404);
    for (scheme, name) in [("http", "confab="), ("https", "__Secure-confab=")] {
        let origin = format!("{scheme}://{}", server.address);
        let body = ANN.replace("Ann", &format!("Ann {scheme}"));
        let headers = [("origin", origin.as_str())];
        let made = request(server.address, "POST", "/meet/api/accounts", &headers, &body).await;
        let cookie = made.header("set-cookie").expect("a cookie");
        assert!(
            cookie.starts_with(name) && cookie.contains("; Path=/meet/;"),
            "{cookie}"
        );
        let headers = [("cookie", pair(cookie))];
        let told = request(server.address, "GET", "/meet/api/session", &headers, "").await;
        assert_eq!(told.status, 200, "{}", told.body);
    }
}

#[tokio::test]
async fn no_other_page_can_use_the_cookie() {
    let foreign = "https://rooms.example.org";
    let server = TestServer::with(|config| {
        config.allowed_origins = vec![foreign.parse().expect("an origin")];
    })
    .await;
    let (own, cookie) = own_page(&server).await;
    let cookie = pair(&cookie);
    let ask = |method: &'static str, path: &'static str, from: Option<(&'static str, &'static str)>| {
        let (to, cookie) = (server.address, cookie.to_owned());
        async move {
            let mut headers = vec![("cookie", cookie.as_str())];
            headers.extend(from);
            request(to, method, path, &headers, "").await
        }
    };
    for (method, path, from) in [
        ("DELETE", "/api/session", None),
        ("DELETE", "/api/sessions", None),
        ("POST", "/api/account/end", None),
        ("DELETE", "/api/session", Some(("origin", foreign))),
        ("GET", "/api/session", Some(("origin", foreign))),
        ("GET", "/api/session", Some(("sec-fetch-site", "cross-site"))),
        ("GET", "/api/session", Some(("sec-fetch-site", "same-site"))),
    ] {
        let refused: Answer = ask(method, path, from).await;
        assert_eq!(
            (refused.status, refused.code()),
            (401, ErrorCode::NotSignedIn),
            "{method} {from:?}"
        );
    }
    for site in ["cross-site", "same-site"] {
        let headers = [
            ("cookie", cookie),
            ("origin", own.as_str()),
            ("sec-fetch-site", site),
        ];
        let refused = request(server.address, "DELETE", "/api/session", &headers, "").await;
        assert_eq!(refused.code(), ErrorCode::OriginNotAllowed, "{site}");
        let socket = Raw::open_with_all(server.address, &headers).await;
        assert!(socket.is_err(), "{site}");
    }
    let evil = ask("GET", "/api/session", Some(("origin", "https://evil.example"))).await;
    assert_eq!(evil.code(), ErrorCode::OriginNotAllowed);

    let mut socket = Raw::open_with_all(server.address, &[("origin", foreign), ("cookie", cookie)])
        .await
        .expect("a socket");
    socket.say(&hello("lobby")).await;
    assert_eq!(socket.bye().await, Some(ErrorCode::NotSignedIn));
    let still = ask("GET", "/api/session", None).await;
    assert_eq!(still.status, 200, "still signed in");
}

#[tokio::test]
async fn other_pages_and_programs_get_a_token_instead() {
    let foreign = "https://rooms.example.org";
    let server = TestServer::with(|config| {
        config.allowed_origins = vec![foreign.parse().expect("an origin")];
    })
    .await;
    server.account("Ann").await;
    let body = format!(r#"{{"name":"Ann","password":"{PASSWORD}"}}"#);
    for headers in [&[("origin", foreign)][..], &[]] {
        let answer = request(server.address, "POST", "/api/sessions", headers, &body).await;
        assert!(answer.header("set-cookie").is_none());
        assert!(answer.json::<SignedIn>().token.is_some());
    }
}

#[tokio::test]
async fn hello_for_another_user_is_refused() {
    let server = TestServer::start().await;
    let (origin, cookie) = own_page(&server).await;
    let headers = [("origin", origin.as_str()), ("cookie", pair(&cookie))];
    let greet = |who: Option<&'static str>| {
        let mut greeting = hello("lobby");
        if let ClientMessage::Hello(hello) = &mut greeting {
            hello.name = who.map(|who| UserName::parse(who).expect("a name"));
        }
        greeting
    };
    let mut page = Raw::open_with_all(server.address, &headers)
        .await
        .expect("a socket");
    page.say(&greet(Some("Bea"))).await;
    let told = page.hear().await;
    let Some(ServerMessage::Bye { code, session, .. }) = told else {
        panic!("{told:?}");
    };
    let name = session.map(|session| session.name.to_string());
    assert_eq!((code, name.as_deref()), (ErrorCode::AnotherUser, Some("Ann")));
    // The refused hello did not enter: the room has no owner yet.
    for (who, owner) in [(Some("ANN"), true), (None, true)] {
        let mut page = Raw::open_with_all(server.address, &headers)
            .await
            .expect("a socket");
        page.say(&greet(who)).await;
        let Some(ServerMessage::Welcome(welcome)) = page.hear().await else {
            panic!("{who:?}");
        };
        let me = welcome.participants.iter().find(|one| one.id == welcome.you);
        let me = me.expect("in the room");
        assert_eq!((me.name.as_str(), me.role == Role::Owner), ("Ann", owner));
        page.say(&ClientMessage::Leave {}).await;
        assert_eq!(page.bye().await, None);
    }
}

#[tokio::test]
async fn hello_for_another_user_checks_no_password() {
    let server = TestServer::start().await;
    let owner = server.account("Owner").await;
    let mut owner = Client::enter(server.address, &owner, "den").await;
    let settings = RoomSettings {
        access: Access::Password,
        ..RoomSettings::default()
    }
    .into();
    let password = Some("open sesame".to_owned());
    owner.say(ClientMessage::ChangeRoom { settings, password }).await;
    owner
        .expect(|said| matches!(said, ServerMessage::RoomChanged { .. }).then_some(()))
        .await;
    let ann = server.account("Ann").await;
    let greeting = Hello {
        name: Some(UserName::parse("Bea").expect("a name")),
        password: Some("wrong one".to_owned()),
        ..client::hello(&ann, "den")
    };
    let refused = Raw::refused(server.address, greeting).await;
    assert_eq!(refused, Some(ErrorCode::AnotherUser));
}

#[tokio::test]
async fn request_for_another_user_changes_nothing() {
    let server = TestServer::start().await;
    let (origin, cookie) = own_page(&server).await;
    let calls = [
        (
            "POST",
            "/api/account/password",
            r#"{"current":"correct horse","new":"battery staple"}"#,
        ),
        ("POST", "/api/account/end", r#"{"password":"correct horse"}"#),
        ("DELETE", "/api/sessions", ""),
        ("DELETE", "/api/session", ""),
    ];
    let headers = |user| {
        [
            ("origin", origin.as_str()),
            ("cookie", pair(&cookie)),
            ("confab-user", user),
        ]
    };
    for (method, path, body) in calls {
        for (user, status, code) in [
            ("Bea", 409, ErrorCode::AnotherUser),
            ("%E7%8E%8B%E5%B0%8F%E6%98%8E", 409, ErrorCode::AnotherUser),
            ("%ff", 400, ErrorCode::MalformedRequest),
            ("", 400, ErrorCode::MalformedRequest),
        ] {
            let refused = request(server.address, method, path, &headers(user), body).await;
            assert_eq!(
                (refused.status, refused.code()),
                (status, code),
                "{method} {path} {user}"
            );
        }
    }
    // The same applies to bearer tokens.
    let signed_in = request(server.address, "POST", "/api/sessions", &[], ANN).await;
    let token = signed_in.json::<SignedIn>().token.expect("a token");
    let bearer = format!("Bearer {}", token.0);
    let headers_of = |user| [("authorization", bearer.as_str()), ("confab-user", user)];
    let refused = request(server.address, "DELETE", "/api/session", &headers_of("Bea"), "").await;
    assert_eq!(refused.code(), ErrorCode::AnotherUser);
    let out = request(server.address, "DELETE", "/api/session", &headers_of("Ann"), "").await;
    assert_eq!(out.status, 204);
    // The session is still Ann's; another spelling of her name is accepted too.
    let out = request(server.address, "DELETE", "/api/session", &headers("%41NN"), "").await;
    assert_eq!(out.status, 204);
    let again = request(server.address, "POST", "/api/sessions", &[], ANN).await;
    assert_eq!(again.status, 200);
}
