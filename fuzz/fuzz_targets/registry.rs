//! Any sequence of inputs from several sockets (`crates/signaling-server/src/registry/tests/` says what must hold).
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| signaling_server::storm::run(bytes));
