//! Why a camera or a microphone cannot be opened, told by what the browser says.

/// Why a camera or a microphone is not to be had (W3C Media Capture §10.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaError {
    /// The user, or a policy, said no for this site.
    NotAllowed,
    /// The user closed the browser's question without an answer: it may be asked again.
    Dismissed,
    /// The operating system does not let the browser use devices of this kind.
    BlockedBySystem,
    /// There is no such device.
    NotFound,
    /// Something else uses it, or the system failed.
    NotReadable,
    /// It was asked to start, and gave nothing for too long.
    TimedOut,
    /// No device meets what was asked.
    Overconstrained,
    /// The page is not a secure context, so the browser offers no devices at all.
    Insecure,
    /// Anything else.
    Other,
}

impl MediaError {
    /// What `getUserMedia` was refused with: the name and the message of its `DOMException`.
    ///
    /// The specification fixes the names alone. Where one name stands for several causes, the messages of Chromium tell them
    /// apart (`ErrorCodeToString` in its `user_media_processor.cc`); Firefox and Safari have one message for
    /// each name, and are taken by that. Firefox tells a camera that does not start by `AbortError`, "Starting videoinput failed".
    pub fn of(name: &str, message: &str) -> Self {
        let says = |words: &str| message.to_ascii_lowercase().contains(words);
        match name {
            "NotAllowedError" if says("by system") => Self::BlockedBySystem,
            "NotAllowedError" if says("dismissed") => Self::Dismissed,
            "NotAllowedError" | "SecurityError" => Self::NotAllowed,
            "NotFoundError" => Self::NotFound,
            "AbortError" | "NotReadableError" | "TimeoutError" if says("timeout") => Self::TimedOut,
            "TimeoutError" => Self::TimedOut,
            "NotReadableError" | "AbortError" => Self::NotReadable,
            "OverconstrainedError" => Self::Overconstrained,
            _ => Self::Other,
        }
    }

    /// Whether somebody has to give leave before the device can be opened.
    pub fn is_refusal(self) -> bool {
        match self {
            Self::NotAllowed | Self::Dismissed | Self::BlockedBySystem | Self::Insecure => true,
            Self::NotFound | Self::NotReadable | Self::TimedOut | Self::Overconstrained | Self::Other => {
                false
            }
        }
    }

    /// Whether the device may be there for one who has it alone.
    pub(crate) fn is_busy(self) -> bool {
        match self {
            Self::NotReadable | Self::TimedOut => true,
            Self::NotAllowed
            | Self::Dismissed
            | Self::BlockedBySystem
            | Self::NotFound
            | Self::Overconstrained
            | Self::Insecure
            | Self::Other => false,
        }
    }

    /// Whether both devices fail for the same reason, and asking for each by itself is of no use.
    pub(crate) fn is_of_both(self) -> bool {
        match self {
            // A second question right after one that was closed is a nuisance, and Chromium blocks a site after three of them.
            Self::Insecure | Self::Dismissed => true,
            Self::NotAllowed
            | Self::BlockedBySystem
            | Self::NotFound
            | Self::NotReadable
            | Self::TimedOut
            | Self::Overconstrained
            | Self::Other => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MediaError as E;

    /// By Chromium 128 and 140, Firefox 128 and Safari 17, as their sources and bug trackers have them.
    const TOLD: &[(&str, &str, E)] = &[
        ("NotAllowedError", "Permission denied", E::NotAllowed),
        ("NotAllowedError", "Permission denied by user", E::NotAllowed),
        ("NotAllowedError", "Permission dismissed", E::Dismissed),
        (
            "NotAllowedError",
            "Permission denied by system",
            E::BlockedBySystem,
        ),
        (
            "NotAllowedError",
            "The request is not allowed by the user agent or the platform in the current context.",
            E::NotAllowed,
        ),
        (
            "NotAllowedError",
            "The request is not allowed by the user agent or the platform in the current context, possibly because the user denied permission.",
            E::NotAllowed,
        ),
        ("SecurityError", "Invalid security origin", E::NotAllowed),
        ("NotFoundError", "Requested device not found", E::NotFound),
        ("NotFoundError", "The object can not be found here.", E::NotFound),
        ("NotReadableError", "Could not start video source", E::NotReadable),
        ("NotReadableError", "Could not start audio source", E::NotReadable),
        ("NotReadableError", "Device in use", E::NotReadable),
        (
            "NotReadableError",
            "Failed to allocate videosource",
            E::NotReadable,
        ),
        ("AbortError", "Starting videoinput failed", E::NotReadable),
        ("AbortError", "Timeout starting video source", E::TimedOut),
        ("NotReadableError", "Timeout starting video source", E::TimedOut),
        ("OverconstrainedError", "", E::Overconstrained),
        (
            "OverconstrainedError",
            "Constraints could be not satisfied.",
            E::Overconstrained,
        ),
        (
            "TypeError",
            "At least one of audio and video must be requested",
            E::Other,
        ),
        ("InvalidStateError", "Invalid state", E::Other),
        ("", "", E::Other),
    ];

    #[test]
    fn what_browsers_say_is_told_apart() {
        for (name, message, error) in TOLD {
            assert_eq!(E::of(name, message), *error, "{name}: {message}");
        }
    }
}
