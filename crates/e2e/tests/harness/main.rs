//! The harness itself, on small pages of its own: what the journeys rely on is true.

mod looking;
mod media;
mod page;
mod serving;
mod windows;
