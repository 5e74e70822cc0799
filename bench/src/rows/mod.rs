//! What is measured, by scenario. Each starts a server and browsers of its own.

mod call;
mod loading;
mod mesh;
mod outage;
mod profile;
mod server;

use std::fmt;

use clap::ValueEnum;

use crate::arguments::Arguments;
use crate::contender::Contender;
use crate::error::BenchError;
use crate::figure::Figure;

/// The rows of one scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Rows {
    /// Bytes and time until the form works and until there is a call
    Loading,
    /// The phases of a call by invitation, and what each call leaves in memory
    Call,
    /// A group call: time, CPU, main thread, memory, frames
    Mesh,
    /// The functions on which the main thread of a page in a group call spends most
    Profile,
    /// Chat after the server was away
    Outage,
    /// What Confab's server carries
    Server,
}

impl Rows {
    /// Measures these rows of a contender once. A figure may be there more than once; after a failure, those that
    /// could be measured are there.
    pub async fn measure(
        self,
        contender: &Contender,
        people: Option<usize>,
        arguments: &Arguments,
        figures: &mut Vec<Figure>,
    ) -> Result<(), BenchError> {
        match self {
            Self::Loading => loading::measure(contender, figures).await,
            Self::Call => call::measure(contender, figures).await,
            Self::Mesh => mesh::measure(contender, people.unwrap_or(4), figures).await,
            Self::Profile => profile::measure(contender, figures).await,
            Self::Outage => outage::measure(contender, figures).await,
            Self::Server => server::measure(contender, &arguments.load, figures).await,
        }
    }

    /// Whether these rows exist for a contender: the load is in Confab's protocol.
    pub fn concern(self, contender: &Contender) -> bool {
        self != Self::Server || contender.program.is_some()
    }

    /// The numbers of people for which these rows are measured, if they depend on it.
    pub fn sizes(self, people: &[usize]) -> Vec<Option<usize>> {
        match self {
            Self::Mesh => people.iter().copied().map(Some).collect(),
            Self::Loading | Self::Call | Self::Profile | Self::Outage | Self::Server => vec![None],
        }
    }

    /// The heading in the report.
    pub fn title(self) -> &'static str {
        match self {
            Self::Loading => "Loading",
            Self::Call => "A call by invitation",
            Self::Mesh => "A group call",
            Self::Profile => "The main thread in a group call of 4, by function",
            Self::Outage => "Chat after an outage of the server",
            Self::Server => "The server",
        }
    }
}

impl fmt::Display for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.to_possible_value();
        f.write_str(value.as_ref().map_or("", |value| value.get_name()))
    }
}
