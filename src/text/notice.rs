//! Texts of notices.

use call_core::{LinkTrouble, NoticeBody};
use protocol::{InvitationOutcome, LinkCloseReason};

use super::{Texts, device, fill, moderation, refusal, screen};

/// The text of a notice.
pub fn body(t: &Texts, notice: &NoticeBody) -> String {
    let (text, name) = match notice {
        NoticeBody::InvitationEnded { name, outcome, .. } => (ended(t, *outcome), name),
        NoticeBody::InvitationMissed { name, outcome, .. } => (missed(t, *outcome), name),
        NoticeBody::CallEnded { name, reason } => (closed(t, *reason), name),
        NoticeBody::CallLost { name, .. } => (t.call_lost, name),
        NoticeBody::LinkFailed { name, trouble, .. } => (failed(t, *trouble), name),
        NoticeBody::Media { device: of, error } => return device::error(t, *of, *error).to_owned(),
        NoticeBody::DeviceReplaced { gone, now } => {
            return fill(t.device_replaced, &[("device", gone), ("other", now)]);
        }
        NoticeBody::DeviceFollowed(name) => return fill(t.device_followed, &[("device", name)]),
        NoticeBody::MutedBySystem(of) => return device::muted_by_system(t, *of).to_owned(),
        NoticeBody::DeviceKept(of) => return device::kept(t, *of).to_owned(),
        NoticeBody::TooManyVideos { people } => {
            return fill(t.too_many_videos, &[("count", &people.to_string())]);
        }
        NoticeBody::TalkingWhileMuted => return t.talking_while_muted.to_owned(),
        NoticeBody::DeviceLost(of) => return device::lost(t, *of).to_owned(),
        NoticeBody::Screen(error) => return screen::error(t, *error).to_owned(),
        NoticeBody::Muted { by } => (t.muted_by, by),
        NoticeBody::ParticipantMuted { name, by } => {
            return fill(t.muted_other, &[("name", name.as_str()), ("with", by.as_str())]);
        }
        NoticeBody::RoleChanged(role) => return moderation::became(t, *role).to_owned(),
        NoticeBody::Silenced(true) => return t.silenced_you.to_owned(),
        NoticeBody::Silenced(false) => return t.unsilenced_you.to_owned(),
        NoticeBody::RoomChanged { by, settings } => {
            let access = moderation::door(t, *settings);
            return fill(t.room_changed, &[("name", by.as_str()), ("access", &access)]);
        }
        NoticeBody::Banned { name, minutes } => (moderation::banned(t, *minutes), name),
        NoticeBody::Refused(code) => return refusal::code(t, *code),
        NoticeBody::Offline => return t.offline.to_owned(),
        NoticeBody::NoIceServers => return t.no_ice_servers.to_owned(),
        NoticeBody::Outdated => return t.outdated.to_owned(),
    };
    fill(text, &[("name", name.as_str())])
}

fn failed(t: &Texts, trouble: LinkTrouble) -> &'static str {
    match trouble {
        LinkTrouble::NoWay => t.link_failed,
        LinkTrouble::RelayRefused => t.link_failed_relay_refused,
        LinkTrouble::RelaySilent => t.link_failed_relay_silent,
    }
}

fn ended(t: &Texts, outcome: InvitationOutcome) -> &'static str {
    match outcome {
        InvitationOutcome::Accepted => t.invitation_accepted,
        InvitationOutcome::Declined => t.invitation_declined,
        InvitationOutcome::Cancelled => t.invitation_cancelled,
        InvitationOutcome::TimedOut => t.invitation_timed_out,
        InvitationOutcome::Withdrawn => t.invitation_withdrawn,
    }
}

fn missed(t: &Texts, outcome: InvitationOutcome) -> &'static str {
    match outcome {
        InvitationOutcome::Accepted => t.invitation_accepted,
        InvitationOutcome::Declined => t.missed_declined,
        InvitationOutcome::Cancelled => t.missed_cancelled,
        InvitationOutcome::TimedOut => t.missed_timed_out,
        InvitationOutcome::Withdrawn => t.missed_withdrawn,
    }
}

fn closed(t: &Texts, reason: LinkCloseReason) -> &'static str {
    match reason {
        LinkCloseReason::HungUp => t.call_hung_up,
        LinkCloseReason::ConferenceLeft => t.call_conference_left,
        LinkCloseReason::ParticipantLeft => t.call_participant_left,
        LinkCloseReason::Removed => t.call_removed,
    }
}
