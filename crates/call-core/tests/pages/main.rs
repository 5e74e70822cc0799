//! One page and its server's messages, without a network: addresses, ways in and out, and those of guests.

mod addresses;
mod another_user;
mod chats;
mod cookies;
mod entrance;
mod guests;
mod leaving;
mod notices;
mod notifying;
mod page;
