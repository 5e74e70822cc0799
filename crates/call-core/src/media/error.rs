//! Why a camera or a microphone cannot be opened, from the browser's error.

/// Why a camera or a microphone cannot be opened (W3C Media Capture §10.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaError {
    /// The user or a policy denies this site the permission.
    NotAllowed,
    /// The user closed the permission prompt without an answer; the page may ask again.
    Dismissed,
    /// The operating system denies the browser devices of this kind.
    BlockedBySystem,
    /// There is no such device.
    NotFound,
    /// Another program uses the device, or the system failed.
    NotReadable,
    /// The device was started, but delivered nothing in time.
    TimedOut,
    /// No device meets the constraints.
    Overconstrained,
    /// The page is not a secure context, so the browser offers no devices.
    Insecure,
    /// Any other error.
    Other,
}

impl MediaError {
    /// Classifies a rejection of `getUserMedia` by the name and the message of its `DOMException`.
    ///
    /// The specification defines only the names. Where a name has several causes, Chromium's messages distinguish
    /// them (`ErrorCodeToString` in its `user_media_processor.cc`). Firefox and Safari have one message per name, so
    /// the name decides. In Firefox a camera that does not start gives `AbortError`, "Starting videoinput failed".
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

    /// Whether a permission or a setting has to change before the device can be opened.
    pub fn is_refusal(self) -> bool {
        match self {
            Self::NotAllowed | Self::Dismissed | Self::BlockedBySystem | Self::Insecure => true,
            Self::NotFound | Self::NotReadable | Self::TimedOut | Self::Overconstrained | Self::Other => {
                false
            }
        }
    }

    /// Whether opening the device may work once the old one is closed.
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

    /// Whether both devices fail for the same reason, so that asking for each alone is of no use.
    pub(crate) fn is_of_both(self) -> bool {
        match self {
            // A second prompt right after a dismissed one is a nuisance, and Chromium blocks a site after
            // three of them.
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

    /// Errors of Chromium 128 and 140, Firefox 128 and Safari 17, as in their sources and bug trackers.
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
    fn errors_of_browsers_are_classified() {
        for (name, message, error) in TOLD {
            assert_eq!(E::of(name, message), *error, "{name}: {message}");
        }
    }
}
