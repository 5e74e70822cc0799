//! Two, three and four participants, each a real [`call_core::Core`], over a simulated network, server and browser.
//!
//! The network is seeded: it delays every message by chance, so that messages of different pairs overtake each
//! other and those of one pair cross, while what one socket carries keeps its order, as TCP does.

mod browser;
mod chance;
mod credentials;
mod holes;
mod journeys;
mod labs;
mod mending;
mod muted;
mod negotiation;
mod notices;
mod outages;
mod room;
mod screens;
mod world;
