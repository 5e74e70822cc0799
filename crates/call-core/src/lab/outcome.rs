//! What came of trying one server: from the facts that the browser reports to one outcome.

use std::time::Duration;

/// Names one try of one server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProbeId(pub u64);

/// What the browser reports of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProbeFact {
    /// The browser takes the address for none.
    Malformed,
    /// A server could not be used (W3C WebRTC §5.1.3, `icecandidateerror`); others of its addresses may do.
    Error(CandidateError),
    /// A STUN server told the page its address.
    Mapped,
    /// A relay gave the page an address there.
    Allocated,
    /// All ways are found that there are.
    Gathered,
    /// What was sent through the relay came back.
    Connected {
        /// From the page to the relay and back.
        round_trip: Option<Duration>,
    },
    /// Nothing came through the relay.
    Broken,
}

/// Why a server could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateError {
    /// The server's own code (RFC 8489 §14.8), or 701 when it was not reached.
    pub code: u16,
    /// Words for a developer, as the browser has them.
    pub text: String,
    /// The address.
    pub url: String,
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The relay passes on what it is sent.
    Relays {
        /// How long it took until it let the page in.
        allocated: Duration,
        /// From the page to the relay and back.
        round_trip: Option<Duration>,
    },
    /// The STUN server told the page an address that is not its own: there is a translation in between.
    Mapped {
        /// How long that took.
        after: Duration,
    },
    /// The STUN server had nothing to tell: the page has the address that others see.
    NotTranslated,
    /// It cannot be used.
    Fails(Trouble),
}

/// Why a server cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// It does not know the credentials (401), or takes them for another's (441).
    Credentials,
    /// It has given all that it may give, to this account or at all (486, 508).
    Full,
    /// It refuses for a reason of its own.
    Refuses(u16),
    /// It lets the page in, but nothing comes through it.
    NotCarrying,
    /// Its name leads nowhere.
    UnknownName,
    /// It does not answer.
    Unreachable,
    /// Its address is none.
    Malformed,
}

impl Outcome {
    /// Whether the server can be used.
    pub fn works(self) -> bool {
        !matches!(self, Self::Fails(_))
    }
}

/// Why a server failed, by its errors. What a server says itself tells more than that some way to it was closed:
/// a machine with several networks tries it from each.
pub(crate) fn trouble(errors: &[CandidateError]) -> Option<Trouble> {
    errors
        .iter()
        .map(|error| match error.code {
            401 | 441 => Trouble::Credentials,
            486 | 508 => Trouble::Full,
            701 if error.text.to_ascii_lowercase().contains("lookup") => Trouble::UnknownName,
            701 => Trouble::Unreachable,
            code => Trouble::Refuses(code),
        })
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(code: u16, text: &str) -> CandidateError {
        CandidateError {
            code,
            text: text.to_owned(),
            url: String::new(),
        }
    }

    #[test]
    fn what_the_server_says_tells_more_than_a_way_that_was_closed() {
        let closed = error(701, "TURN allocate request timed out.");
        let refused = error(401, "Unauthorized");
        assert_eq!(trouble(&[]), None);
        assert_eq!(trouble(std::slice::from_ref(&closed)), Some(Trouble::Unreachable));
        assert_eq!(trouble(&[closed.clone(), refused]), Some(Trouble::Credentials));
        let unknown = error(701, "TURN host lookup received error.");
        assert_eq!(trouble(&[closed, unknown]), Some(Trouble::UnknownName));
        assert_eq!(
            trouble(&[error(403, "Forbidden IP")]),
            Some(Trouble::Refuses(403))
        );
    }
}
