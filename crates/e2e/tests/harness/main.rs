//! Tests of the harness itself, on small pages: what the journeys rely on holds.

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
