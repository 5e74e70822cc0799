//! A palette of 256 colours for an image: the most common ones exactly, and the best matches for the rest.
//!
//! A page has some dozens of colours, which must not change; the videos in it have thousands, whose
//! differences are not visible.

use std::collections::{HashMap, HashSet};

use color_quant::NeuQuant;

type Colour = [u8; 3];

/// As many as one byte can index.
const ALL: usize = 256;
/// The number of most common colours that are kept exactly.
const EXACT: usize = 64;
/// One of this many pixels is sampled to choose the other colours.
const SAMPLED: i32 = 3;

/// Takes an image with three bytes per pixel. Returns the palette, with three bytes per colour, and the
/// palette index of each pixel.
pub fn palette(points: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let colours = || points.chunks_exact(3).map(|point| [point[0], point[1], point[2]]);
    let mut counts: HashMap<Colour, u32> = HashMap::new();
    for colour in colours() {
        *counts.entry(colour).or_default() += 1;
    }
    let mut common: Vec<(Colour, u32)> = counts.into_iter().collect();
    // Equally common colours are ordered by value, so that the same image gives the same file.
    common.sort_unstable_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    let few = common.len() <= ALL;
    let kept = if few { ALL } else { EXACT }.min(common.len());
    let mut palette: Vec<Colour> = common[..kept].iter().map(|(colour, _)| *colour).collect();
    if !few {
        let exact: HashSet<Colour> = palette.iter().copied().collect();
        let rest: Vec<u8> = colours()
            .filter(|colour| !exact.contains(colour))
            .flat_map(|[red, green, blue]| [red, green, blue, u8::MAX])
            .collect();
        let chosen = NeuQuant::new(SAMPLED, ALL - EXACT, &rest).color_map_rgb();
        palette.extend(
            chosen
                .chunks_exact(3)
                .map(|colour| [colour[0], colour[1], colour[2]]),
        );
    }
    let numbers: HashMap<Colour, u8> = common
        .iter()
        .map(|(colour, _)| (*colour, nearest(&palette, *colour)))
        .collect();
    let named = colours().map(|colour| numbers[&colour]).collect();
    (palette.concat(), named)
}

/// The index of the closest colour.
fn nearest(palette: &[Colour], wanted: Colour) -> u8 {
    let difference = |colour: &Colour| -> u32 {
        let channels = colour.iter().zip(wanted);
        channels
            .map(|(one, other)| u32::from(one.abs_diff(other)).pow(2))
            .sum()
    };
    // A palette has at most 256 colours.
    let numbered = (0..=u8::MAX).zip(palette);
    numbered
        .min_by_key(|(_, colour)| difference(colour))
        .map_or(0, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One half white; each other pixel has its own colour.
    fn picture(points: u32) -> Vec<u8> {
        (0..points)
            .flat_map(|at| {
                if at % 2 == 0 {
                    [255; 3]
                } else {
                    [at.to_be_bytes()[2], at.to_be_bytes()[3], 90]
                }
            })
            .collect()
    }

    fn restored(picture: &[u8]) -> Vec<u8> {
        let (palette, named) = palette(picture);
        assert!(palette.len() <= 3 * ALL);
        named
            .iter()
            .flat_map(|number| palette[3 * usize::from(*number)..][..3].to_owned())
            .collect()
    }

    #[test]
    fn few_colours_are_kept_exactly() {
        let picture = picture(400);
        assert_eq!(restored(&picture), picture);
    }

    #[test]
    fn common_colour_is_exact_and_others_are_close() {
        let picture = picture(4000);
        for (was, is) in picture.chunks(3).zip(restored(&picture).chunks(3)) {
            if was == [255; 3] {
                assert_eq!(is, was);
            }
            assert!(
                was.iter().zip(is).all(|(was, is)| was.abs_diff(*is) < 40),
                "{was:?} {is:?}"
            );
        }
    }
}
