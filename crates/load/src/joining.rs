//! Many users who join one room at once, each join being broadcast to all participants.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use protocol::{ClientMessage, RoomChanges, ServerMessage, SessionToken};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::client::AT_ONCE;
use crate::{Client, Figures, LoadError};

/// The room that all join.
const ROOM: &str = "joining";

/// Lets all users join one room as fast as they can, and waits until each has been notified of all. `memory`
/// returns the server's memory, in KiB, and `processor_time` the time it has computed. Fails if there are more
/// users than the largest room allows.
pub async fn joining(
    to: SocketAddr,
    users: &[SessionToken],
    memory: impl Fn() -> Option<u64>,
    processor_time: impl Fn() -> Option<Duration>,
) -> Result<Figures, LoadError> {
    let before = memory();
    let all = users.len();
    let Some((first, others)) = users.split_first() else {
        return Ok(Figures::default());
    };
    // The first user owns the room, and makes it large enough.
    let mut owner = Client::enter(to, first.clone(), ROOM.to_owned()).await?;
    enlarge(&mut owner, all).await?;
    let (begun, computed) = (Instant::now(), processor_time());
    let mut listening = JoinSet::new();
    listening.spawn(until_all_are_there(owner, all));
    let entered = stream::iter(others).map(|token| async move {
        let asked = Instant::now();
        let client = Client::enter(to, token.clone(), ROOM.to_owned()).await?;
        Ok::<_, LoadError>((client, asked.elapsed()))
    });
    let mut entered = entered.buffer_unordered(AT_ONCE);
    let mut times = Vec::new();
    while let Some((client, time)) = entered.try_next().await? {
        times.push(time);
        listening.spawn(until_all_are_there(client, all));
    }
    let all_in = begun.elapsed();
    let mut heard = 0;
    // Clients that have been notified of all stay until the others have too.
    let mut waiting = Vec::new();
    while let Some(listened) = listening.join_next().await {
        let (client, messages) = listened.map_err(|_| LoadError::Ended)??;
        heard += messages;
        waiting.push(client);
    }
    let notified = begun.elapsed();
    let mut figures = Figures::default();
    figures.add(format!("users who join one room, {AT_ONCE} at a time"), all);
    figures.add_compared("until all are in", all_in.as_secs_f64(), 2, "s");
    figures.add_compared("until each was notified of all", notified.as_secs_f64(), 2, "s");
    if let (Some(before), Some(after)) = (computed, processor_time()) {
        let computed = after.saturating_sub(before).as_secs_f64();
        figures.add_compared("processor time of the server until then", computed, 2, "s");
    }
    figures.add("messages received", heard);
    figures.add_times("from connecting to the welcome", &mut times);
    if let (Some(before), Some(after)) = (before, memory()) {
        figures.add(
            "server memory, before and with all of them",
            format_args!("{before} and {after} KiB"),
        );
    }
    Ok(figures)
}

async fn enlarge(owner: &mut Client, size: usize) -> Result<(), LoadError> {
    let settings = RoomChanges {
        size: Some(u32::try_from(size).unwrap_or(u32::MAX)),
        ..RoomChanges::default()
    };
    let password = None;
    owner
        .say(&ClientMessage::ChangeRoom { settings, password })
        .await?;
    loop {
        match owner.hear().await? {
            ServerMessage::RoomChanged { .. } => return Ok(()),
            ServerMessage::Error { code, .. } => return Err(LoadError::Said(format!("{code:?}"))),
            _ => {}
        }
    }
}

async fn until_all_are_there(mut client: Client, all: usize) -> Result<(Client, usize), LoadError> {
    let (mut there, mut messages) = (client.welcome.participants.len(), 1);
    while there < all {
        messages += 1;
        if let ServerMessage::ParticipantJoined { .. } = client.hear().await? {
            there += 1;
        }
    }
    Ok((client, messages))
}
