//! How things look. Never by colour alone: every look has weight, a line or a sign as well.

use ratatui::style::{Color, Modifier, Style};

use crate::args::Colors;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Words.
    Body,
    /// Words of less weight.
    Quiet,
    /// A heading.
    Title,
    /// A name before a value; a key before its button.
    Label,
    /// What was typed.
    Field,
    /// A button.
    Button,
    /// ... that has the focus.
    Focus,
    /// It went well.
    Good,
    /// To be known.
    Info,
    /// To be mended.
    Bad,
    /// The line at the top and at the bottom.
    Bar,
    /// Lines around things.
    Frame,
    /// The cameras.
    Scene,
    /// Dark on light, whatever the terminal thinks.
    Paper,
}

/// Characters and colours of one kind of terminal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Theme {
    pub(crate) ascii: bool,
    pub(crate) colors: Colors,
}

impl Theme {
    /// The style of a look.
    pub(crate) fn style(self, look: Look) -> Style {
        match self.colors {
            Colors::None => mono(look),
            Colors::Eight => coloured(look, &EIGHT),
            Colors::Many | Colors::Auto => coloured(look, &MANY),
        }
    }

    /// One or the other, by what the terminal can show.
    pub(crate) fn sign(self, utf8: &'static str, ascii: &'static str) -> &'static str {
        if self.ascii { ascii } else { utf8 }
    }

    /// Words as this terminal can show them.
    pub(crate) fn words(self, text: &str) -> String {
        if self.ascii { to_ascii(text) } else { text.to_owned() }
    }
}

/// Letters beyond ASCII, written out.
pub(crate) fn to_ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'Ä' => plain.push_str("Ae"),
            'Ö' => plain.push_str("Oe"),
            'Ü' => plain.push_str("Ue"),
            'ß' => plain.push_str("ss"),
            'à' | 'á' | 'â' | 'ã' | 'å' => plain.push('a'),
            'è' | 'é' | 'ê' | 'ë' => plain.push('e'),
            'ì' | 'í' | 'î' | 'ï' => plain.push('i'),
            'ò' | 'ó' | 'ô' | 'õ' => plain.push('o'),
            'ù' | 'ú' | 'û' => plain.push('u'),
            'ç' => plain.push('c'),
            'ñ' => plain.push('n'),
            '→' => plain.push_str("->"),
            '…' => plain.push_str("..."),
            '„' | '“' | '”' => plain.push('"'),
            '‘' | '’' | '‚' => plain.push('\''),
            '–' | '·' | '•' | '\u{a0}' => plain.push(if c == '\u{a0}' { ' ' } else { '-' }),
            c if c.is_ascii() => plain.push(c),
            _ => plain.push('?'),
        }
    }
    plain
}

struct Palette {
    quiet: Color,
    accent: Color,
    on_accent: Color,
    good: Color,
    info: Color,
    bad: Color,
    bar: Color,
    on_bar: Color,
    field: Color,
    on_field: Color,
    button: Color,
    on_button: Color,
    frame: Color,
    scene: Color,
    ink: Color,
    paper: Color,
}

/// Beyond the first sixteen, which a user may have changed.
const MANY: Palette = Palette {
    quiet: Color::Indexed(247),
    accent: Color::Indexed(117),
    on_accent: Color::Indexed(16),
    good: Color::Indexed(114),
    info: Color::Indexed(222),
    bad: Color::Indexed(210),
    bar: Color::Indexed(236),
    on_bar: Color::Indexed(252),
    field: Color::Indexed(237),
    on_field: Color::Indexed(255),
    button: Color::Indexed(239),
    on_button: Color::Indexed(255),
    frame: Color::Indexed(241),
    scene: Color::Indexed(240),
    ink: Color::Indexed(16),
    paper: Color::Indexed(231),
};

const EIGHT: Palette = Palette {
    quiet: Color::Gray,
    accent: Color::Cyan,
    on_accent: Color::Black,
    good: Color::Green,
    info: Color::Yellow,
    bad: Color::Red,
    bar: Color::Blue,
    on_bar: Color::Gray,
    field: Color::Reset,
    on_field: Color::Reset,
    button: Color::Blue,
    on_button: Color::Gray,
    frame: Color::Blue,
    scene: Color::Blue,
    ink: Color::Black,
    paper: Color::Gray,
};

fn coloured(look: Look, palette: &Palette) -> Style {
    let style = Style::new();
    match look {
        Look::Body => style,
        Look::Quiet => style.fg(palette.quiet),
        Look::Title => style.add_modifier(Modifier::BOLD),
        Look::Label => style.fg(palette.accent),
        Look::Field => style.fg(palette.on_field).bg(palette.field).add_modifier(Modifier::UNDERLINED),
        Look::Button => style.fg(palette.on_button).bg(palette.button),
        Look::Focus => style.fg(palette.on_accent).bg(palette.accent).add_modifier(Modifier::BOLD),
        Look::Good => style.fg(palette.good),
        Look::Info => style.fg(palette.info),
        Look::Bad => style.fg(palette.bad).add_modifier(Modifier::BOLD),
        Look::Bar => style.fg(palette.on_bar).bg(palette.bar),
        Look::Frame => style.fg(palette.frame),
        Look::Scene => style.fg(palette.scene),
        Look::Paper => style.fg(palette.ink).bg(palette.paper),
    }
}

fn mono(look: Look) -> Style {
    let style = Style::new();
    match look {
        Look::Body | Look::Quiet | Look::Label | Look::Good | Look::Info | Look::Frame | Look::Scene | Look::Button => {
            style
        }
        Look::Title | Look::Bad => style.add_modifier(Modifier::BOLD),
        Look::Field => style.add_modifier(Modifier::UNDERLINED),
        Look::Focus | Look::Bar | Look::Paper => style.add_modifier(Modifier::REVERSED),
    }
}
