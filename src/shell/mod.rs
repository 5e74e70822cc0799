//! The shell: carries out the core's effects and reports events.
//!
//! One file per part of the browser; `execute` dispatches the effects to them. Every browser resource is
//! released when its owner is dropped: listeners are removed, connections closed, devices and timers stopped.
//! Nothing here decides: an effect is carried out, and its result reported with the request id, or the peer
//! and epoch, that it belongs to.

mod api;
mod browser;
mod capabilities;
mod clock;
mod codecs;
mod crash;
mod data_channel;
mod device_list;
mod encodings;
mod event_sink;
mod execute;
mod first_picture;
mod ice_configuration;
mod js_error;
mod kept_chats;
mod kept_devices;
mod local_tracks;
mod location;
mod media;
mod meter;
mod notification;
mod number;
mod page;
mod parameter_changes;
mod peer;
mod peers;
mod playback;
mod pressure;
mod probe_end;
mod probes;
mod recorder;
mod relay_probe;
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

use call_core::{PageView, Startup, early_page};

use api::Api;
use device_list::DeviceList;
use location::Location;
use media::Media;
use meter::Meter;
use notification::Notification;
use page::Page;
use peers::Peers;
use pressure::Pressure;
use probes::Probes;
use recorder::Recorder;
use ring::Ring;
use screen::Screen;
use signaling::Signaling;
use storage::Seat;
use test_sound::TestSound;
use timer::Timers;

pub use crash::{CrashWords, install as install_crash_page, show as show_crash_page};
pub use event_sink::EventSink;
pub use js_error::JsError;
pub use local_tracks::LocalTracks;
pub use notification::InvitationWords;
pub use runner::Runner;
pub use server_address::ServerAddress;
pub use streams::{LiveStreams, RemoteStreams};

/// All browser resources of the app; dropping it releases them.
pub struct Shell {
    api: Api,
    signaling: Signaling,
    peers: Peers,
    probes: Probes,
    recorder: Recorder,
    events: EventSink,
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
    /// While a call wants to know it.
    pressure: Option<Pressure>,
    tracks: LocalTracks,
    streams: RemoteStreams,
}

impl Shell {
    /// Creates a shell without any resources open, which sends its events to `events`.
    pub fn new(server: ServerAddress, invitation_words: InvitationWords, events: &EventSink) -> Self {
        let tracks = LocalTracks::default();
        let streams = RemoteStreams::default();
        Self {
            api: Api::new(server.clone(), events.clone()),
            signaling: Signaling::new(server, events.clone()),
            peers: Peers::new(streams.clone(), tracks.clone(), events.clone()),
            probes: Probes::new(events.clone()),
            recorder: Recorder::new(tracks.clone(), events.clone()),
            events: events.clone(),
            media: Media::new(tracks.clone(), events.clone()),
            devices: DeviceList::new(events.clone()),
            meter: Meter::new(tracks.clone(), events.clone()),
            test_sound: TestSound::default(),
            screen: Screen::new(tracks.clone(), events.clone()),
            timers: Timers::new(events.clone()),
            seat: Seat::take(),
            ring: Ring::new(events.clone()),
            notification: Notification::new(invitation_words),
            location: Location::watch(events.clone()),
            page: Page::watch(events),
            pressure: None,
            tracks,
            streams,
        }
    }

    /// The page until the core runs.
    pub fn early_page() -> PageView {
        early_page(&location::path(), storage::has_session(), storage::stored_room())
    }

    /// What the page knows at its start.
    pub fn startup(&self) -> Startup {
        Startup {
            path: location::path(),
            session: storage::session(),
            room: storage::room(),
            seat: self.seat.key(),
            devices: kept_devices::read(),
        }
    }

    /// Whether the page is hidden; later changes are reported as `PageEvent::Hidden`.
    pub fn page_is_hidden() -> bool {
        page::hidden()
    }

    /// Whether videos may be seen while the page is hidden; later changes are reported as `PageEvent::SeenOutside`.
    pub fn videos_seen_outside() -> bool {
        page::seen_outside()
    }

    /// Whether the page's window has the focus; later changes are reported as `PageEvent::Focused`.
    pub fn page_is_focused() -> bool {
        page::focused()
    }

    /// The streams that components play.
    pub fn streams(&self) -> LiveStreams {
        LiveStreams::new(self.tracks.clone(), self.streams.clone())
    }
}
