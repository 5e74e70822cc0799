//! The registry's own tests: no runtime, no sockets, and time that moves when a test says so.

mod admitting;
mod blocking;
mod conferences;
mod entering;
mod inviting;
mod keeping;
mod linking;
mod matrix;
mod moderating;
mod stage;
