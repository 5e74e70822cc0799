//! The verdict on each part of the device test: pure functions of what the browser reported and what was tried.

use crate::{Capabilities, Capability, Device, DeviceView, MediaError, OpenDevice};

/// Level, of 100, below which a microphone counts as silent.
const SILENT: u8 = 3;

/// Number of measurements after which silence is reported as a problem: 3 s at ten a second (chosen).
const ENOUGH: u32 = 30;

/// A part of the device test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Whether the page is a secure context.
    SecureContext,
    /// Features of the browser.
    Browser,
    /// The camera.
    Camera,
    /// The microphone.
    Microphone,
    /// The speaker.
    Speaker,
}

/// The verdict on a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The part that is judged.
    pub part: Part,
    /// How well it works.
    pub grade: Standing,
    /// Reason for the grade.
    pub reason: Reason,
}

/// How well a part works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It works.
    Good,
    /// Not tested yet, or the test is not complete.
    Open,
    /// It works in part.
    Limit,
    /// It does not work.
    Problem,
}

/// Reason for a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The browser has not reported its features yet.
    Unknown,
    /// The page is a secure context: it came over HTTPS, or from this device.
    Secure,
    /// The page is not a secure context, so the browser offers no devices.
    Insecure,
    /// The browser has every feature that Confab uses.
    Complete,
    /// The browser lacks these features.
    Lacks(Vec<Capability>),
    /// Not tested yet.
    Untried,
    /// The device is starting.
    Starting,
    /// The device delivers video or audio.
    Works {
        /// Name of the device.
        label: String,
    },
    /// The microphone is on, but was silent so far; the test goes on.
    Listening,
    /// The microphone is on, but stays silent.
    Silent {
        /// Name of the device.
        label: String,
    },
    /// The device could not be opened.
    Failed(Device, MediaError),
    /// The device is on, but muted by the system.
    MutedBySystem(Device),
    /// The test sound was played; the user has not answered yet.
    Played,
    /// The user heard the test sound.
    Heard,
    /// The user did not hear the test sound.
    NotHeard,
}

/// What the verdicts depend on.
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

/// Returns one verdict per part, always in the same order.
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
