//! Measures Confab beside a bare page without a framework, the floor, in one run: medians, spread and ratios.
//!
//! README.md describes the command line, the rows, and how to add a contender.

mod arguments;
mod contender;
mod error;
mod figure;
mod floor;
mod machine;
mod report;
mod results;
mod rows;
mod visitor;

use std::fs::File;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use arguments::{Arguments, Command};
use contender::Contender;
use error::BenchError;
use machine::Machine;
use results::Results;
use rows::Rows;
use tokio::time::{Instant, timeout};

/// Limit of one measurement: twice what the longest takes on two cores, as long as they can keep up.
const LIMIT: Duration = Duration::from_secs(120);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Some(Command::Floor { port }) => floor::serve(port).await.map_err(BenchError::from),
        None => bench(&arguments).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Measures all rows in rounds, and reports after each, so that an interrupted run has results too.
async fn bench(arguments: &Arguments) -> Result<(), BenchError> {
    let contenders = Contender::all(&arguments.contender, &arguments.program)?;
    let machine = Machine::describe().await?;
    let mut results = Results::new(
        contenders
            .iter()
            .map(|contender| contender.label.clone())
            .collect(),
    );
    let sizes = arguments.people.as_slice();
    for round in 0..arguments.rounds {
        for rows in &arguments.rows {
            for people in rows.sizes(sizes) {
                let _held = hold(arguments.lock.as_deref())?;
                // Contenders take turns in going first.
                for place in 0..contenders.len() {
                    let index = (place + round) % contenders.len();
                    if !rows.concern(&contenders[index]) {
                        continue;
                    }
                    measure(
                        &mut results,
                        (index, &contenders[index]),
                        *rows,
                        people,
                        arguments,
                    )
                    .await;
                }
            }
        }
        publish(&results, &machine, round + 1, arguments.out.as_deref())?;
    }
    Ok(())
}

/// Prints the report, and writes it into a folder if one is given.
fn publish(
    results: &Results,
    machine: &Machine,
    rounds: usize,
    folder: Option<&Path>,
) -> Result<(), BenchError> {
    let report = report::markdown(results, machine, rounds);
    println!("{report}");
    if let Some(folder) = folder {
        std::fs::write(folder.join("RESULTS.md"), &report)?;
        let json = report::json(results, machine, rounds)?;
        std::fs::write(folder.join("results.json"), json)?;
    }
    Ok(())
}

/// Measures some rows of one contender once. A failure becomes part of the results, as do figures before it.
async fn measure(
    results: &mut Results,
    (index, contender): (usize, &Contender),
    rows: Rows,
    people: Option<usize>,
    arguments: &Arguments,
) {
    let size = people.map_or(String::new(), |people| format!(" of {people}"));
    let began = Instant::now();
    let mut figures = Vec::new();
    let measuring = rows.measure(contender, people, arguments, &mut figures);
    let measured = timeout(LIMIT, measuring).await;
    let measured = measured.unwrap_or(Err(BenchError::TimedOut(LIMIT)));
    eprint!(
        "{rows}{size}, {}, {} s: ",
        contender.label,
        began.elapsed().as_secs()
    );
    let words: Vec<_> = figures.iter().map(ToString::to_string).collect();
    eprintln!("{}", words.join(", "));
    for figure in figures {
        results.add(rows, people, index, figure);
    }
    if let Err(error) = measured {
        eprintln!("FAILED: {error}");
        results.fail(rows, people, index, &error);
    }
}

/// Waits for the lock of a file; it is released when the file is dropped.
fn hold(lock: Option<&Path>) -> Result<Option<File>, BenchError> {
    let Some(path) = lock else { return Ok(None) };
    let file = File::options().create(true).append(true).open(path)?;
    file.lock()?;
    Ok(Some(file))
}
