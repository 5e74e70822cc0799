//! How good the connection with one other person is: a mark in their tile, and a dialog that tells all of it.

mod badge;
mod chart;
mod dialog;
mod figures;
mod line;

pub use badge::Badge;
pub use dialog::ConnectionDialog;
