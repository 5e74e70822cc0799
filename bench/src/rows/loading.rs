//! The first visit: bytes and time until the form works, bytes until there is a call.

use crate::contender::Contender;
use crate::error::BenchError;
use crate::figure::{Figure, figure};
use crate::visitor::Visitor;

pub async fn measure(contender: &Contender, figures: &mut Vec<Figure>) -> Result<(), BenchError> {
    let server = contender.start().await?;
    let ann = Visitor::new(&server, "Ann").await?;
    let bea = Visitor::new(&server, "Bea").await?;
    let form = ann.arrives(&server).await?;
    let works = ann.number("bench.mark('formWorks')").await?;
    bea.arrives(&server).await?;
    ann.enters().await?;
    bea.enters().await?;
    ann.does("call", &["Bea"]).await?;
    bea.does("accept", &["Ann"]).await?;
    let shown = ann.pictures(1).await?;
    let loaded = ann.person.loaded().await?;
    let kilobytes = |until: f64| {
        let before = loaded.iter().filter(|one| one.at <= until);
        before.map(|one| one.bytes).sum::<f64>() / 1000.0
    };
    figures.extend([
        figure("loaded until the form works", "KB", kilobytes(works)),
        figure("loaded until there is a call", "KB", kilobytes(shown)),
        figure("navigation until the form works", "ms", form),
    ]);
    Ok(())
}
