//! One page and the messages of its server, without a network.

mod account;
mod addresses;
mod ahead;
mod another_user;
mod before_the_room;
mod chats;
mod cookies;
mod guests;
mod leaving;
mod notices;
mod notifying;
mod page;
mod seats;
mod servers;
mod sign_in;
