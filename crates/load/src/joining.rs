//! Many who come at once: one room that fills, each coming told to all who are there.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use protocol::{ClientMessage, RoomChanges, ServerMessage, SessionToken};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::client::AT_ONCE;
use crate::{Client, Figures, LoadError};

/// What they all come into.
const ROOM: &str = "joining";

/// Lets all users come into one room as fast as they can, and waits until everybody has heard of everybody. `memory` tells
/// what the server has, in KiB. More than a server may be set up for are refused.
pub async fn joining(
    to: SocketAddr,
    users: &[SessionToken],
    memory: impl Fn() -> Option<u64>,
) -> Result<Figures, LoadError> {
    let before = memory();
    let all = users.len();
    let Some((first, others)) = users.split_first() else {
        return Ok(Figures::default());
    };
    // Who comes first owns the room, and makes it as large as it has to be.
    let mut owner = Client::enter(to, first.clone(), ROOM.to_owned()).await?;
    enlarge(&mut owner, all).await?;
    let begun = Instant::now();
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
    // Whoever has heard of all stays until everybody has.
    let mut waiting = Vec::new();
    while let Some(listened) = listening.join_next().await {
        let (client, messages) = listened.map_err(|_| LoadError::Ended)??;
        heard += messages;
        waiting.push(client);
    }
    let mut figures = Figures::default();
    figures.add(format!("who join one room, {AT_ONCE} at a time"), all);
    figures.add("until all are in", seconds(all_in));
    figures.add("until everybody has heard of everybody", seconds(begun.elapsed()));
    figures.add("messages that told them", heard);
    figures.add_times("from connecting to the welcome", &mut times);
    if let (Some(before), Some(after)) = (before, memory()) {
        figures.add(
            "memory of the server, before and with all of them",
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

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
