//! Signing in and out, entering and leaving rooms, and refusals by the server.

mod entering;
mod guest;
mod intent;
mod leaving;
mod sign_in;
mod ticket;
mod turned_away;
mod view;

pub use intent::{DoorIntent, Entrance};
pub use view::FormError;

pub(crate) use sign_in::{form_error, password_fits};
pub(crate) use ticket::Ticket;
