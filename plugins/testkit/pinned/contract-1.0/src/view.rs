//! What a method shows: text ids with arguments and pictures, never finished sentences.

use abi_stable::StableAbi;
use abi_stable::std_types::{RString, RVec};
use serde::{Deserialize, Serialize};

/// One screenful of a method, drawn by the daemon's web page, the local screen or an integrator's own.
#[repr(C)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct View {
    /// The heading.
    pub title: Text,
    /// From top to bottom; at most [`View::MOST_PARTS`].
    pub parts: RVec<Part>,
}

impl View {
    /// The most parts a view may have; the host refuses more.
    pub const MOST_PARTS: usize = 32;

    /// An empty view with this heading.
    pub fn titled(title: Text) -> View {
        View { title, parts: RVec::new() }
    }

    /// Adds a part at the bottom.
    #[must_use]
    pub fn with(mut self, part: Part) -> View {
        self.parts.push(part);
        self
    }

    /// The QR code of this view, if it shows one.
    pub fn qr(&self) -> Option<&Qr> {
        self.parts.iter().find_map(|part| match part {
            Part::Qr(qr) => Some(qr),
            Part::Paragraph(_)
            | Part::Steps(_)
            | Part::AddressHint(_)
            | Part::RequestNumber(_)
            | Part::TriesLeft(_)
            | Part::MinutesLeft(_)
            | Part::Warning(_)
            | Part::Progress { .. }
            | Part::Action(_) => None,
        })
    }

    /// The actions that this view offers, in order.
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        self.parts.iter().filter_map(|part| match part {
            Part::Action(action) => Some(action),
            Part::Paragraph(_)
            | Part::Steps(_)
            | Part::AddressHint(_)
            | Part::RequestNumber(_)
            | Part::TriesLeft(_)
            | Part::MinutesLeft(_)
            | Part::Warning(_)
            | Part::Progress { .. }
            | Part::Qr(_) => None,
        })
    }
}

/// One piece of a view.
#[repr(u8)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub enum Part {
    /// Running text.
    Paragraph(Text),
    /// Numbered steps.
    Steps(RVec<Text>),
    /// A QR code in every shape that a screen may need.
    Qr(Qr),
    /// The address on file, partly hidden (R64). The host lets only the very text of `StartInfo` through.
    AddressHint(RString),
    /// The request number, such as `0042`.
    RequestNumber(RString),
    /// Comparisons left.
    TriesLeft(u8),
    /// Powered minutes left.
    MinutesLeft(u16),
    /// Something to mind.
    Warning(Text),
    /// Something to press.
    Action(Action),
    /// How far something has come: the seconds of a hold, the steps of a mail.
    Progress {
        /// How much of it is done; never more than `of`.
        done: u32,
        /// How much there is; at least 1.
        of: u32,
        /// What it is that goes forward, for those who do not see the bar.
        label: Text,
    },
}

/// A Fluent message id with its arguments; the brand's locale files hold the sentence.
#[repr(C)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct Text {
    /// Kebab-case, beginning with the method's id, such as `companion-step-scan`.
    pub id: RString,
    /// Values for the message's placeables.
    pub args: RVec<Arg>,
}

impl Text {
    /// The most characters of a text id or argument name.
    pub const LONGEST_ID: usize = 64;

    /// A text without arguments.
    pub fn id(id: &str) -> Text {
        Text { id: id.into(), args: RVec::new() }
    }

    /// Adds an argument in words.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<RString>) -> Text {
        self.args.push(Arg { name: name.into(), value: ArgValue::Words(value.into()) });
        self
    }

    /// Adds a number, which Fluent may use to choose a plural.
    #[must_use]
    pub fn with_number(mut self, name: &str, value: i64) -> Text {
        self.args.push(Arg { name: name.into(), value: ArgValue::Number(value) });
        self
    }
}

/// One argument of a text.
#[repr(C)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct Arg {
    /// The placeable's name without `$`.
    pub name: RString,
    /// What to put there.
    pub value: ArgValue,
}

/// An argument's value.
#[repr(u8)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub enum ArgValue {
    /// Shown as it is, escaped by whoever shows it.
    Words(RString),
    /// A number.
    Number(i64),
}

/// Something the owner may press; comes back as [`MethodEvent::Action`](crate::MethodEvent::Action).
#[repr(C)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct Action {
    /// Kebab-case, such as `new-code`.
    pub id: RString,
    /// What stands on the button.
    pub label: Text,
}

/// A QR code (R34, R35). The host draws it: a method gives payload and label, see [`Qr::of`], and whatever it puts into the
/// pictures is thrown away, so that no picture can show another payload than the one that was checked.
#[repr(C)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct Qr {
    /// An SVG document with its own white ground and quiet zone, so that no theme inverts it. Drawn by the host.
    pub svg: RString,
    /// A greyscale PNG with quiet zone, `px_per_module` pixels a module. Drawn by the host.
    pub png: RVec<u8>,
    /// Two modules a character, lines separated by `\n`, quiet zone included. Characters stand for *light*: show them white
    /// on black. Drawn by the host.
    pub half_blocks: RString,
    /// Modules along one side, without the quiet zone. Filled in by the host.
    pub modules: u16,
    /// Pixels a module in `png`; a screen that scales the SVG itself should keep to a whole number of at least this. Filled
    /// in by the host.
    pub px_per_module: u16,
    /// The payload as text, for those without a camera: the address of the last `Sealed`, nothing else.
    pub payload: RString,
    /// What a screen reader says in place of the picture.
    pub label: Text,
}

impl Qr {
    /// What a method says of a QR code; the host draws it for the screen that shows it.
    #[must_use]
    pub fn of(payload: impl Into<RString>, label: Text) -> Qr {
        Qr {
            svg: RString::new(),
            png: RVec::new(),
            half_blocks: RString::new(),
            modules: 0,
            px_per_module: 0,
            payload: payload.into(),
            label,
        }
    }
}
