//! Calls between two people: how long each phase takes, and what a call leaves behind after hanging up.

use e2e::PageMemory;
use serde_json::Value;

use crate::contender::Contender;
use crate::error::BenchError;
use crate::figure::{Figure, figure};
use crate::visitor::Visitor;

/// Calls before memory is measured: what is loaded or made once is there then.
const WARM_UP: usize = 3;
/// Calls during which memory is measured.
const CYCLES: u32 = 10;

/// The phases in order, as page.js names them: each ends when it has ended on both pages.
const PHASES: [(&str, &str); 4] = [
    ("connection", "… until both have a connection"),
    ("signaling", "… until offer and answer are set (signaling)"),
    ("ice", "… until ICE is connected"),
    ("dtls", "… until DTLS is connected"),
];

pub async fn measure(contender: &Contender, figures: &mut Vec<Figure>) -> Result<(), BenchError> {
    let server = contender.start().await?;
    let visitors = Visitor::all(&server, 2).await?;
    let [ann, bea] = visitors.as_slice() else {
        unreachable!("two were asked for")
    };
    let (first, _) = call(ann, bea).await?;
    figures.push(figure("accept to first frame on both, first call", "ms", first));
    for _ in 1..WARM_UP {
        figures.extend(named(call(ann, bea).await?));
    }
    let before = memory(ann).await?;
    for _ in 0..CYCLES {
        figures.extend(named(call(ann, bea).await?));
    }
    let after = memory(ann).await?;
    let cycles = f64::from(CYCLES);
    figures.push(figure(
        "heap left by each call",
        "KB",
        (after.heap - before.heap) / cycles / 1000.0,
    ));
    figures.push(figure(
        "DOM nodes left by each call",
        "",
        (after.nodes - before.nodes) / cycles,
    ));
    Ok(())
}

/// One call and its end; returns the milliseconds from the click until both show a frame, and the figures of the
/// phases before.
async fn call(ann: &Visitor, bea: &Visitor) -> Result<(f64, Vec<Figure>), BenchError> {
    ann.does("call", &[bea.name()]).await?;
    for visitor in [ann, bea] {
        visitor.value("bench.reset()").await?;
    }
    bea.does("accept", &[ann.name()]).await?;
    let shown = ann.pictures(1).await?.max(bea.pictures(1).await?);
    let clicked = bea.number("bench.mark('pressed')").await?;
    let marks = [
        ann.value("bench.marks()").await?,
        bea.value("bench.marks()").await?,
    ];
    let mut phases = Vec::new();
    for (mark, name) in PHASES {
        // Before the click, if it was made ahead.
        let passed = (last(&marks, mark)? - clicked).max(0.0);
        phases.push(figure(name, "ms", passed));
    }
    ann.does("hangUp", &[bea.name()]).await?;
    for visitor in [ann, bea] {
        visitor.pictures(0).await?;
    }
    Ok((shown - clicked, phases))
}

/// The figures of a call that was not the first.
fn named((frame, phases): (f64, Vec<Figure>)) -> Vec<Figure> {
    let mut figures = vec![figure("accept to first frame on both", "ms", frame)];
    figures.extend(phases);
    figures
}

/// The later of two marks.
fn last(marks: &[Value], mark: &str) -> Result<f64, BenchError> {
    let times = marks.iter().map(|marks| marks[mark].as_f64());
    let times: Option<Vec<f64>> = times.collect();
    times
        .map(|times| times.into_iter().fold(0.0, f64::max))
        .ok_or_else(|| BenchError::Answer(format!("a page has no mark {mark}")))
}

/// What a page keeps when all garbage is collected: twice, since finalizers free more.
async fn memory(visitor: &Visitor) -> Result<PageMemory, BenchError> {
    visitor.person.collects_garbage().await?;
    visitor.person.collects_garbage().await?;
    Ok(PageMemory::of(&visitor.person).await?)
}
