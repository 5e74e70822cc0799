//! The quality of the connection with one peer: a badge in their tile, and a dialog with the details.

mod badge;
mod chart;
mod dialog;
mod figures;
mod line;

pub use badge::Badge;
pub use dialog::ConnectionDialog;
