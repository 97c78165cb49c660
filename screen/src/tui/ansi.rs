//! Cells as octets that a serial terminal of 1978 understands: eight colours are the eight of ECMA-48, and a terminal
//! without colours gets none. (The usual way sends `38;5;n` for every colour, which older terminals read as *blink*.)

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

/// Draws by plain sequences; the rest is left to crossterm.
pub(crate) struct Ansi<W: Write> {
    inner: CrosstermBackend<W>,
    size: Option<(u16, u16)>,
}

impl<W: Write> Ansi<W> {
    /// Over this output; `size` where the terminal cannot tell its own.
    pub(crate) fn new(out: W, size: Option<(u16, u16)>) -> Self {
        Self { inner: CrosstermBackend::new(out), size }
    }
}

/// The one sequence that sets a cell's look from nothing.
fn look(cell: &Cell) -> String {
    let mut codes = vec!["0".to_owned()];
    let kinds = [(Modifier::BOLD, "1"), (Modifier::UNDERLINED, "4"), (Modifier::REVERSED, "7")];
    codes.extend(kinds.into_iter().filter(|(kind, _)| cell.modifier.contains(*kind)).map(|(_, code)| code.to_owned()));
    codes.extend(color(cell.fg, 30));
    codes.extend(color(cell.bg, 40));
    format!("\x1b[{}m", codes.join(";"))
}

fn color(color: Color, base: u8) -> Option<String> {
    let eight = |place: u8| Some((base + place).to_string());
    match color {
        Color::Black => eight(0),
        Color::Red | Color::LightRed => eight(1),
        Color::Green | Color::LightGreen => eight(2),
        Color::Yellow | Color::LightYellow => eight(3),
        Color::Blue | Color::LightBlue => eight(4),
        Color::Magenta | Color::LightMagenta => eight(5),
        Color::Cyan | Color::LightCyan => eight(6),
        Color::Gray | Color::White | Color::DarkGray => eight(7),
        Color::Indexed(place) => Some(format!("{};5;{place}", base + 8)),
        Color::Rgb(..) | Color::Reset => None,
    }
}

impl<W: Write> Backend for Ansi<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut text = String::new();
        let (mut last, mut now) = (None, String::new());
        for (x, y, cell) in content {
            if last != Some((x.wrapping_sub(1), y)) {
                text.push_str(&format!("\x1b[{};{}H", y + 1, x + 1));
            }
            last = Some((x, y));
            let wanted = look(cell);
            if wanted != now {
                text.push_str(&wanted);
                now = wanted;
            }
            text.push_str(cell.symbol());
        }
        text.push_str("\x1b[0m");
        self.inner.write_all(text.as_bytes())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    /// Never asked of a serial line that may not answer.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, kind: ClearType) -> io::Result<()> {
        self.inner.clear_region(kind)
    }

    fn size(&self) -> io::Result<Size> {
        match self.size {
            Some((width, height)) => Ok(Size { width, height }),
            None => self.inner.size(),
        }
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        let columns_rows = self.size()?;
        Ok(WindowSize { columns_rows, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_colours_are_the_eight_and_never_blink() {
        let mut cell = Cell::new("x");
        cell.fg = Color::Black;
        cell.bg = Color::Gray;
        assert_eq!(look(&cell), "\x1b[0;30;47m");
        cell.fg = Color::Indexed(16);
        cell.bg = Color::Indexed(231);
        assert_eq!(look(&cell), "\x1b[0;38;5;16;48;5;231m");
        let mut plain = Cell::new("x");
        plain.modifier = Modifier::REVERSED;
        assert_eq!(look(&plain), "\x1b[0;7m");
    }
}
