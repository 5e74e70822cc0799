//! The registry's unit tests: no runtime, no sockets, and time that advances only when a test says so.

#[cfg(test)]
mod admitting;
#[cfg(test)]
mod blocking;
#[cfg(test)]
mod conferences;
#[cfg(test)]
mod entering;
#[cfg(test)]
mod guests;
#[cfg(test)]
mod inviting;
#[cfg(test)]
mod keeping;
#[cfg(test)]
mod linking;
#[cfg(test)]
mod matrix;
mod messages;
#[cfg(test)]
mod moderating;
#[cfg(test)]
mod rooms;
mod stage;
pub mod storm;
