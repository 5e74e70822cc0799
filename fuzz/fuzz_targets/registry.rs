//! Any sequence of inputs from several sockets (`crates/registry/src/tests/` says what must hold).
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| registry::storm::run(bytes));
