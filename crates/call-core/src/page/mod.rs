//! The page: its path, which view of the app it shows, and detection of hiding and sleep.

pub(crate) mod address;
mod core;
mod early;
mod event;
mod order;
mod sleep;
mod state;
mod view;

pub use early::early_page;
pub use event::{PageEvent, Startup};
pub use order::PageOrder;
pub use view::PageView;

pub(crate) use sleep::SleepDetector;
pub(crate) use state::PageState;
