//! Texts for findings and for the outcome of single servers: what it is, and what to do about it.

use std::time::Duration;

use call_core::{FindingKind, Outcome, Severity, Transport, Trouble};

use super::{Texts, fill};

/// The finding itself.
pub fn what(t: &Texts, kind: &FindingKind) -> String {
    use FindingKind as F;
    match kind {
        F::NoServers => t.finding_no_servers.to_owned(),
        F::NoRelay => t.finding_no_relay.to_owned(),
        F::TlsOnly { round_trip } => fill(t.finding_tls_only, &[("time", &after(t, *round_trip))]),
        F::UdpBlocked { by, round_trip } => fill(
            t.finding_udp_blocked,
            &[("by", transport(*by)), ("time", &after(t, *round_trip))],
        ),
        F::AllGood => t.finding_all_good.to_owned(),
        F::Credentials { host } => at(t.finding_credentials, host),
        F::Full { host } => at(t.finding_full, host),
        F::Refuses { host, code } => fill(t.finding_refuses, &[("host", host), ("code", &code.to_string())]),
        F::NotCarrying { host } => at(t.finding_not_carrying, host),
        F::UnknownName { host } => at(t.finding_unknown_name, host),
        F::Malformed { host } => at(t.finding_malformed, host),
        F::Down { host } => at(t.finding_down, host),
        F::PartlyDown { host, over } => {
            fill(t.finding_partly_down, &[("host", host), ("by", transport(*over))])
        }
        F::NoRelayConfigured => t.finding_no_relay_configured.to_owned(),
        F::RelayWorks { host, by, round_trip } => fill(
            t.finding_relay_works,
            &[
                ("host", host),
                ("by", transport(*by)),
                ("time", &after(t, *round_trip)),
            ],
        ),
        F::AddressLearnt => t.finding_address_learnt.to_owned(),
        F::NotTranslated => t.finding_not_translated.to_owned(),
    }
}

/// What the finding means, and what to do about it.
pub fn advice(t: &Texts, kind: &FindingKind) -> &'static str {
    use FindingKind as F;
    match kind {
        F::NoServers => t.finding_no_servers_do,
        F::NoRelay => t.finding_no_relay_do,
        F::TlsOnly { .. } => t.finding_tls_only_do,
        F::UdpBlocked { .. } => t.finding_udp_blocked_do,
        F::AllGood => t.finding_all_good_do,
        F::Credentials { .. } => t.finding_credentials_do,
        F::Full { .. } => t.finding_full_do,
        F::Refuses { .. } => t.finding_refuses_do,
        F::NotCarrying { .. } => t.finding_not_carrying_do,
        F::UnknownName { .. } => t.finding_unknown_name_do,
        F::Malformed { .. } => t.finding_malformed_do,
        F::Down { .. } => t.finding_down_do,
        F::PartlyDown { .. } => t.finding_partly_down_do,
        F::NoRelayConfigured => t.finding_no_relay_configured_do,
        F::RelayWorks { .. } => t.finding_relay_works_do,
        F::AddressLearnt => t.finding_address_learnt_do,
        F::NotTranslated => t.finding_not_translated_do,
    }
}

/// The name of a severity.
pub fn severity(t: &Texts, severity: Severity) -> &'static str {
    match severity {
        Severity::Problem => t.severity_problem,
        Severity::Limit => t.severity_limit,
        Severity::Good => t.severity_good,
    }
}

/// The outcome of a server's probe; `None` while it runs.
pub fn outcome(t: &Texts, outcome: Option<Outcome>) -> String {
    let text = match outcome {
        None => t.outcome_running,
        Some(Outcome::Relays { .. }) => t.outcome_relays,
        Some(Outcome::Mapped { .. }) => t.outcome_mapped,
        Some(Outcome::NotTranslated) => t.outcome_not_translated,
        Some(Outcome::Fails(trouble)) => match trouble {
            Trouble::Credentials => t.trouble_credentials,
            Trouble::Full => t.trouble_full,
            Trouble::Refuses(code) => {
                return fill(t.trouble_refuses, &[("code", &code.to_string())]);
            }
            Trouble::NotCarrying => t.trouble_not_carrying,
            Trouble::UnknownName => t.trouble_unknown_name,
            Trouble::Unreachable => t.trouble_unreachable,
            Trouble::Malformed => t.trouble_malformed,
        },
    };
    text.to_owned()
}

/// The time that a server took, if known: the round trip, or else the time until it answered.
pub fn time(t: &Texts, outcome: Option<Outcome>) -> String {
    let time = match outcome {
        Some(Outcome::Relays {
            allocated,
            round_trip,
        }) => Some(round_trip.unwrap_or(allocated)),
        Some(Outcome::Mapped { after }) => Some(after),
        None | Some(Outcome::NotTranslated | Outcome::Fails(_)) => None,
    };
    time.map(|time| millis(t.millis, time)).unwrap_or_default()
}

/// The name of a transport.
pub fn transport(transport: Transport) -> &'static str {
    match transport {
        Transport::Udp => "UDP",
        Transport::Tcp => "TCP",
        Transport::Tls => "TLS",
    }
}

fn at(text: &str, host: &str) -> String {
    fill(text, &[("host", host)])
}

/// The end of a sentence that states a time, if known.
fn after(t: &Texts, time: Option<Duration>) -> String {
    time.map(|time| millis(t.time_after, time)).unwrap_or_default()
}

/// Rounded to milliseconds, but at least one.
fn millis(text: &str, time: Duration) -> String {
    let millis = (time.as_micros() + 500) / 1000;
    fill(text, &[("millis", &millis.max(1).to_string())])
}
