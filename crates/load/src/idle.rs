//! Idle sockets: each in a room of its own, answering pings, like a page that was left open.

use std::net::SocketAddr;
use tokio::time::Instant;

use futures_util::{StreamExt, TryStreamExt, stream};
use protocol::SessionToken;
use tokio::task::JoinSet;

use crate::client::AT_ONCE;
use crate::{Client, Figures, LoadError};

/// Opens `count` sockets, distributed among some users, and measures the server's memory for each. `memory`
/// returns the server's memory, in KiB.
pub async fn idle(
    to: SocketAddr,
    users: &[SessionToken],
    count: usize,
    memory: impl Fn() -> Option<u64>,
) -> Result<Figures, LoadError> {
    let before = memory();
    let begun = Instant::now();
    // Users take turns, since the server limits how fast one user may enter rooms.
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
    // Long enough for each socket to be pinged and to answer.
    let pinged = std::time::Duration::from_secs(if count > 1000 { 15 } else { 1 });
    let ended = tokio::time::timeout(pinged, listening.join_next()).await;
    if ended.is_ok() {
        return Err(LoadError::Ended);
    }
    let mut figures = Figures::default();
    figures.add("idle sockets, one room each", count);
    figures.add("opened in", format_args!("{:.1} s", opening.as_secs_f64()));
    if let (Some(before), Some(after)) = (before, memory()) {
        let taken = after.saturating_sub(before);
        figures.add("server memory without them", format_args!("{before} KiB"));
        figures.add("server memory with them", format_args!("{after} KiB"));
        let bytes = taken * 1024 / u64::try_from(count.max(1)).unwrap_or(1);
        let bytes = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
        figures.add_compared("memory per socket", bytes, 0, "bytes");
    }
    Ok(figures)
}
