//! The first visit: bytes and time until the form works, bytes until there is a call.

use e2e::Arrival;

use crate::contender::{Contender, Running};
use crate::error::BenchError;
use crate::figure::{Figure, figure};
use crate::visitor::Visitor;

/// A slow mobile network, in kbit/s.
const SLOW: u32 = 1600;

pub async fn measure(contender: &Contender, figures: &mut Vec<Figure>) -> Result<(), BenchError> {
    let server = contender.start().await?;
    slow(&server, figures).await?;
    let ann = Visitor::new(&server, "Ann").await?;
    let bea = Visitor::new(&server, "Bea").await?;
    let form = ann.arrives(&server).await?;
    figures.push(figure("navigation until the form works", "ms", form));
    bea.arrives(&server).await?;
    ann.enters().await?;
    bea.enters().await?;
    ann.does("call", &["Bea"]).await?;
    bea.does("accept", &["Ann"]).await?;
    let shown = ann.pictures(1).await?;
    let loaded = kilobytes(&ann, shown).await?;
    figures.push(figure("loaded until there is a call", "KB", loaded));
    Ok(())
}

/// The form over a slow network, where what is loaded in the background does not arrive together with what the form
/// needs.
async fn slow(server: &Running<'_>, figures: &mut Vec<Figure>) -> Result<(), BenchError> {
    let cem = Visitor::with(Arrival::of("Cem").loads_slowly(SLOW), server).await?;
    let form = cem.arrives(server).await?;
    let works = cem.number("bench.mark('formWorks')").await?;
    let loaded = kilobytes(&cem, works).await?;
    figures.push(figure("loaded until the form works", "KB", loaded));
    figures.push(figure(
        "navigation until the form works, at 1.6 Mbit/s",
        "ms",
        form,
    ));
    Ok(())
}

/// What a page had loaded at a moment, in milliseconds since the epoch.
async fn kilobytes(visitor: &Visitor, until: f64) -> Result<f64, BenchError> {
    let loaded = visitor.person.loaded().await?;
    let before = loaded.iter().filter(|one| one.at <= until);
    Ok(before.map(|one| one.bytes).sum::<f64>() / 1000.0)
}
