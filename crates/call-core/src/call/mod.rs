//! Calls: the user's intents (invite, answer, group call, hang up), and the view of all links together.

mod core;
mod intent;
mod view;

pub use intent::CallIntent;
pub use view::CallView;
