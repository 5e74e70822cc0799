//! Layout of the video tiles in an area: pure arithmetic, testable for any number and any size.
//!
//! In the grid all tiles have one size and stand in rows of equal length, except that the last may be
//! shorter. A tile is as large as the area allows, within the aspect ratios in which a face looks right: 4:3
//! to 16:9, or from 3:4 in an upright area, such as a phone's. In the spotlight one tile has most of the
//! area; the others form a grid beside it, or below it in an upright area.

/// Position and size of a tile, in whole units of the area, so that rounding never breaks a row.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Distance from the edge where lines of text begin.
    pub x: f64,
    /// Distance from the top.
    pub y: f64,
    /// Width of the tile.
    pub width: f64,
    /// Height of the tile.
    pub height: f64,
}

/// An area to fill.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Width of the area.
    pub width: f64,
    /// Height of the area.
    pub height: f64,
    /// Space between two tiles.
    pub gap: f64,
}

const WIDEST: f64 = 16.0 / 9.0;

const NARROWEST: f64 = 4.0 / 3.0;

const NARROWEST_UPRIGHT: f64 = 3.0 / 4.0;

/// Share of the longer side for the other tiles in the spotlight, and its bounds in units of the area
/// (chosen): a face is recognizable at the lower bound, and needs no more than the upper.
const STRIP: f64 = 0.24;

const STRIP_LEAST: f64 = 72.0;

const STRIP_MOST: f64 = 280.0;

impl Area {
    fn is_upright(self) -> bool {
        self.height > self.width
    }
}

/// Returns the rects of `tiles` of one size, as large as the area allows.
///
/// In an area too small for the gaps alone, the tiles have no size.
pub fn grid(tiles: usize, area: Area) -> Vec<Rect> {
    let (columns, width, height) = largest(tiles, area);
    let rows = if columns == 0 { 0 } else { tiles.div_ceil(columns) };
    let top = ((area.height - length(rows, height, area.gap)) / 2.0).max(0.0);
    (0..tiles)
        .map(|tile| {
            let (row, column) = (tile / columns.max(1), tile % columns.max(1));
            let in_row = columns.min(tiles - row * columns);
            let start = ((area.width - length(in_row, width, area.gap)) / 2.0).max(0.0);
            Rect {
                x: (start + after(column, width, area.gap)).floor(),
                y: (top + after(row, height, area.gap)).floor(),
                width,
                height,
            }
        })
        .collect()
}

/// Returns the rects of `tiles` of which the first is the large one.
pub fn spotlight(tiles: usize, area: Area) -> Vec<Rect> {
    if tiles == 0 {
        return Vec::new();
    }
    let strip = if tiles == 1 { 0.0 } else { strip(area) };
    let kept = if tiles == 1 { 0.0 } else { strip + area.gap };
    let (mut main, mut side) = (area, area);
    let (mut x, mut y) = (0.0, 0.0);
    if area.is_upright() {
        main.height = (area.height - kept).max(0.0);
        side.height = strip;
        y = main.height + area.gap;
    } else {
        main.width = (area.width - kept).max(0.0);
        side.width = strip;
        x = main.width + area.gap;
    }
    let large = Rect {
        x: 0.0,
        y: 0.0,
        width: main.width.floor(),
        height: main.height.floor(),
    };
    let others = grid(tiles - 1, side).into_iter().map(|rect| Rect {
        x: (rect.x + x).floor(),
        y: (rect.y + y).floor(),
        ..rect
    });
    std::iter::once(large).chain(others).collect()
}

/// Extent, along the longer side, of the strip for the other tiles.
fn strip(area: Area) -> f64 {
    let side = area.width.max(area.height);
    (side * STRIP)
        .clamp(STRIP_LEAST, STRIP_MOST)
        .min(side / 2.0)
        .floor()
}

/// The largest size of `tiles` in an area: columns, width and height.
fn largest(tiles: usize, area: Area) -> (usize, f64, f64) {
    let narrowest = if area.is_upright() {
        NARROWEST_UPRIGHT
    } else {
        NARROWEST
    };
    (1..=tiles).fold((0, 0.0, 0.0), |best, columns| {
        let rows = tiles.div_ceil(columns);
        let cell = (
            share(area.width, columns, area.gap),
            share(area.height, rows, area.gap),
        );
        let (width, height) = fit(cell, narrowest);
        let (width, height) = (width.floor(), height.floor());
        if width * height > best.1 * best.2 {
            (columns, width, height)
        } else {
            best
        }
    })
}

/// Length of each of `parts` in a whole with gaps between them.
fn share(whole: f64, parts: usize, gap: f64) -> f64 {
    ((whole - gap * (real(parts) - 1.0)) / real(parts)).max(0.0)
}

/// Length of `parts` with gaps between them.
fn length(parts: usize, part: f64, gap: f64) -> f64 {
    (after(parts, part, gap) - gap).max(0.0)
}

/// Start of the part that follows `parts`.
fn after(parts: usize, part: f64, gap: f64) -> f64 {
    real(parts) * (part + gap)
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a room holds far fewer tiles than f64 counts exactly"
)]
fn real(number: usize) -> f64 {
    number as f64
}

/// The largest size within a cell that has an allowed aspect ratio.
fn fit((width, height): (f64, f64), narrowest: f64) -> (f64, f64) {
    (width.min(height * WIDEST), height.min(width / narrowest))
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "places are whole numbers")]
mod tests;
