//! A page laid out for a width: rows of pieces, and what a click on each means.

use ratatui::text::Span;

use super::theme::{Look, Theme};
use crate::code;
use crate::page::{Block, Button, Field, FieldId, Key, Note, Page, Rank, Step, Tone};
use crate::story::Story;

/// What has the focus or is clicked: a field or a button, by its place on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// The field at this place among the fields.
    Field(usize),
    /// The button at this place among the buttons.
    Button(usize),
}

/// A piece of a row.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) look: Look,
    pub(crate) target: Option<Target>,
}

/// A row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub(crate) pieces: Vec<Piece>,
    /// Column of the cursor.
    pub(crate) cursor: Option<u16>,
}

impl Row {
    pub(super) fn of(text: impl Into<String>, look: Look) -> Self {
        Self { pieces: vec![Piece { text: text.into(), look, target: None }], cursor: None }
    }

    pub(super) fn and(mut self, text: impl Into<String>, look: Look, target: Option<Target>) -> Self {
        self.pieces.push(Piece { text: text.into(), look, target });
        self
    }

    /// Whether this belongs to it.
    pub(crate) fn has(&self, target: Target) -> bool {
        self.pieces.iter().any(|piece| piece.target == Some(target))
    }
}

/// A page as rows: what scrolls, and what stays below it.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) body: Vec<Row>,
    pub(crate) foot: Vec<Row>,
}

/// Columns that a piece of text takes.
pub(crate) fn width(text: &str) -> usize {
    Span::raw(text).width()
}

/// Lays a page out.
pub(crate) fn lay(page: &Page, story: &Story, focus: Option<Target>, columns: usize, theme: Theme) -> Sheet {
    let mut pen = Pen { story, focus, columns, theme, body: Vec::new(), fields: 0 };
    if let Some(step) = &page.step {
        pen.step(step);
    }
    pen.words(&page.title, Look::Title);
    for (place, block) in page.blocks.iter().enumerate() {
        let tight = place > 0 && matches!((&page.blocks[place - 1], block), (Block::Closed(..), Block::Closed(..)));
        if !tight {
            pen.gap();
        }
        pen.block(block);
    }
    let mut body = pen.body;
    let foot = foot(page, focus, columns, theme);
    while body.last().is_some_and(|row| row.pieces.is_empty()) {
        body.pop();
    }
    Sheet { body, foot }
}

struct Pen<'a> {
    story: &'a Story,
    focus: Option<Target>,
    columns: usize,
    theme: Theme,
    body: Vec<Row>,
    fields: usize,
}

impl Pen<'_> {
    fn gap(&mut self) {
        self.body.push(Row::default());
    }

    fn words(&mut self, text: &str, look: Look) {
        let lines = wrap(&self.theme.words(text), self.columns);
        self.body.extend(lines.into_iter().map(|line| Row::of(line, look)));
    }

    /// Words behind a sign; further lines stand below the first.
    fn behind(&mut self, sign: &str, text: &str, look: Look, words: Look) {
        let indent = width(sign);
        let lines = wrap(&self.theme.words(text), self.columns.saturating_sub(indent));
        for (place, line) in lines.into_iter().enumerate() {
            let before = if place == 0 { sign.to_owned() } else { " ".repeat(indent) };
            self.body.push(Row::of(before, look).and(line, words, None));
        }
    }

    /// A dot for each step, and where in them.
    fn step(&mut self, Step { at, of, name }: &Step) {
        let (full, empty) = (self.theme.sign("●", "#"), self.theme.sign("○", "."));
        let dots = format!("{}{}", full.repeat(*at), empty.repeat(of.saturating_sub(*at)));
        let words = self.theme.words(name);
        let row = Row::of(dots, Look::Label).and(format!("  {at}/{of}  {words}"), Look::Quiet, None);
        self.body.push(row);
        self.gap();
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Text(text) => self.words(text, Look::Body),
            Block::Quiet(text) => self.words(text, Look::Quiet),
            Block::Heading(text) => self.words(text, Look::Title),
            Block::Steps(lines) => {
                for (number, line) in (1..).zip(lines) {
                    self.behind(&format!("{number}. "), line, Look::Label, Look::Body);
                }
            }
            Block::Note(note) => self.note(note),
            Block::Facts(facts) => self.facts(facts),
            Block::Field(field) => self.field(field),
            Block::Progress(done, of, text) => self.bar(*done, *of, text),
            Block::Closed(name, code, why) => {
                let sign = self.theme.sign("× ", "x ");
                self.behind(sign, &format!("{name} ({code})"), Look::Quiet, Look::Body);
                self.behind("  ", why, Look::Quiet, Look::Quiet);
            }
            Block::Plain(text) => {
                let look = if text.len() > 40 { Look::Body } else { Look::Title };
                let lines: Vec<String> = chunks(text, self.columns);
                self.body.extend(lines.into_iter().map(|line| Row::of(line, look)));
            }
        }
    }

    fn note(&mut self, note: &Note) {
        let (sign, look) = match note.tone {
            Tone::Good => (self.theme.sign("✓ ", "* "), Look::Good),
            Tone::Info => (self.theme.sign("i ", "i "), Look::Info),
            Tone::Bad => ("! ", Look::Bad),
        };
        self.behind(sign, &note.title, look, look);
        for reason in &note.reasons {
            self.behind(self.theme.sign("  • ", "  - "), reason, look, Look::Body);
        }
        let text = [note.text.as_str(), note.code.as_str()].into_iter().filter(|text| !text.is_empty());
        let text = text.collect::<Vec<_>>().join(self.theme.sign(" · ", " - "));
        if !text.is_empty() {
            self.behind("  ", &text, look, Look::Body);
        }
    }

    /// Two or more to a line where they fit.
    fn facts(&mut self, facts: &[(String, String)]) {
        let mut row = Row::default();
        let mut used = 0;
        for (name, value) in facts {
            let (name, value) = (self.theme.words(name), self.theme.words(value));
            let needs = width(&name) + width(&value) + 1;
            if used > 0 && used + 3 + needs > self.columns {
                self.body.push(std::mem::take(&mut row));
                used = 0;
            }
            let space = if used > 0 { "   " } else { "" };
            row = row.and(format!("{space}{name} "), Look::Quiet, None).and(value, Look::Title, None);
            used += needs + width(space);
        }
        self.body.push(row);
    }

    fn field(&mut self, field: &Field) {
        let target = Target::Field(self.fields);
        self.fields += 1;
        let focused = self.focus == Some(target);
        let sign = if focused { self.theme.sign("› ", "> ") } else { "  " };
        let label = Row::of(sign, Look::Label);
        let look = if focused { Look::Title } else { Look::Body };
        self.body.push(label.and(self.theme.words(&field.label), look, Some(target)));
        let (text, cursor) = self.typed(field);
        let mut row = Row::of("  [", Look::Quiet).and(text, Look::Field, Some(target)).and("]", Look::Quiet, None);
        row.cursor = focused.then(|| u16::try_from(3 + cursor).unwrap_or(3));
        self.body.push(row);
        if !field.help.is_empty() {
            self.behind("   ", &field.help, Look::Quiet, Look::Quiet);
        }
    }

    /// What stands in a field, and where the cursor is.
    fn typed(&self, field: &Field) -> (String, usize) {
        let fields = &self.story.fields;
        let room = self.columns.saturating_sub(5).clamp(8, 48);
        let line = |text: &str| {
            let count = text.chars().count();
            let shown: String = text.chars().skip(count.saturating_sub(room - 1)).collect();
            let used = width(&shown);
            (format!("{shown}{}", " ".repeat(room.saturating_sub(used))), used)
        };
        match field.id {
            FieldId::Account => line(&fields.account),
            FieldId::Email => line(&fields.email),
            FieldId::Password if field.hidden => line(&self.theme.sign("•", "*").repeat(fields.password.count())),
            FieldId::Password => line(fields.password.expose()),
            FieldId::Code(style) => {
                let typed = fields.code.expose();
                let shown = code::grouped(typed, style, '_');
                (format!(" {shown} "), 1 + code::column(typed.chars().count(), style))
            }
        }
    }

    fn bar(&mut self, done: u32, of: u32, text: &str) {
        self.words(text, Look::Body);
        let room = self.columns.saturating_sub(8).clamp(10, 44);
        let of = of.max(1);
        let done = done.min(of);
        let full = usize::try_from(u64::from(done) * room as u64 / u64::from(of)).unwrap_or(0);
        let (block, blank) = (self.theme.sign("█", "#"), self.theme.sign("░", "."));
        let bar = format!("{}{}", block.repeat(full), blank.repeat(room - full));
        let percent = format!(" {:>3} %", u64::from(done) * 100 / u64::from(of));
        self.body.push(Row::of(bar, Look::Label).and(percent, Look::Body, None));
    }
}

/// The buttons: ways on one below the other, ways round in lines.
fn foot(page: &Page, focus: Option<Target>, columns: usize, theme: Theme) -> Vec<Row> {
    let mut rows = Vec::new();
    let all = || page.buttons.iter().enumerate();
    for (place, button) in all().filter(|(_, button)| button.rank != Rank::More) {
        rows.push(way_on(place, button, focus, theme));
        if !button.detail.is_empty() && button.rank == Rank::Choice {
            let lines = wrap(&theme.words(&button.detail), columns.saturating_sub(6));
            rows.extend(lines.into_iter().map(|line| Row::of(format!("      {line}"), Look::Quiet)));
        }
    }
    let mut row = Row::default();
    let mut used = 0;
    for (place, button) in all().filter(|(_, button)| button.rank == Rank::More) {
        let key = button.key.map(name_of).unwrap_or_default();
        let target = Target::Button(place);
        let label = format!(" {} ", theme.words(&button.label));
        let needs = width(&key) + width(&label) + 1;
        if used > 0 && used + 1 + needs > columns {
            rows.push(std::mem::take(&mut row));
            used = 0;
        }
        let look = if focus == Some(target) { Look::Focus } else { Look::Body };
        row = row.and(format!("{}{key}", if used > 0 { " " } else { "" }), Look::Label, Some(target));
        row = row.and(label, look, Some(target));
        used += needs;
    }
    if !row.pieces.is_empty() {
        if rows.last().is_some() && used > 0 {
            let first = rows.iter().position(|row| row.pieces.first().is_some_and(|piece| piece.look == Look::Label));
            rows.insert(first.unwrap_or(rows.len()), Row::default());
        }
        rows.push(row);
    }
    rows
}

fn way_on(place: usize, button: &Button, focus: Option<Target>, theme: Theme) -> Row {
    let target = Target::Button(place);
    let focused = focus == Some(target);
    let sign = if focused { theme.sign("› ", "> ") } else { "  " };
    let key = match button.key {
        Some(Key::Digit(digit)) => format!("{digit} "),
        Some(Key::F(_) | Key::Esc) | None => String::new(),
    };
    let look = if focused { Look::Focus } else { Look::Button };
    Row::of(sign, Look::Body).and(key, Look::Quiet, Some(target)).and(
        format!("[ {} ]", theme.words(&button.label)),
        look,
        Some(target),
    )
}

/// What stands on the key.
pub(crate) fn name_of(key: Key) -> String {
    match key {
        Key::F(number) => format!("F{number}"),
        Key::Esc => "Esc".to_owned(),
        Key::Digit(digit) => digit.to_string(),
    }
}

/// Words in lines; a word longer than a line is cut.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(8);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && width(&line) + 1 + width(word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        while width(&line) > columns {
            let cut: String = line.chars().take(columns).collect();
            line = line.chars().skip(columns).collect();
            lines.push(cut);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Text that is copied: cut at the edge, nothing added.
fn chunks(text: &str, columns: usize) -> Vec<String> {
    let symbols: Vec<char> = text.chars().collect();
    symbols.chunks(columns.max(8)).map(|chunk| chunk.iter().collect()).collect()
}
