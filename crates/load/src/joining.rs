//! Many who come at once: rooms that fill, each coming told to all who are there.

use std::net::SocketAddr;
use tokio::time::Instant;

use futures_util::{StreamExt, TryStreamExt, stream};
use protocol::limits::ROOM_PARTICIPANTS;
use protocol::{ServerMessage, SessionToken};
use tokio::task::JoinSet;

use crate::client::AT_ONCE;
use crate::{Client, Figures, LoadError};

/// Lets all users come as fast as they can, and waits until everybody has heard of everybody. A room holds only so many, so
/// each that is full is followed by another.
pub async fn joining(to: SocketAddr, users: &[SessionToken]) -> Result<Figures, LoadError> {
    let begun = Instant::now();
    let mut listening = JoinSet::new();
    let entered = stream::iter(users.iter().enumerate()).map(|(number, token)| async move {
        let asked = Instant::now();
        let room = number / ROOM_PARTICIPANTS;
        let client = Client::enter(to, token.clone(), format!("joining-{room}")).await?;
        let all = ROOM_PARTICIPANTS.min(users.len() - room * ROOM_PARTICIPANTS);
        Ok::<_, LoadError>((client, all, asked.elapsed()))
    });
    let mut entered = entered.buffer_unordered(AT_ONCE);
    let mut times = Vec::new();
    while let Some((client, all, time)) = entered.try_next().await? {
        times.push(time);
        listening.spawn(until_all_are_there(client, all));
    }
    let mut heard = 0;
    // Whoever has heard of all stays until everybody has.
    let mut waiting = Vec::new();
    while let Some(listened) = listening.join_next().await {
        let (client, messages) = listened.map_err(|_| LoadError::Ended)??;
        heard += messages;
        waiting.push(client);
    }
    let seconds = begun.elapsed().as_secs_f64();
    let rooms = users.len().div_ceil(ROOM_PARTICIPANTS);
    let mut figures = Figures::default();
    figures.add(
        format!("who join, {AT_ONCE} at a time, into rooms of {ROOM_PARTICIPANTS}"),
        format_args!("{} into {rooms}", users.len()),
    );
    figures.add(
        "until everybody has heard of everybody",
        format_args!("{seconds:.2} s"),
    );
    figures.add("messages that told them", heard);
    figures.add_times("from connecting to the welcome", &mut times);
    Ok(figures)
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
