//! A page in sentences, and what is new in it.

use crate::page::{Block, Button, Do, FieldId, Note, Page, Picture, Step, Tone};
use crate::story::Story;
use crate::tui::theme::Theme;

/// What a number stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Type something.
    Fill(FieldId),
    /// Show the QR code.
    Picture,
    /// Press a button, with its words.
    Press(Do, String),
}

/// The choices of a page: what is typed first, then the ways on and round, then the language.
pub(crate) fn choices(page: &Page, story: &Story) -> Vec<Choice> {
    let mut choices = Vec::new();
    if !page.busy {
        choices.extend(page.fields().take(1).map(|field| Choice::Fill(field.id)));
    }
    if page.picture.is_some() {
        choices.push(Choice::Picture);
    }
    let typed = page.fields().next().is_some();
    let needless = |button: &&Button| {
        // The way on of a form follows its last field; a line shows nothing while it is typed.
        let submits = typed
            && [
                Do::LogIn,
                Do::SetUp,
                Do::TypeCode,
                Do::TypeBack,
                Do::MakeCodes,
                Do::SetPassword,
                Do::UpdateClients,
                Do::HandOver,
            ]
            .contains(&button.does);
        !submits && button.does != Do::Show
    };
    choices.extend(page.buttons.iter().filter(needless).map(|button| {
        let words = match button.detail.as_str() {
            "" => button.label.clone(),
            detail if button.does == Do::ToLogIn => drop_detail(&button.label, detail),
            detail => format!("{}. {detail}", button.label),
        };
        Choice::Press(button.does.clone(), words)
    }));
    if let Some(next) = story.words.next_language() {
        choices.push(Choice::Press(Do::Language, format!("{} ({next})", story.words.get("screen-plain-language"))));
    }
    choices
}

/// The hint of the live view speaks of a mouse.
fn drop_detail(label: &str, _: &str) -> String {
    label.to_owned()
}

/// What was said last.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) id: String,
    pub(crate) title: String,
    lines: Vec<String>,
    choices: Vec<String>,
    question: String,
    again: bool,
    wrong: bool,
}

impl Told {
    /// The choices are said again, since something was done.
    pub(crate) fn repeats(&mut self) {
        self.again = true;
    }

    /// What came in was no choice.
    pub(crate) fn asks_again(&mut self) {
        self.wrong = true;
        self.again = true;
    }

    /// The question for a field.
    pub(crate) fn asks_for(&mut self, field: FieldId, story: &Story, theme: Theme) {
        let page = story.page();
        let Some(field) = page.fields().find(|known| known.id == field) else { return };
        let mut question = String::new();
        if !field.help.is_empty() {
            question.push_str(&format!("{}\n", theme.words(&field.help)));
        }
        if field.id == FieldId::Password {
            question.push_str(&format!("{}\n", theme.words(&story.words.get("screen-plain-hidden"))));
        }
        question.push_str(&format!("{}: ", theme.words(&field.label)));
        self.question = question;
    }

    /// Everything new, as lines. Nothing where nothing changed.
    pub(crate) fn news(&mut self, page: &Page, story: &Story, choices: &[Choice], theme: Theme) -> String {
        let lines = sentences(page, story);
        let words: Vec<String> = choices.iter().map(|choice| in_words(choice, page, story)).collect();
        let another = page.id != self.id || page.title != self.title;
        let mut said: Vec<String> = Vec::new();
        if another {
            said.push(String::new());
            said.push(sentence(&page.title));
        }
        said.extend(lines.iter().filter(|line| another || !self.lines.contains(line)).cloned());
        if std::mem::take(&mut self.wrong) {
            said.push(story.words.get("screen-plain-wrong"));
        }
        let asked = std::mem::take(&mut self.again);
        let offer = (another || words != self.choices || asked) && !page.busy_without_choice(&words);
        if offer {
            said.extend((1..).zip(&words).map(|(number, words): (u16, &String)| format!("{number}. {words}")));
        }
        self.id.clone_from(&page.id);
        self.title.clone_from(&page.title);
        self.lines = lines;
        self.choices = words;
        let mut text = said.into_iter().map(|line| theme.words(&line) + "\n").collect::<String>();
        if offer && !self.choices.is_empty() {
            text.push_str(&format!("{} ", theme.words(&story.words.get("screen-plain-choice"))));
        }
        text
    }

    /// The question that is open, once.
    pub(crate) fn question(&mut self) -> String {
        std::mem::take(&mut self.question)
    }
}

impl Page {
    fn busy_without_choice(&self, words: &[String]) -> bool {
        self.busy && words.len() <= 1
    }
}

fn in_words(choice: &Choice, page: &Page, story: &Story) -> String {
    match choice {
        Choice::Fill(field) => {
            let label = page.fields().find(|known| known.id == *field).map_or("", |field| &field.label);
            let id = match field {
                FieldId::Account => "screen-plain-log-in",
                FieldId::Password | FieldId::Email | FieldId::Code(_) => "screen-plain-type",
            };
            story.words.fill(id, &[("what", label)])
        }
        Choice::Picture => story.words.get("screen-plain-picture"),
        Choice::Press(_, words) => words.clone(),
    }
}

/// A page's parts, one sentence a line.
fn sentences(page: &Page, story: &Story) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(Step { at, of, name }) = &page.step {
        let with = [("step", &*at.to_string()), ("of", &of.to_string()), ("name", name)];
        lines.push(story.words.fill("device-step-of", &with));
    }
    if let Some(picture) = &page.picture {
        lines.push(picture.label.clone());
    }
    for block in &page.blocks {
        match block {
            Block::Text(text) | Block::Quiet(text) => lines.extend(split(text)),
            Block::Heading(text) => lines.push(format!("{}:", text.trim_end_matches('.'))),
            Block::Steps(steps) => {
                let numbered = (1..).zip(steps).map(|(number, step): (u16, &String)| {
                    let number = number.to_string();
                    story.words.fill("screen-plain-step", &[("number", &number), ("what", step)])
                });
                lines.extend(numbered);
            }
            Block::Note(note) => lines.extend(of_note(note, story)),
            Block::Facts(facts) => lines.extend(facts.iter().filter_map(|(name, value)| fact(name, value, story))),
            Block::Field(_) => {}
            Block::Progress(done, of, text) => {
                // Where the words count already, a share of a hundred says it twice.
                if text.contains(|c: char| c.is_ascii_digit()) {
                    lines.push(text.clone());
                    continue;
                }
                let quarter = done.saturating_mul(4) / (*of).max(1) * 25;
                lines.push(format!("{} {quarter} %", text.trim_end_matches('.')));
            }
            Block::Closed(name, code, why) => lines.push(format!("{name}, {code}: {why}")),
            Block::Plain(text) => lines.push(text.clone()),
        }
    }
    lines
}

/// Minutes are said when they begin to matter, not each time that one is over.
fn fact(name: &str, value: &str, story: &Story) -> Option<String> {
    let minutes = name == story.words.get("device-minutes");
    let worth = |left: u32| left <= 5 || left.is_multiple_of(10);
    (!minutes || value.parse().map_or(true, worth)).then(|| format!("{name}: {value}"))
}

fn of_note(note: &Note, story: &Story) -> Vec<String> {
    let kind = match note.tone {
        Tone::Good => "screen-plain-good",
        Tone::Info => "screen-plain-info",
        Tone::Bad => "screen-plain-bad",
    };
    let mut lines = split(&note.title);
    if let Some(first) = lines.first_mut() {
        *first = story.words.fill(kind, &[("what", first)]);
    }
    lines.extend(note.reasons.iter().cloned());
    lines.extend(split(&note.text));
    if !note.code.is_empty() {
        lines.push(sentence(&note.code));
    }
    lines
}

/// One sentence a line.
fn split(text: &str) -> Vec<String> {
    text.split_inclusive(['.', '?', '!'])
        .fold(Vec::<String>::new(), |mut lines, piece| {
            // A full stop within a word or a number ends no sentence.
            match lines.last_mut() {
                Some(last) if !piece.starts_with(' ') => last.push_str(piece),
                _ => lines.push(piece.trim_start().to_owned()),
            }
            lines
        })
        .into_iter()
        .filter(|line| !line.trim().is_empty())
        .collect()
}

fn sentence(text: &str) -> String {
    if text.ends_with(['.', '?', '!', ':']) { text.to_owned() } else { format!("{text}.") }
}

/// The QR code as lines: black on white where the terminal has colours; else blocks are light, as on a dark terminal.
pub(crate) fn picture(picture: &Picture, ascii: bool, colours: bool, columns: usize) -> String {
    let side = picture.side();
    let wide = if ascii { 2 * side } else { side };
    if wide > columns {
        return String::new();
    }
    let mut text = String::new();
    let (open, close) = if colours { ("\x1b[38;5;16;48;5;231m", "\x1b[0m") } else { ("", "") };
    let rows = if ascii { side } else { side.div_ceil(2) };
    for row in 0..rows {
        text.push_str(open);
        for x in 0..side {
            if ascii {
                text.push_str(if picture.is_dark(x, row) == colours { "##" } else { "  " });
            } else {
                let (top, low) = (picture.is_dark(x, row * 2), picture.is_dark(x, row * 2 + 1));
                text.push(match (top == colours, low == colours) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
        }
        text.push_str(close);
        text.push('\n');
    }
    text
}
