//! Settings of a person's browser: devices, language, window, network.

use std::sync::Arc;

use crate::net::{Namespace, NetworkScope};

/// Camera and microphone of a person's browser, and whether the page may use them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Devices {
    /// Camera and microphone, with permission granted.
    #[default]
    Granted,
    /// Camera and microphone, with permission denied.
    Refused,
    /// Three cameras and three microphones made by Chromium, with permission granted. [`FakeCamera`] names
    /// the cameras; every microphone plays the person's tone.
    Several,
    /// No camera; a microphone with permission granted.
    MicrophoneOnly,
    /// No camera and no microphone.
    Absent,
}

/// A camera of [`Devices::Several`], by what it shows. Chromium's fake screen looks like one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FakeCamera {
    /// The first camera: on dark green, a light green disc that is swept once a second, like a clock face.
    /// The fake screen, which is shared when no other can be chosen, looks the same.
    Turning,
    /// The third camera: plain dark green. (The second is a depth camera, whose video does not reach a peer.)
    Plain,
}

impl FakeCamera {
    /// The device label in the browser.
    pub fn label(self) -> &'static str {
        match self {
            Self::Turning => "fake_device_0",
            Self::Plain => "fake_device_2",
        }
    }
}

/// The preferred language of a browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English (en-US).
    #[default]
    English,
    /// Simplified Chinese (zh-CN).
    Chinese,
}

impl Language {
    /// The value of `--lang`.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en-US",
            Self::Chinese => "zh-CN",
        }
    }

    /// The list for the `Accept-Language` header and `navigator.languages`.
    pub(crate) fn accepted(self) -> &'static str {
        match self {
            Self::English => "en-US,en",
            Self::Chinese => "zh-CN,zh",
        }
    }
}

/// Settings of a person's browser; [`Arrival::at`] opens it.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub(crate) name: String,
    pub(crate) devices: Devices,
    pub(crate) language: Language,
    pub(crate) window: (u32, u32),
    pub(crate) dark: bool,
    pub(crate) film: Option<Arc<[u8]>>,
    pub(crate) busy: bool,
    pub(crate) shares_slides: bool,
    pub(crate) without_udp: bool,
    pub(crate) kilobits: Option<u32>,
    pub(crate) scripts: Vec<Arc<str>>,
    pub(crate) scope: NetworkScope,
}

impl Arrival {
    /// Starts from the defaults: devices with permission granted, an English browser, a window of 1280 × 800.
    /// The first letter of the name decides the colour of the camera and the tone of the microphone
    /// (cast.rs).
    pub fn of(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            devices: Devices::default(),
            language: Language::default(),
            window: (1280, 800),
            dark: false,
            film: None,
            busy: false,
            shares_slides: false,
            without_udp: false,
            kilobits: None,
            scripts: Vec::new(),
            scope: NetworkScope::default(),
        }
    }

    /// Sets the devices.
    #[must_use]
    pub fn devices(self, devices: Devices) -> Self {
        Self { devices, ..self }
    }

    /// Sets the language.
    #[must_use]
    pub fn language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Sets the size of the viewport, in CSS pixels.
    #[must_use]
    pub fn window(self, width: u32, height: u32) -> Self {
        Self {
            window: (width, height),
            ..self
        }
    }

    /// Sets the system to prefer a dark colour scheme.
    #[must_use]
    pub fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    /// Lets the camera show this video (Y4M) instead of the person's colour and frame number, which journeys
    /// look for.
    #[must_use]
    pub fn films(self, film: &[u8]) -> Self {
        Self {
            film: Some(film.into()),
            ..self
        }
    }

    /// Adds noise to the video of the camera, so that it takes as much bandwidth as there is.
    #[must_use]
    pub fn busy(self) -> Self {
        Self { busy: true, ..self }
    }

    /// Shares slides: when the page asks for a screen, the browser picks the window that
    /// [`crate::Person::opens_slides`] opened.
    ///
    /// Without this, Chromium shares a fake screen, which looks like [`FakeCamera::Turning`], has no useful
    /// sound, and ends only when the page ends it.
    #[must_use]
    pub fn shares_slides(self) -> Self {
        Self {
            shares_slides: true,
            ..self
        }
    }

    /// Blocks UDP, like a strict firewall: a call needs a TURN relay over TCP.
    #[must_use]
    pub fn without_udp(self) -> Self {
        Self {
            without_udp: true,
            ..self
        }
    }

    /// Limits the network to this many kbit/s. Steps do not wait until the page has loaded completely, but
    /// use it as soon as it shows something.
    #[must_use]
    pub fn loads_slowly(self, kilobits: u32) -> Self {
        Self {
            kilobits: Some(kilobits),
            ..self
        }
    }

    /// Runs this script in each page, before any script of the page and after earlier ones of this kind.
    #[must_use]
    pub fn injects(mut self, script: &str) -> Self {
        self.scripts.push(script.into());
        self
    }

    /// Runs the browser in this test network; the page may have an address there.
    #[must_use]
    pub fn from_within(self, network: &Namespace) -> Self {
        Self {
            scope: network.into(),
            ..self
        }
    }
}
