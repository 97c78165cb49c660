//! Passwords that everybody tries first (R53). Works offline; the owner is shown the reason, never the list.
//!
//! The list holds common passwords of eight characters and more. A minimum of fifteen would leave few of them, so a password
//! is also refused when it is *made of* what is common: one entry twice, two entries in a row, an entry with a tail of digits.

use resetkit_core::PasswordFlaw;

/// Why a password is refused. Each has a text `password-flaw-…` in the locale files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocked {
    /// On the list of common passwords, or made of its entries.
    Common,
    /// One short piece over and over, or a row of the keyboard or the alphabet.
    Pattern,
    /// Little more than a name that stands on the device: brand, model, serial number.
    DeviceName,
    /// Little more than the account's name.
    AccountName,
    /// The password that is being replaced.
    OldPassword,
}

impl Blocked {
    /// Every reason, for tests of the texts.
    pub const ALL: [Blocked; 5] =
        [Blocked::Common, Blocked::Pattern, Blocked::DeviceName, Blocked::AccountName, Blocked::OldPassword];

    /// The engine's word for it.
    #[must_use]
    pub fn flaw(self) -> PasswordFlaw {
        match self {
            Blocked::Common | Blocked::Pattern => PasswordFlaw::Common,
            Blocked::DeviceName | Blocked::AccountName => PasswordFlaw::Guessable,
            Blocked::OldPassword => PasswordFlaw::Unchanged,
        }
    }

    /// Id of the text that tells the owner.
    #[must_use]
    pub fn text_id(self) -> &'static str {
        match self {
            Blocked::Common => "password-flaw-common",
            Blocked::Pattern => "password-flaw-pattern",
            Blocked::DeviceName => "password-flaw-device-name",
            Blocked::AccountName => "password-flaw-account-name",
            Blocked::OldPassword => "password-flaw-old",
        }
    }
}

/// What belongs to this device and owner.
#[derive(Default)]
pub struct PasswordContext<'a> {
    /// Brand, model, product name, serial number, nickname: whatever a passer-by can read.
    pub device_names: &'a [&'a str],
    /// Name of the account.
    pub account: &'a str,
    /// Tells whether a password is the one being replaced. Asked last, since it hashes.
    pub is_old_password: Option<&'a dyn Fn(&str) -> bool>,
}

/// A set of common passwords.
#[derive(Debug, Clone, Copy)]
pub struct Blocklist {
    /// Lower case, sorted, one a line.
    lines: &'static str,
}

/// The rows that fingers walk along; either direction counts.
const ROWS: [&str; 7] =
    ["01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm"];
/// A name counts when the rest has fewer characters than this: `Recorder-2024` is the name `recorder`.
const REST_OF_ITS_OWN: usize = 8;

impl Blocklist {
    /// The embedded list (`data/common-passwords.txt`, its origin in `data/NOTICE`).
    #[must_use]
    pub fn builtin() -> Blocklist {
        Blocklist { lines: include_str!("../data/common-passwords.txt") }
    }

    /// How many passwords the list holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.lines().count()
    }

    /// Whether the list is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Every entry, in lower case.
    pub fn entries(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.lines.lines()
    }

    /// Why this password is refused, or `None` when it may be used. Upper and lower case are the same.
    #[must_use]
    pub fn reason(&self, password: &str, context: &PasswordContext<'_>) -> Option<Blocked> {
        let lower = password.to_lowercase();
        if self.is_common(&lower) {
            return Some(Blocked::Common);
        }
        if is_pattern(&lower) {
            return Some(Blocked::Pattern);
        }
        if is_mostly(&lower, context.account) {
            return Some(Blocked::AccountName);
        }
        if context.device_names.iter().any(|name| is_mostly(&lower, name)) {
            return Some(Blocked::DeviceName);
        }
        context.is_old_password.filter(|is_old| is_old(password)).map(|_| Blocked::OldPassword)
    }

    fn is_common(&self, lower: &str) -> bool {
        let tailless = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
        let ends = (1..lower.len()).filter(|end| lower.is_char_boundary(*end));
        self.holds(lower)
            || (tailless.len() >= 8 && self.holds(tailless))
            || ends.into_iter().any(|end| self.holds(&lower[..end]) && self.holds(&lower[end..]))
    }

    /// Binary search over the sorted lines without building a table: a device has no memory to give away.
    fn holds(&self, entry: &str) -> bool {
        let text = self.lines.as_bytes();
        let (mut low, mut high) = (0, text.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start = text[..middle].iter().rposition(|octet| *octet == b'\n').map_or(0, |at| at + 1);
            let end = text[middle..].iter().position(|octet| *octet == b'\n').map_or(text.len(), |at| middle + at);
            match text[start..end].cmp(entry.as_bytes()) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => low = end + 1,
                std::cmp::Ordering::Greater => high = start,
            }
        }
        false
    }
}

/// One piece of at most four characters over and over, or nothing but steps along rows.
fn is_pattern(lower: &str) -> bool {
    let letters: Vec<char> = lower.chars().collect();
    let repeats =
        |piece: usize| letters.len() > 2 * piece && letters.iter().zip(&letters[piece..]).all(|(a, b)| a == b);
    let pieces = 1..=4;
    if pieces.into_iter().any(|piece| letters.len() > piece && repeats(piece)) {
        return true;
    }
    let steps = letters.windows(2).filter(|pair| is_step(pair[0], pair[1])).count();
    // Three rows in a row, as in `qwertyuiopasdfghjkl`, have two breaks.
    letters.len() >= 8 && steps + 3 >= letters.len()
}

fn is_step(from: char, to: char) -> bool {
    from == to
        || ROWS
            .iter()
            .any(|row| row.chars().zip(row.chars().skip(1)).any(|(a, b)| (a, b) == (from, to) || (b, a) == (from, to)))
}

/// Whether little is left of the password once the name and all spaces, hyphens and dots are gone.
fn is_mostly(lower: &str, name: &str) -> bool {
    let bare = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (password, name) = (bare(lower), bare(name));
    name.chars().count() >= 3
        && password.contains(&name)
        && password.replace(&name, "").chars().count() < REST_OF_ITS_OWN
}
