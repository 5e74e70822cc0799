//! Who looks and sounds like what: a colour and a tone for each first letter of a name.
//!
//! A journey names people as it likes ("Ann", "Bea", "Cem"); whoever sees a red picture sees Ann.

/// A colour, red, green and blue.
pub(crate) type Colour = [u8; 3];

/// What the camera and the microphone of a person deliver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The colour of the whole picture.
    pub colour: Colour,
    /// The tone's frequency in hertz.
    pub tone: u32,
}

/// The parts for A to H. Any two colours differ by 60 or more in some channel, and by more than that from black; no tone is a
/// multiple of another.
const PARTS: [Part; 8] = [
    Part {
        colour: [200, 40, 40],
        tone: 500,
    },
    Part {
        colour: [40, 160, 50],
        tone: 700,
    },
    Part {
        colour: [40, 70, 200],
        tone: 900,
    },
    Part {
        colour: [200, 180, 40],
        tone: 1100,
    },
    Part {
        colour: [190, 40, 190],
        tone: 1300,
    },
    Part {
        colour: [40, 180, 190],
        tone: 1700,
    },
    Part {
        colour: [220, 115, 30],
        tone: 1900,
    },
    Part {
        colour: [205, 205, 205],
        tone: 2300,
    },
];

/// What slides look and sound like (slides.rs): like nobody.
pub(crate) const SLIDES: Part = Part {
    colour: [120, 100, 160],
    tone: 2900,
};

/// The part of a person: A to H by the first letter, and from the beginning again for the other letters.
pub(crate) fn part_of(name: &str) -> Part {
    PARTS[number_of(name)]
}

/// The number of a person's part, 0 to 7.
pub(crate) fn number_of(name: &str) -> usize {
    let letter = name.bytes().next().map_or(0, |first| {
        usize::from(first.to_ascii_uppercase().wrapping_sub(b'A'))
    });
    letter % PARTS.len()
}

/// True when two colours are the same but for what a codec does to them.
pub(crate) fn alike(one: Colour, other: Colour) -> bool {
    one.iter()
        .zip(other)
        .all(|(one, other)| one.abs_diff(other) <= 25)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_taken_for_somebody_else() {
        let parts: Vec<Part> = PARTS.into_iter().chain([SLIDES]).collect();
        for (index, part) in parts.iter().enumerate() {
            assert!(!alike(part.colour, [0, 0, 0]));
            for other in &parts[..index] {
                // Each may be off by 25 either way.
                let apart = part
                    .colour
                    .iter()
                    .zip(other.colour)
                    .map(|(a, b)| a.abs_diff(b))
                    .max();
                assert!(apart > Some(50), "{part:?} {other:?}");
                assert_ne!(part.tone % other.tone, 0);
            }
        }
    }

    #[test]
    fn the_first_letter_decides() {
        assert_eq!(part_of("Bea"), part_of("b"));
        assert_ne!(part_of("Ann"), part_of("Bea"));
        assert_eq!(part_of("Ida"), part_of("Ann"));
    }
}
