//! The server is killed and comes back: how soon chat works again.

use futures_util::future::try_join;

use crate::contender::Contender;
use crate::error::BenchError;
use crate::figure::{Figure, figure};
use crate::visitor::{Visitor, passes};

/// Seconds for which the server is away.
const AWAY: u64 = 5;
/// Outages in one visit.
const OUTAGES: usize = 3;

pub async fn measure(contender: &Contender) -> Result<Vec<Figure>, BenchError> {
    let mut server = contender.start().await?;
    let visitors = Visitor::all(&server, 2).await?;
    let [ann, bea] = visitors.as_slice() else {
        unreachable!("two were asked for")
    };
    let mut figures = Vec::new();
    for outage in 1..=OUTAGES {
        // The chat works before the server goes away.
        let before = format!("before outage {outage}");
        ann.does("say", &[&before]).await?;
        bea.waits("hasSaid", &before).await?;
        server.kill();
        passes(AWAY).await;
        server.start().await?;
        let back = ann.number("Date.now()").await?;
        let after = format!("after outage {outage}");
        let delivery = bea.waits("hasSaid", &after);
        let ((), arrived) = try_join(ann.does("say", &[after.as_str()]), delivery).await?;
        figures.push(figure(
            "server's return until a message arrives",
            "s",
            (arrived - back) / 1000.0,
        ));
    }
    Ok(figures)
}
