//! The page: its address, which of the app's pages it shows, and whether it is in sight or asleep.

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
