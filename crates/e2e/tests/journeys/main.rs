//! End-to-end tests that need the whole machine: calls of many, the quality of media, broken networks and restarts.

mod conference;
mod devices;
mod leaks;
mod networks;
mod relays;
mod screen;
mod soak;
mod speaking;
mod stage;
mod stalls;
mod start;
mod survival;
mod talking;
mod uplink;
