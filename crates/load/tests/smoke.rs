//! The load tests themselves, on a small scale, against a server inside the test.

use std::time::Duration;

use load::{Pace, accounts, idle, joining, relay, serve_floor, signing_in, strangers};
use signaling_server::config::{AttemptRates, Config, Rate};
use signaling_server::run;
use tempfile::TempDir;
use tokio::net::TcpListener;

#[tokio::test]
async fn each_load_is_measured() {
    let folder = TempDir::new().expect("a folder");
    let mut config = Config {
        data: folder.path().to_owned(),
        ..Config::default()
    };
    config.accounts.attempts = AttemptRates::within(1000, 1000, 1000, 1000, Duration::from_secs(1));
    // A fast machine exceeds the default limits, which `Program` raises too.
    let unbounded = Rate {
        burst: 1e9,
        per_second: 1e9,
    };
    (config.per_socket.signals, config.per_socket.signal_bytes) = (unbounded, unbounded);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let to = listener.local_addr().expect("an address");
    let server = tokio::spawn(run(listener, config, std::future::pending()));
    let users = accounts(to, 8).await.expect("accounts");
    let figures = idle(to, &users, 50, || Some(1000)).await.expect("idle sockets");
    let table = figures.to_string();
    assert!(table.contains("| idle sockets, one room each | 50 |"), "{table}");
    assert!(table.contains("| memory per socket | 0 bytes |"), "{table}");
    for run in [("fast", Pace::Fastest), ("slow", Pace::PerSecond(100))] {
        let lasting = Duration::from_millis(100);
        let computed = || Some(Duration::ZERO);
        let figures = relay(to, &users[..4], run, lasting, computed)
            .await
            .expect("signals");
        let table = figures.to_string();
        assert!(table.contains(&format!("between 2 pairs, {}", run.0)), "{table}");
        assert!(
            table.contains(&format!("| processor time per signal, {} | 0.0 µs |", run.0)),
            "{table}"
        );
    }
    let figures = joining(to, &users, || Some(1000), || None).await.expect("a room");
    let table = figures.to_string();
    assert!(
        table.contains("| users who join one room, 32 at a time | 8 |"),
        "{table}"
    );
    assert!(table.contains("| 1000 and 1000 KiB |"), "{table}");
    let figures = signing_in(to, 8, 10, || Some(1000)).await.expect("sign-ins");
    let table = figures.to_string();
    assert!(
        table.contains("half of them with a wrong password | 10 |"),
        "{table}"
    );
    server.abort();
}

#[tokio::test]
async fn the_floor_carries_the_same_load() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let to = listener.local_addr().expect("an address");
    let floor = tokio::spawn(serve_floor(listener));
    let users = strangers(8);
    let figures = idle(to, &users, 50, || None).await.expect("idle sockets");
    assert!(figures.to_string().contains("one room each | 50 |"), "{figures}");
    let run = ("fast", Pace::Fastest);
    let lasting = Duration::from_millis(100);
    let figures = relay(to, &users[..4], run, lasting, || None)
        .await
        .expect("signals");
    assert!(figures.to_string().contains("between 2 pairs"), "{figures}");
    let figures = joining(to, &users, || None, || None).await.expect("a room");
    assert!(figures.to_string().contains("at a time | 8 |"), "{figures}");
    floor.abort();
}

#[tokio::test]
async fn servers_elsewhere_are_refused() {
    let refused = accounts(([192, 0, 2, 1], 80).into(), 1).await;
    assert!(refused.is_err_and(|error| error.to_string().contains("192.0.2.1")));
}
