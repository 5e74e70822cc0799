//! All clients come back at once, after the program was killed and started again.

use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::future::join_all;
use protocol::{ClientMessage, Hello, SeatKey, ServerMessage, SessionToken, Welcome};
use tempfile::TempDir;
use tokio::time::{Instant, interval, sleep};

use crate::client::{Raw, hello};
use crate::http::request;
use crate::program::{account, start_with};

/// Users, and rooms in each of which every user has a seat: 512 clients.
const USERS: usize = 32;
const ROOMS: usize = 16;
/// The shortest pause of an app in a call before each attempt but the first, and what chance may add, in milliseconds;
/// see PROTOCOL.md.
const PAUSE: u64 = 300;
const CHANCE: u64 = 200;
/// Longest time from the return of the server until all are back: three times the 15 s that Confab promises.
/// Measured: 1.4 s.
const ALL_BACK_WITHIN: Duration = Duration::from_secs(45);
/// How long answers to others are timed meanwhile.
const TIMED: Duration = Duration::from_secs(5);
/// How long others may wait for an answer meanwhile. Clients, test and an unoptimized server share the machine:
/// measured were 1.2 s alone, 1.3 s beside two busy loops, and 3.9 s beside four browsers in a call and a
/// compiler.
const ANSWER_WITHIN: Duration = Duration::from_secs(12);

/// A client that does nothing but come back.
struct Bare {
    number: usize,
    token: SessionToken,
    room: String,
    seat: Option<SeatKey>,
    socket: Option<Raw>,
}

impl Bare {
    /// Makes one attempt to enter, from an address of its own.
    async fn attempt(&mut self, to: SocketAddr) -> Option<Box<Welcome>> {
        let from = format!("10.0.{}.{}", self.number / 250, self.number % 250 + 1);
        let mut socket = Raw::open_with(to, Some(("x-forwarded-for", &from))).await.ok()?;
        let hello = Hello {
            seat: self.seat.clone(),
            ..hello(&self.token, &self.room)
        };
        socket.say(&ClientMessage::Hello(hello)).await;
        let Some(ServerMessage::Welcome(welcome)) = socket.hear().await else {
            return None;
        };
        self.seat = Some(welcome.seat.clone());
        self.socket = Some(socket);
        Some(welcome)
    }

    /// Comes back as an app does. Returns when it did, and whether to its seat.
    async fn come_back(&mut self, to: SocketAddr) -> (Instant, bool) {
        let chance = u64::try_from(self.number * 37).expect("a small number") % (CHANCE + 1);
        loop {
            if let Some(welcome) = self.attempt(to).await {
                return (Instant::now(), welcome.resumed);
            }
            // The app's backoff, which shapes the load: no wait for a condition.
            sleep(Duration::from_millis(PAUSE + chance)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_clients_are_back_in_time_after_a_kill() {
    let folder = TempDir::new().expect("a folder");
    let proxied = ["--trusted-proxy", "127.0.0.1"];
    let (mut child, address) = start_with(folder.path(), "127.0.0.1:0", &proxied).await;
    let mut clients = Vec::new();
    for user in 0..USERS {
        let token = account(address, &format!("user {user}")).await;
        for room in 0..ROOMS {
            clients.push(Bare {
                number: clients.len(),
                token: token.clone(),
                room: format!("room-{room}"),
                seat: None,
                socket: None,
            });
        }
    }
    let entered = join_all(clients.iter_mut().map(|client| client.attempt(address))).await;
    assert!(entered.iter().all(Option::is_some), "all have entered");

    child.kill().await.expect("killed");
    for client in &mut clients {
        client.socket = None;
    }
    let coming = clients.into_iter().map(|mut client| {
        tokio::spawn(async move {
            let back = client.come_back(address).await;
            (client, back)
        })
    });
    let coming: Vec<_> = coming.collect();
    let (_child, _) = start_with(folder.path(), &address.to_string(), &proxied).await;
    let ready = Instant::now();
    let slowest = tokio::spawn(async move {
        let mut slowest = Duration::ZERO;
        let mut ticks = interval(Duration::from_millis(50));
        while ready.elapsed() < TIMED {
            ticks.tick().await;
            let asked = Instant::now();
            let answer = request(address, "GET", "/api/health", &[], "").await;
            assert_eq!(answer.status, 200);
            slowest = slowest.max(asked.elapsed());
        }
        slowest
    });
    let mut last = Duration::ZERO;
    let mut back = Vec::new();
    for client in join_all(coming).await {
        let (client, (when, resumed)) = client.expect("it came back");
        assert!(resumed, "to its own seat");
        last = last.max(when.saturating_duration_since(ready));
        back.push(client);
    }
    let slowest = slowest.await.expect("answers");
    // Bypasses the capture of test output, so that the runner of all tests shows it.
    let _ = writeln!(
        std::io::stderr(),
        "\n  note: {} clients were back {last:.1?} after a restart; the slowest answer took {slowest:.1?}",
        back.len()
    );
    assert!(last < ALL_BACK_WITHIN, "the last was back after {last:?}");
    assert!(slowest < ANSWER_WITHIN, "an answer took {slowest:?}");
}
