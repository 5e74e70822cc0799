//! The hands: they carry out the core's effects and report events. Web-sys objects and closures are here alone.
//!
//! One file for each part of the browser; `execute` hands it the effects. Whatever holds something of the
//! browser's gives it back when it is dropped: listeners go off, connections close, devices and timers stop.
//! Nothing here decides: what an effect says is done, and what comes of it is reported with the name of the
//! request, or the peer and the epoch, that it belongs to.

mod api;
mod browser;
mod capabilities;
mod clock;
mod crash;
mod data_channel;
mod device_list;
mod encodings;
mod execute;
mod first_picture;
mod ice_configuration;
mod js_error;
mod kept_chats;
mod kept_devices;
mod level;
mod local_tracks;
mod location;
mod media;
mod meter;
mod notification;
mod number;
mod page;
mod peer;
mod peers;
mod playback;
mod probe_end;
mod probes;
mod recorder;
mod relay_probe;
mod report;
mod ring;
mod runner;
mod screen;
mod server_address;
mod signaling;
mod stats;
mod storage;
mod streams;
mod test_sound;
mod time_limit;
mod timer;
mod transceivers;
mod user_media;

use call_core::Beginning;

use api::Api;
use device_list::DeviceList;
use location::Location;
use media::Media;
use meter::Meter;
use notification::Notification;
use page::Page;
use peers::Peers;
use probes::Probes;
use recorder::Recorder;
use ring::Ring;
use screen::Screen;
use signaling::Signaling;
use storage::Seat;
use test_sound::TestSound;
use timer::Timers;

pub use crash::{CrashWords, install as install_crash_page, show as show_crash_page};
pub use js_error::JsError;
pub use local_tracks::LocalTracks;
pub use notification::InvitationWords;
pub use report::Report;
pub use runner::Runner;
pub use server_address::ServerAddress;
pub use streams::{LiveStreams, RemoteStreams};

/// Everything that the app holds of the browser; dropping it gives all of it back.
pub struct Hands {
    api: Api,
    signaling: Signaling,
    peers: Peers,
    probes: Probes,
    recorder: Recorder,
    report: Report,
    media: Media,
    devices: DeviceList,
    meter: Meter,
    test_sound: TestSound,
    screen: Screen,
    timers: Timers,
    seat: Seat,
    ring: Ring,
    notification: Notification,
    location: Location,
    page: Page,
    tracks: LocalTracks,
    streams: RemoteStreams,
}

impl Hands {
    /// Hands that hold nothing yet, and report to `report`.
    pub fn new(server: ServerAddress, invitation_words: InvitationWords, report: &Report) -> Self {
        let tracks = LocalTracks::default();
        let streams = RemoteStreams::default();
        Self {
            api: Api::new(server.clone(), report.clone()),
            signaling: Signaling::new(server, report.clone()),
            peers: Peers::new(streams.clone(), tracks.clone(), report.clone()),
            probes: Probes::new(report.clone()),
            recorder: Recorder::new(tracks.clone(), report.clone()),
            report: report.clone(),
            media: Media::new(tracks.clone(), report.clone()),
            devices: DeviceList::new(report.clone()),
            meter: Meter::new(tracks.clone(), report.clone()),
            test_sound: TestSound::default(),
            screen: Screen::new(tracks.clone(), report.clone()),
            timers: Timers::new(report.clone()),
            seat: Seat::take(),
            ring: Ring::new(report.clone()),
            notification: Notification::new(invitation_words),
            location: Location::watch(report.clone()),
            page: Page::watch(report),
            tracks,
            streams,
        }
    }

    /// What the page knows when it opens.
    pub fn beginning(&self) -> Beginning {
        Beginning {
            path: location::path(),
            session: storage::session(),
            room: storage::room(),
            seat: self.seat.key(),
            devices: kept_devices::read(),
        }
    }

    /// Whether the page is out of sight; from then on `PageHidden` tells.
    pub fn page_is_hidden() -> bool {
        page::hidden()
    }

    /// Whether the page's window has the focus; from then on `PageFocused` tells.
    pub fn page_is_focused() -> bool {
        page::focused()
    }

    /// The streams that the face plays.
    pub fn streams(&self) -> LiveStreams {
        LiveStreams::new(self.tracks.clone(), self.streams.clone())
    }
}
