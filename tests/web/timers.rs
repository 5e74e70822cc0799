//! Timers, by name.

use std::time::Duration;

use call_core::{Effect, Event, Timer};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::shell;

fn start(timer: Timer, millis: u64) -> Effect {
    Effect::StartTimer {
        timer,
        after: Duration::from_millis(millis),
    }
}

#[wasm_bindgen_test]
async fn timer_fires_once_unless_stopped() {
    let (mut shell, log) = shell();
    let (mut gone, log_of_gone) = crate::support::shell();
    gone.execute(start(Timer::Ping, 1));
    shell.execute(start(Timer::Ping, 1));
    shell.execute(start(Timer::SocketTimeout, 1));
    shell.execute(Effect::StopTimer(Timer::SocketTimeout));
    shell.execute(start(Timer::Reconnect, 60));
    drop(gone);
    log.until(&Event::TimerFired(Timer::Reconnect)).await;
    assert_eq!(
        log.events(),
        [
            Event::TimerFired(Timer::Ping),
            Event::TimerFired(Timer::Reconnect)
        ]
    );
    assert_eq!(log_of_gone.events(), []);
}

#[wasm_bindgen_test]
async fn restart_resets_timer() {
    let (mut shell, log) = shell();
    shell.execute(start(Timer::Ping, 1));
    shell.execute(start(Timer::Ping, 120));
    shell.execute(start(Timer::SocketTimeout, 40));
    log.until(&Event::TimerFired(Timer::Ping)).await;
    assert_eq!(
        log.events(),
        [
            Event::TimerFired(Timer::SocketTimeout),
            Event::TimerFired(Timer::Ping)
        ]
    );
}

#[wasm_bindgen_test]
async fn overlong_timer_does_not_fire_at_once() {
    let (mut shell, log) = shell();
    shell.execute(start(Timer::IceServers, u64::MAX));
    shell.execute(start(Timer::Ping, 30));
    log.until(&Event::TimerFired(Timer::Ping)).await;
    assert_eq!(log.events(), [Event::TimerFired(Timer::Ping)]);
}
