//! Saves screenshots, in files small enough for a repository.

use std::io::{self, Cursor};
use std::path::Path;

use e2e::{DESKTOP, Outcome, PHONE, Person};
use png::{BitDepth, ColorType, Compression, Decoder, Encoder, Filter, Transformations};

use crate::palette::palette;

/// Saves what a person sees now as `docs/screenshots/<name>.png`, or, to be looked at, all faces of it
/// ([`review`]).
pub async fn keep(person: &Person, name: &str) -> Outcome {
    if let Some(folder) = std::env::var_os("CONFAB_REVIEW") {
        return review(person, name, Path::new(&folder)).await;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/screenshots");
    save(person, &folder, name).await
}

/// Saves what a person sees now in both languages, light and dark, in a wide window and on a phone.
async fn review(person: &Person, name: &str, folder: &Path) -> Outcome {
    for (language, other) in [("zh", "中文"), ("en", "English")] {
        person.evaluate(&SWITCH.replace("OTHER", other)).await?;
        for (size, window) in [("phone", PHONE), ("wide", DESKTOP)] {
            person.has_window(window).await?;
            for (theme, dark) in [("dark", true), ("light", false)] {
                person.prefers_dark(dark).await?;
                save(person, folder, &format!("{name}-{language}-{size}-{theme}")).await?;
            }
        }
    }
    Ok(())
}

/// Changes the language by its button, even in a closed menu; no effect if the page has this language already.
const SWITCH: &str = "[...document.querySelectorAll('button')]
    .find((button) => button.textContent.trim() === 'OTHER')?.click()";

async fn save(person: &Person, folder: &Path, name: &str) -> Outcome {
    std::fs::create_dir_all(folder)?;
    person.comes_to_rest().await?;
    let picture = shrunk(&person.picture().await?)?;
    println!("    {name}.png, {} KB", picture.len() / 1000);
    std::fs::write(folder.join(format!("{name}.png")), picture)?;
    Ok(())
}

/// The same image in 256 colours, compressed as well as the format can.
fn shrunk(picture: &[u8]) -> io::Result<Vec<u8>> {
    let mut decoder = Decoder::new(Cursor::new(picture));
    decoder.set_transformations(Transformations::STRIP_16);
    let mut reader = decoder.read_info()?;
    let size = reader
        .output_buffer_size()
        .ok_or_else(|| io::Error::other("the screenshot is too large for memory"))?;
    let mut bytes = vec![0; size];
    let info = reader.next_frame(&mut bytes)?;
    let colours: Vec<u8> = match info.color_type {
        // Nothing in a window is transparent.
        ColorType::Rgba => bytes.chunks(4).flat_map(|point| &point[..3]).copied().collect(),
        ColorType::Rgb => bytes,
        other => return Err(io::Error::other(format!("unexpected colour type {other:?}"))),
    };
    let (palette, named) = palette(&colours);
    let mut small = Vec::new();
    let mut encoder = Encoder::new(&mut small, info.width, info.height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_compression(Compression::High);
    // Filters take differences of neighbouring values, but palette indices that are close are not similar
    // colours.
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&named)?;
    writer.finish()?;
    Ok(small)
}
