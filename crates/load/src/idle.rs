//! Sockets that say nothing: each in a room of its own, answering pings, as a page that was left open.

use std::net::SocketAddr;
use tokio::time::Instant;

use futures_util::{StreamExt, TryStreamExt, stream};
use protocol::SessionToken;
use tokio::task::JoinSet;

use crate::client::AT_ONCE;
use crate::{Client, Figures, LoadError};

/// Opens `count` sockets, shared among some users, and measures what memory the server takes for each. `memory` tells how
/// much it has, in KiB.
pub async fn idle(
    to: SocketAddr,
    users: &[SessionToken],
    count: usize,
    memory: impl Fn() -> Option<u64>,
) -> Result<Figures, LoadError> {
    let before = memory();
    let begun = Instant::now();
    // One after another of each user: a user comes in only so often at once.
    let clients: Vec<Client> = stream::iter((0..count).zip(users.iter().cycle()))
        .map(|(number, token)| Client::enter(to, token.clone(), format!("idle-{number}")))
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await?;
    let opening = begun.elapsed();
    let mut listening = JoinSet::new();
    for mut client in clients {
        listening.spawn(async move { while client.hear().await.is_ok() {} });
    }
    // As long as it takes until each was pinged, and has answered.
    let pinged = std::time::Duration::from_secs(if count > 1000 { 15 } else { 1 });
    let ended = tokio::time::timeout(pinged, listening.join_next()).await;
    if ended.is_ok() {
        return Err(LoadError::Ended);
    }
    let mut figures = Figures::default();
    figures.add("idle sockets, each in a room", count);
    figures.add("opened in", format_args!("{:.1} s", opening.as_secs_f64()));
    if let (Some(before), Some(after)) = (before, memory()) {
        let taken = after.saturating_sub(before);
        figures.add("memory of the server without them", format_args!("{before} KiB"));
        figures.add("memory of the server with them", format_args!("{after} KiB"));
        let bytes = taken * 1024 / u64::try_from(count.max(1)).unwrap_or(1);
        figures.add("memory for each", format_args!("{bytes} bytes"));
    }
    Ok(figures)
}
