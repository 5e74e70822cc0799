//! What each person looks and sounds like: a colour and a tone for each first letter of a name.
//!
//! Journeys choose names freely ("Ann", "Bea", "Cem"); red video is always Ann's.

/// Red, green and blue.
pub type Colour = [u8; 3];

/// Output of a person's camera and microphone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Colour of the whole frame.
    pub colour: Colour,
    /// Frequency of the tone, in hertz.
    pub tone: u32,
}

/// The parts for A to H. Any two colours differ by 60 or more in some channel, and from black by more; no
/// tone is a multiple of another.
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

/// Colour and tone of the slides (slides.rs), distinct from those of every person.
pub(crate) const SLIDES: Part = Part {
    colour: [120, 100, 160],
    tone: 2900,
};

/// Returns a person's part, by the first letter of the name: A to H, then again from the start.
pub(crate) fn part_of(name: &str) -> Part {
    PARTS[number_of(name)]
}

/// Returns the index of a person's part, 0 to 7.
pub fn number_of(name: &str) -> usize {
    let letter = name.bytes().next().map_or(0, |first| {
        usize::from(first.to_ascii_uppercase().wrapping_sub(b'A'))
    });
    letter % PARTS.len()
}

/// Whether two colours are equal within what a codec changes: 25 in each channel.
pub(crate) fn alike(one: Colour, other: Colour) -> bool {
    one.iter()
        .zip(other)
        .all(|(one, other)| one.abs_diff(other) <= 25)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_tones_are_distinct() {
        let parts: Vec<Part> = PARTS.into_iter().chain([SLIDES]).collect();
        for (index, part) in parts.iter().enumerate() {
            assert!(!alike(part.colour, [0, 0, 0]));
            for other in &parts[..index] {
                // Each of the two may be off by 25.
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
    fn first_letter_decides() {
        assert_eq!(part_of("Bea"), part_of("b"));
        assert_ne!(part_of("Ann"), part_of("Bea"));
        assert_eq!(part_of("Ida"), part_of("Ann"));
    }
}
