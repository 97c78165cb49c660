//! Four cameras, drawn in characters: a stand-in for the live picture that a recorder paints itself.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::theme::{Look, Theme};

/// From dark to light.
const SHADES: [[char; 6]; 2] = [[' ', ' ', '░', '░', '▒', '▓'], [' ', ' ', '.', ':', '+', '#']];

/// Draws the four.
pub(crate) fn draw(buffer: &mut Buffer, area: Rect, theme: Theme) {
    if area.width < 8 || area.height < 4 {
        return;
    }
    let (left, top) = (area.width / 2, area.height / 2);
    for camera in 0..4_u16 {
        let (right, low) = (camera % 2, camera / 2);
        let tile = Rect {
            x: area.x + right * left,
            y: area.y + low * top,
            width: if right == 1 { area.width - left } else { left },
            height: if low == 1 { area.height - top } else { top },
        };
        tile_of(buffer, tile, camera, theme);
    }
}

fn tile_of(buffer: &mut Buffer, tile: Rect, camera: u16, theme: Theme) {
    let frame = theme.style(Look::Frame);
    let shades = SHADES[usize::from(theme.ascii)];
    let inner = Rect {
        x: tile.x + 1,
        y: tile.y + 1,
        width: tile.width.saturating_sub(2),
        height: tile.height.saturating_sub(2),
    };
    for y in 0..inner.height {
        for x in 0..inner.width {
            let place = (f32::from(x) / f32::from(inner.width), f32::from(y) / f32::from(inner.height));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the six shades")]
            let shade = (light(camera, place).clamp(0.0, 0.99) * 6.0) as usize;
            let mut cell = [0; 4];
            buffer.set_string(inner.x + x, inner.y + y, shades[shade].encode_utf8(&mut cell), theme.style(Look::Scene));
        }
    }
    border(buffer, tile, theme);
    let name = format!(" CH {} ", camera + 1);
    buffer.set_string(tile.x + 2, tile.y, name, theme.style(Look::Body));
    if tile.width > 20 {
        let mark = if theme.ascii { " * REC " } else { " ● REC " };
        buffer.set_string(tile.right() - 9, tile.y, mark, theme.style(Look::Bad));
    }
    let _ = frame;
}

/// A thin frame.
pub(crate) fn border(buffer: &mut Buffer, area: Rect, theme: Theme) {
    let style = theme.style(Look::Frame);
    let [h, v, tl, tr, bl, br] =
        if theme.ascii { ["-", "|", "+", "+", "+", "+"] } else { ["─", "│", "┌", "┐", "└", "┘"] };
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    for x in area.x + 1..right {
        buffer.set_string(x, area.y, h, style);
        buffer.set_string(x, bottom, h, style);
    }
    for y in area.y + 1..bottom {
        buffer.set_string(area.x, y, v, style);
        buffer.set_string(right, y, v, style);
    }
    for (x, y, corner) in [(area.x, area.y, tl), (right, area.y, tr), (area.x, bottom, bl), (right, bottom, br)] {
        buffer.set_string(x, y, corner, style);
    }
}

/// How light a scene is at a place, each axis from 0 to 1.
fn light(camera: u16, (x, y): (f32, f32)) -> f32 {
    match camera {
        0 => driveway(x, y),
        1 => door(x, y),
        2 => hills(x, y),
        _ => corridor(x, y),
    }
}

/// A road that runs to the horizon.
fn driveway(x: f32, y: f32) -> f32 {
    if y < 0.4 {
        return 0.15 + 0.5 * (0.4 - y);
    }
    let half = 0.05 + 0.75 * (y - 0.4);
    let off = (x - 0.5).abs();
    if off < half * 0.06 && (y * 9.0).fract() < 0.5 {
        0.95
    } else if off < half {
        0.2
    } else {
        0.5 + 0.2 * ((x * 37.0).sin() * (y * 23.0).cos())
    }
}

/// A door under a lamp.
fn door(x: f32, y: f32) -> f32 {
    let lamp = 1.0 - ((x - 0.5).powi(2) * 3.0 + (y - 0.15).powi(2) * 2.5).sqrt();
    let in_door = (x - 0.5).abs() < 0.14 && y > 0.35;
    let frame = (x - 0.5).abs() < 0.17 && y > 0.3;
    if in_door {
        0.12
    } else if frame {
        0.9
    } else {
        lamp.clamp(0.0, 1.0) * 0.8
    }
}

/// Hills and a moon.
fn hills(x: f32, y: f32) -> f32 {
    let near = 0.72 + 0.1 * (x * 5.0 + 1.0).sin();
    let far = 0.5 + 0.12 * (x * 7.0).sin();
    if (x - 0.78).powi(2) * 3.5 + (y - 0.2).powi(2) < 0.012 {
        0.98
    } else if y > near {
        0.75
    } else if y > far {
        0.45
    } else {
        0.1
    }
}

/// A corridor: one frame within another.
fn corridor(x: f32, y: f32) -> f32 {
    let deep = (x - 0.5).abs().max((y - 0.5).abs()) * 2.0;
    if deep < 0.25 {
        0.95
    } else if (deep * 5.0).fract() < 0.2 {
        0.85
    } else {
        0.55 - 0.4 * deep
    }
}
