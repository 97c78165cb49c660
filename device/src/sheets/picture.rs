//! The sheet as a PNG: for a screen, or a printer that takes no PDF.
//!
//! Drawn in bands, so that a page of 150 dots an inch never stands in memory whole.

use ab_glyph::{Font, ScaleFont, point};
use zeroize::Zeroizing;

use super::paper::{HEIGHT, Mark, Rgb, Sheet, WIDTH};

/// Pixels for a point: 150 dots an inch.
const SCALE: f32 = 150.0 / 72.0;
/// Rows drawn at once.
const BAND: u32 = 128;

/// Draws it; `None` where the picture cannot be written.
#[must_use]
pub fn png(sheet: &Sheet) -> Option<Zeroizing<Vec<u8>>> {
    let (width, height) = (px(WIDTH), px(HEIGHT));
    let marks = sheet.marks();
    let mut out = Zeroizing::new(Vec::with_capacity(256 * 1024));
    let mut encoder = png::Encoder::new(&mut *out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: 5906, yppu: 5906, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header().ok()?;
    let mut stream = writer.stream_writer().ok()?;
    for top in (0..height).step_by(BAND as usize) {
        let mut band = Band::blank(width, top, BAND.min(height - top));
        marks.iter().for_each(|mark| band.draw(mark));
        std::io::Write::write_all(&mut stream, &band.pixels).ok()?;
    }
    stream.finish().ok()?;
    drop(writer);
    Some(out)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on a page of A4")]
fn px(points: f32) -> u32 {
    (points * SCALE).round().max(0.0) as u32
}

struct Band {
    width: u32,
    top: u32,
    rows: u32,
    pixels: Zeroizing<Vec<u8>>,
}

impl Band {
    fn blank(width: u32, top: u32, rows: u32) -> Self {
        Self { width, top, rows, pixels: Zeroizing::new(vec![255; (width * rows * 3) as usize]) }
    }

    fn draw(&mut self, mark: &Mark) {
        match mark {
            Mark::Fill { x, y, width, height, colour } => {
                let (from, to) = (px(*y).max(self.top), px(y + height).max(px(*y) + 1).min(self.top + self.rows));
                for row in from..to {
                    for column in px(*x)..px(x + width) {
                        self.put(column, row, *colour, 1.0);
                    }
                }
            }
            Mark::Line { x, y, size, face, colour, text } => {
                let font = face.at(size * SCALE);
                let (mut pen, base) = (x * SCALE, y * SCALE);
                for c in text.chars() {
                    let id = font.glyph_id(c);
                    let glyph = id.with_scale_and_position(font.scale(), point(pen, base));
                    pen += font.h_advance(id);
                    if let Some(outline) = face.font().outline_glyph(glyph) {
                        self.glyph(&outline, *colour);
                    }
                }
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on a page of A4")]
    fn glyph(&mut self, outline: &ab_glyph::OutlinedGlyph, colour: Rgb) {
        let bounds = outline.px_bounds();
        let (left, top) = (bounds.min.x.max(0.0) as u32, bounds.min.y.max(0.0) as u32);
        if bounds.max.y.max(0.0) as u32 + 1 < self.top || top >= self.top + self.rows {
            return;
        }
        outline.draw(|x, y, cover| self.put(left + x, top + y, colour, cover));
    }

    fn put(&mut self, column: u32, row: u32, colour: Rgb, cover: f32) {
        if column >= self.width || row < self.top || row >= self.top + self.rows {
            return;
        }
        let at = (((row - self.top) * self.width + column) * 3) as usize;
        for (pixel, ink) in self.pixels[at..at + 3].iter_mut().zip(colour) {
            *pixel = mix(*pixel, ink, cover);
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two octets")]
fn mix(below: u8, ink: u8, cover: f32) -> u8 {
    let cover = cover.clamp(0.0, 1.0);
    (f32::from(below) * (1.0 - cover) + f32::from(ink) * cover).round() as u8
}
