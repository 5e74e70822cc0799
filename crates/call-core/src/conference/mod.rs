//! The group call (conference) as a whole: which pairs of members have no media between them.

mod core;
mod mesh;
mod view;

use mesh::{Hole, holes};

pub use view::HoleView;

pub(crate) use mesh::Row;
