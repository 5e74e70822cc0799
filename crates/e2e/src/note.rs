//! Notes of passing tests: figures that they measured, and that they were skipped.

use std::io::Write;

/// Prints a note that is shown even when the test passes: `scripts/test.sh` repeats such lines after the
/// ring.
pub fn note(words: &str) {
    // The test runner captures the output of `eprintln`. Without a standard error there is no reader.
    let _ = writeln!(std::io::stderr(), "\n  note: {}", words.replace('\n', " "));
}
