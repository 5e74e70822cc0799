//! Tells the peers what is shown of them, and carries out the plan.

use std::time::Duration;

use super::comfort::comfortable;
use super::plan::plan;
use super::shown::Shown;
use super::strain::{Load, Strain};
use crate::layout::Area;
use crate::turn::Turn;
use crate::{Core, NoticeBody, PeerOrder, TileState, Timer};

/// What the plan goes by besides the connections.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uplink {
    strain: Strain,
    /// The area in which the page shows the tiles, and device pixels per CSS pixel, once they are known.
    shown: Option<(Area, f64)>,
    /// Whether the timer for changes that wait runs.
    waits: bool,
    /// Whether the user was told that the call has more people than is comfortable here.
    told: bool,
}

impl Uplink {
    /// The page shows the tiles in this area.
    pub(crate) fn shown_in(&mut self, area: Area, density: f64) {
        self.shown = Some((area, density));
    }

    /// The time for which changes had to wait is over.
    pub(crate) fn waited(&mut self) {
        self.waits = false;
    }
}

impl Core {
    /// Tells the peers how large their videos are shown, and encodes the user's for each of them by the plan.
    pub(crate) fn plan_videos(&mut self, turn: &mut Turn) {
        let sending = self.sending();
        let Some(room) = self.room.as_mut().filter(|room| !room.links.is_empty()) else {
            self.uplink.told = false;
            return;
        };
        if let Some((area, density)) = self.uplink.shown {
            let seen = !self.page_hidden || self.seen_outside;
            let stage = self.stage.view(self.speakers.last_speaker());
            let places = if seen { stage.places(area) } else { Vec::new() };
            for link in &mut room.links {
                link.tell_shown(turn, Shown::on_page(&places, density, link.peer));
            }
        }
        let mut links: Vec<_> = room
            .links
            .iter_mut()
            .filter(|link| link.tile_state() == TileState::Connected)
            .collect();
        let receivers: Vec<_> = links.iter().map(|link| link.sender.receiver(sending)).collect();
        let planned = plan(&receivers, self.uplink.strain.cut());
        if let Some(people) = comfortable(&receivers, &planned, self.uplink.strain.cut())
            && !std::mem::replace(&mut self.uplink.told, true)
        {
            turn.notify(NoticeBody::TooManyVideos { people });
        }
        let mut waits: Option<Duration> = None;
        for (link, steps) in links.iter_mut().zip(&planned) {
            let change = link.sender.follow(turn.now(), steps);
            waits = waits.into_iter().chain(change.waits).min();
            for (video, encoding) in change.orders {
                turn.order_peer(link.peer, link.epoch, PeerOrder::LimitVideo(video, encoding));
            }
            if change.held {
                link.send_media_state(turn, sending);
            }
        }
        match waits {
            Some(after) if !self.uplink.waits => turn.start(Timer::Uplink, after),
            None if self.uplink.waits => turn.stop(Timer::Uplink),
            Some(_) | None => {}
        }
        self.uplink.waits = waits.is_some();
    }

    /// Takes what the last samples of all connections say together: the strain on the device, and that they share an
    /// uplink, so that only one of them tries more at a time.
    pub(crate) fn weigh_samples(&mut self, turn: &Turn) {
        let Some(room) = &mut self.room else { return };
        let now = turn.now();
        if room.links.iter().any(|link| link.sender.tries_more(now)) {
            let others = room.links.iter_mut();
            for link in others.filter(|link| !link.sender.tries_more(now)) {
                link.sender.lets_try(now);
            }
        }
        let mut load = Load {
            busy: turn.is_busy(),
            receivers: room.links.len(),
            ..Load::default()
        };
        for link in &room.links {
            let (encoding, limited) = link.sender.effort();
            load.encoding += encoding;
            load.limited |= limited;
        }
        self.uplink.strain.sampled(now, load);
    }
}

#[cfg(test)]
mod tests;
