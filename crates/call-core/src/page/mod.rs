//! The page: its path, which view of the app it shows, and detection of hiding and sleep.

pub(crate) mod address;
mod core;
mod event;
mod order;
mod place;
mod pulse;
mod view;

pub use event::{Beginning, PageEvent};
pub use order::PageOrder;
pub use view::PageView;

pub(crate) use place::Place;
pub(crate) use pulse::Pulse;
