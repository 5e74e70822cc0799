//! Signals between pairs: rate, and delay from one client to the other.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use protocol::{ClientMessage, Epoch, ParticipantId, ServerMessage, SessionToken};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::{Client, Figures, LoadError};

/// Size of a signal, in bytes.
const BYTES: usize = 2048;
/// Signals of a pair in flight at the same time: fewer than an outbox holds.
const ON_THEIR_WAY: usize = 8;
/// Time after which a signal is considered lost, however busy the machine is.
const LOST: Duration = Duration::from_secs(30);

/// Lets the users send signals in pairs, one way, for the duration `lasting`.
pub async fn relay(to: SocketAddr, users: &[SessionToken], lasting: Duration) -> Result<Figures, LoadError> {
    let mut pairs = JoinSet::new();
    let mut linked = Vec::new();
    for (number, pair) in users.chunks_exact(2).enumerate() {
        let room = format!("relay-{number}");
        let one = Client::enter(to, pair[0].clone(), room.clone()).await?;
        let two = Client::enter(to, pair[1].clone(), room).await?;
        linked.push(link(one, two).await?);
    }
    let count = linked.len();
    let begun = Instant::now();
    for (one, two, epoch) in linked {
        pairs.spawn(pass(one, two, epoch, begun, lasting));
    }
    let mut times = Vec::new();
    while let Some(pair) = pairs.join_next().await {
        times.extend(pair.map_err(|_| LoadError::Ended)??);
    }
    let seconds = begun.elapsed().as_secs_f64();
    let mut figures = Figures::default();
    figures.add(
        format!("signals of {BYTES} bytes between {count} pairs, {ON_THEIR_WAY} of each in flight"),
        times.len(),
    );
    let count = f64::from(u32::try_from(times.len()).unwrap_or(u32::MAX));
    figures.add("signals per second", format_args!("{:.0}", count / seconds));
    figures.add_times("from client to client", &mut times);
    Ok(figures)
}

async fn link(mut one: Client, mut two: Client) -> Result<(Client, Client, Epoch), LoadError> {
    one.say(&ClientMessage::Invite { to: two.welcome.you }).await?;
    let invitation = loop {
        if let ServerMessage::InvitationRinging { invitation } = two.hear().await? {
            break invitation.id;
        }
    };
    two.say(&ClientMessage::AcceptInvitation { invitation }).await?;
    let epoch = loop {
        if let ServerMessage::LinkOpened { link } = one.hear().await? {
            break link.epoch;
        }
    };
    Ok((one, two, epoch))
}

/// Sends from `one` and receives at `two`; returns the delays.
async fn pass(
    mut one: Client,
    mut two: Client,
    epoch: Epoch,
    begun: Instant,
    lasting: Duration,
) -> Result<Vec<Duration>, LoadError> {
    let window = Arc::new(Semaphore::new(ON_THEIR_WAY));
    let to = two.welcome.you;
    let room = Arc::clone(&window);
    let listening = tokio::spawn(async move {
        let mut times = Vec::new();
        loop {
            match two.hear().await? {
                ServerMessage::Signal { signal, .. } => {
                    let sent = signal.get("at").and_then(Value::as_u64).map(Duration::from_nanos);
                    let Some(sent) = sent else { return Ok(times) };
                    times.push(begun.elapsed().saturating_sub(sent));
                    room.add_permits(1);
                }
                ServerMessage::Error { code, .. } => return Err(LoadError::Said(format!("{code:?}"))),
                _ => {}
            }
        }
    });
    while begun.elapsed() < lasting {
        let permit = tokio::time::timeout(LOST, window.acquire()).await;
        permit
            .map_err(|_| LoadError::Ended)?
            .map_err(|_| LoadError::Ended)?
            .forget();
        let at = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
        one.say(&signal(to, epoch, &json!({"at": at, "x": "x".repeat(BYTES)})))
            .await?;
    }
    one.say(&signal(to, epoch, &json!({}))).await?;
    let listened: Result<_, LoadError> = listening.await.map_err(|_| LoadError::Ended)?;
    listened
}

fn signal(to: ParticipantId, epoch: Epoch, signal: &Value) -> ClientMessage<Value> {
    let signal = signal.clone();
    ClientMessage::Signal { to, epoch, signal }
}
