//! Everything before a room: the forms at the door, and the cards that tell why one is not inside.

mod card;
mod field;
mod gate;
mod lobby;
mod password;
mod sign_in;

pub use gate::{Entering, Refused, SeatOccupied, SeatTakenOver, Starting};
pub use lobby::Lobby;
pub use sign_in::SignIn;
