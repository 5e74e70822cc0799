//! Controls for the user's own devices: before a room, in it, and in the device test.

mod level_meter;
mod pickers;
mod toggles;

pub use level_meter::LevelMeter;
pub use pickers::Pickers;
pub use toggles::{CameraToggle, MicrophoneToggle};
