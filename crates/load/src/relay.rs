//! Signals between pairs: rate, and delay from one client to the other.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use protocol::{ClientMessage, Epoch, ServerMessage, SessionToken};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval};

use crate::{Client, Figures, LoadError, Stamp};

/// Size of a signal, in bytes.
const BYTES: usize = 2048;
/// Signals of a pair in flight at the same time: fewer than an outbox holds.
const ON_THEIR_WAY: usize = 8;
/// Time after which a signal is considered lost, however busy the machine is.
const LOST: Duration = Duration::from_secs(30);

/// How many signals are sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// As many as the server relays.
    Fastest,
    /// This many per second, by all pairs together.
    PerSecond(u32),
}

/// Lets the users send signals in pairs, one way, for the duration `lasting`. `label` tells the figures from those
/// of other runs, and `processor_time` returns the time that the server has computed.
pub async fn relay(
    to: SocketAddr,
    users: &[SessionToken],
    (label, pace): (&str, Pace),
    lasting: Duration,
    processor_time: impl Fn() -> Option<Duration>,
) -> Result<Figures, LoadError> {
    let mut pairs = JoinSet::new();
    let mut linked = Vec::new();
    for (number, pair) in users.chunks_exact(2).enumerate() {
        let room = format!("relay-{number}");
        let one = Client::enter(to, pair[0].clone(), room.clone()).await?;
        let two = Client::enter(to, pair[1].clone(), room).await?;
        linked.push(link(one, two).await?);
    }
    let count = linked.len();
    let (begun, computed) = (Instant::now(), processor_time());
    let every = match pace {
        Pace::Fastest => Duration::ZERO,
        Pace::PerSecond(signals) => Duration::from_secs(1) * u32::try_from(count).unwrap_or(1) / signals,
    };
    for (one, two, epoch) in linked {
        pairs.spawn(pass(one, two, epoch, (begun, every), lasting));
    }
    let mut times = Vec::new();
    while let Some(pair) = pairs.join_next().await {
        times.extend(pair.map_err(|_| LoadError::Ended)??);
    }
    let seconds = begun.elapsed().as_secs_f64();
    let mut figures = Figures::default();
    figures.add(
        format!("signals of {BYTES} bytes between {count} pairs, {label}"),
        times.len(),
    );
    let count = f64::from(u32::try_from(times.len()).unwrap_or(u32::MAX));
    figures.add_compared(&format!("signals per second, {label}"), count / seconds, 0, "");
    if let (Some(before), Some(after)) = (computed, processor_time()) {
        let micros = after.saturating_sub(before).as_secs_f64() * 1e6 / count;
        figures.add_compared(&format!("processor time per signal, {label}"), micros, 1, "µs");
    }
    figures.add_times(&format!("from client to client, {label}"), &mut times);
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
    (begun, every): (Instant, Duration),
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
                    let Some(sent) = signal.at.map(Duration::from_nanos) else {
                        return Ok(times);
                    };
                    times.push(begun.elapsed().saturating_sub(sent));
                    room.add_permits(1);
                }
                ServerMessage::Error { code, .. } => return Err(LoadError::Said(format!("{code:?}"))),
                _ => {}
            }
        }
    });
    let mut pace = (every > Duration::ZERO).then(|| interval(every));
    let mut stamp = Stamp {
        at: None,
        filling: "x".repeat(BYTES),
    };
    while begun.elapsed() < lasting {
        if let Some(pace) = &mut pace {
            pace.tick().await;
        }
        let permit = tokio::time::timeout(LOST, window.acquire()).await;
        permit
            .map_err(|_| LoadError::Ended)?
            .map_err(|_| LoadError::Ended)?
            .forget();
        stamp.at = u64::try_from(begun.elapsed().as_nanos()).ok();
        one.signal(to, epoch, &stamp).await?;
    }
    stamp.at = None;
    one.signal(to, epoch, &stamp).await?;
    let listened: Result<_, LoadError> = listening.await.map_err(|_| LoadError::Ended)?;
    listened
}
