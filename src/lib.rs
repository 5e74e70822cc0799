//! Confab's web app: a video room in the browser.
//!
//! The modules, from the outside in:
//! - [`app`]: wires core, shell and views together;
//! - `start`: the first page, and the loop as soon as the core is loaded;
//! - [`shell`]: carries out effects and reports events; owns connections, sockets and devices;
//! - [`views`]: a read-only signal per slice of the core's view, and the dispatch of intents;
//! - [`components`]: read signals and dispatch intents, and never touch a connection;
//! - [`platform`]: browser features that both shell and components use;
//! - `chunks`: what is loaded when;
//! - [`text`]: every text that a user sees, by language.
#![cfg(target_arch = "wasm32")]
#![warn(clippy::wildcard_enum_match_arm)]

pub mod app;
mod base_path;
mod chunks;
pub mod components;
pub mod platform;
pub mod shell;
mod start;
pub mod text;
pub mod views;

pub use app::mount;
