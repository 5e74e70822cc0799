//! A group call: all join at once; then the call goes on by itself, and the cost of that is measured.

use std::time::Duration;

use e2e::{MainThread, PageMemory};
use futures_util::future::try_join_all;
use tokio::time::Instant;

use crate::contender::{Contender, Running};
use crate::error::BenchError;
use crate::figure::{Figure, figure};
use crate::visitor::Visitor;

/// Time for encoders, jitter buffers and statistics to settle after the last first frame.
const SETTLES: Duration = Duration::from_secs(5);
/// Time that is measured.
const MEASURED: Duration = Duration::from_secs(10);

const MEGABYTE: f64 = 1e6;

/// What all pages did so far.
struct Progress {
    main: Vec<MainThread>,
    /// Moment, frames shown, freezes, bytes sent.
    frames: Vec<[f64; 4]>,
}

pub async fn measure(
    contender: &Contender,
    people: usize,
    figures: &mut Vec<Figure>,
) -> Result<(), BenchError> {
    // A call that does not become whole is measured all the same.
    let (_server, visitors, joined) = begun(contender, people).await?;
    if let Ok(milliseconds) = joined {
        figures.push(figure("join everyone to whole mesh", "s", milliseconds / 1000.0));
    }
    let before = Progress::read(&visitors).await?;
    let (began, cpu) = (Instant::now(), cpu_time(&visitors)?);
    tokio::time::sleep(MEASURED).await;
    let cpu = cpu_time(&visitors)?.saturating_sub(cpu).as_secs_f64() / began.elapsed().as_secs_f64();
    figures.push(figure("CPU of all browsers", "% of a core", 100.0 * cpu));
    figures.extend(Progress::read(&visitors).await?.since(&before));
    figures.push(made_again(&visitors).await?);
    figures.extend(memory(&visitors).await?);
    joined.map(drop)
}

/// A group call that all have joined and that has settled: the server, which runs as long as it is kept, the people, and
/// the milliseconds until the call was whole.
pub type Call<'a> = (Running<'a>, Vec<Visitor>, Result<f64, BenchError>);

/// Begins a group call.
pub async fn begun(contender: &Contender, people: usize) -> Result<Call<'_>, BenchError> {
    let server = contender.start().await?;
    let visitors = Visitor::all(&server, people).await?;
    let joined = join(&visitors).await;
    tokio::time::sleep(SETTLES).await;
    Ok((server, visitors, joined))
}

/// Connections beyond one for each pair and end, in all pages.
async fn made_again(visitors: &[Visitor]) -> Result<Figure, BenchError> {
    let made = try_join_all(visitors.iter().map(|visitor| visitor.number("bench.made()"))).await?;
    let others = u32::try_from(visitors.len().saturating_sub(1)).unwrap_or(u32::MAX);
    let again = made.into_iter().map(|made| made - f64::from(others)).sum();
    Ok(figure("connections made again", "", again))
}

/// Lets all join; returns the milliseconds from the first click to the last first frame.
async fn join(visitors: &[Visitor]) -> Result<f64, BenchError> {
    try_join_all(visitors.iter().map(|visitor| visitor.value("bench.reset()"))).await?;
    try_join_all(visitors.iter().map(|visitor| visitor.does("join", &[]))).await?;
    let others = visitors.len() - 1;
    let shown = try_join_all(visitors.iter().map(|visitor| visitor.pictures(others))).await?;
    let pressed = try_join_all(
        visitors
            .iter()
            .map(|visitor| visitor.number("bench.mark('pressed')")),
    )
    .await?;
    let first = pressed.into_iter().fold(f64::INFINITY, f64::min);
    Ok(shown.into_iter().fold(0.0, f64::max) - first)
}

fn cpu_time(visitors: &[Visitor]) -> Result<Duration, BenchError> {
    let mut sum = Duration::ZERO;
    for visitor in visitors {
        sum += visitor.person.cpu_time()?;
    }
    Ok(sum)
}

impl Progress {
    /// Reads all pages at the same time: one that is busy answers late.
    async fn read(visitors: &[Visitor]) -> Result<Self, BenchError> {
        let each = try_join_all(visitors.iter().map(async |visitor| {
            let main = MainThread::of(&visitor.person).await?;
            let seen = visitor.value("bench.frames()").await?;
            let number = |name: &str| seen[name].as_f64().unwrap_or_default();
            Ok::<_, BenchError>((main, ["at", "frames", "freezes", "sent"].map(number)))
        }));
        let (main, frames) = each.await?.into_iter().unzip();
        Ok(Self { main, frames })
    }

    /// The means over all pages and videos, and the sum of freezes, since another reading.
    fn since(&self, before: &Self) -> Vec<Figure> {
        let main = || {
            self.main
                .iter()
                .zip(&before.main)
                .map(|(after, before)| *after - *before)
        };
        let each =
            |time: fn(&MainThread) -> f64| mean(main().map(|spent| 1000.0 * time(&spent) / spent.passed));
        // Remote videos of each page; one that is missing shows no frames.
        let others = u32::try_from(self.frames.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let frames = || self.frames.iter().zip(&before.frames);
        let rate = frames().map(|(after, before)| {
            let seconds = (after[0] - before[0]) / 1000.0;
            (after[1] - before[1]) / seconds / f64::from(others)
        });
        let freezes = frames().map(|(after, before)| after[2] - before[2]);
        let bits = frames().map(|(after, before)| 8.0 * (after[3] - before[3]) / (after[0] - before[0]));
        vec![
            figure("main thread: tasks", "ms/s", each(|spent| spent.tasks)),
            figure("main thread: script", "ms/s", each(|spent| spent.script)),
            figure(
                "main thread: style and layout",
                "ms/s",
                each(|spent| spent.layout),
            ),
            figure("frames shown of 10", "1/s", mean(rate)),
            figure("freezes", "", freezes.sum()),
            figure("sent by each page", "kbit/s", mean(bits)),
        ]
    }
}

/// What the pages keep in memory during the call, without what could be collected: means.
async fn memory(visitors: &[Visitor]) -> Result<Vec<Figure>, BenchError> {
    let pages = try_join_all(visitors.iter().map(async |visitor| {
        visitor.person.collects_garbage().await?;
        let memory = PageMemory::of(&visitor.person).await?;
        let wasm = visitor.number("bench.wasmBytes()").await?;
        let renderer = u32::try_from(visitor.person.renderer_memory()?).unwrap_or(u32::MAX);
        let renderer = 1024.0 * f64::from(renderer);
        Ok::<_, BenchError>([memory.heap, wasm, memory.heap + wasm, renderer, memory.nodes])
    }));
    let pages = pages.await?;
    let [heap, wasm, both, renderer, nodes] =
        std::array::from_fn(|index| mean(pages.iter().map(|page| page[index])));
    Ok(vec![
        figure("JavaScript heap", "MB", heap / MEGABYTE),
        figure("WebAssembly memory", "MB", wasm / MEGABYTE),
        figure("heap and WebAssembly", "MB", both / MEGABYTE),
        figure("renderer's memory (PSS)", "MB", renderer / MEGABYTE),
        figure("DOM nodes", "", nodes),
    ])
}

/// The mean; not a number if there is nothing.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / count
}
