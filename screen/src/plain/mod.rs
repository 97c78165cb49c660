//! The face without a cursor: one sentence a line, numbered choices, nothing moves. For screen readers, and for a
//! serial line that knows no more than lines.

mod tell;

use std::io::{self, BufRead as _, Write as _};
use std::process::ExitCode;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::args::Colors;
use crate::client::Client;
use crate::clock::Clock;
use crate::link::{Ask, Link, News};
use crate::page::{Do, FieldId, Page};
use crate::story::Story;
use crate::surroundings::Surroundings;
use crate::terminal::{Terminal, Use, on_end};
use crate::tui::theme::Theme;
use crate::wire::Room;
use tell::{Choice, Told};

enum Incoming {
    Line(Zeroizing<String>),
    News(News),
    End,
}

/// Runs until its input or a signal ends it.
///
/// # Errors
/// When nothing can be written.
pub(crate) fn run(client: Client, around: &Surroundings) -> io::Result<ExitCode> {
    let terminal = Terminal::take(Use::Lines)?;
    let outcome = play(client, around, &terminal);
    terminal.give_back();
    outcome.map(|()| ExitCode::SUCCESS)
}

fn play(client: Client, around: &Surroundings, terminal: &Terminal) -> io::Result<()> {
    let (tell, incoming) = channel();
    listen(&tell)?;
    let link = Link::start(client, move |news| drop(tell.send(Incoming::News(news))));
    let (columns, rows) = around.size();
    // Lines go by: a picture may fill the screen but for the line below it.
    let room = Room { columns, rows: rows.saturating_sub(1) };
    let room = if around.ascii { Room { columns: columns / 2, rows: rows.saturating_sub(1) / 2 } } else { room };
    let theme = Theme { ascii: around.ascii, colors: around.colors };
    let mut voice = Voice::new(Story::new(&around.language, room), theme, usize::from(columns));
    let clock = Clock::start();
    let ask = |asks: Vec<Ask>| asks.into_iter().for_each(|wish| link.ask(wish));
    ask(voice.story.begins());
    loop {
        let said = voice.says();
        if !said.is_empty() {
            let mut out = io::stdout().lock();
            out.write_all(said.as_bytes())?;
            out.flush()?;
        }
        if voice.wants_silence() != voice.silent {
            voice.silent = !voice.silent;
            terminal.echoes(!voice.silent);
        }
        match incoming.recv_timeout(Duration::from_millis(500)) {
            Ok(Incoming::Line(line)) => {
                voice.story.takes_keys(clock.now());
                ask(voice.hears(&line));
            }
            Ok(Incoming::News(news)) => ask(voice.story.hears(news)),
            Ok(Incoming::End) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => {}
        }
        ask(voice.story.ticks(clock.now()));
    }
}

fn listen(tell: &Sender<Incoming>) -> io::Result<()> {
    let lines = tell.clone();
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            let mut line = Zeroizing::new(String::with_capacity(4096));
            match input.read_line(&mut line) {
                Ok(0) | Err(_) => return drop(lines.send(Incoming::End)),
                Ok(_) => drop(lines.send(Incoming::Line(line))),
            }
        }
    });
    let ends = tell.clone();
    on_end(move || drop(ends.send(Incoming::End)))
}

/// What was said, and what a line means.
pub(crate) struct Voice {
    pub(crate) story: Story,
    theme: Theme,
    columns: usize,
    told: Told,
    choices: Vec<Choice>,
    /// The field that the next line goes into.
    awaits: Option<FieldId>,
    /// The next line is not echoed.
    silent: bool,
    /// The picture was asked for.
    picture: bool,
    /// The line ends with a question that nobody has answered yet.
    open: bool,
}

impl Voice {
    pub(crate) fn new(story: Story, theme: Theme, columns: usize) -> Self {
        Self {
            story,
            theme,
            columns,
            told: Told::default(),
            choices: Vec::new(),
            awaits: None,
            silent: false,
            picture: false,
            open: false,
        }
    }

    /// Whether the next line is a secret.
    pub(crate) fn wants_silence(&self) -> bool {
        self.awaits == Some(FieldId::Password) && !self.story.fields.show
    }

    /// What is new since it was last asked.
    pub(crate) fn says(&mut self) -> String {
        // Nothing is said of what is about to change.
        if !self.story.is_settled() {
            return String::new();
        }
        let page = self.story.page();
        let mut said = String::new();
        if page.id != self.told.id || page.title != self.told.title {
            // A page that came unasked ends a question that was open.
            if self.awaits.take().is_some() {
                said.push('\n');
            }
        }
        if self.awaits.is_none() {
            self.choices = tell::choices(&page, &self.story);
            said.push_str(&self.told.news(&page, &self.story, &self.choices, self.theme));
        }
        if std::mem::take(&mut self.picture) {
            said = self.draws(&page) + &said;
        }
        said.push_str(&self.told.question());
        if said.is_empty() {
            return said;
        }
        // What comes unasked begins a line of its own.
        if std::mem::replace(&mut self.open, !said.ends_with('\n')) && !said.starts_with('\n') {
            said.insert(0, '\n');
        }
        said
    }

    /// A line came in.
    pub(crate) fn hears(&mut self, line: &str) -> Vec<Ask> {
        let line = line.trim_end_matches(['\r', '\n']);
        self.open = false;
        if let Some(field) = self.awaits.take() {
            self.told.repeats();
            return self.fills(field, line);
        }
        let chosen = line.trim().parse::<usize>().ok().filter(|number| line.trim().len() <= 2 && *number > 0);
        if let Some(choice) = chosen.and_then(|number| self.choices.get(number - 1)) {
            return self.chooses(choice.clone());
        }
        // A code may be typed at once, without choosing the field first.
        let code = self.story.page().fields().find(|field| matches!(field.id, FieldId::Code(_))).map(|field| field.id);
        if let Some(field) = code.filter(|_| line.trim().len() > 2) {
            self.told.repeats();
            return self.fills(field, line);
        }
        self.told.asks_again();
        Vec::new()
    }

    fn chooses(&mut self, choice: Choice) -> Vec<Ask> {
        self.told.repeats();
        match choice {
            Choice::Fill(field) => {
                self.story.empties(field);
                self.awaits = Some(field);
                self.told.asks_for(field, &self.story, self.theme);
                Vec::new()
            }
            Choice::Picture => {
                self.picture = true;
                Vec::new()
            }
            Choice::Press(does, _) => self.story.does(&does),
        }
    }

    /// Puts a line into a field. The last field of a page presses the way on.
    fn fills(&mut self, field: FieldId, line: &str) -> Vec<Ask> {
        self.story.empties(field);
        line.chars().for_each(|c| self.story.types(field, c));
        let page = self.story.page();
        let fields: Vec<FieldId> = page.fields().map(|field| field.id).collect();
        let here = fields.iter().position(|id| *id == field).unwrap_or(0);
        if let Some(next) = fields.get(here + 1) {
            self.awaits = Some(*next);
            self.told.asks_for(*next, &self.story, self.theme);
            return Vec::new();
        }
        if field == FieldId::Email && line.trim().is_empty() {
            return self.story.does(&Do::AskSkip);
        }
        let first = page.buttons.first().map(|button| button.does.clone());
        first.map_or_else(Vec::new, |does| self.story.does(&does))
    }

    fn draws(&self, page: &Page) -> String {
        let colours = self.theme.colors != Colors::None;
        page.picture
            .as_ref()
            .map_or_else(String::new, |picture| tell::picture(picture, self.theme.ascii, colours, self.columns))
    }
}

#[cfg(test)]
mod tests;
