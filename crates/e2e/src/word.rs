//! Words of a test that passes: figures that it measured, and that it was skipped.

use std::io::Write;

/// Says something that is to be read although the test passes. `scripts/test.sh` repeats such lines after the ring.
pub fn word(words: &str) {
    // Not by `eprintln`, which the test runner keeps to itself. Without a standard error there is nobody to read it.
    let _ = writeln!(std::io::stderr(), "\n  word: {}", words.replace('\n', " "));
}
