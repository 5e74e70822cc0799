//! The results as Markdown and as JSON.

use std::fmt::Write;

use clap::ValueEnum;
use serde_json::{Value, json};

use crate::figure::rounded;
use crate::machine::Machine;
use crate::results::{Results, Row};
use crate::rows::Rows;

/// The number of people whose rows are shown in full; for others the growth is shown.
const USUAL: usize = 4;

/// The rows whose growth with the number of people is shown.
const GROWING: [&str; 8] = [
    "main thread: script",
    "main thread: tasks",
    "CPU of all browsers",
    "join everyone to whole mesh",
    "frames shown of 10",
    "freezes",
    "sent by each page",
    "connections made again",
];

/// The report: the machine, then a table for each scenario.
pub fn markdown(results: &Results, machine: &Machine, rounds: usize) -> String {
    let mut text = format!(
        "# Results of `make bench`\n\n\
        {}, {} cores, {} GiB, Linux {}; {}; commit {}; {}.\n\
        Rounds: {rounds}. Medians, with the least and the most in parentheses. README.md says how each is measured.\n",
        machine.cpu,
        machine.cores,
        machine.memory,
        machine.kernel,
        machine.browser,
        machine.commit,
        machine.date
    );
    let mut sizes: Vec<usize> = results.table.iter().filter_map(|row| row.people).collect();
    sizes.sort_unstable();
    sizes.dedup();
    for rows in Rows::value_variants().iter().copied() {
        let shown = usual(&sizes).filter(|_| rows == Rows::Mesh);
        let of = |row: &&Row| row.rows == rows && row.people == shown;
        let part: Vec<&Row> = results.table.iter().filter(of).collect();
        if !part.is_empty() {
            let size = shown.map_or(String::new(), |people| format!(" of {people}"));
            let _ = write!(text, "\n## {}{size}\n\n", rows.title());
            table(
                &mut text,
                results,
                "",
                part.into_iter().map(|row| (label(row), row)),
            );
        }
    }
    if sizes.len() > 1 {
        text.push_str("\n## Growth of a group call\n");
        for name in GROWING {
            let of = |size: &usize| {
                let same = |row: &&Row| row.people == Some(*size) && row.name == name;
                results.table.iter().find(same)
            };
            let rows: Vec<&Row> = sizes.iter().filter_map(of).collect();
            let Some(first) = rows.first() else { continue };
            let _ = write!(text, "\n{}\n\n", label(first));
            let rows = rows
                .into_iter()
                .map(|row| (row.people.unwrap_or_default().to_string(), row));
            table(&mut text, results, "people", rows);
        }
    }
    if !results.failures.is_empty() {
        text.push_str("\n## Failed\n\n");
        for failed in &results.failures {
            let size = failed
                .people
                .map_or(String::new(), |people| format!(" of {people}"));
            let _ = writeln!(
                text,
                "- {}{size}, {}: {}",
                failed.rows, failed.contender, failed.error
            );
        }
    }
    text
}

/// The size that is shown in full, if there is any.
fn usual(sizes: &[usize]) -> Option<usize> {
    sizes
        .iter()
        .find(|size| **size == USUAL)
        .or(sizes.first())
        .copied()
}

fn label(row: &Row) -> String {
    if row.unit.is_empty() {
        row.name.clone()
    } else {
        format!("{}, {}", row.name, row.unit)
    }
}

/// The pairs of contenders of which ratios are shown: each to the first, and all later ones to the second.
fn ratios(contenders: usize) -> Vec<(usize, usize)> {
    let to_first = (1..contenders).map(|one| (one, 0));
    to_first.chain((2..contenders).map(|one| (one, 1))).collect()
}

/// Writes a table with a line for each row.
fn table<'a>(
    text: &mut String,
    results: &Results,
    head: &str,
    rows: impl Iterator<Item = (String, &'a Row)>,
) {
    let names = &results.contenders;
    let pairs = ratios(names.len());
    let _ = write!(text, "| {head} |");
    for name in names {
        let _ = write!(text, " {name} |");
    }
    for (one, other) in &pairs {
        let _ = write!(text, " {} ÷ {} |", names[*one], names[*other]);
    }
    let _ = write!(text, "\n|---|{}\n", "--:|".repeat(names.len() + pairs.len()));
    for (label, row) in rows {
        let _ = write!(text, "| {label} |");
        for contender in 0..names.len() {
            let spread = row.spread(contender);
            let _ = write!(
                text,
                " {} |",
                spread.map_or("–".to_owned(), |spread| spread.to_string())
            );
        }
        for (one, other) in &pairs {
            let ratio = row.ratio(*one, *other);
            let _ = write!(text, " {} |", ratio.map_or("–".to_owned(), rounded));
        }
        text.push('\n');
    }
}

/// The same for programs, with all samples.
pub fn json(results: &Results, machine: &Machine, rounds: usize) -> serde_json::Result<String> {
    let rows: Vec<Value> = results
        .table
        .iter()
        .map(|row| {
            let measured: serde_json::Map<String, Value> = results
                .contenders
                .iter()
                .enumerate()
                .map(|(index, name)| {
                    let spread = row.spread(index);
                    let value = json!({
                        "median": spread.map(|spread| spread.median),
                        "min": spread.map(|spread| spread.min),
                        "max": spread.map(|spread| spread.max),
                        "ratio_to_first": row.ratio(index, 0),
                        "samples": row.samples(index),
                    });
                    (name.clone(), value)
                })
                .collect();
            json!({
                "rows": row.rows.to_string(),
                "people": row.people,
                "name": row.name,
                "unit": row.unit,
                "contenders": measured,
            })
        })
        .collect();
    let all = json!({
        "machine": machine,
        "rounds": rounds,
        "contenders": results.contenders,
        "rows": rows,
        "failures": results.failures,
    });
    serde_json::to_string_pretty(&all).map(|text| text + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::BenchError;
    use crate::figure::figure;

    fn machine() -> Machine {
        Machine {
            cpu: "A CPU".to_owned(),
            cores: 2,
            memory: 23,
            kernel: "6.1".to_owned(),
            browser: "Chrome/148".to_owned(),
            commit: "0123".to_owned(),
            date: "2026-01-01 00:00 UTC".to_owned(),
        }
    }

    fn results() -> Results {
        let mut results = Results::new(["floor", "before", "after"].map(str::to_owned).to_vec());
        for people in [2, 4] {
            for (contender, value) in [(0, 2.0), (1, 8.0), (2, 4.0), (2, 5.0), (2, 6.0)] {
                let script = figure("main thread: script", "ms/s", value);
                results.add(Rows::Mesh, Some(people), contender, script);
            }
        }
        results.add(Rows::Server, None, 1, figure("signals per second", "", 5000.0));
        results.fail(Rows::Call, None, 2, &BenchError::Answer("none".to_owned()));
        results
    }

    #[test]
    fn markdown_has_medians_spreads_and_ratios() {
        let text = markdown(&results(), &machine(), 3);
        for line in [
            "A CPU, 2 cores, 23 GiB, Linux 6.1; Chrome/148; commit 0123; 2026-01-01 00:00 UTC.",
            "## A group call of 4",
            "|  | floor | before | after | before ÷ floor | after ÷ floor | after ÷ before |",
            "| main thread: script, ms/s | 2.00 | 8.00 | 5.00 (4.00..6.00) | 4.00 | 2.50 | 0.62 |",
            "## Growth of a group call",
            "| 2 | 2.00 | 8.00 | 5.00 (4.00..6.00) | 4.00 | 2.50 | 0.62 |",
            "| signals per second | – | 5000 | – | – | – | – |",
            "- call, after: unexpected answer: none",
        ] {
            assert!(
                text.lines().any(|found| found == line),
                "{line}\nis not in\n{text}"
            );
        }
    }

    #[test]
    fn json_has_all_samples() {
        let text = json(&results(), &machine(), 3).unwrap();
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            read["rows"][0]["contenders"]["after"]["samples"],
            json!([4.0, 5.0, 6.0])
        );
        assert_eq!(
            read["rows"][0]["contenders"]["after"]["ratio_to_first"],
            json!(2.5)
        );
        assert_eq!(read["failures"][0]["contender"], "after");
        assert_eq!(read["machine"]["cores"], 2);
    }
}
