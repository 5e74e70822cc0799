//! How a browser gets the app: from `make run`, as the README describes it, or from a static host.

use e2e::{Arrival, MakeRun, Outcome, Patience, Person, Server, StaticHost};

use e2e::steps::{PASSWORD, calls, creates_account, enters, goes_in};

#[tokio::test]
async fn make_run_prints_a_working_address() -> Outcome {
    let confab = MakeRun::starts().await?;
    let ann = Person::arrives("Ann", &confab.url()).await?;
    ann.goes_to("room/tea").await?;
    creates_account(&ann).await?;
    goes_in(&ann).await?;
    ann.list("People").says("Ann").await?;
    ann.has_no_errors_or_foreign_requests(&[]).await
}

#[tokio::test]
async fn static_host_uses_the_configured_server() -> Outcome {
    let host = StaticHost::of_the_built_app()?;
    let server = Server::start_with(&[("CONFAB_ALLOWED_ORIGINS", &host.url())]).await?;
    host.names_the_server(&server.url());
    let ann = Person::arrives("Ann", &host.url()).await?;
    ann.goes_to("").await?;
    ann.field("Room").types("tea").await?;
    creates_account(&ann).await?;
    goes_in(&ann).await?;
    ann.list("People").says("Ann").await?;
    // Bea, who opens the page from the server itself, is in the same room.
    let bea = enters(&server, "Bea", "tea").await?;
    calls(&ann, &bea).await
}

#[tokio::test]
async fn unknown_origin_is_refused() -> Outcome {
    let host = StaticHost::of_the_built_app()?;
    let server = Server::start().await?;
    host.names_the_server(&server.url());
    let ann = Person::arrives("Ann", &host.url()).await?;
    ann.goes_to("").await?;
    ann.field("Room").types("tea").await?;
    creates_account(&ann).await?;
    ann.reads("Can't reach the server.").await
}

/// In kbit/s: the app takes 10 s or more to load.
const SLOW: u32 = 400;

#[tokio::test]
async fn input_during_loading_is_kept() -> Outcome {
    let server = Server::start().await?;
    let ann = Arrival::of("Ann").loads_slowly(SLOW).at(&server.url()).await?;
    ann.button("Sign in").is_enabled().await?;
    ann.field("User name").types("Ann").await?;
    ann.field("Password").types(PASSWORD).await?;
    ann.field("Room").types("tea").await?;
    // All of it was typed before the app ran.
    assert_eq!(
        ann.evaluate("document.querySelectorAll('.painted').length")
            .await?,
        1
    );

    ann.finds_within(
        Patience::seconds(60),
        "String(document.querySelectorAll('.painted').length)",
        "0",
    )
    .await?;
    for (name, value) in [("username", "Ann"), ("current-password", PASSWORD)] {
        let typed = format!("document.querySelector('input[autocomplete={name}]').value");
        assert_eq!(ann.evaluate(&typed).await?, value);
    }
    ann.button("Create an account").click().await?;
    ann.button("Create account").click().await?;
    ann.heading("Ready to join tea?").is_shown().await
}
