//! The app comes in chunks: what users see and can do until a chunk is there, when it does not come, and when another
//! version of the app was deployed meanwhile.

use e2e::steps::{PASSWORD, creates_account, goes_in};
use e2e::{Outcome, Patience, Person, Server, StaticHost};

/// The first chunk, the chunk of the core, and that of the room.
const FIRST: &str = "_bg.wasm";
const CORE: &str = "split_core";
const ROOM: &str = "split_room";

/// A host of the app with its server, where Ann has an account, and a new page of hers.
async fn ann_comes_back() -> Outcome<(StaticHost, Server, Person)> {
    let host = StaticHost::of_the_built_app()?;
    let server = Server::start_with(&[("CONFAB_ALLOWED_ORIGINS", &host.url())]).await?;
    host.names_the_server(&server.url());
    let first = Person::arrives("Ann", &host.url()).await?;
    first.goes_to("room/tea").await?;
    creates_account(&first).await?;
    first.heading("Ready to join tea?").is_shown().await?;
    let ann = Person::arrives("Ann", &host.url()).await?;
    Ok((host, server, ann))
}

async fn fills_in(ann: &Person) -> Outcome {
    ann.field("User name").types("Ann").await?;
    ann.field("Password").types(PASSWORD).await?;
    ann.field("Room").types("tea").await
}

#[tokio::test]
async fn form_sent_before_app_is_there_is_carried_out() -> Outcome {
    let (host, _server, ann) = ann_comes_back().await?;
    host.holds(FIRST);
    ann.goes_to("").await?;
    fills_in(&ann).await?;
    ann.button("Sign in").click().await?;
    ann.button("Please wait…").is_shown().await?;
    host.answers_all();
    ann.heading("Ready to join tea?").is_shown().await
}

#[tokio::test]
async fn buttons_pressed_before_app_is_there_are_carried_out() -> Outcome {
    let (host, _server, ann) = ann_comes_back().await?;
    host.holds(FIRST);
    ann.goes_to("room/tea").await?;
    ann.button("Create an account").click().await?;
    ann.button("中文").click().await?;
    host.answers_all();
    ann.heading("注册账号").is_shown().await?;
    ann.finds("document.querySelector('#room').value", "tea").await?;
    // The core, which began to load in English, has the texts of the language chosen since.
    ann.field("用户名").types("Bea").await?;
    ann.field("密码").types(PASSWORD).await?;
    ann.button("注册").click().await?;
    ann.heading("准备好进入 tea 了吗？").is_shown().await
}

#[tokio::test]
async fn form_works_while_core_does_not_load() -> Outcome {
    let (host, _server, ann) = ann_comes_back().await?;
    host.refuses(CORE);
    ann.goes_to("").await?;
    ann.reads("Confab has not fully loaded yet.").await?;
    ann.button("Create an account").click().await?;
    ann.heading("Create your account").is_shown().await?;
    ann.button("Sign in instead").click().await?;
    fills_in(&ann).await?;
    ann.button("Sign in").click().await?;
    ann.button("Please wait…").is_shown().await?;
    host.answers_all();
    ann.heading("Ready to join tea?").is_shown().await?;
    ann.no_longer_reads("Confab has not fully loaded yet.").await
}

#[tokio::test]
async fn room_that_does_not_load_can_be_tried_again() -> Outcome {
    let (host, _server, ann) = ann_comes_back().await?;
    host.refuses(ROOM);
    ann.goes_to("room/tea").await?;
    fills_in(&ann).await?;
    ann.button("Sign in").click().await?;
    ann.button("Join room").click().await?;
    ann.heading("This page could not be loaded").is_shown().await?;
    ann.button("Try again").click().await?;
    ann.heading("This page could not be loaded").is_shown().await?;
    host.answers_all();
    ann.button("Try again").click().await?;
    ann.list("People").is_shown().await
}

#[tokio::test]
async fn language_that_does_not_load_is_told() -> Outcome {
    let (host, _server, ann) = ann_comes_back().await?;
    ann.goes_to("").await?;
    fills_in(&ann).await?;
    ann.button("Sign in").click().await?;
    ann.heading("Ready to join tea?").is_shown().await?;
    host.refuses("chinese");
    ann.button("中文").click().await?;
    ann.reads("The language could not be loaded.").await?;
    host.answers_all();
    ann.button("中文").click().await?;
    ann.heading("准备好进入 tea 了吗？").is_shown().await?;
    ann.button("English").click().await?;
    ann.heading("Ready to join tea?").is_shown().await
}

#[tokio::test]
async fn page_of_replaced_version_is_reloaded_once() -> Outcome {
    let (host, _server, ann) = ann_comes_back().await?;
    host.refuses(ROOM);
    ann.goes_to("room/tea").await?;
    fills_in(&ann).await?;
    ann.button("Sign in").click().await?;
    ann.heading("Ready to join tea?").is_shown().await?;
    host.answers_all();
    host.is_replaced();
    let pages = host.pages();
    // The room's chunk has not been loaded, and is gone: the page of the new version has it.
    goes_in(&ann).await?;
    assert_eq!(host.pages(), pages + 1, "the page was loaded once more");
    ann.finds_within(
        Patience::default(),
        "String(document.querySelector('link[rel=modulepreload]').href.includes('other'))",
        "true",
    )
    .await
}

#[tokio::test]
async fn page_without_its_version_is_reloaded_once_and_goes_on() -> Outcome {
    let (host, _server, ann) = ann_comes_back().await?;
    host.refuses(CORE);
    host.denies_files();
    let pages = host.pages();
    ann.goes_to("").await?;
    ann.until_it_holds("more attempts", Patience::default(), async || {
        let refusals = host.refusals();
        Ok(if refusals >= 4 {
            Ok(())
        } else {
            Err(format!("{refusals} refused"))
        })
    })
    .await?;
    assert_eq!(host.pages(), pages + 2, "the page was reloaded once");
    ann.reads("Confab has not fully loaded yet.").await?;
    host.answers_all();
    fills_in(&ann).await?;
    ann.button("Sign in").click().await?;
    ann.heading("Ready to join tea?").is_shown().await
}
