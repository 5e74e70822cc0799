//! Closes sockets of sessions that ended by age, or in another process (`confab admin`).

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::Accounts;
use crate::clock::unix_millis;
use crate::limits::SESSIONS_SWEPT_EVERY;
use crate::store::Session;

/// Sweeps after which sessions are checked even if no other process has changed the database: they expire by
/// age.
const BY_AGE: u32 = 60;

impl Accounts {
    /// Closes the sockets of ended sessions, forever.
    pub async fn sweep(self: Arc<Self>) {
        let mut ticks = interval(SESSIONS_SWEPT_EVERY.max(Duration::from_millis(1)));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut version, mut since) = (None, 0);
        loop {
            ticks.tick().await;
            // Changes when another connection has written; reading it costs no more than a look at memory.
            let now = self.store.run(|connection| {
                connection.query_row("PRAGMA data_version", [], |row| row.get::<_, i64>(0))
            });
            let Ok(now) = now.await else { continue };
            since += 1;
            if since < BY_AGE && version == Some(now) {
                continue;
            }
            (version, since) = (Some(now), 0);
            let open = self.hub.sessions();
            let ended = self
                .store
                .run(move |connection| Session::ended(connection, &open, unix_millis()));
            for token in ended.await.unwrap_or_default() {
                self.hub.end_session(token);
            }
        }
    }
}
