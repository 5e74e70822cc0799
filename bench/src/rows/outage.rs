//! The server is killed and comes back: how soon chat works again.

use std::time::Duration;

use futures_util::future::try_join;

use crate::contender::Contender;
use crate::error::BenchError;
use crate::figure::{Figure, figure};
use crate::visitor::Visitor;

/// How long the server is away, in milliseconds. The lengths differ, so that the result does not depend on where
/// in its interval a page that tries again every second, or every 0.3 to 0.5 s, happens to be.
const AWAY: [u64; 4] = [5000, 5400, 5800, 6200];

pub async fn measure(contender: &Contender, figures: &mut Vec<Figure>) -> Result<(), BenchError> {
    let mut server = contender.start().await?;
    let visitors = Visitor::all(&server, 2).await?;
    let [ann, bea] = visitors.as_slice() else {
        unreachable!("two were asked for")
    };
    for away in AWAY {
        // The chat works before the server goes away.
        let before = format!("before an outage of {away} ms");
        ann.does("say", &[&before]).await?;
        bea.waits("hasSaid", &before).await?;
        server.kill();
        tokio::time::sleep(Duration::from_millis(away)).await;
        server.start().await?;
        let back = ann.number("Date.now()").await?;
        let after = format!("after an outage of {away} ms");
        let delivery = bea.waits("hasSaid", &after);
        let ((), arrived) = try_join(ann.does("say", &[&after]), delivery).await?;
        let seconds = (arrived - back) / 1000.0;
        figures.push(figure("server's return until a message arrives", "s", seconds));
    }
    Ok(())
}
