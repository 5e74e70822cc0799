//! How somebody comes to the page: with which devices, language, window.

use crate::net::{Namespace, Place};

/// What camera and microphone the browser of a person has, and whether the page may use them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Devices {
    /// Both, and the page may use them.
    #[default]
    Granted,
    /// Both, but the person says no.
    Refused,
    /// Three cameras and three microphones of Chromium's own making, and the page may use them. [`FakeCamera`] tells which
    /// camera is which; every microphone delivers the person's tone.
    Several,
    /// No camera; a microphone that the page may use.
    MicrophoneOnly,
    /// Neither.
    Absent,
}

/// The cameras of [`Devices::Several`], by what they film, and the screen that is shared without a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FakeCamera {
    /// The first: on dark green, a light green disc that is drawn anew each second, as a clock's hand goes. The screen that
    /// is shared without a choice looks the same.
    Turning,
    /// The third: dark green alone. (The second is a depth camera: nothing of it arrives at another end.)
    Plain,
}

impl FakeCamera {
    /// What the browser calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Turning => "fake_device_0",
            Self::Plain => "fake_device_2",
        }
    }
}

/// The language that a browser asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English (en-US).
    #[default]
    English,
    /// Simplified Chinese (zh-CN).
    Chinese,
}

impl Language {
    /// For `--lang`.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en-US",
            Self::Chinese => "zh-CN",
        }
    }

    /// For the `Accept-Language` header and `navigator.languages`.
    pub(crate) fn accepted(self) -> &'static str {
        match self {
            Self::English => "en-US,en",
            Self::Chinese => "zh-CN,zh",
        }
    }
}

/// How somebody comes to the page.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub(crate) name: String,
    pub(crate) devices: Devices,
    pub(crate) language: Language,
    pub(crate) window: (u32, u32),
    pub(crate) dark: bool,
    pub(crate) portrayed: bool,
    pub(crate) sparing: bool,
    pub(crate) shares_slides: bool,
    pub(crate) without_udp: bool,
    pub(crate) kilobits: Option<u32>,
    pub(crate) place: Place,
}

impl Arrival {
    /// Somebody with devices that the page may use, an English browser and a window of 1280 by 800. The first letter of the
    /// name decides the colour of the camera and the tone of the microphone.
    pub fn of(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            devices: Devices::default(),
            language: Language::default(),
            window: (1280, 800),
            dark: false,
            portrayed: false,
            sparing: false,
            shares_slides: false,
            without_udp: false,
            kilobits: None,
            place: Place::default(),
        }
    }

    /// With these devices.
    #[must_use]
    pub fn devices(self, devices: Devices) -> Self {
        Self { devices, ..self }
    }

    /// With a browser in this language.
    #[must_use]
    pub fn language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// With a window whose inside is this wide and high, in CSS pixels.
    #[must_use]
    pub fn window(self, width: u32, height: u32) -> Self {
        Self {
            window: (width, height),
            ..self
        }
    }

    /// With a system that prefers dark pages.
    #[must_use]
    pub fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    /// With a camera that shows a drawn face, for pictures that people look at. It has neither the colour nor the number
    /// that journeys look for.
    #[must_use]
    pub fn portrayed(self) -> Self {
        Self {
            portrayed: true,
            ..self
        }
    }

    /// With a drawn face in a film that is small and slow, where many are in one call on one machine.
    #[must_use]
    pub fn portrayed_sparingly(self) -> Self {
        Self {
            portrayed: true,
            sparing: true,
            ..self
        }
    }

    /// With slides to share: asked for a screen, the browser takes the window that [`Person::opens_slides`] opened.
    ///
    /// Others share a screen of Chromium's own making, which looks like [`FakeCamera::Turning`], has no sound worth
    /// hearing, and ends only when the page ends it.
    #[must_use]
    pub fn shares_slides(self) -> Self {
        Self {
            shares_slides: true,
            ..self
        }
    }

    /// Behind a firewall that lets no UDP through: a call needs a relay that is reached by TCP.
    #[must_use]
    pub fn without_udp(self) -> Self {
        Self {
            without_udp: true,
            ..self
        }
    }

    /// By a network that brings the page so many kilobits a second. Nobody waits for the page to be there as a whole: it is
    /// used as soon as something is shown.
    #[must_use]
    pub fn loads_slowly(self, kilobits: u32) -> Self {
        Self {
            kilobits: Some(kilobits),
            ..self
        }
    }

    /// From a network that the test made; the page may be at an address of it.
    #[must_use]
    pub fn from_within(self, network: &Namespace) -> Self {
        Self {
            place: network.into(),
            ..self
        }
    }
}
