//! One page and its server's messages, without a network: addresses, ways in and out, and those of guests.

mod account;
mod addresses;
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
