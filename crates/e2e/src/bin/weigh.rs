//! Measures a call of four: milliseconds on the main thread per second and page.
//!
//! `make weigh` measures the program that was built. Several programs, given as arguments, are measured in
//! turn, so that figures of one run can be compared: medians over the rounds, and ratios to the first.

use std::path::PathBuf;
use std::time::Duration;

use e2e::{Arrival, MainThread, Name, Outcome, Person, Server};

const ROUNDS: usize = 5;
/// Time for the browsers to settle after the call has connected.
const SETTLES: Duration = Duration::from_secs(5);
const WEIGHED: Duration = Duration::from_secs(20);

/// Cost of one call, in milliseconds per second and page.
#[derive(Clone, Copy)]
struct Weight {
    tasks: f64,
    script: f64,
    layout: f64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let mut programs: Vec<_> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if programs.is_empty() {
        programs.push(Server::program());
    }
    let mut weights = vec![Vec::new(); programs.len()];
    for round in 1..=ROUNDS {
        for (program, weights) in programs.iter().zip(&mut weights) {
            let weight = weigh(program.clone()).await?;
            print(&format!("round {round}"), weight, program);
            weights.push(weight);
        }
    }
    println!("medians, ms per second and page:");
    let first = median(&weights[0]);
    for (program, weights) in programs.iter().zip(&weights) {
        let weight = median(weights);
        print("median", weight, program);
        let ratio = Weight {
            tasks: weight.tasks / first.tasks,
            script: weight.script / first.script,
            layout: weight.layout / first.layout,
        };
        print("ratio", ratio, program);
    }
    Ok(())
}

fn print(what: &str, weight: Weight, program: &std::path::Path) {
    let Weight {
        tasks,
        script,
        layout,
    } = weight;
    println!(
        "{what:>8}: tasks {tasks:6.2}  script {script:6.2}  style and layout {layout:6.2}  {}",
        program.display()
    );
}

fn median(weights: &[Weight]) -> Weight {
    let of = |figure: fn(&Weight) -> f64| {
        let mut figures: Vec<_> = weights.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures[figures.len() / 2]
    };
    Weight {
        tasks: of(|weight| weight.tasks),
        script: of(|weight| weight.script),
        layout: of(|weight| weight.layout),
    }
}

/// Returns the mean over the four pages of one call.
async fn weigh(program: PathBuf) -> Outcome<Weight> {
    let server = Server::start_program(program).await?;
    let mut people = Vec::new();
    for name in ["Ann", "Bea", "Cem", "Dee"] {
        people.push(enters(&server, name).await?);
    }
    for person in &people {
        let join = Name::Begins("Join group call".to_owned());
        person.button(join).click().await?;
    }
    for one in &people {
        for other in people.iter().filter(|other| other.name() != one.name()) {
            one.sees_video_of(other.name()).await?;
        }
    }
    tokio::time::sleep(SETTLES).await;
    let mut before = Vec::new();
    for person in &people {
        before.push(MainThread::of(person).await?);
    }
    tokio::time::sleep(WEIGHED).await;
    let mut sum = MainThread::default();
    for (person, before) in people.iter().zip(before) {
        let spent = MainThread::of(person).await? - before;
        sum.passed += spent.passed;
        sum.tasks += spent.tasks;
        sum.script += spent.script;
        sum.layout += spent.layout;
    }
    let a_second = |spent: f64| 1000.0 * spent / sum.passed;
    Ok(Weight {
        tasks: a_second(sum.tasks),
        script: a_second(sum.script),
        layout: a_second(sum.layout),
    })
}

async fn enters(server: &Server, name: &str) -> Outcome<Person> {
    let person = Arrival::of(name).window(900, 640).at(&server.url()).await?;
    person.goes_to("room/tea").await?;
    person.button("Create an account").click().await?;
    person.field("User name").types(name).await?;
    person.field("Password").types("tea at half past 4").await?;
    person.button("Create account").click().await?;
    person.button("Join room").click().await?;
    person.list("People").is_shown().await?;
    Ok(person)
}
