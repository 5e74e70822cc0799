//! How tiles of video share an area: pure arithmetic, so that any number and any size can be tested.
//!
//! All tiles are of one size, in rows of equal length (the last one may be shorter). A tile is as large as the
//! area allows, within the shapes in which a face still looks right: from 4:3 to 16:9; and where the area is
//! upright, as on a phone, from 3:4.

/// How to lay tiles out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Layout {
    /// Tiles in a full row.
    pub columns: usize,
    /// Width of a tile, in the unit of the area.
    pub width: f64,
    /// Height of a tile, in the unit of the area.
    pub height: f64,
}

const WIDEST: f64 = 16.0 / 9.0;
const NARROWEST: f64 = 4.0 / 3.0;
const NARROWEST_UPRIGHT: f64 = 3.0 / 4.0;

/// The layout with the largest tiles for `tiles` in an area of `width` by `height` with `gap` between them.
///
/// For no tile, or an area too small for the gaps alone, the tiles have no size.
pub fn arrange(tiles: usize, width: f64, height: f64, gap: f64) -> Layout {
    let narrowest = if height > width {
        NARROWEST_UPRIGHT
    } else {
        NARROWEST
    };
    (1..=tiles).fold(Layout::default(), |best, columns| {
        let rows = tiles.div_ceil(columns);
        let cell = (share(width, columns, gap), share(height, rows, gap));
        let size = fit(cell, narrowest);
        if size.0 * size.1 > best.width * best.height {
            Layout {
                columns,
                width: size.0,
                height: size.1,
            }
        } else {
            best
        }
    })
}

/// What each of `parts` gets of a length with gaps between them.
#[allow(
    clippy::cast_precision_loss,
    reason = "a room holds far fewer tiles than f64 counts exactly"
)]
fn share(length: f64, parts: usize, gap: f64) -> f64 {
    ((length - gap * (parts - 1) as f64) / parts as f64).max(0.0)
}

/// The largest size within a cell whose shape is allowed.
fn fit((width, height): (f64, f64), narrowest: f64) -> (f64, f64) {
    (width.min(height * WIDEST), height.min(width / narrowest))
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss)]
mod tests {
    use super::*;

    /// Areas from a small phone to a large screen, upright and lying.
    const AREAS: [(f64, f64); 7] = [
        (340.0, 520.0),
        (340.0, 180.0),
        (740.0, 300.0),
        (768.0, 900.0),
        (960.0, 640.0),
        (1600.0, 900.0),
        (2200.0, 1300.0),
    ];

    fn covered(tiles: usize, area: (f64, f64)) -> f64 {
        let layout = arrange(tiles, area.0, area.1, 8.0);
        layout.width * layout.height * tiles as f64 / (area.0 * area.1)
    }

    #[test]
    fn tiles_never_leave_the_area() {
        for area in AREAS {
            for tiles in 1..=16 {
                let layout = arrange(tiles, area.0, area.1, 8.0);
                let rows = tiles.div_ceil(layout.columns) as f64;
                let columns = layout.columns as f64;
                assert!(
                    layout.width * columns + 8.0 * (columns - 1.0) <= area.0 + 1e-6,
                    "{tiles} in {area:?}"
                );
                assert!(
                    layout.height * rows + 8.0 * (rows - 1.0) <= area.1 + 1e-6,
                    "{tiles} in {area:?}"
                );
            }
        }
    }

    #[test]
    fn a_tile_keeps_a_shape_in_which_a_face_looks_right() {
        for area in AREAS {
            for tiles in 1..=16 {
                let layout = arrange(tiles, area.0, area.1, 8.0);
                let shape = layout.width / layout.height;
                let narrowest = if area.1 > area.0 { 3.0 / 4.0 } else { 4.0 / 3.0 };
                assert!(
                    (narrowest - 1e-6..=16.0 / 9.0 + 1e-6).contains(&shape),
                    "{tiles} in {area:?}: {shape}"
                );
            }
        }
    }

    #[test]
    fn one_to_eight_tiles_fill_most_of_any_ordinary_area() {
        for area in AREAS {
            for tiles in 1..=8 {
                assert!(
                    covered(tiles, area) > 0.55,
                    "{tiles} in {area:?}: {}",
                    covered(tiles, area)
                );
            }
        }
    }

    #[test]
    fn two_stand_side_by_side_on_a_wide_screen_and_one_above_the_other_on_a_phone() {
        assert_eq!(arrange(2, 1600.0, 800.0, 8.0).columns, 2);
        assert_eq!(arrange(2, 340.0, 520.0, 8.0).columns, 1);
    }

    #[test]
    fn no_tiles_and_no_area_have_no_size() {
        assert_eq!(arrange(0, 800.0, 600.0, 8.0), Layout::default());
        assert_eq!(arrange(3, 0.0, 0.0, 8.0), Layout::default());
        assert!(arrange(3, 4.0, 4.0, 8.0).width.abs() < f64::EPSILON);
    }
}
