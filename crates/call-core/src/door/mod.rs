//! Signing in and out, entering and leaving rooms, and refusals by the server.

mod credentials;
mod entering;
mod guest;
mod intent;
mod leaving;
mod sign_in;
mod turned_away;
mod view;

pub use intent::{DoorIntent, SignInForm};
pub use view::FormError;

pub(crate) use credentials::RoomCredentials;
pub(crate) use sign_in::{form_error, password_fits};
