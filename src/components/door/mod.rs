//! All pages before a room: sign-in, lobby, and the cards that explain why the user is not in the room yet.

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
