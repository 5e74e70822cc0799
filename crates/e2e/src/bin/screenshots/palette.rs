//! Few colours for a picture: those that are everywhere exactly as they are, and the best for the rest.
//!
//! A page is made of some dozens of colours, which shall not change; the films in it have thousands, of which nobody
//! sees the difference.

use std::collections::{HashMap, HashSet};

use color_quant::NeuQuant;

type Colour = [u8; 3];

/// As many as one byte can name.
const ALL: usize = 256;
/// The most common ones, which are kept exactly.
const EXACT: usize = 64;
/// Of so many points one is looked at to choose the others.
const SAMPLED: i32 = 3;

/// The colours of a picture with three bytes a point, three bytes a colour; and the number of each point's colour.
pub fn palette(points: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let colours = || points.chunks_exact(3).map(|point| [point[0], point[1], point[2]]);
    let mut counts: HashMap<Colour, u32> = HashMap::new();
    for colour in colours() {
        *counts.entry(colour).or_default() += 1;
    }
    let mut common: Vec<(Colour, u32)> = counts.into_iter().collect();
    // By colour where two are equally common, so that the same picture gives the same file.
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

/// The number of the colour that differs least.
fn nearest(palette: &[Colour], wanted: Colour) -> u8 {
    let difference = |colour: &Colour| -> u32 {
        let channels = colour.iter().zip(wanted);
        channels
            .map(|(one, other)| u32::from(one.abs_diff(other)).pow(2))
            .sum()
    };
    // A palette has 256 colours at most.
    let numbered = (0..=u8::MAX).zip(palette);
    numbered
        .min_by_key(|(_, colour)| difference(colour))
        .map_or(0, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half of it white, the rest a colour of its own for each point.
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
    fn a_picture_of_few_colours_stays_as_it_is() {
        let picture = picture(400);
        assert_eq!(restored(&picture), picture);
    }

    #[test]
    fn the_colour_that_is_everywhere_stays_and_the_others_come_close() {
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
