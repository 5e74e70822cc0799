//! The harness itself, on small pages of its own: what the journeys rely on is true.

mod barriers;
mod devices;
mod keyboard;
mod looking;
mod media;
mod networks;
mod page;
mod relaying;
mod serving;
mod sharing;
mod windows;
