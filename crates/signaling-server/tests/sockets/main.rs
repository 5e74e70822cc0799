//! The server over real connections: a server on a port of its own for each test, clients that speak the wire.
//!
//! Every refusal is provoked here by a client that earns it. What rooms do is tested without sockets, in the
//! registry's own tests; what is tested again here is that it reaches the people it should.

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
