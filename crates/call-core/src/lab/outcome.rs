//! Turns what the browser reports about one probe into an outcome.

use std::time::Duration;

/// Id of one probe of one server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProbeId(pub u64);

/// What the browser reports about a probe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProbeFact {
    /// The browser rejects the URL.
    Malformed,
    /// A server could not be used (W3C WebRTC §5.1.3, `icecandidateerror`); another of its addresses may still work.
    Error(CandidateError),
    /// A STUN server returned the public address of the page.
    Mapped,
    /// A relay gave an allocation.
    Allocated,
    /// Gathering is complete.
    Gathered,
    /// Data came back through the relay.
    Connected {
        /// Round-trip time to the relay.
        round_trip: Option<Duration>,
    },
    /// No data came through the relay.
    Broken,
}

/// Why a server could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateError {
    /// The server's error code (RFC 8489 §14.8), or 701 if the server was not reached.
    pub code: u16,
    /// The browser's error text, for developers.
    pub text: String,
    /// URL of the server.
    pub url: String,
}

/// Result of a probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The relay passes data on.
    Relays {
        /// Time until the allocation was there.
        allocated: Duration,
        /// Round-trip time to the relay.
        round_trip: Option<Duration>,
    },
    /// The STUN server returned another address than the page's own, so there is a NAT in between.
    Mapped {
        /// Time until the answer.
        after: Duration,
    },
    /// The STUN server returned no other address: the page's own address is public.
    NotTranslated,
    /// The server does not work.
    Fails(Trouble),
}

/// Why a server does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// It does not know the credentials (401), or they belong to another allocation (441).
    Credentials,
    /// The quota of the account (486) or the capacity of the server (508) is used up.
    Full,
    /// It refuses with another error code.
    Refuses(u16),
    /// It gives an allocation, but no data comes through it.
    NotCarrying,
    /// Its host name cannot be resolved.
    UnknownName,
    /// It does not answer.
    Unreachable,
    /// Its URL is invalid.
    Malformed,
}

impl Outcome {
    /// Whether the server works.
    pub fn works(self) -> bool {
        !matches!(self, Self::Fails(_))
    }
}

/// Why a server failed, by its errors. An error from the server counts more than a path on which it was not
/// reached: a device with several networks tries from each.
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
    fn error_from_the_server_outweighs_a_timeout() {
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
