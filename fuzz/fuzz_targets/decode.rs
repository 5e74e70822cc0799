//! Parses any bytes as a message or a name (for the properties, see `crates/protocol/src/trial.rs`).
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        protocol::trial::run(text);
    }
});
