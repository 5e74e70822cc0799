//! The real server, started and ended as the journeys do.

use std::net::TcpStream;

use e2e::{Outcome, Person, Server};

#[tokio::test]
async fn address_and_data_survive_a_kill() -> Outcome {
    let mut server = Server::start().await?;
    let url = server.url();
    let ann = Person::arrives("Ann", &url).await?;
    assert!(ann.address().await?.starts_with(&url));
    let kept = server.data().join("kept");
    std::fs::write(&kept, "kept")?;

    server.kill9();
    assert!(TcpStream::connect(url.trim_start_matches("http://")).is_err());
    server.restart().await?;
    assert_eq!(server.url(), url);
    assert!(kept.exists());
    ann.reloads().await
}

#[tokio::test]
async fn drop_kills_server_and_removes_folder() -> Outcome {
    let server = Server::start().await?;
    let (url, data) = (server.url(), server.data());
    assert!(data.exists(), "{}", server.log());
    drop(server);
    assert!(!data.exists());
    assert!(TcpStream::connect(url.trim_start_matches("http://")).is_err());
    Ok(())
}

#[tokio::test]
async fn failed_start_gives_the_reason() {
    let failure = Server::start_with(&[("CONFAB_SOCKETS", "some")]).await;
    assert!(failure.is_err_and(|failure| {
        failure
            .to_string()
            .contains("the setting sockets cannot be \"some\"")
    }));
}
