//! Texts and figures about the quality of a connection.

use std::time::Duration;

use call_core::{Cause, Grade, Kbps, Path, Permille, Source, StreamView, Transport};

use super::{Texts, fill};

/// The label of the badge in a tile, with `{name}` to be filled in.
pub fn badge(t: &Texts, grade: Grade) -> &'static str {
    match grade {
        Grade::Good => t.connection_good,
        Grade::Fair => t.connection_fair,
        Grade::Poor => t.connection_poor,
    }
}

/// The grade as a sentence.
pub fn verdict(t: &Texts, grade: Grade) -> &'static str {
    match grade {
        Grade::Good => t.verdict_good,
        Grade::Fair => t.verdict_fair,
        Grade::Poor => t.verdict_poor,
    }
}

/// The grade's name in the style sheet and in tests.
pub fn kind(grade: Grade) -> &'static str {
    match grade {
        Grade::Good => "good",
        Grade::Fair => "fair",
        Grade::Poor => "poor",
    }
}

/// The reason for a grade, with `{name}` to be filled in.
pub fn cause(t: &Texts, cause: Cause) -> &'static str {
    match cause {
        Cause::RoundTrip => t.cause_round_trip,
        Cause::LossIn => t.cause_loss_in,
        Cause::LossOut => t.cause_loss_out,
        Cause::Bandwidth => t.cause_bandwidth,
        Cause::Processor => t.cause_processor,
    }
}

/// What limits the user's video, if anything does.
pub fn limit(t: &Texts, causes: &[Cause]) -> &'static str {
    let mut limits = causes.iter().filter_map(|cause| match cause {
        Cause::Bandwidth => Some(t.limit_bandwidth),
        Cause::Processor => Some(t.limit_processor),
        Cause::RoundTrip | Cause::LossIn | Cause::LossOut => None,
    });
    limits.next_back().unwrap_or(t.limit_none)
}

/// The path of the packets.
pub fn path(t: &Texts, path: Path) -> String {
    let transport = path.transport.map(|transport| match transport {
        Transport::Udp => "UDP",
        Transport::Tcp => "TCP",
        Transport::Tls => "TLS",
    });
    let over = |text: &str, transport: &str| fill(text, &[("transport", transport)]);
    match (path.relayed, transport) {
        (false, None) => t.path_direct.to_owned(),
        (false, Some(transport)) => over(t.path_direct_over, transport),
        (true, None) => t.path_relayed.to_owned(),
        (true, Some(transport)) => over(t.path_relayed_over, transport),
    }
}

/// A time in milliseconds.
pub fn millis(t: &Texts, time: Duration) -> String {
    fill(t.milliseconds, &[("number", &time.as_millis().to_string())])
}

/// A share, to a tenth of a percent.
pub fn percent(share: Permille) -> String {
    format!("{}.{}%", share.get() / 10, share.get() % 10)
}

/// A bitrate, in kbit/s.
pub fn rate(t: &Texts, Kbps(kbps): Kbps) -> String {
    fill(t.kilobits, &[("number", &kbps.to_string())])
}

/// Size, frame rate and codec of the video of a source.
pub fn picture(t: &Texts, streams: &[StreamView], source: Source) -> Option<String> {
    let stream = streams.iter().find(|stream| stream.source == source)?;
    let picture = stream.picture?;
    let size = fill(
        t.picture_size,
        &[
            ("width", &picture.width.to_string()),
            ("height", &picture.height.to_string()),
            ("pace", &picture.pace.to_string()),
        ],
    );
    Some(match &stream.codec {
        Some(codec) => both(t, &size, codec),
        None => size,
    })
}

/// Two texts, one after the other.
pub fn both(t: &Texts, one: &str, other: &str) -> String {
    fill(t.both, &[("one", one), ("other", other)])
}

/// Labels for figures of both directions, between the user and a peer.
pub struct Directions<'a> {
    /// The peer's name.
    pub name: &'a str,
}

impl Directions<'_> {
    /// A figure for each direction, as far as it is known.
    pub fn both(&self, t: &Texts, down: Option<String>, up: Option<String>) -> Option<String> {
        let one = |text: &str, figure: &str| fill(text, &[("figure", figure), ("name", self.name)]);
        match (down, up) {
            (None, None) => None,
            (Some(down), None) => Some(one(t.way_in, &down)),
            (None, Some(up)) => Some(one(t.way_out, &up)),
            (Some(down), Some(up)) => Some(both(t, &one(t.way_in, &down), &one(t.way_out, &up))),
        }
    }
}
