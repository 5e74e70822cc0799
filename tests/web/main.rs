//! The browser ring: the app's hands in a real page, with fake devices and real connections.
//!
//! What they hold of the browser is counted from outside (`probe.js`), so a test sees what a user would: a light
//! that stays on, a connection that stays open. Conditions are waited for; nothing sleeps for a fixed time.
#![cfg(target_arch = "wasm32")]

mod account;
mod api;
mod broken_parts;
mod calls;
mod chat;
mod choosing;
mod devices;
mod face;
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
mod themes;
mod timers;
mod volumes;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
