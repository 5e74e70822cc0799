//! The app: a video room in the browser.
//!
//! The rooms of the house, and who may talk to whom:
//! - [`app`]: the one point where core, shell and signals meet;
//! - [`shell`]: the hands: carries out effects and reports events; alone touches web-sys objects and closures;
//! - [`views`]: the glass: a read-only signal per slice of the view, and what components use to speak;
//! - [`components`]: the face: reads signals and dispatches intents, and never sees a connection;
//! - [`platform`]: what shell and components both ask of the browser, below either;
//! - [`text`]: every word that a user sees, by language.
#![cfg(target_arch = "wasm32")]
#![warn(clippy::wildcard_enum_match_arm)]

pub mod app;
mod base_path;
pub mod components;
pub mod platform;
pub mod shell;
pub mod text;
pub mod views;

pub use app::mount;
