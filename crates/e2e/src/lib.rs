//! People with browsers of their own, for journeys through Confab.
//!
//! A journey reads as what people do and perceive: `ann.button("Call Bea").click()`, `bea.sees_video_of("Ann")`. Behind
//! it are the real server ([`Server`]), a real Chromium for each [`Person`], with a camera of one colour and a microphone
//! of one tone, and nothing between them that a user would not have.
//!
//! - Things are found by role and accessible name in the browser's own accessibility tree, as assistive technology finds
//!   them. Whatever is hidden, inert or unnamed cannot be found.
//! - Nothing sleeps: everything waits for its condition, up to a generous limit ([`Patience`]), and says on failure what
//!   was on the page.
//! - What a test started, it ends, also when it panics: dropping a [`Server`] or a [`Person`] kills its processes by
//!   their ids and removes its folders.
//!
//! This crate knows Confab only as its users do: it depends on none of the project's other crates.

mod arrival;
mod barriers;
mod browser;
mod camera;
mod cast;
mod chatter;
mod devices;
mod evidence;
mod failure;
mod journal;
mod keyboard;
mod lineage;
mod main_thread;
mod make_run;
mod media;
mod microphone;
mod net;
mod nginx;
mod patience;
mod person;
mod portrait;
mod program;
mod room_on_screen;
mod server;
mod slides;
mod static_host;
mod thing;
mod turn;
mod window;
mod witness;
mod word;

pub use arrival::{Arrival, Devices, FakeCamera, Language};
pub use failure::Failure;
pub use journal::{Gap, Journal};
pub use main_thread::MainThread;
pub use make_run::MakeRun;
pub use media::Heard;
pub use net::{Home, Namespace, Networks, Weather};
pub use nginx::{Nginx, Passed};
pub use patience::Patience;
pub use person::Person;
pub use server::Server;
pub use slides::Slides;
pub use static_host::StaticHost;
pub use thing::{Name, Thing};
pub use turn::{Reached, Turn};
pub use window::{DESKTOP, PHONE};
pub use word::word;

/// What a journey's steps return.
pub type Outcome<T = ()> = Result<T, Failure>;
