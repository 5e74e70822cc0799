//! The whole way once, with real browsers: both contenders load, call and report.

use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

#[test]
fn both_contenders_load_and_call() {
    let folder = TempDir::new().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_bench"))
        .args(["--rows", "loading", "--rounds", "1", "--out"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let results = std::fs::read_to_string(folder.path().join("results.json")).unwrap();
    let results: Value = serde_json::from_str(&results).unwrap();
    assert_eq!(results["failures"], Value::Array(Vec::new()));
    let row = &results["rows"][0];
    assert_eq!(row["name"], "loaded until the form works");
    for contender in ["floor", "Confab"] {
        let bytes = row["contenders"][contender]["median"].as_f64();
        assert!(bytes.is_some_and(|bytes| bytes > 0.0), "{contender}: {row}");
    }
    let report = std::fs::read_to_string(folder.path().join("RESULTS.md")).unwrap();
    assert!(
        report.contains("| loaded until there is a call, KB |"),
        "{report}"
    );
}
