//! Runs any sequence of inputs from several sockets (for the invariants, see `crates/registry/src/checks.rs`).
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| registry::storm::run(bytes));
