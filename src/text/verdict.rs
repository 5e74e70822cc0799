//! Texts for the verdicts of the device test.

use call_core::{Capability, Part, Reason, Standing};

use super::{Texts, device, fill};

/// The name of a part.
pub fn part(t: &Texts, part: Part) -> &'static str {
    match part {
        Part::SecureContext => t.part_secure,
        Part::Browser => t.part_browser,
        Part::Camera => t.camera,
        Part::Microphone => t.microphone,
        Part::Speaker => t.speaker,
    }
}

/// The verdict in a word.
pub fn standing(t: &Texts, standing: Standing) -> &'static str {
    match standing {
        Standing::Good => t.grade_good,
        Standing::Open => t.grade_open,
        Standing::Limit => t.grade_limit,
        Standing::Problem => t.grade_problem,
    }
}

/// The reason, and what to do about it.
pub fn reason(t: &Texts, part: Part, reason: &Reason) -> String {
    match reason {
        Reason::Unknown => t.busy.to_owned(),
        Reason::Secure => t.verdict_secure.to_owned(),
        Reason::Insecure => t.devices_insecure.to_owned(),
        Reason::Complete => t.verdict_complete.to_owned(),
        Reason::Lacks(lacks) => {
            let names: Vec<&str> = lacks.iter().map(|lacks| capability(t, *lacks)).collect();
            fill(t.verdict_lacks, &[("what", &names.join(" · "))])
        }
        Reason::Untried if part == Part::Speaker => t.verdict_speaker_untried.to_owned(),
        Reason::Untried => t.verdict_untried.to_owned(),
        Reason::Starting => t.device_starting.to_owned(),
        Reason::Works { label } => fill(t.verdict_works, &[("device", label)]),
        Reason::Listening => t.verdict_listening.to_owned(),
        Reason::Silent { label } => fill(t.verdict_silent, &[("device", label)]),
        Reason::Failed(of, error) => device::error(t, *of, *error).to_owned(),
        Reason::MutedBySystem(of) => device::muted_by_system(t, *of).to_owned(),
        Reason::Played => t.heard_question.to_owned(),
        Reason::Heard => t.verdict_heard.to_owned(),
        Reason::NotHeard => t.verdict_not_heard.to_owned(),
    }
}

fn capability(t: &Texts, capability: Capability) -> &'static str {
    match capability {
        Capability::Devices => t.capability_devices,
        Capability::Connections => t.capability_connections,
        Capability::Screen => t.capability_screen,
        Capability::SpeakerChoice => t.capability_speaker,
        Capability::Recorder => t.capability_recorder,
    }
}
