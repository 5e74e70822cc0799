//! How the app comes to a browser: by `make run`, as the README gives it, or from a static host.

use e2e::{MakeRun, Outcome, Person, Server, StaticHost};

use crate::steps::{calls, creates_account, enters, goes_in};

#[tokio::test]
async fn make_run_prints_an_address_whose_page_works_alone_and_without_errors() -> Outcome {
    let confab = MakeRun::starts().await?;
    let ann = Person::arrives("Ann", &confab.url()).await?;
    ann.goes_to("room/tea").await?;
    creates_account(&ann).await?;
    goes_in(&ann).await?;
    ann.list("People").says("Ann").await?;
    ann.leaves_no_trouble(&[]).await
}

#[tokio::test]
async fn the_app_on_a_static_host_talks_with_the_server_that_its_configuration_names() -> Outcome {
    let host = StaticHost::of_the_built_app()?;
    let server = Server::start_with(&[("CONFAB_ALLOWED_ORIGINS", &host.url())]).await?;
    host.names_the_server(&server.url());
    let ann = Person::arrives("Ann", &host.url()).await?;
    ann.goes_to("").await?;
    ann.field("Room").types("tea").await?;
    creates_account(&ann).await?;
    goes_in(&ann).await?;
    ann.list("People").says("Ann").await?;
    // Somebody who came by the server itself is in the same room.
    let bea = enters(&server, "Bea", "tea").await?;
    calls(&ann, &bea).await
}

#[tokio::test]
async fn a_page_from_elsewhere_that_the_server_does_not_know_is_told_so() -> Outcome {
    let host = StaticHost::of_the_built_app()?;
    let server = Server::start().await?;
    host.names_the_server(&server.url());
    let ann = Person::arrives("Ann", &host.url()).await?;
    ann.goes_to("").await?;
    ann.field("Room").types("tea").await?;
    creates_account(&ann).await?;
    ann.reads("The server cannot be reached.").await
}
