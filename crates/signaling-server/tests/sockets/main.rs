//! The server over real connections: each test has a server on its own port, and clients that speak the wire
//! protocol.
//!
//! Every refusal is provoked here by a client. The behavior of rooms is tested without sockets, in the
//! registry's own tests; here it is tested again only that messages reach the right people.

mod accounts;
mod admin;
mod changes;
mod chat;
mod client;
mod cookies;
mod crossing;
mod doors;
mod frames;
mod full_disk;
mod guests;
mod handshake;
mod hostile;
mod hostile_frames;
mod http;
mod lobby;
mod matrix;
mod memory;
mod messages;
mod operation;
mod pace;
mod pages;
mod program;
mod restarts;
mod rooms;
mod server;
mod spellings;
mod stopping;
mod tls;
