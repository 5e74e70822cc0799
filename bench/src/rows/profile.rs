//! What the main thread does while a group call goes on: a CPU profile of one page.

use std::time::Duration;

use e2e::Profile;

use super::mesh;
use crate::contender::Contender;
use crate::error::BenchError;
use crate::figure::{Figure, figure};

/// People in the call.
const PEOPLE: usize = 4;
/// Time that is profiled.
const PROFILED: Duration = Duration::from_secs(20);
/// Functions that are reported.
const ENTRIES: usize = 10;

pub async fn measure(contender: &Contender, figures: &mut Vec<Figure>) -> Result<(), BenchError> {
    let (_server, visitors, joined) = mesh::begun(contender, PEOPLE).await?;
    joined?;
    let Some(first) = visitors.first() else {
        return Ok(());
    };
    let profile = Profile::over(&first.person, PROFILED).await?;
    let entries = profile.0.into_iter().take(ENTRIES);
    figures.extend(entries.map(|(name, milliseconds)| figure(name, "ms/s", milliseconds)));
    Ok(())
}
