//! The browser tests: the app's shell and components in a real page, with fake devices and real connections.
//!
//! `probe.js` counts browser resources from outside, so a test notices what a user would: a camera light that
//! stays on, a connection that stays open. Tests wait for conditions, not for fixed times.
#![cfg(target_arch = "wasm32")]

mod account;
mod ahead;
mod api;
mod broken_parts;
mod calls;
mod chat;
mod choosing;
mod codecs;
mod devices;
mod focus;
mod glare;
mod guests;
mod holes;
mod labs;
mod layout;
mod leaving;
mod meter;
mod moderating;
mod mounting;
mod network;
mod news;
mod own_picture;
mod peers;
mod playback;
mod pressure;
mod probe;
mod quality;
mod ringing;
mod rules;
mod screens;
mod sockets;
mod speaking;
mod storage;
mod styles;
mod support;
mod test_app;
mod themes;
mod timers;
mod volumes;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
