//! Sign-ins with right and wrong passwords: rate, and server memory.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use tokio::time::Instant;

use crate::client::{WORTHLESS, sign_in};
use crate::{Figures, LoadError};

/// Concurrent sign-ins: fewer than the server lets wait (20 by default).
const AT_ONCE: usize = 16;

/// Signs in `count` times, alternately with the right and a wrong password, as the users 0 to `users`
/// (exclusive) created by [`crate::accounts`]. `memory` returns the server's memory, in KiB.
pub async fn signing_in(
    to: SocketAddr,
    users: usize,
    count: usize,
    memory: impl Fn() -> Option<u64>,
) -> Result<Figures, LoadError> {
    let before = memory();
    let begun = Instant::now();
    let signing_in = stream::iter(0..count).map(|number| async move {
        let asked = Instant::now();
        let (password, expected) = if number % 2 == 0 {
            (WORTHLESS, 200)
        } else {
            ("a wrong password", 401)
        };
        let status = sign_in(to, (number / 2) % users.max(1), password).await?;
        if status == expected {
            Ok(asked.elapsed())
        } else {
            Err(LoadError::Said(format!("{status} instead of {expected}")))
        }
    });
    let mut times: Vec<Duration> = signing_in.buffer_unordered(AT_ONCE).try_collect().await?;
    let seconds = begun.elapsed().as_secs_f64();
    let mut figures = Figures::default();
    figures.add("sign-ins, half of them with a wrong password", count);
    let all = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    figures.add("sign-ins per second", format_args!("{:.0}", all / seconds));
    figures.add_times(
        &format!("from request to response, {AT_ONCE} at a time"),
        &mut times,
    );
    if let (Some(before), Some(after)) = (before, memory()) {
        figures.add(
            "server memory, before and after the sign-ins",
            format_args!("{before} and {after} KiB"),
        );
    }
    Ok(figures)
}
