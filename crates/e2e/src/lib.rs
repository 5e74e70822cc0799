//! The harness of the journeys, Confab's end-to-end tests: people with browsers of their own.
//!
//! A journey reads as what users do and perceive: `ann.button("Call Bea").click()`,
//! `bea.sees_video_of("Ann")`. Behind it are the real server ([`Server`]), a real Chromium for each
//! [`Person`], with a camera of one colour and a microphone of one tone, and nothing in between that a user
//! would not have.
//!
//! - Elements are found by role and accessible name in the browser's own accessibility tree, like by
//!   assistive technology. Hidden, inert or unnamed elements cannot be found.
//! - No step sleeps for a fixed time: each polls its condition, up to a generous limit ([`Patience`]), and a
//!   failure describes the page. Journeys sleep only where a duration is part of the scenario, such as an
//!   outage.
//! - A test ends what it started, even when it panics: dropping a [`Server`] or a [`Person`] kills its
//!   processes by their ids and removes its folders.
//!
//! This crate knows Confab only as its users do: it depends on no other crate of the workspace.

mod arrival;
mod barriers;
mod browser;
mod camera;
mod cast;
mod chatter;
mod devices;
mod element_size;
mod evidence;
mod failure;
mod frame_log;
mod keyboard;
mod main_thread;
mod make_run;
mod media;
mod metrics;
mod microphone;
mod net;
mod nginx;
mod note;
mod page_memory;
mod patience;
mod person;
mod process_cost;
mod process_tree;
mod profile;
mod program;
mod server;
mod slides;
mod static_host;
mod turn;
mod ui_element;
mod window;
mod witness;

pub mod steps;

pub use arrival::{Arrival, Devices, FakeCamera, Language};
pub use camera::ycbcr;
pub use cast::{Colour, number_of};
pub use evidence::Loaded;
pub use failure::Failure;
pub use frame_log::{FrameGap, FrameLog};
pub use main_thread::MainThread;
pub use make_run::MakeRun;
pub use media::ListeningResult;
pub use net::{Home, Namespace, Networks, Weather};
pub use nginx::{Nginx, PathForwarding};
pub use note::note;
pub use page_memory::PageMemory;
pub use patience::Patience;
pub use person::Person;
pub use profile::Profile;
pub use program::Program;
pub use server::Server;
pub use slides::Slides;
pub use static_host::StaticHost;
pub use turn::{TurnServer, TurnTransports};
pub use ui_element::{Name, UiElement};
pub use window::{DESKTOP, PHONE};

/// Result of a journey's step.
pub type Outcome<T = ()> = Result<T, Failure>;
