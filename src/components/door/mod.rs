//! Everything before a room: the forms at the door, and the cards that tell why one is not inside.

mod card;
mod field;
mod gate;
mod lobby;
mod password;
mod ready;
mod room_password;
mod sign_in;

pub use field::{Entry, Field, focus, typed};
pub use gate::{AnotherUser, BeforeRoom, Entering, Nowhere, Refused, SeatOccupied, SeatTakenOver, Starting};
pub use lobby::Lobby;
pub use ready::Ready;
pub use sign_in::SignIn;
