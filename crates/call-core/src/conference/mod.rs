//! The conference as a whole: who does not hear whom.

mod core;
mod mesh;
mod view;

use mesh::{Hole, holes};

pub use view::HoleView;

pub(crate) use mesh::Row;
