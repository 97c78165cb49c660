//! The app's icon in the brand's colours: a padlock between the corners of a finder. One list of shapes makes the SVG and
//! the pixels.

use resetkit_config::{Colour, Palette};

/// Shapes on a field of 100 by 100: strokes of this half width, and one box.
const STROKE: f32 = 3.2;
/// Corners of the finder and shackle of the lock, as poly-lines.
const LINES: [&[(f32, f32)]; 5] = [
    &[(24.0, 37.0), (24.0, 29.0), (29.0, 24.0), (37.0, 24.0)],
    &[(63.0, 24.0), (71.0, 24.0), (76.0, 29.0), (76.0, 37.0)],
    &[(76.0, 63.0), (76.0, 71.0), (71.0, 76.0), (63.0, 76.0)],
    &[(37.0, 76.0), (29.0, 76.0), (24.0, 71.0), (24.0, 63.0)],
    &[(42.0, 48.0), (42.0, 43.0), (45.0, 38.5), (50.0, 37.0), (55.0, 38.5), (58.0, 43.0)],
];
/// Body of the lock: left, top, right, bottom, rounding.
const BODY: (f32, f32, f32, f32, f32) = (37.5, 47.0, 62.5, 65.0, 4.0);
/// Rounding of the ground where nobody cuts it to shape.
const GROUND: f32 = 23.0;
/// Samples along each side of a pixel.
const SAMPLES: u32 = 4;

/// Who cuts the icon to its shape.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nobody: the ground is a rounded square.
    Own,
    /// The telephone (`maskable`): the ground fills everything.
    Full,
}

/// The drawing as SVG.
pub(super) fn svg(palette: &Palette) -> String {
    use std::fmt::Write as _;
    let (ground, ink) = (palette.accent, palette.on_accent);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"><rect width=\"100\" height=\"100\" rx=\"{GROUND}\" \
         fill=\"{ground}\"/><g fill=\"none\" stroke=\"{ink}\" stroke-width=\"{}\" stroke-linecap=\"round\" stroke-linejoin=\"round\">",
        STROKE * 2.0
    );
    for line in LINES {
        let points: Vec<String> = line.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let _ = write!(out, "<polyline points=\"{}\"/>", points.join(" "));
    }
    let (left, top, right, bottom, round) = BODY;
    let _ = write!(
        out,
        "</g><rect x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{}\" rx=\"{round}\" fill=\"{ink}\"/></svg>",
        right - left,
        bottom - top
    );
    out
}

/// The drawing as PNG, `side` pixels square.
pub(super) fn png(palette: &Palette, side: u32, shape: Shape) -> Vec<u8> {
    let (ground, ink) = (octets(palette.accent), octets(palette.on_accent));
    let mut pixels = Vec::with_capacity((side * side * 4) as usize);
    for y in 0..side {
        for x in 0..side {
            let (inside, drawn) = coverage(x, y, side, shape);
            let mixed = (0..3).map(|part| mix(ground[part], ink[part], drawn));
            pixels.extend(mixed);
            pixels.push(share(inside));
        }
    }
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, side, side);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels));
    written.expect("memory takes every picture");
    out
}

/// How many of a pixel's samples lie on the ground, and on the drawing.
#[allow(clippy::cast_precision_loss, reason = "an icon has fewer than 2^24 pixels along a side")]
fn coverage(x: u32, y: u32, side: u32, shape: Shape) -> (u32, u32) {
    let at = |pixel: u32, sample: u32| (pixel as f32 + (sample as f32 + 0.5) / SAMPLES as f32) * 100.0 / side as f32;
    let mut found = (0, 0);
    for (i, j) in (0..SAMPLES).flat_map(|i| (0..SAMPLES).map(move |j| (i, j))) {
        let (px, py) = (at(x, i), at(y, j));
        found.0 += u32::from(shape == Shape::Full || in_box(px, py, (0.0, 0.0, 100.0, 100.0, GROUND)));
        found.1 += u32::from(on_drawing(px, py));
    }
    found
}

fn on_drawing(x: f32, y: f32) -> bool {
    let near = |line: &[(f32, f32)]| line.windows(2).any(|ends| distance(x, y, ends[0], ends[1]) <= STROKE);
    in_box(x, y, BODY) || LINES.into_iter().any(near)
}

fn in_box(x: f32, y: f32, (left, top, right, bottom, round): (f32, f32, f32, f32, f32)) -> bool {
    let (nearest_x, nearest_y) = (x.clamp(left + round, right - round), y.clamp(top + round, bottom - round));
    (x - nearest_x).hypot(y - nearest_y) <= round
}

fn distance(x: f32, y: f32, (ax, ay): (f32, f32), (bx, by): (f32, f32)) -> f32 {
    let (dx, dy) = (bx - ax, by - ay);
    let along = (((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (x - ax - along * dx).hypot(y - ay - along * dy)
}

const ALL: u32 = SAMPLES * SAMPLES;

fn mix(ground: u8, ink: u8, drawn: u32) -> u8 {
    let sum = u32::from(ground) * (ALL - drawn) + u32::from(ink) * drawn;
    u8::try_from(sum / ALL).expect("a mean of two octets")
}

fn share(of: u32) -> u8 {
    u8::try_from(of * 255 / ALL).expect("at most all of 255")
}

/// `#rrggbb`, as the colour displays itself.
fn octets(colour: Colour) -> [u8; 3] {
    let text = colour.to_string();
    let part = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("a colour displays as #rrggbb");
    [part(1), part(3), part(5)]
}
