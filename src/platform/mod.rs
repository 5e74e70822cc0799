//! Browser features that both shell and components use; this module uses neither of them.

mod desktop;
pub mod preference;
mod sound;
mod speaker;
mod streams;

pub use desktop::{can_share_screen, notification_permission};
pub use sound::{Sound, sounds};
pub use speaker::{can_choose_speaker, play_by};
pub use streams::{PeerStreams, StreamSource};
