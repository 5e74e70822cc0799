//! Confab under a base path, behind a real nginx on a host that serves other things too.

use e2e::{Nginx, Outcome, PathForwarding, Person, Server};

use e2e::steps::{calls, creates_account, goes_in};

/// Opens a room through nginx and joins it.
async fn comes(name: &str, nginx: &Nginx) -> Outcome<Person> {
    let person = Person::arrives(name, &nginx.origin()).await?;
    person.goes_to("meet/room/Tea").await?;
    creates_account(&person).await?;
    goes_in(&person).await?;
    let address = person.address().await?;
    assert_eq!(address, format!("{}/meet/room/tea", nginx.origin()));
    Ok(person)
}

#[tokio::test]
async fn base_path_carries_a_call_and_a_reload() -> Outcome {
    let server = Server::start_with(&[("CONFAB_BASE_PATH", "/meet/")]).await?;
    let whole = Nginx::before(&server, "/meet/", PathForwarding::Whole).await?;
    let stripped = Nginx::before(&server, "/meet/", PathForwarding::Stripped).await?;
    let ann = comes("Ann", &whole).await?;
    let bea = comes("Bea", &stripped).await?;
    calls(&ann, &bea).await?;
    // The session cookie is limited to the base path.
    ann.reloads().await?;
    ann.list("People").says("Bea").await?;
    ann.button("Leave room").click().await?;
    ann.heading("Join a room").is_shown().await?;
    assert_eq!(ann.address().await?, format!("{}/meet/", whole.origin()));
    ann.goes_to("meet/room/tea.").await?;
    ann.heading("There's nothing here").is_shown().await?;
    ann.goes_to("meet/check/set-up").await?;
    ann.heading("Test my devices").is_shown().await
}
