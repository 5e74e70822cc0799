//! What people look like in screenshots: the drawing, layer by layer.

use super::paint::{Paint, arc, ellipse, lit, mixed, ring};
use e2e::Colour;

/// A person's appearance.
pub(super) struct Look {
    wall: Colour,
    clothes: Colour,
    skin: Colour,
    hair: Colour,
    /// How far the hair reaches below the chin, relative to the height; none for short hair.
    falls: Option<f64>,
    glasses: bool,
}

/// The looks for A to H.
const LOOKS: [Look; 8] = [
    look(
        [231, 208, 190],
        [176, 72, 62],
        [240, 200, 172],
        [84, 52, 36],
        Some(0.10),
        false,
    ),
    look(
        [182, 206, 196],
        [52, 96, 84],
        [196, 142, 104],
        [38, 30, 30],
        None,
        true,
    ),
    look(
        [190, 202, 226],
        [62, 84, 142],
        [246, 214, 190],
        [196, 148, 84],
        None,
        false,
    ),
    look(
        [232, 220, 178],
        [196, 148, 52],
        [132, 88, 62],
        [28, 24, 26],
        Some(0.04),
        false,
    ),
    look(
        [214, 196, 220],
        [120, 70, 132],
        [236, 192, 160],
        [30, 28, 34],
        Some(0.13),
        true,
    ),
    look(
        [184, 214, 218],
        [44, 110, 122],
        [226, 178, 140],
        [24, 24, 28],
        None,
        false,
    ),
    look(
        [236, 204, 176],
        [190, 104, 52],
        [232, 190, 158],
        [36, 32, 36],
        Some(0.02),
        false,
    ),
    look(
        [208, 208, 204],
        [84, 88, 96],
        [240, 206, 182],
        [168, 164, 160],
        None,
        true,
    ),
];

const fn look(
    wall: Colour,
    clothes: Colour,
    skin: Colour,
    hair: Colour,
    falls: Option<f64>,
    glasses: bool,
) -> Look {
    Look {
        wall,
        clothes,
        skin,
        hair,
        falls,
        glasses,
    }
}

/// Returns the look with this number.
pub(super) fn look_of(number: usize) -> &'static Look {
    &LOOKS[number % LOOKS.len()]
}

impl Look {
    /// Returns the colour at a point, with the head moved sideways by `sway`.
    pub(super) fn colour_at(&self, x: f64, y: f64, sway: f64) -> Colour {
        let mut paint = Paint::new(mixed(lit(self.wall, 1.06), lit(self.wall, 0.84), y + 0.5));
        // Light from a window, and a lamp in the background.
        paint.soft(lit(self.wall, 1.16), ellipse(x + 0.62, y + 0.30, 0.34, 0.42), 0.5);
        paint.soft([255, 240, 208], ellipse(x - 0.66, y + 0.22, 0.12, 0.12), 0.5);

        let head = x - sway;
        if let Some(falls) = self.falls {
            paint.over(
                lit(self.hair, 0.86),
                ellipse(head, y - 0.02 - falls / 2.0, 0.205, 0.27 + falls / 2.0),
            );
        }
        let body = ellipse(x - sway / 3.0, y - 0.56, 0.40, 0.30);
        paint.over(self.clothes, body);
        paint.over(lit(self.skin, 0.88), ellipse(head, y - 0.22, 0.072, 0.13));
        let collar = ring(x - sway / 3.0, y - 0.245, 0.115, 0.024);
        paint.over(lit(self.clothes, 1.12), collar.max(body));
        // Ears, face, and the hair above the forehead.
        for side in [-1.0, 1.0] {
            paint.over(
                lit(self.skin, 0.92),
                ellipse(head + side * 0.158, y + 0.005, 0.026, 0.042),
            );
        }
        let face = ellipse(head, y, 0.16, 0.205);
        paint.over(self.skin, face);
        let brow = ellipse(head - 0.03, y - 0.10, 0.19, 0.20);
        paint.over(self.hair, ellipse(head, y + 0.055, 0.178, 0.185).max(-brow));

        for side in [-1.0, 1.0] {
            let (across, down) = (head + side * 0.062, y + 0.005);
            paint.over([44, 36, 36], ellipse(across, down, 0.0125, 0.0165));
            paint.over(
                [255, 255, 255],
                ellipse(across - 0.004, down + 0.006, 0.0035, 0.0035),
            );
            paint.over(lit(self.hair, 0.9), arc(across, y - 0.008, 0.052, 0.009));
            paint.soft(
                mixed(self.skin, [214, 92, 84], 0.5),
                ellipse(across + side * 0.03, y - 0.062, 0.032, 0.026),
                0.5,
            );
            if self.glasses {
                paint.over([52, 50, 56], ring(across, down, 0.043, 0.007));
            }
        }
        if self.glasses {
            paint.over([52, 50, 56], ellipse(head, y + 0.008, 0.021, 0.004));
        }
        paint.over(lit(self.skin, 0.84), ellipse(head, y - 0.048, 0.013, 0.010));
        // The smile: the lower part of a ring.
        paint.over([158, 62, 58], ring(head, y - 0.06, 0.062, 0.011).max(0.092 - y));
        paint.colour()
    }
}
