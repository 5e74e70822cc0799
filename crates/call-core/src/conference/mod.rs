//! The group call (conference) as a whole: which pairs of members have no media between them.

mod core;
mod mesh;
mod view;

use mesh::{MissingPair, missing_pairs};

pub use view::MissingPairView;

pub(crate) use mesh::ConnectivityReport;
