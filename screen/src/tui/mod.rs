//! The face with a cursor: keys and mouse in, cells out.

mod ansi;
mod draw;
mod live;
mod sheet;
pub(crate) mod theme;

use std::io;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use ratatui::Terminal as Cells;
use ratatui::crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::layout::Position;

use crate::client::Client;
use crate::clock::{self, Clock};
use crate::link::{Ask, Link, News};
use crate::page::{Do, FieldId, Key, Page, Rank};
use crate::story::Story;
use crate::surroundings::Surroundings;
use crate::terminal::{Terminal, Use, on_end};
use ansi::Ansi;
use draw::{Drawn, Scene};
use sheet::Target;
use theme::Theme;

/// What comes in.
enum Incoming {
    Terminal(Event),
    News(News),
    End,
}

/// Runs until a signal or Ctrl-C ends it.
///
/// # Errors
/// When the terminal cannot be taken over or written to.
pub(crate) fn run(client: Client, around: &Surroundings) -> io::Result<ExitCode> {
    let terminal = Terminal::take(Use::Whole)?;
    let outcome = play(client, around);
    terminal.give_back();
    outcome.map(|()| ExitCode::SUCCESS)
}

fn play(client: Client, around: &Surroundings) -> io::Result<()> {
    let (tell, incoming) = channel();
    listen(&tell)?;
    let news = tell.clone();
    let link = Link::start(client, move |told| drop(news.send(Incoming::News(told))));
    let theme = Theme { ascii: around.ascii, colors: around.colors };
    let (columns, rows) = around.size();
    let mut face = Face::new(Story::new(&around.language, draw::room(columns, rows, theme.ascii)), theme);
    let mut cells = Cells::new(Ansi::new(io::stdout(), around.fixed()))?;
    cells.clear()?;
    let ask = |asks: Vec<Ask>| asks.into_iter().for_each(|wish| link.ask(wish));
    ask(face.story.begins());
    let clock = Clock::start();
    loop {
        let wall = clock::wall();
        cells.draw(|frame| {
            face.draws(frame.buffer_mut(), &wall);
            if let Some(cursor) = face.drawn.cursor {
                frame.set_cursor_position(cursor);
            }
        })?;
        match next(&incoming) {
            Some(Incoming::End) => return Ok(()),
            Some(Incoming::News(news)) => ask(face.story.hears(news)),
            Some(Incoming::Terminal(Event::Resize(columns, rows))) => {
                face.story.has_room(draw::room(columns, rows, theme.ascii));
                cells.clear()?;
            }
            Some(Incoming::Terminal(event)) => match face.takes(event, clock.now()) {
                Some(asks) => ask(asks),
                None => return Ok(()),
            },
            None => {}
        }
        ask(face.story.ticks(clock.now()));
    }
}

fn next(incoming: &Receiver<Incoming>) -> Option<Incoming> {
    match incoming.recv_timeout(Duration::from_millis(500)) {
        Ok(incoming) => Some(incoming),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => Some(Incoming::End),
    }
}

/// Keys and signals, each on a thread of its own.
fn listen(tell: &Sender<Incoming>) -> io::Result<()> {
    let keys = tell.clone();
    thread::spawn(move || {
        while let Ok(event) = event::read() {
            if keys.send(Incoming::Terminal(event)).is_err() {
                return;
            }
        }
        let _ = keys.send(Incoming::End);
    });
    let ends = tell.clone();
    on_end(move || drop(ends.send(Incoming::End)))
}

/// The face's own state: where the focus is.
pub(crate) struct Face {
    pub(crate) story: Story,
    theme: Theme,
    focus: Option<Target>,
    scroll: usize,
    page: Page,
    drawn: Drawn,
}

impl Face {
    pub(crate) fn new(story: Story, theme: Theme) -> Self {
        Self { story, theme, focus: None, scroll: 0, page: Page::default(), drawn: Drawn::default() }
    }

    /// Draws the page that stands now.
    pub(crate) fn draws(&mut self, buffer: &mut ratatui::buffer::Buffer, clock: &str) {
        let page = self.story.page();
        let another = page.id != self.page.id;
        let before = std::mem::replace(&mut self.page, page);
        if !another {
            self.focus = self.kept_focus(&before);
        }
        if another {
            let empty = self.page.fields().position(|field| self.is_empty(field.id)).map(Target::Field);
            self.focus = empty.or(self.stops().first().copied());
            self.scroll = 0;
        } else if self.focus.is_none_or(|focus| !self.stops().contains(&focus)) {
            self.focus = self.stops().first().copied();
        }
        let scene = Scene {
            story: &self.story,
            page: &self.page,
            focus: self.focus,
            scroll: self.scroll,
            theme: self.theme,
            clock,
        };
        self.drawn = draw::draw(&scene, buffer);
    }

    /// Where the focus is now that the page has changed under it: on the button that does the same. Who has not moved it
    /// stands where a page begins.
    fn kept_focus(&self, before: &Page) -> Option<Target> {
        let Some(Target::Button(place)) = self.focus else { return self.focus };
        if stops_of(before).first() == self.focus.as_ref() {
            return stops_of(&self.page).first().copied();
        }
        let does = before.buttons.get(place).map(|button| &button.does);
        let same = self.page.buttons.iter().position(|button| Some(&button.does) == does);
        same.map(Target::Button).or(self.focus)
    }

    fn stops(&self) -> Vec<Target> {
        stops_of(&self.page)
    }

    /// A key or the mouse; `None` ends the program.
    fn takes(&mut self, event: Event, now: u64) -> Option<Vec<Ask>> {
        let asks = match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => {
                if key.modifiers.contains(KeyModifiers::CONTROL) && key.code == KeyCode::Char('c') {
                    return None;
                }
                if self.story.takes_keys(now) { self.key(key) } else { Vec::new() }
            }
            Event::Paste(text) if self.story.takes_keys(now) => {
                if let Some(field) = self.field() {
                    text.chars().for_each(|c| self.story.types(field, c));
                }
                Vec::new()
            }
            Event::Mouse(mouse) => self.mouse(mouse),
            Event::Key(_) | Event::Paste(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => Vec::new(),
        };
        Some(asks)
    }

    /// The field that keys go into. While the device works on what was typed, they go nowhere.
    fn field(&self) -> Option<FieldId> {
        if self.page.busy {
            return None;
        }
        match self.focus {
            Some(Target::Field(place)) => self.page.fields().nth(place).map(|field| field.id),
            Some(Target::Button(_)) | None => None,
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum: keys that mean nothing here")]
    fn key(&mut self, key: KeyEvent) -> Vec<Ask> {
        let held = key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        match key.code {
            KeyCode::F(2) => self.story.does(&Do::Language),
            KeyCode::F(number) => self.presses(Key::F(number)),
            KeyCode::Esc => self.presses(Key::Esc),
            KeyCode::Tab | KeyCode::Down => self.steps(1),
            KeyCode::BackTab | KeyCode::Up => self.steps(-1),
            KeyCode::PageDown => self.scrolls(5),
            KeyCode::PageUp => self.scrolls(-5),
            KeyCode::Enter => self.enters(),
            KeyCode::Backspace | KeyCode::Delete => {
                self.field().into_iter().for_each(|field| self.story.rubs_out(field));
                Vec::new()
            }
            KeyCode::Char('u') if held => {
                self.field().into_iter().for_each(|field| self.story.empties(field));
                Vec::new()
            }
            KeyCode::Char(c) if !held => self.character(c),
            _ => Vec::new(),
        }
    }

    fn character(&mut self, c: char) -> Vec<Ask> {
        if let Some(field) = self.field() {
            self.story.types(field, c);
            return Vec::new();
        }
        match c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()) {
            Some(digit) => self.presses(Key::Digit(digit)),
            None if c == ' ' => self.enters(),
            None => Vec::new(),
        }
    }

    fn presses(&mut self, key: Key) -> Vec<Ask> {
        let does = self.page.pressed_by(key).filter(|_| !self.story.busy).map(|button| button.does.clone());
        does.map_or_else(Vec::new, |does| self.story.does(&does))
    }

    fn steps(&mut self, by: isize) -> Vec<Ask> {
        let stops = self.stops();
        let here = stops.iter().position(|stop| Some(*stop) == self.focus).unwrap_or(0);
        let count = isize::try_from(stops.len()).unwrap_or(0);
        if count > 0 {
            let next = (isize::try_from(here).unwrap_or(0) + by).rem_euclid(count);
            self.focus = stops.get(next.unsigned_abs()).copied();
        }
        Vec::new()
    }

    fn scrolls(&mut self, by: isize) -> Vec<Ask> {
        self.scroll = self.scroll.saturating_add_signed(by).min(self.drawn.hidden);
        Vec::new()
    }

    /// In a field: to the next empty one, or the way on. On a button: press it.
    fn enters(&mut self) -> Vec<Ask> {
        match self.focus {
            _ if self.story.busy => Vec::new(),
            Some(Target::Field(place)) => {
                let next = self.page.fields().nth(place + 1).filter(|field| self.is_empty(field.id));
                if next.is_some() {
                    self.focus = Some(Target::Field(place + 1));
                    return Vec::new();
                }
                let first = self.page.buttons.first().map(|button| button.does.clone());
                first.map_or_else(Vec::new, |does| self.story.does(&does))
            }
            Some(Target::Button(place)) => self.press(place),
            None => Vec::new(),
        }
    }

    fn is_empty(&self, field: FieldId) -> bool {
        let fields = &self.story.fields;
        match field {
            FieldId::Account => fields.account.is_empty(),
            FieldId::Email => fields.email.is_empty(),
            FieldId::Password => fields.password.is_empty(),
            FieldId::Code(_) => fields.code.is_empty(),
        }
    }

    fn press(&mut self, place: usize) -> Vec<Ask> {
        let does = self.page.buttons.get(place).map(|button| button.does.clone());
        does.map_or_else(Vec::new, |does| self.story.does(&does))
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum: movements that mean nothing here")]
    fn mouse(&mut self, mouse: MouseEvent) -> Vec<Ask> {
        let here = Position { x: mouse.column, y: mouse.row };
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Right) if self.page.live => self.story.does(&Do::ToLogIn),
            MouseEventKind::Down(MouseButton::Left) if !self.page.live => {
                let hit = self.drawn.hits.iter().find(|(area, _)| area.contains(here)).map(|(_, target)| *target);
                match hit {
                    Some(Target::Field(_)) => {
                        self.focus = hit;
                        Vec::new()
                    }
                    Some(Target::Button(place)) => self.press(place),
                    None => Vec::new(),
                }
            }
            MouseEventKind::ScrollDown => self.scrolls(2),
            MouseEventKind::ScrollUp => self.scrolls(-2),
            _ => Vec::new(),
        }
    }
}

/// Where Tab stops, in order.
fn stops_of(page: &Page) -> Vec<Target> {
    let fields = page.fields().count();
    let buttons = |more: bool| {
        let all = page.buttons.iter().enumerate();
        all.filter(move |(_, button)| (button.rank == Rank::More) == more).map(|(place, _)| Target::Button(place))
    };
    (0..fields).map(Target::Field).chain(buttons(false)).chain(buttons(true)).collect()
}

#[cfg(test)]
mod tests;
