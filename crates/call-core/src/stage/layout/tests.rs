//! Properties of the layouts, for any number of tiles in any area.

use proptest::prelude::*;

use super::*;

const GAP: f64 = 8.0;

fn area(width: f64, height: f64) -> Area {
    Area {
        width,
        height,
        gap: GAP,
    }
}

/// Areas from a corner of a phone to a wall of screens.
fn any_area() -> impl Strategy<Value = Area> {
    (120.0..4000.0, 120.0..2400.0).prop_map(|(width, height)| area(width, height))
}

/// Areas of common devices.
fn ordinary_area() -> impl Strategy<Value = Area> {
    prop_oneof![
        (320.0..480.0, 420.0..800.0),
        (600.0..900.0, 280.0..1200.0),
        (900.0..2600.0, 560.0..1400.0)
    ]
    .prop_map(|(width, height): (f64, f64)| area(width.min(height * 2.4), height.min(width * 2.4)))
}

fn lies_in(rect: Rect, area: Area) -> bool {
    rect.x >= 0.0
        && rect.y >= 0.0
        && rect.x + rect.width <= area.width + 1e-6
        && rect.y + rect.height <= area.height + 1e-6
}

fn overlap(one: Rect, other: Rect) -> bool {
    one.x < other.x + other.width
        && other.x < one.x + one.width
        && one.y < other.y + other.height
        && other.y < one.y + one.height
}

fn covered(rects: &[Rect], area: Area) -> f64 {
    rects.iter().map(|rect| rect.width * rect.height).sum::<f64>() / (area.width * area.height)
}

proptest! {
    #[test]
    fn tiles_lie_within_the_area_and_do_not_overlap(tiles in 0_usize..40, area in any_area()) {
        for rects in [grid(tiles, area), spotlight(tiles, area)] {
            prop_assert_eq!(rects.len(), tiles);
            for (at, rect) in rects.iter().enumerate() {
                prop_assert!(lies_in(*rect, area), "{rect:?} in {area:?}");
                for other in &rects[..at] {
                    prop_assert!(!overlap(*rect, *other), "{rect:?} and {other:?} in {area:?}");
                }
            }
        }
    }

    #[test]
    fn grid_tiles_have_one_size_and_an_allowed_aspect_ratio(
        tiles in 1_usize..17, area in ordinary_area()
    ) {
        let rects = grid(tiles, area);
        let first = rects[0];
        let narrowest = if area.height > area.width { 3.0 / 4.0 } else { 4.0 / 3.0 };
        // Rounding to whole pixels changes the aspect ratio slightly.
        let (least, most) = ((first.width + 1.0) / first.height, first.width / (first.height + 1.0));
        prop_assert!(least >= narrowest && most <= 16.0 / 9.0, "{first:?} in {area:?}");
        prop_assert!(rects.iter().all(|rect| rect.width == first.width && rect.height == first.height));
    }

    #[test]
    fn up_to_eight_tiles_fill_more_than_half_of_an_ordinary_area(tiles in 1_usize..9, area in ordinary_area()) {
        let covered = covered(&grid(tiles, area), area);
        prop_assert!(covered > 0.5, "{tiles} in {area:?}: {covered}");
    }

    #[test]
    fn more_tiles_are_never_larger(tiles in 1_usize..20, area in any_area()) {
        let size = |tiles| { let rect = grid(tiles, area)[0]; rect.width * rect.height };
        prop_assert!(size(tiles + 1) <= size(tiles));
    }

    #[test]
    fn spotlight_tile_is_the_largest_and_has_most_of_the_area(
        tiles in 1_usize..17, area in ordinary_area()
    ) {
        let rects = spotlight(tiles, area);
        prop_assert!(covered(&rects[..1], area) > 0.6, "{:?} in {area:?}", rects[0]);
        for other in &rects[1..] {
            prop_assert!(other.width * other.height < rects[0].width * rects[0].height);
            prop_assert!(other.width >= 20.0, "{other:?} of {tiles} in {area:?}");
        }
    }
}

#[test]
fn two_tiles_follow_the_orientation_of_the_area() {
    let wide = grid(2, area(1600.0, 800.0));
    assert!(wide[1].x > wide[0].x && wide[1].y == wide[0].y);
    let upright = grid(2, area(340.0, 520.0));
    assert!(upright[1].y > upright[0].y && upright[1].x == upright[0].x);
}

#[test]
fn shorter_last_row_is_centered() {
    let rects = grid(3, area(1000.0, 900.0));
    assert_eq!(rects[2].x + rects[2].width / 2.0, 500.0);
}

#[test]
fn other_tiles_lie_beside_or_below_the_spotlight() {
    let wide = spotlight(4, area(1600.0, 800.0));
    assert!(wide[1..].iter().all(|other| other.x >= wide[0].width));
    let upright = spotlight(4, area(340.0, 520.0));
    assert!(upright[1..].iter().all(|other| other.y >= upright[0].height));
}

#[test]
fn no_tiles_give_no_rects_and_no_area_gives_no_size() {
    assert_eq!(grid(0, area(800.0, 600.0)), []);
    assert_eq!(spotlight(0, area(800.0, 600.0)), []);
    for rects in [
        grid(3, area(0.0, 0.0)),
        grid(3, area(4.0, 4.0)),
        spotlight(3, area(0.0, 0.0)),
    ] {
        assert_eq!(covered(&rects, area(1.0, 1.0)), 0.0);
    }
}
