//! Any bytes, read as a message or a name (`crates/protocol/src/trial.rs` says what must hold).
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        protocol::trial::run(text);
    }
});
