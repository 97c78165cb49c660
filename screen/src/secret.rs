//! What nobody else may read: codes and passwords while they are typed.

use std::fmt;

use zeroize::Zeroizing;

/// Octets that a typed secret may have. Its memory is taken once, so that growing leaves no copy behind.
const ROOM: usize = 2048;

/// A secret being typed. Its memory is wiped when it is cleared or dropped; `Debug` never shows it.
pub(crate) struct Secret(Zeroizing<String>);

impl Secret {
    /// Nothing typed yet.
    pub(crate) fn new() -> Self {
        Self(Zeroizing::new(String::with_capacity(ROOM)))
    }

    /// What `text` holds, as far as there is room.
    pub(crate) fn of(text: &str) -> Self {
        let mut secret = Self::new();
        text.chars().for_each(|c| secret.push(c));
        secret
    }

    /// Adds a character; beyond the room nothing is taken.
    pub(crate) fn push(&mut self, c: char) {
        if self.0.len() + c.len_utf8() <= ROOM {
            self.0.push(c);
        }
    }

    /// Takes the last character away.
    pub(crate) fn pop(&mut self) {
        self.0.pop();
    }

    /// Hands it over and starts anew.
    pub(crate) fn take(&mut self) -> Self {
        std::mem::replace(self, Self::new())
    }

    /// How many characters it has.
    pub(crate) fn count(&self) -> usize {
        self.0.chars().count()
    }

    /// Whether anything was typed.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The secret itself.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r15_a_secret_is_not_shown_and_never_grows_out_of_its_memory() {
        let mut secret = Secret::of("canary");
        let place = secret.expose().as_ptr();
        (0..5000).for_each(|_| secret.push('ß'));
        assert_eq!(secret.expose().as_ptr(), place, "growing would leave a copy behind");
        assert!(secret.expose().len() <= ROOM);
        assert!(!format!("{secret:?}").contains("canary"));
        let taken = secret.take();
        assert!(secret.is_empty() && !taken.is_empty());
    }
}
