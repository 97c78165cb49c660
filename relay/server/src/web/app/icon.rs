//! The app's icon in the brand's colours: a padlock between the corners of a finder. One list of shapes makes the SVG and
//! the pixels.

use resetkit_config::{Colour, Palette};

/// Shapes on a field of 100 by 100: strokes of this half width, and one box.
const STROKE: f32 = 3.0;
/// Corners of the finder and shackle of the lock, as poly-lines.
const LINES: [&[(f32, f32)]; 5] = [
    &[
        (24.0, 38.0),
        (24.0, 32.0),
        (24.3, 29.9),
        (25.1, 28.0),
        (26.3, 26.3),
        (28.0, 25.1),
        (29.9, 24.3),
        (32.0, 24.0),
        (38.0, 24.0),
    ],
    &[
        (62.0, 24.0),
        (68.0, 24.0),
        (70.1, 24.3),
        (72.0, 25.1),
        (73.7, 26.3),
        (74.9, 28.0),
        (75.7, 29.9),
        (76.0, 32.0),
        (76.0, 38.0),
    ],
    &[
        (76.0, 62.0),
        (76.0, 68.0),
        (75.7, 70.1),
        (74.9, 72.0),
        (73.7, 73.7),
        (72.0, 74.9),
        (70.1, 75.7),
        (68.0, 76.0),
        (62.0, 76.0),
    ],
    &[
        (38.0, 76.0),
        (32.0, 76.0),
        (29.9, 75.7),
        (28.0, 74.9),
        (26.3, 73.7),
        (25.1, 72.0),
        (24.3, 70.1),
        (24.0, 68.0),
        (24.0, 62.0),
    ],
    &[
        (42.0, 48.0),
        (42.0, 43.0),
        (42.5, 40.3),
        (43.8, 38.0),
        (45.8, 36.2),
        (48.3, 35.2),
        (51.0, 35.1),
        (53.5, 35.8),
        (55.7, 37.4),
        (57.3, 39.6),
    ],
];
/// Body of the lock: left, top, right, bottom, rounding.
const BODY: (f32, f32, f32, f32, f32) = (37.5, 47.0, 62.5, 65.0, 4.0);
/// Rounding of the ground where nobody cuts it to shape.
const GROUND: f32 = 23.0;
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
#[allow(clippy::cast_precision_loss, reason = "an icon has fewer than 2^24 pixels along a side")]
pub(super) fn png(palette: &Palette, side: u32, shape: Shape) -> Vec<u8> {
    let (ground, ink) = (octets(palette.accent), octets(palette.on_accent));
    let pixel = 100.0 / side as f32;
    // How much of a pixel lies inside, from the distance of its middle to the edge.
    let share = |distance: f32| (0.5 - distance / pixel).clamp(0.0, 1.0);
    let mut pixels = Vec::with_capacity((side * side * 4) as usize);
    for (row, column) in (0..side).flat_map(|row| (0..side).map(move |column| (row, column))) {
        let (x, y) = ((column as f32 + 0.5) * pixel, (row as f32 + 0.5) * pixel);
        let drawn = share(to_drawing(x, y));
        pixels.extend((0..3).map(|part| mix(ground[part], ink[part], drawn)));
        let inside = match shape {
            Shape::Own => share(to_box(x, y, (0.0, 0.0, 100.0, 100.0, GROUND))),
            Shape::Full => 1.0,
        };
        pixels.push(mix(0, 255, inside));
    }
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, side, side);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels));
    written.expect("memory takes every picture");
    out
}

/// Distance to the edge of what is drawn, less than zero inside.
fn to_drawing(x: f32, y: f32) -> f32 {
    if !(18.0..82.0).contains(&x) || !(18.0..82.0).contains(&y) {
        return 100.0;
    }
    let ends = LINES.into_iter().flat_map(|line| line.windows(2));
    ends.map(|ends| to_line(x, y, ends[0], ends[1]) - STROKE).fold(to_box(x, y, BODY), f32::min)
}

fn to_box(x: f32, y: f32, (left, top, right, bottom, round): (f32, f32, f32, f32, f32)) -> f32 {
    let (dx, dy) = ((left - x).max(x - right) + round, (top - y).max(y - bottom) + round);
    dx.max(0.0).hypot(dy.max(0.0)) + dx.max(dy).min(0.0) - round
}

fn to_line(x: f32, y: f32, (ax, ay): (f32, f32), (bx, by): (f32, f32)) -> f32 {
    let (dx, dy) = (bx - ax, by - ay);
    let along = (((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (x - ax - along * dx).hypot(y - ay - along * dy)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of two octets is one")]
fn mix(ground: u8, ink: u8, drawn: f32) -> u8 {
    (f32::from(ground) * (1.0 - drawn) + f32::from(ink) * drawn).round() as u8
}

/// `#rrggbb`, as the colour displays itself.
fn octets(colour: Colour) -> [u8; 3] {
    let text = colour.to_string();
    let part = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("a colour displays as #rrggbb");
    [part(1), part(3), part(5)]
}
