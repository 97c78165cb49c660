//! A page in cells: over the live view, or beside a QR code.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::live;
use super::sheet::{Row, Sheet, Target, lay, width};
use super::theme::{Look, Theme};
use crate::page::{Page, Picture};
use crate::story::Story;
use crate::wire::Room;

/// Columns that the words beside a picture need.
const PANEL: u16 = 38;
/// Rows that the words below a picture need.
const BELOW: u16 = 16;
/// Widest that a dialog becomes.
const WIDEST: u16 = 78;

/// What is drawn.
pub(crate) struct Scene<'a> {
    pub(crate) story: &'a Story,
    pub(crate) page: &'a Page,
    pub(crate) focus: Option<Target>,
    pub(crate) scroll: usize,
    pub(crate) theme: Theme,
    pub(crate) clock: &'a str,
}

/// Where things came to stand.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    pub(crate) hits: Vec<(Rect, Target)>,
    pub(crate) cursor: Option<Position>,
    /// Rows that can be scrolled at most.
    pub(crate) hidden: usize,
}

/// Room for a picture on a terminal of this size, in half-block characters: what is left beside or below the words.
pub(crate) fn room(columns: u16, rows: u16, ascii: bool) -> Room {
    let beside = (columns.saturating_sub(PANEL), rows.saturating_sub(1));
    let below = (columns, rows.saturating_sub(BELOW));
    let fit = |(columns, rows): (u16, u16)| (columns * 29).min(rows * 57);
    let (columns, rows) = if fit(beside) >= fit(below) { beside } else { below };
    if ascii { Room { columns: columns / 2, rows: rows / 2 } } else { Room { columns, rows } }
}

/// Draws it.
pub(crate) fn draw(scene: &Scene, buffer: &mut Buffer) -> Drawn {
    let area = buffer.area;
    if area.width < 20 || area.height < 8 {
        buffer.set_string(0, 0, "...", scene.theme.style(Look::Body));
        return Drawn::default();
    }
    if let Some(picture) = scene.page.picture.as_ref().filter(|picture| placed(picture, area, scene.theme).is_some()) {
        return beside(scene, picture, buffer);
    }
    let middle = Rect { y: area.y + 1, height: area.height - 2, ..area };
    top(scene, buffer);
    if scene.page.live {
        live::draw(buffer, middle, scene.theme);
        return cameras(scene, buffer, middle);
    }
    // Slivers of cameras around a dialog that fills the screen would only be noise.
    if middle.width >= WIDEST + 16 {
        live::draw(buffer, middle, scene.theme);
    }
    help(scene, buffer, area);
    dialog(scene, buffer, middle)
}

/// The line at the top: whose device, and the time.
fn top(scene: &Scene, buffer: &mut Buffer) {
    let (bar, area) = (scene.theme.style(Look::Bar), buffer.area);
    buffer.set_style(Rect { height: 1, ..area }, bar);
    let device = scene.story.device.as_ref();
    let name = device.map_or(String::new(), |device| {
        if device.name.is_empty() { device.brand.clone() } else { format!("{}  {}", device.brand, device.name) }
    });
    buffer.set_stringn(1, 0, scene.theme.words(&name), usize::from(area.width / 2), bar);
    let clock = scene.clock;
    let at = area.width.saturating_sub(u16::try_from(width(clock)).unwrap_or(0) + 1);
    buffer.set_string(at, 0, clock, bar);
}

/// The line at the bottom: what keys do.
fn help(scene: &Scene, buffer: &mut Buffer, area: Rect) {
    let line = Rect { y: area.bottom() - 1, height: 1, ..area };
    buffer.set_style(line, scene.theme.style(Look::Bar));
    let words = &scene.story.words;
    let mut text = words.get("screen-help-keys");
    if words.next_language().is_some() {
        text = format!("{text}   {}", words.get("screen-help-language"));
    }
    let room = usize::from(line.width.saturating_sub(2));
    buffer.set_stringn(line.x + 1, line.y, scene.theme.words(&text), room, scene.theme.style(Look::Bar));
}

fn cameras(scene: &Scene, buffer: &mut Buffer, middle: Rect) -> Drawn {
    let theme = scene.theme;
    let bottom = buffer.area.bottom() - 1;
    buffer.set_style(Rect { y: bottom, height: 1, ..buffer.area }, theme.style(Look::Bar));
    let button = scene.page.buttons.first();
    let hint = theme.words(button.map_or("", |button| &button.detail));
    buffer.set_stringn(1, bottom, &hint, usize::from(middle.width.saturating_sub(2)), theme.style(Look::Bar));
    let notes = scene.page.blocks.iter().filter_map(|block| {
        let crate::page::Block::Quiet(text) = block else { return None };
        Some(text)
    });
    for (y, text) in (0..3_u16).zip(notes) {
        let text = format!(" i {} ", theme.words(text));
        let at = middle.bottom().saturating_sub(2 + y);
        buffer.set_stringn(2, at, &text, usize::from(middle.width.saturating_sub(4)), theme.style(Look::Bar));
    }
    Drawn { hits: vec![(buffer.area, Target::Button(0))], cursor: None, hidden: 0 }
}

/// A box over the cameras.
fn dialog(scene: &Scene, buffer: &mut Buffer, middle: Rect) -> Drawn {
    let wide = middle.width.min(WIDEST);
    let columns = usize::from(wide.saturating_sub(6));
    let sheet = lay(scene.page, scene.story, scene.focus, columns, scene.theme);
    let needs = u16::try_from(sheet.body.len() + sheet.foot.len() + 1).unwrap_or(u16::MAX);
    let airy = if needs + 4 <= middle.height { 1 } else { 0 };
    let high = (needs + 2 + 2 * airy).min(middle.height);
    let frame = Rect {
        x: middle.x + (middle.width - wide) / 2,
        y: middle.y + (middle.height - high) / 2,
        width: wide,
        height: high,
    };
    for y in frame.y..frame.bottom() {
        for x in frame.x..frame.right() {
            buffer[(x, y)].reset();
        }
    }
    live::border(buffer, frame, scene.theme);
    let inner =
        Rect { x: frame.x + 3, y: frame.y + 1 + airy, width: wide - 6, height: high.saturating_sub(2 + 2 * airy) };
    write(scene, &sheet, buffer, inner)
}

/// Writes the rows: the body scrolls, the buttons stay.
fn write(scene: &Scene, sheet: &Sheet, buffer: &mut Buffer, area: Rect) -> Drawn {
    let mut drawn = Drawn::default();
    let foot = sheet.foot.len().min(usize::from(area.height));
    let gap = usize::from(foot > 0);
    let room = usize::from(area.height).saturating_sub(foot + gap);
    let rows = squeezed(&sheet.body, room);
    drawn.hidden = rows.len().saturating_sub(room);
    let focused = scene.focus.and_then(|focus| rows.iter().rposition(|row| row.has(focus)));
    let least = focused.map_or(0, |row| (row + 1).saturating_sub(room));
    let first = scene.scroll.max(least).min(drawn.hidden);
    let body = rows.iter().skip(first).take(room);
    for (y, row) in (area.y..).zip(body) {
        line(scene, row, buffer, area, y, &mut drawn);
    }
    if first < drawn.hidden {
        more(scene, buffer, area, room);
    }
    let under = if drawn.hidden > 0 { room } else { rows.len().min(room) };
    let start = area.y + u16::try_from(under + gap).unwrap_or(0);
    for (y, row) in (start..).zip(sheet.foot.iter().take(foot)) {
        line(scene, row, buffer, area, y, &mut drawn);
    }
    drawn
}

/// Without the rows that only give air, as far as that helps.
fn squeezed(body: &[Row], room: usize) -> Vec<&Row> {
    let mut over = body.len().saturating_sub(room);
    let air = |row: &&Row| {
        let drops = row.pieces.is_empty() && over > 0;
        over -= usize::from(drops);
        !drops
    };
    body.iter().filter(air).collect()
}

/// Says that there is more below.
fn more(scene: &Scene, buffer: &mut Buffer, area: Rect, room: usize) {
    let text = format!("{} PgDn", scene.theme.sign("▼", "v"));
    let at = area.right().saturating_sub(u16::try_from(width(&text)).unwrap_or(0));
    let y = area.y + u16::try_from(room).unwrap_or(0);
    if y < area.bottom() {
        buffer.set_string(at, y, text, scene.theme.style(Look::Quiet));
    }
}

fn line(scene: &Scene, row: &Row, buffer: &mut Buffer, area: Rect, y: u16, drawn: &mut Drawn) {
    let mut x = area.x;
    for piece in &row.pieces {
        let room = usize::from(area.right().saturating_sub(x));
        let (end, _) = buffer.set_stringn(x, y, &piece.text, room, scene.theme.style(piece.look));
        if let Some(target) = piece.target {
            drawn.hits.push((Rect { x, y, width: end - x, height: 1 }, target));
        }
        x = end;
    }
    if let Some(column) = row.cursor {
        drawn.cursor = Some(Position { x: (area.x + column).min(area.right().saturating_sub(1)), y });
    }
}

/// Columns and rows of a picture.
fn extent(picture: &Picture, ascii: bool) -> (u16, u16) {
    let side = u16::try_from(picture.side()).unwrap_or(u16::MAX / 2);
    if ascii { (side * 2, side) } else { (side, side.div_ceil(2)) }
}

/// Whether it goes beside or below, if at all.
fn placed(picture: &Picture, area: Rect, theme: Theme) -> Option<(Rect, Rect)> {
    let (wide, high) = extent(picture, theme.ascii);
    let rows = area.height - 1;
    if wide + PANEL <= area.width && high <= rows {
        let spare = area.width - wide - PANEL;
        let left = area.x + (spare / 4).min(6);
        let shape = Rect { x: left, y: area.y + (rows - high) / 2, width: wide, height: high };
        let x = shape.right() + 3;
        let width = (area.right() - x).saturating_sub(1).min(WIDEST);
        let down = (shape.y - area.y).min(rows.saturating_sub(34));
        return Some((shape, Rect { x, y: area.y + down, width, height: rows - down }));
    }
    if wide <= area.width && high + BELOW <= area.height {
        let shape = Rect { x: area.x + (area.width - wide) / 2, y: area.y, width: wide, height: high };
        let width = (area.width - 4).min(WIDEST);
        let words = Rect { x: area.x + 2, y: shape.bottom(), width, height: rows - high };
        return Some((shape, words));
    }
    None
}

fn beside(scene: &Scene, picture: &Picture, buffer: &mut Buffer) -> Drawn {
    let area = buffer.area;
    let Some((shape, words)) = placed(picture, area, scene.theme) else { return Drawn::default() };
    help(scene, buffer, area);
    draw_picture(picture, shape, buffer, scene.theme);
    let sheet = lay(scene.page, scene.story, scene.focus, usize::from(words.width), scene.theme);
    write(scene, &sheet, buffer, words)
}

/// Black on white in so many words, so that no theme turns it round (R34).
fn draw_picture(picture: &Picture, shape: Rect, buffer: &mut Buffer, theme: Theme) {
    let paper = theme.style(Look::Paper);
    for y in 0..shape.height {
        for x in 0..shape.width {
            let (column, row) = (usize::from(x), usize::from(y));
            let symbol = if theme.ascii {
                ascii(picture.is_dark(column / 2, row))
            } else {
                match (picture.is_dark(column, row * 2), picture.is_dark(column, row * 2 + 1)) {
                    (true, true) => "█",
                    (true, false) => "▀",
                    (false, true) => "▄",
                    (false, false) => " ",
                }
            };
            let cell = &mut buffer[(shape.x + x, shape.y + y)];
            cell.set_symbol(" ").set_style(paper);
            match symbol {
                // Without blocks, a dark module is a cell whose colours are the other way round.
                "#" => {
                    let style = if theme.style(Look::Paper).bg.is_some() {
                        ratatui::style::Style::new().fg(paper.bg.unwrap_or_default()).bg(paper.fg.unwrap_or_default())
                    } else {
                        ratatui::style::Style::new()
                    };
                    cell.reset();
                    cell.set_style(style);
                }
                symbol => {
                    cell.set_symbol(symbol);
                }
            }
        }
    }
}

fn ascii(dark: bool) -> &'static str {
    if dark { "#" } else { " " }
}
