//! The plan: the encoding of each video on each connection, within what the network carries and the device encodes.
//!
//! A pure function. Sound is not planned: its bitrate is set aside first. Then each video gets its smallest step, and
//! what remains goes to screens, to cameras that are shown large (a pinned tile, the speaker in the spotlight), and to
//! the other cameras, in this order. A video that does not even get its smallest step is paused.

use super::encoding::Video;
use crate::Kbps;

/// Lines of a tile from which it counts as large: those of a few tiles in a window of 720 lines, and of the large one
/// in the spotlight (chosen).
const LARGE: u32 = 360;

/// How much more than its own limit a connection may get of what others leave: its limit grows once they send less.
const BORROWS: u32 = 2;

/// One connection, as the plan sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Receiver {
    /// The lines at which the peer shows each video that is sent to it.
    pub(super) shown: Vec<(Video, u32)>,
    /// What the connection carries besides sound; `None` without a known limit.
    pub(super) limit: Option<Kbps>,
}

/// The step of a video; `None` if it is paused.
pub(super) type Step = Option<usize>;

/// The turn of a video when bitrate is shared out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    Screen,
    LargeCamera,
    SmallCamera,
}

impl Rank {
    const ALL: [Self; 3] = [Self::Screen, Self::LargeCamera, Self::SmallCamera];
}

/// A video in the making of the plan.
struct Share {
    receiver: usize,
    video: Video,
    lines: u32,
    /// The highest step that it may get.
    top: usize,
    step: Step,
}

impl Share {
    fn new(receiver: usize, video: Video, lines: u32, cut: usize) -> Self {
        let top = video.step_for(lines);
        let cut = match video {
            Video::Camera => cut,
            Video::Screen => 0,
        };
        Self {
            receiver,
            video,
            lines,
            top: top.saturating_sub(cut),
            step: None,
        }
    }

    fn rank(&self) -> Rank {
        match self.video {
            Video::Screen => Rank::Screen,
            Video::Camera if self.lines >= LARGE => Rank::LargeCamera,
            Video::Camera => Rank::SmallCamera,
        }
    }

    fn rate(&self) -> u32 {
        self.step.map_or(0, |step| self.video.steps()[step].rate.0)
    }

    /// The next step, and what it costs beyond the present one.
    fn next(&self) -> Option<(usize, u32)> {
        let next = self.step.map_or(0, |step| step + 1);
        let rate = self.video.steps().get(next)?.rate.0;
        (next <= self.top).then(|| (next, rate - self.rate()))
    }
}

/// Bitrate that is not given away yet: of all connections with a limit together, and of each.
struct Budget {
    pool: u32,
    each: Vec<Option<u32>>,
}

impl Budget {
    /// Takes an amount for a connection, if there is as much.
    fn take(&mut self, receiver: usize, amount: u32) -> bool {
        let Some(Some(own)) = self.each.get_mut(receiver) else {
            return true;
        };
        let there = *own >= amount && self.pool >= amount;
        if there {
            *own -= amount;
            self.pool -= amount;
        }
        there
    }
}

/// Plans the step of each shown video of each receiver, with cameras cut by some steps. A video that is not shown is
/// paused.
pub(super) fn plan(receivers: &[Receiver], cut: usize) -> Vec<Vec<(Video, Step)>> {
    let limits = || receivers.iter().filter_map(|receiver| receiver.limit);
    let mut budget = Budget {
        pool: limits().map(|limit| limit.0).fold(0, u32::saturating_add),
        each: receivers
            .iter()
            .map(|receiver| receiver.limit.map(|limit| limit.0.saturating_mul(BORROWS)))
            .collect(),
    };
    let mut shares: Vec<Share> = receivers
        .iter()
        .enumerate()
        .flat_map(|(at, receiver)| {
            let shown = receiver.shown.iter().filter(|(_, lines)| *lines > 0);
            shown.map(move |(video, lines)| Share::new(at, *video, *lines, cut))
        })
        .collect();
    for rank in Rank::ALL {
        for share in shares.iter_mut().filter(|share| share.rank() == rank) {
            raise(share, &mut budget);
        }
    }
    for rank in Rank::ALL {
        let mut raised = true;
        while std::mem::take(&mut raised) {
            for share in shares
                .iter_mut()
                .filter(|share| share.rank() == rank && share.step.is_some())
            {
                raised |= raise(share, &mut budget);
            }
        }
    }
    let step = |at: usize, video: Video| {
        let share = shares
            .iter()
            .find(|share| share.receiver == at && share.video == video);
        share.and_then(|share| share.step)
    };
    receivers
        .iter()
        .enumerate()
        .map(|(at, receiver)| {
            let shown = receiver.shown.iter();
            shown.map(|(video, _)| (*video, step(at, *video))).collect()
        })
        .collect()
}

/// Raises a video by one step, if the budget has what that costs.
fn raise(share: &mut Share, budget: &mut Budget) -> bool {
    let Some((next, cost)) = share.next() else {
        return false;
    };
    let raised = budget.take(share.receiver, cost);
    if raised {
        share.step = Some(next);
    }
    raised
}

#[cfg(test)]
mod tests;
