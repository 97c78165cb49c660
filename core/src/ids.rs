//! Names of things, one type each, so that none can stand where another belongs.

use alloc::sync::Arc;
use core::fmt;

/// Longest method id in octets.
pub const METHOD_ID_MAX: usize = 32;
/// Longest account name in octets (R47); ONVIF and PAM names are shorter.
pub const ACCOUNT_NAME_MAX: usize = 64;

/// One owner's attempt: 16 random octets drawn by the daemon.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId([u8; 16]);

impl SessionId {
    /// Takes 16 octets of the daemon's random generator.
    #[must_use]
    pub const fn from_octets(octets: [u8; 16]) -> Self {
        Self(octets)
    }

    /// The octets, as the journal writes them.
    #[must_use]
    pub const fn octets(&self) -> [u8; 16] {
        self.0
    }
}

impl fmt::Display for SessionId {
    /// 32 lower-case hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionId({self})")
    }
}

/// Why a name was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameError {
    /// Nothing was given.
    Empty,
    /// More octets than the type allows.
    TooLong {
        /// The most octets allowed.
        max: usize,
    },
    /// A character that the type does not allow.
    Character,
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the name is empty"),
            Self::TooLong { max } => write!(f, "the name is longer than {max} octets"),
            Self::Character => f.write_str("the name has a character that is not allowed"),
        }
    }
}

impl core::error::Error for NameError {}

/// Id of a recovery method: `a-z`, `0-9` and `-`, starting with a letter, at most 32 octets.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MethodId(Arc<str>);

impl MethodId {
    /// Takes a method id.
    ///
    /// # Errors
    /// [`NameError`] if it is empty, too long or has another character.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        check_length(text, METHOD_ID_MAX)?;
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !text.starts_with(|c: char| c.is_ascii_lowercase()) || !text.chars().all(allowed) {
            return Err(NameError::Character);
        }
        Ok(Self(text.into()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MethodId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Name of the account whose password is to be set. Bound when the session opens and never changed (F19).
///
/// Compared byte for byte: no folding of case or form, so that no other name maps onto it (F10).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountName(Arc<str>);

impl AccountName {
    /// Takes an account name: any characters but control characters, at most 64 octets.
    ///
    /// # Errors
    /// [`NameError`] if it is empty, too long or has a control character.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        check_length(text, ACCOUNT_NAME_MAX)?;
        if text.chars().any(char::is_control) {
            return Err(NameError::Character);
        }
        Ok(Self(text.into()))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn check_length(text: &str, max: usize) -> Result<(), NameError> {
    if text.is_empty() {
        Err(NameError::Empty)
    } else if text.len() > max {
        Err(NameError::TooLong { max })
    } else {
        Ok(())
    }
}

/// Number of a challenge: strictly increasing on one device and durable before display (R32).
///
/// The owner sees it as *request number*, at least four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Counter(u32);

impl Counter {
    /// The counter of this value.
    #[must_use]
    pub const fn new(value: u32) -> Self {
        Self(value)
    }

    /// The value, as header and journal carry it.
    #[must_use]
    pub const fn value(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

/// Ties an answer to the effect it answers.
///
/// Every effect that is answered carries one, every answer brings it back; an answer with another ticket is
/// late or false and is ignored. Tickets only grow within a session, so no answer is taken for a later question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(u32);

impl Ticket {
    /// A ticket of this value; the engine draws its own, this is for stores and tests.
    #[must_use]
    pub const fn new(value: u32) -> Self {
        Self(value)
    }

    /// The value.
    #[must_use]
    pub const fn value(self) -> u32 {
        self.0
    }
}

/// A staged change of a password in the account back end, named by the back end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransactionId(u64);

impl TransactionId {
    /// The transaction of this value.
    #[must_use]
    pub const fn new(value: u64) -> Self {
        Self(value)
    }

    /// The value.
    #[must_use]
    pub const fn value(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn request_numbers_have_at_least_four_digits() {
        assert_eq!(Counter::new(42).to_string(), "0042");
        assert_eq!(Counter::new(123_456).to_string(), "123456");
    }

    #[test]
    fn r47_names_are_bounded_and_clean() {
        assert_eq!(MethodId::parse(""), Err(NameError::Empty));
        assert_eq!(MethodId::parse("../x"), Err(NameError::Character));
        assert_eq!(MethodId::parse("-x"), Err(NameError::Character));
        assert!(MethodId::parse(&"a".repeat(METHOD_ID_MAX)).is_ok());
        assert_eq!(MethodId::parse(&"a".repeat(33)), Err(NameError::TooLong { max: 32 }));
        assert_eq!(AccountName::parse("a\nb"), Err(NameError::Character));
        assert_eq!(AccountName::parse("a\u{85}b"), Err(NameError::Character));
        assert!(AccountName::parse("Ädmin ☺").is_ok());
    }

    #[test]
    fn f10_account_names_are_never_folded() {
        let plain = AccountName::parse("admin").unwrap();
        for other in ["Admin", "ADMIN", "adm\u{131}n", "ａdmin", "admin "] {
            assert_ne!(AccountName::parse(other).unwrap(), plain, "{other}");
        }
    }
}
