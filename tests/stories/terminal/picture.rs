//! What a terminal shows, as a picture: cells of 8 by 16 pixels, blocks as rectangles, letters by librsvg.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const WIDE: usize = 8;
const HIGH: usize = 16;

/// How a cell is drawn.
#[derive(Clone, Copy)]
struct Ink {
    fg: Option<u8>,
    bg: Option<u8>,
    bold: bool,
    reversed: bool,
}

const PLAIN: Ink = Ink { fg: None, bg: None, bold: false, reversed: false };

/// Draws a capture with its escape sequences (`tmux capture-pane -e`) to `file.svg` and `file.png`; the latter's path.
pub(super) fn save(capture: &str, file: &Path) -> PathBuf {
    let rows: Vec<Vec<(char, Ink)>> = capture.lines().map(cells).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
    let (width, height) = (columns * WIDE, rows.len() * HIGH);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#15181c\"/>\
         <g font-family=\"DejaVu Sans Mono\" font-size=\"13\" text-anchor=\"middle\">\n"
    );
    for (y, row) in rows.iter().enumerate() {
        for (x, (symbol, ink)) in row.iter().enumerate() {
            cell(&mut svg, (x * WIDE, y * HIGH), *symbol, *ink);
        }
    }
    svg.push_str("</g></svg>\n");
    let (drawn, png) = (file.with_extension("svg"), file.with_extension("png"));
    fs::write(&drawn, svg).expect("the folder is writable");
    let done = Command::new("rsvg-convert").arg("-o").arg(&png).arg(&drawn).status();
    assert!(done.is_ok_and(|status| status.success()), "rsvg-convert draws {}", drawn.display());
    png
}

fn cells(line: &str) -> Vec<(char, Ink)> {
    let mut cells = Vec::new();
    let mut ink = PLAIN;
    let mut symbols = line.chars();
    while let Some(symbol) = symbols.next() {
        if symbol != '\u{1b}' {
            cells.push((symbol, ink));
            continue;
        }
        let sequence: String = symbols.by_ref().skip(1).take_while(|c| !c.is_ascii_alphabetic()).collect();
        dips(&mut ink, &sequence);
    }
    cells
}

fn dips(ink: &mut Ink, sequence: &str) {
    let codes: Vec<u8> = sequence.split(';').map(|code| code.parse().unwrap_or(0)).collect();
    let mut rest = codes.as_slice();
    while let [code, after @ ..] = rest {
        rest = after;
        match (code, after) {
            (38, [5, colour, more @ ..]) => {
                ink.fg = Some(*colour);
                rest = more;
            }
            (48, [5, colour, more @ ..]) => {
                ink.bg = Some(*colour);
                rest = more;
            }
            (0, _) => *ink = PLAIN,
            (1, _) => ink.bold = true,
            (7, _) => ink.reversed = true,
            (22, _) => ink.bold = false,
            (27, _) => ink.reversed = false,
            (30..=37, _) => ink.fg = Some(code - 30),
            (39, _) => ink.fg = None,
            (40..=47, _) => ink.bg = Some(code - 40),
            (49, _) => ink.bg = None,
            _ => {}
        }
    }
}

fn cell(svg: &mut String, (x, y): (usize, usize), symbol: char, ink: Ink) {
    let (mut fg, mut bg) = (colour(ink.fg, "#d7dae0"), colour(ink.bg, "#15181c"));
    if ink.reversed {
        std::mem::swap(&mut fg, &mut bg);
    }
    let mut fill = |top: usize, high: usize, colour: &str, opacity: f32| {
        let place = format!("x=\"{x}\" y=\"{}\" width=\"{WIDE}\" height=\"{high}\"", y + top);
        let _ = writeln!(svg, "<rect {place} fill=\"{colour}\" fill-opacity=\"{opacity}\"/>");
    };
    if ink.bg.is_some() || ink.reversed {
        fill(0, HIGH, &bg, 1.0);
    }
    match symbol {
        ' ' => {}
        '█' => fill(0, HIGH, &fg, 1.0),
        '▀' => fill(0, HIGH / 2, &fg, 1.0),
        '▄' => fill(HIGH / 2, HIGH / 2, &fg, 1.0),
        '░' => fill(0, HIGH, &fg, 0.25),
        '▒' => fill(0, HIGH, &fg, 0.5),
        '▓' => fill(0, HIGH, &fg, 0.75),
        symbol => {
            let weight = if ink.bold { " font-weight=\"bold\"" } else { "" };
            let symbol = match symbol {
                '&' => "&amp;".to_owned(),
                '<' => "&lt;".to_owned(),
                symbol => symbol.to_string(),
            };
            let _ =
                writeln!(svg, "<text x=\"{}\" y=\"{}\" fill=\"{fg}\"{weight}>{symbol}</text>", x + WIDE / 2, y + 12);
        }
    }
}

/// A colour of the 256 as xterm has them.
fn colour(place: Option<u8>, plain: &str) -> String {
    const FIRST: [&str; 16] = [
        "#000000", "#cd3131", "#0dbc79", "#e5e510", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5", "#666666", "#f14c4c",
        "#23d18b", "#f5f543", "#3b8eea", "#d670d6", "#29b8db", "#ffffff",
    ];
    let Some(place) = place else { return plain.to_owned() };
    let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match place {
        0..=15 => FIRST[usize::from(place)].to_owned(),
        16..=231 => {
            let n = place - 16;
            format!("#{:02x}{:02x}{:02x}", step(n / 36), step(n / 6 % 6), step(n % 6))
        }
        232..=255 => {
            let grey = 8 + 10 * (place - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
    }
}
