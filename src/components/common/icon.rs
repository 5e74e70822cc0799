//! Icons, drawn for Confab on a grid of 24 in the colour of the text. They are constants, so that each chunk has only
//! its own.

use leptos::prelude::*;

/// An icon. Hidden from screen readers: the control around it has a name.
#[derive(Clone, Copy, Debug)]
pub struct Icon {
    /// The drawing, as an SVG path.
    path: &'static str,
    class: &'static str,
    fill: Option<&'static str>,
}

impl Icon {
    /// Confab's logo: two speech bubbles that face each other.
    pub const SIGN: Self = Self::of(
        "M4 6.5A2.5 2.5 0 0 1 6.5 4h6A2.5 2.5 0 0 1 15 6.5v3a2.5 2.5 0 0 1-2.5 2.5H9l-3 3v-3.1A2.5 2.5 0 0 1 4 9.5zM18 9.1a2.5 2.5 0 0 1 2 2.4v3a2.5 2.5 0 0 1-2 2.4V20l-3-3h-3.5",
    );
    /// A microphone.
    pub const MICROPHONE: Self = Self::of(
        "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21M8.5 21h7",
    );
    /// A microphone, crossed out.
    pub const MICROPHONE_OFF: Self = Self::of(
        "M9 5.8A3 3 0 0 1 15 6v4.5M14.7 12.3A3 3 0 0 1 9 11V9M5.5 11a6.5 6.5 0 0 0 10.6 5M18.5 11a6.4 6.4 0 0 1-.6 2.8M12 17.5V21M8.5 21h7M4 3l16 18",
    );
    /// A camera.
    pub const CAMERA: Self = Self::of(
        "M5 6.5h8.5a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM15.5 11l5-3v8l-5-3",
    );
    /// A camera, crossed out.
    pub const CAMERA_OFF: Self = Self::of(
        "M9.5 6.5h4a2 2 0 0 1 2 2v3.3M15.3 16.5a2 2 0 0 1-1.8 1H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 1.6-2M15.5 11l5-3v8l-2.5-1.5M4 3l16 18",
    );
    /// A head that fills a frame.
    pub const FILL: Self = Self::of(
        "M5 4.5h14A1.5 1.5 0 0 1 20.5 6v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5zM3.5 9.5h3M6.5 9.5L5 8M6.5 9.5L5 11M20.5 14.5h-3M17.5 14.5l1.5-1.5M17.5 14.5l1.5 1.5M12 7.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM7.5 19.5a4.7 4.7 0 0 1 9 0",
    );
    /// Four corners that grow.
    pub const FULL_SCREEN: Self = Self::of(
        "M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9M15 4h3.5A1.5 1.5 0 0 1 20 5.5V9M20 15v3.5a1.5 1.5 0 0 1-1.5 1.5H15M9 20H5.5A1.5 1.5 0 0 1 4 18.5V15",
    );
    /// Four corners that shrink.
    pub const FULL_SCREEN_LEAVE: Self = Self::of(
        "M9 4v3.5A1.5 1.5 0 0 1 7.5 9H4M20 9h-3.5A1.5 1.5 0 0 1 15 7.5V4M15 20v-3.5a1.5 1.5 0 0 1 1.5-1.5H20M4 15h3.5A1.5 1.5 0 0 1 9 16.5V20",
    );
    /// A ring round a disc.
    pub const RECORD: Self =
        Self::of("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z");
    /// A loudspeaker.
    pub const SPEAKER: Self =
        Self::of("M4 9.5h3.2L12 5.5v13l-4.8-4H4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.3a8 8 0 0 1 0 11.4");
    /// A loudspeaker, crossed out.
    pub const SPEAKER_OFF: Self = Self::of("M4 9.5h3.2L12 5.5v13l-4.8-4H4zM15.5 9.5l5 5M20.5 9.5l-5 5");
    /// A screen, and an arrow out of it.
    pub const SCREEN: Self = Self::of(
        "M4.5 4.5h15A1.5 1.5 0 0 1 21 6v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15V6a1.5 1.5 0 0 1 1.5-1.5zM12 13.5v-6M9.2 10.2L12 7.4l2.8 2.8M8.5 20h7",
    );
    /// A screen with a cross.
    pub const SCREEN_OFF: Self = Self::of(
        "M4.5 4.5h15A1.5 1.5 0 0 1 21 6v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15V6a1.5 1.5 0 0 1 1.5-1.5zM9.5 8l5 5M14.5 8l-5 5M8.5 20h7",
    );
    /// A handset, hung up.
    pub const HANG_UP: Self = Self::of(
        "M1.9 14.1c-.6-3.3 4-6.9 10.1-6.9s10.7 3.6 10.1 6.9l-.4 2a1.2 1.2 0 0 1-1.5.9l-3.5-.9a1.2 1.2 0 0 1-.9-1.2l.1-2.1a13 13 0 0 0-7.8 0l.1 2.1a1.2 1.2 0 0 1-.9 1.2l-3.5.9a1.2 1.2 0 0 1-1.5-.9z",
    )
    .filled();
    /// Two links of a chain.
    pub const LINK: Self = Self::of(
        "M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1",
    );
    /// Two heads.
    pub const PEOPLE: Self = Self::of(
        "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M15.5 4.3a3.5 3.5 0 0 1 0 6.4M17.8 14.3A6.5 6.5 0 0 1 21.5 20",
    );
    /// A speech bubble with text.
    pub const CHAT: Self = Self::of(
        "M6 4h12a2.5 2.5 0 0 1 2.5 2.5v8A2.5 2.5 0 0 1 18 17h-6l-4.5 4v-4H6a2.5 2.5 0 0 1-2.5-2.5v-8A2.5 2.5 0 0 1 6 4zM8 9h8M8 12.5h5",
    )
    .directional();
    /// A paper plane.
    pub const SEND: Self = Self::of("M4 12l16-8-5 16-3.5-6.5zM11.5 13.5L20 4").directional();
    /// A cross.
    pub const CLOSE: Self = Self::of("M6 6l12 12M18 6L6 18");
    /// A door with an arrow out of it.
    pub const LEAVE: Self =
        Self::of("M14 4H7a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h7M10.5 12H21M17 8l4 4-4 4").directional();
    /// Three dots.
    pub const MORE: Self = Self::of("M5 12h.01M12 12h.01M19 12h.01");
    /// An eye.
    pub const EYE: Self = Self::of(
        "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
    );
    /// A check mark.
    pub const DONE: Self = Self::of("M5 12.5l4.5 4.5L19 7.5");
    /// Two sliders.
    pub const SETTINGS: Self = Self::of(
        "M4 8h8.5M17.5 8H20M15 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM4 16h2.5M11.5 16H20M9 18.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    );
    /// Three people, connected.
    pub const EVERYONE: Self = Self::of(
        "M12 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM5.5 19a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM18.5 19a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM10.5 8l-3.7 6M13.5 8l3.7 6M8 16.5h8",
    );
    /// A circular arrow.
    pub const AGAIN: Self = Self::of("M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.3M20 4v5.3h-5.3");
    /// An arrow that points back.
    pub const BACK: Self = Self::of("M10.5 5.5L4 12l6.5 6.5M4.5 12H20");
    /// A handset, lifted.
    pub const CALL: Self = Self::of(
        "M6.5 3.5h2.6l1.6 4.3-2 1.6a12 12 0 0 0 5.9 5.9l1.6-2 4.3 1.6v2.6a2 2 0 0 1-2.1 2A16.4 16.4 0 0 1 4.5 5.6a2 2 0 0 1 2-2.1z",
    );
    /// Two sheets of paper.
    pub const COPY: Self = Self::of(
        "M10 8.5h8.5A1.5 1.5 0 0 1 20 10v8.5a1.5 1.5 0 0 1-1.5 1.5H10a1.5 1.5 0 0 1-1.5-1.5V10A1.5 1.5 0 0 1 10 8.5zM15.5 8.5v-3A1.5 1.5 0 0 0 14 4H5.5A1.5 1.5 0 0 0 4 5.5V14a1.5 1.5 0 0 0 1.5 1.5h3",
    );
    /// An arrow down into a tray.
    pub const SAVE: Self =
        Self::of("M12 4v11M7.5 10.5L12 15l4.5-4.5M4.5 16.5v2A1.5 1.5 0 0 0 6 20h12a1.5 1.5 0 0 0 1.5-1.5v-2");
    /// The sun.
    pub const SUN: Self = Self::of(
        "M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M4.9 4.9l1.8 1.8M17.3 17.3l1.8 1.8M19.1 4.9l-1.8 1.8M6.7 17.3l-1.8 1.8",
    );
    /// The moon.
    pub const MOON: Self = Self::of("M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z");
    /// A disc, half of it shaded.
    pub const HALF_LIGHT: Self =
        Self::of("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 3v18M12 8l5-2.4M12 12.5l8.5-3.7M12 17l8.5-3.7");
    /// A drawing pin.
    pub const PIN: Self = Self::of("M9 3.5h6M10 3.5v5.5l-3 3.5v1.5h10v-1.5l-3-3.5V3.5M12 14v6.5");
    /// A large tile with small ones beside it.
    pub const SPOTLIGHT: Self = Self::of(
        "M4.5 5h10A1.5 1.5 0 0 1 16 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-10A1.5 1.5 0 0 1 3 17.5v-11A1.5 1.5 0 0 1 4.5 5zM19 5h2v3.5h-2zM19 10.25h2v3.5h-2zM19 15.5h2V19h-2z",
    )
    .directional();
    /// A head in a frame.
    pub const SELF_SHOWN: Self = Self::of(
        "M5 4.5h14A1.5 1.5 0 0 1 20.5 6v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM7.5 19.5a4.5 4.5 0 0 1 9 0",
    );
    /// A head in a frame, crossed out.
    pub const SELF_HIDDEN: Self = Self::of(
        "M8.5 4.5H19A1.5 1.5 0 0 1 20.5 6v10.5M20 19a1.5 1.5 0 0 1-1 .5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 4 4.9M10.3 8.2a2.5 2.5 0 0 1 3.5 3.5M7.5 19.5a4.5 4.5 0 0 1 5.6-4.4M4 3l16 18",
    );
    /// Sound waves.
    pub const VOICE: Self = Self::of("M4 10v4M8 6.5v11M12 9v6M16 4.5v15M20 10v4");
    /// An arrow that points down.
    pub const DOWN: Self = Self::of("M12 4.5v15M5.5 13.5l6.5 6.5 6.5-6.5");

    const fn of(path: &'static str) -> Self {
        Self {
            path,
            class: "icon",
            fill: None,
        }
    }

    /// Mirrored in right-to-left text.
    const fn directional(self) -> Self {
        Self {
            class: "icon is-directional",
            ..self
        }
    }

    const fn filled(self) -> Self {
        Self {
            fill: Some("currentColor"),
            ..self
        }
    }
}

impl IntoRender for Icon {
    type Output = AnyView;

    fn into_render(self) -> Self::Output {
        let fill = self
            .fill
            .map(|fill| format!(" fill='{fill}'"))
            .unwrap_or_default();
        let path = format!("<path d='{}'{fill}/>", self.path);
        view! {
            // One call for the path and its attributes.
            <svg class=self.class viewBox="0 0 24 24" aria-hidden="true" inner_html=path></svg>
        }
        .into_any()
    }
}
