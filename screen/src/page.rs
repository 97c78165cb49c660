//! What stands on a screen, in words and parts. Both faces draw the same page: one with a cursor, one line by line.

use crate::code::Style;

/// A page of the story.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Stable; another id is another page.
    pub(crate) id: String,
    /// Drawn over the live picture.
    pub(crate) title: String,
    /// Where on the way.
    pub(crate) step: Option<Step>,
    /// From top to bottom.
    pub(crate) blocks: Vec<Block>,
    /// What may be done; the first one is what Enter in a field does.
    pub(crate) buttons: Vec<Button>,
    /// A QR code.
    pub(crate) picture: Option<Picture>,
    /// The picture of the cameras, and nothing else.
    pub(crate) live: bool,
    /// The device works on something; nothing is to be typed.
    pub(crate) busy: bool,
}

/// Where on the way in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// From 1.
    pub(crate) at: usize,
    /// Steps of this way.
    pub(crate) of: usize,
    pub(crate) name: String,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// Words.
    Text(String),
    /// Words of less weight.
    Quiet(String),
    /// Numbered.
    Steps(Vec<String>),
    /// Something happened.
    Note(Note),
    /// Names and values.
    Facts(Vec<(String, String)>),
    /// Something to type.
    Field(Field),
    /// A bar: done, of, words.
    Progress(u32, u32, String),
    /// A way that is not open: its name, code, and why.
    Closed(String, String, String),
    /// To be read out or copied, whole.
    Plain(String),
    /// A heading within the page.
    Heading(String),
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) tone: Tone,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) reasons: Vec<String>,
    /// With its label, such as *Error E-101*.
    pub(crate) code: String,
}

/// How a message is meant. Each has a sign of its own, so that colour is never all (WCAG 1.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// It went well.
    Good,
    /// To be known.
    Info,
    /// To be mended.
    Bad,
}

/// Which field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldId {
    /// The account's name.
    Account,
    /// A password, old or new.
    Password,
    /// An e-mail address.
    Email,
    /// The security code.
    Code(Style),
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) id: FieldId,
    pub(crate) label: String,
    pub(crate) help: String,
    /// Shown as dots.
    pub(crate) hidden: bool,
}

/// What is done when a button is pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Do {
    /// The log-in prompt.
    ToLogIn,
    /// The live view.
    ToLive,
    /// Home, for who is logged in.
    ToHome,
    /// The open requests.
    ToRequests,
    /// The first set-up, again.
    ToSetUp,
    /// Log in with what is typed.
    LogIn,
    /// Log out.
    LogOut,
    /// *Forgot password*.
    Forgot,
    /// Set up with what is typed.
    SetUp,
    /// The consequence of having no address.
    AskSkip,
    /// Set up without an address.
    SetUpWithoutEmail,
    /// A test code.
    TestCode,
    /// The owner knows of the reset.
    Acknowledge,
    /// Cancel a request.
    CancelPending(String),
    /// The recovery codes.
    ToCodes,
    /// How ready recovery is.
    ToReady,
    /// Who still has the old password.
    ToAfter,
    /// They are told the new one.
    UpdateClients,
    /// The owner told this one himself.
    ByHand(String),
    /// The owner knows of them.
    AcknowledgeClients,
    /// The doctor looks.
    AskDoctor,
    /// What goes when the device gets a new owner.
    ToHandOver,
    /// ... and the password for it.
    ToHandOverNow,
    /// It gets one.
    HandOver,
    /// A new sheet of them.
    MakeCodes,
    /// One of them, typed back.
    TypeBack,
    /// What the picture says, as a file on a stick.
    Export,
    /// A word of the session.
    Say(&'static str),
    /// The code.
    TypeCode,
    /// The new password.
    SetPassword,
    /// A way.
    Choose(String),
    /// A button of the method.
    Press(String),
    /// Start again after the end.
    StartAgain,
    /// Show or hide what is typed.
    Show,
    /// The picture as text, or as a picture again.
    AsText,
    /// Another language.
    Language,
}

/// Where a button stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rank {
    /// The way on.
    First,
    /// One of several ways on.
    Choice,
    /// A way round.
    More,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Button {
    pub(crate) does: Do,
    pub(crate) label: String,
    /// A second line, such as what is lost.
    pub(crate) detail: String,
    pub(crate) rank: Rank,
    pub(crate) key: Option<Key>,
}

/// A key that presses a button wherever the focus is. The same act has the same key on every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    /// A function key.
    F(u8),
    /// The escape key.
    Esc,
    /// A digit, on pages where nothing is typed.
    Digit(u8),
}

impl Button {
    /// The way on.
    pub(crate) fn first(does: Do, label: String) -> Self {
        Self { does, label, detail: String::new(), rank: Rank::First, key: None }
    }

    /// A way round, with its key.
    pub(crate) fn more(does: Do, label: String, key: Key) -> Self {
        Self { does, label, detail: String::new(), rank: Rank::More, key: Some(key) }
    }
}

/// The modules of a QR code with its quiet zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    side: usize,
    dark: Vec<bool>,
    /// What it says, for those without a camera (R35).
    pub(crate) text: String,
    /// What a screen reader says.
    pub(crate) label: String,
}

impl Picture {
    /// Reads half blocks; a block stands for light. `None` for anything that is not a square of them.
    pub(crate) fn read(half_blocks: &str, text: &str, label: &str) -> Option<Self> {
        let lines: Vec<&str> = half_blocks.lines().filter(|line| !line.is_empty()).collect();
        let side = lines.first()?.chars().count();
        let rows = lines.iter().flat_map(|line| [(*line, ['█', '▀']), (*line, ['█', '▄'])]);
        let dark: Vec<bool> =
            rows.take(side).flat_map(|(line, light)| line.chars().map(move |c| !light.contains(&c))).collect();
        (side > 0 && dark.len() == side * side).then(|| Self {
            side,
            dark,
            text: text.to_owned(),
            label: label.to_owned(),
        })
    }

    /// Modules along a side, with the quiet zone.
    pub(crate) fn side(&self) -> usize {
        self.side
    }

    /// Whether the module is dark; what lies outside is light, as paper is.
    pub(crate) fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && y < self.side && self.dark.get(y * self.side + x).copied().unwrap_or(false)
    }
}

impl Page {
    /// Its fields, from top to bottom.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Field(field) => Some(field),
            Block::Text(_)
            | Block::Quiet(_)
            | Block::Steps(_)
            | Block::Note(_)
            | Block::Facts(_)
            | Block::Progress(..)
            | Block::Closed(..)
            | Block::Plain(_)
            | Block::Heading(_) => None,
        })
    }

    /// The button that this key presses.
    pub(crate) fn pressed_by(&self, key: Key) -> Option<&Button> {
        self.buttons.iter().find(|button| button.key == Some(key))
    }
}
