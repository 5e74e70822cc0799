//! What is to be said of each part of a set-up: pure, from what the browser told and what was tried.

use crate::{Capabilities, Capability, Device, DeviceView, MediaError, OpenDevice};

/// A microphone whose loudest moment is below this is on, but gives nothing.
const SILENT: u8 = 3;

/// After so many measures, a tenth of a second apart, silence is no chance any more.
const ENOUGH: u32 = 30;

/// A part of a set-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Whether the page may use devices at all.
    SecureContext,
    /// What the browser can do.
    Browser,
    /// The camera.
    Camera,
    /// The microphone.
    Microphone,
    /// The speaker.
    Speaker,
}

/// What is to be said of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Of which.
    pub part: Part,
    /// How it is.
    pub grade: Standing,
    /// Why.
    pub reason: Reason,
}

/// How a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It works.
    Good,
    /// It is not tried yet, or not to the end.
    Open,
    /// It works, but not all of it.
    Limit,
    /// It does not work.
    Problem,
}

/// Why a part is as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The browser has not told yet.
    Unknown,
    /// The page came over a secure connection, or from this machine.
    Secure,
    /// It did not, so the browser offers no devices.
    Insecure,
    /// It can do all that is used.
    Complete,
    /// It cannot do these.
    Lacks(Vec<Capability>),
    /// It was not tried.
    Untried,
    /// It is on its way.
    Starting,
    /// It gives pictures, or sound.
    Works {
        /// The device's name.
        label: String,
    },
    /// It is on, and nothing was heard so far.
    Listening,
    /// It is on, and nothing is heard.
    Silent {
        /// The device's name.
        label: String,
    },
    /// It is not to be had.
    Failed(Device, MediaError),
    /// It is on, and the system mutes it.
    MutedBySystem(Device),
    /// A sound was played; was it heard?
    Played,
    /// The user heard it.
    Heard,
    /// The user did not.
    NotHeard,
}

/// What is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts<'a> {
    pub(super) capabilities: Option<Capabilities>,
    pub(super) camera: DeviceView,
    pub(super) microphone: DeviceView,
    pub(super) open: &'a [OpenDevice],
    pub(super) muted_by_system: &'a [Device],
    pub(super) loudest: u8,
    pub(super) measures: u32,
    pub(super) played: bool,
    pub(super) heard: Option<bool>,
}

/// One verdict for each part, always in the same order.
pub(super) fn verdicts(facts: &Facts<'_>) -> Vec<Verdict> {
    [
        (Part::SecureContext, secure(facts)),
        (Part::Browser, browser(facts)),
        (Part::Camera, camera(facts)),
        (Part::Microphone, microphone(facts)),
        (Part::Speaker, speaker(facts)),
    ]
    .into_iter()
    .map(|(part, (grade, reason))| Verdict { part, grade, reason })
    .collect()
}

fn secure(facts: &Facts<'_>) -> (Standing, Reason) {
    match facts.capabilities {
        None => (Standing::Open, Reason::Unknown),
        Some(told) if told.secure => (Standing::Good, Reason::Secure),
        Some(_) => (Standing::Problem, Reason::Insecure),
    }
}

fn browser(facts: &Facts<'_>) -> (Standing, Reason) {
    let Some(told) = facts.capabilities else {
        return (Standing::Open, Reason::Unknown);
    };
    let lacks: Vec<Capability> = Capability::ALL.into_iter().filter(|of| !told.has(*of)).collect();
    let grade = match () {
        () if lacks.is_empty() => return (Standing::Good, Reason::Complete),
        () if lacks.iter().any(|of| of.is_needed()) => Standing::Problem,
        () => Standing::Limit,
    };
    (grade, Reason::Lacks(lacks))
}

fn camera(facts: &Facts<'_>) -> (Standing, Reason) {
    device(facts, Device::Camera, facts.camera)
}

fn microphone(facts: &Facts<'_>) -> (Standing, Reason) {
    let (grade, reason) = device(facts, Device::Microphone, facts.microphone);
    if let Reason::Works { label } = &reason
        && facts.loudest < SILENT
    {
        if facts.measures < ENOUGH {
            return (Standing::Open, Reason::Listening);
        }
        let label = label.clone();
        return (Standing::Problem, Reason::Silent { label });
    }
    (grade, reason)
}

fn device(facts: &Facts<'_>, device: Device, view: DeviceView) -> (Standing, Reason) {
    let label = || {
        let open = facts.open.iter().find(|open| open.device == device);
        open.map(|open| open.label.clone()).unwrap_or_default()
    };
    match view {
        DeviceView::Off => (Standing::Open, Reason::Untried),
        DeviceView::Starting => (Standing::Open, Reason::Starting),
        DeviceView::On if facts.muted_by_system.contains(&device) => {
            (Standing::Problem, Reason::MutedBySystem(device))
        }
        DeviceView::On => (Standing::Good, Reason::Works { label: label() }),
        DeviceView::Failed(error) => (Standing::Problem, Reason::Failed(device, error)),
    }
}

fn speaker(facts: &Facts<'_>) -> (Standing, Reason) {
    match (facts.played, facts.heard) {
        (false, _) => (Standing::Open, Reason::Untried),
        (true, None) => (Standing::Open, Reason::Played),
        (true, Some(true)) => (Standing::Good, Reason::Heard),
        (true, Some(false)) => (Standing::Problem, Reason::NotHeard),
    }
}

#[cfg(test)]
mod tests;
