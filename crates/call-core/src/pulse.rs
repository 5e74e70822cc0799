//! What a computer that slept, a page that was put aside or another network mean for what is open: a look at all of it.
//!
//! Browsers stop timers while a computer sleeps and slow them down in pages out of sight. So a timer runs that does
//! nothing, and when it fires much later than it was set for, everything may be dead that says it is open.

use std::time::Duration;

use protocol::UnixMillis;

use crate::link::Link;
use crate::{Core, Effect, NoticeBody, Timer};

/// How often: a sleep is noticed this long after its end, at the latest.
const EVERY: Duration = Duration::from_secs(5);
/// How late is too late: pages out of sight have their timers put off by a second.
const LATE: Duration = Duration::from_secs(5);

/// When the timer shall fire; none while it does not run.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pulse(Option<UnixMillis>);

impl Pulse {
    /// Whether the timer that fires now is much too late.
    fn slept(self, now: UnixMillis) -> bool {
        let late = self.0.map_or(0, |due| now.0.saturating_sub(due.0));
        Duration::from_millis(late) > LATE
    }
}

impl Core {
    /// Runs the pulse while there is a room to be in.
    pub(crate) fn run_pulse(&mut self) -> Vec<Effect> {
        let wanted = self.room.is_some();
        if wanted == self.pulse.0.is_some() {
            return Vec::new();
        }
        if wanted {
            return vec![self.beat()];
        }
        self.pulse = Pulse::default();
        vec![Effect::StopTimer(Timer::Pulse)]
    }

    /// The timer of the pulse fired.
    pub(crate) fn pulse(&mut self) -> Vec<Effect> {
        if self.pulse.0.is_none() {
            return Vec::new();
        }
        let slept = self.pulse.slept(self.now);
        let mut effects = vec![self.beat()];
        if slept {
            effects.extend(self.network_changed(false));
        }
        effects
    }

    fn beat(&mut self) -> Effect {
        let after = EVERY.as_millis();
        self.pulse = Pulse(Some(UnixMillis(
            self.now.0 + u64::try_from(after).unwrap_or_default(),
        )));
        Effect::StartTimer {
            timer: Timer::Pulse,
            after: EVERY,
        }
    }

    /// The network is another one, for certain or perhaps: the socket is looked at first, since all else is mended by
    /// way of it, and then every connection.
    pub(crate) fn network_changed(&mut self, certain: bool) -> Vec<Effect> {
        let mut effects = if certain {
            self.signaling.went_online()
        } else {
            self.signaling.probe()
        };
        let links = self.room.iter_mut().flat_map(|room| &mut room.links);
        let mending = links.flat_map(|link| link.network_changed(certain)).collect();
        effects.extend(self.route(mending));
        effects
    }

    /// Tells the user of connections that were given up.
    pub(crate) fn tell_failures(&mut self) -> Vec<Effect> {
        let Some(room) = &mut self.room else {
            return Vec::new();
        };
        let failed = |link: &mut Link| Some((link.peer, link.take_failure()?));
        let failed: Vec<_> = room.links.iter_mut().filter_map(failed).collect();
        let named = failed.into_iter().filter_map(|(peer, trouble)| {
            let name = room.roster.name(peer)?.clone();
            Some(NoticeBody::LinkFailed { name, peer, trouble })
        });
        let notices: Vec<_> = named.collect();
        let mut effects = Vec::new();
        for notice in notices {
            effects.extend(self.notify(notice));
            effects.extend(self.check_again());
        }
        effects
    }
}
