//! What an owner can do in a session, by the words that pages and programs write.

use resetkit_core::{Event, MethodId, Secret};

use crate::problem::Slip;

/// One thing done, as it came in.
#[derive(Default)]
pub(crate) struct Written {
    /// The word.
    pub(crate) event: String,
    /// With `type-code`.
    pub(crate) code: Option<Secret<String>>,
    /// With `set-password`.
    pub(crate) password: Option<Secret<String>>,
    /// With `choose`.
    pub(crate) method: Option<String>,
    /// With `action`.
    pub(crate) action: Option<String>,
}

/// What it means.
#[derive(Debug)]
pub(crate) enum Act {
    /// For the engine.
    Event(Event),
    /// A button of the method's own view.
    Press(String),
}

impl Written {
    /// Reads it. A field that the word has no use for is refused (F17).
    ///
    /// # Errors
    /// [`Slip::Malformed`].
    pub(crate) fn read(self) -> Result<Act, Slip> {
        let Self { event, code, password, method, action } = self;
        let act = match (event.as_str(), code, password, method, action) {
            ("acknowledge", None, None, None, None) => Event::Acknowledged,
            ("choose", None, None, Some(method), None) => {
                Event::MethodChosen(MethodId::parse(&method).map_err(|_| Slip::Malformed)?)
            }
            ("another-way", None, None, None, None) => Event::TryAnotherWay,
            ("no-mail", None, None, None, None) => Event::NoMailCame,
            ("new-code", None, None, None, None) => Event::NewChallengeAsked,
            ("more-time", None, None, None, None) => Event::MoreTimeAsked,
            ("type-code", Some(code), None, None, None) => Event::CodeTyped(code),
            ("set-password", None, Some(password), None, None) => Event::PasswordTyped(password),
            ("cancel", None, None, None, None) => Event::Cancelled,
            ("action", None, None, None, Some(action)) => return Ok(Act::Press(action)),
            _ => return Err(Slip::Malformed),
        };
        Ok(Act::Event(act))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests {
    use super::*;

    fn word(event: &str) -> Written {
        Written { event: event.to_owned(), ..Written::default() }
    }

    #[test]
    fn f17_a_field_that_does_not_belong_to_the_word_is_refused() {
        assert!(word("cancel").read().is_ok());
        assert!(word("type-code").read().is_err(), "a code is missing");
        let with_password = Written { password: Some(Secret::new("x".into())), ..word("cancel") };
        assert_eq!(with_password.read().unwrap_err(), Slip::Malformed);
        let both = Written {
            code: Some(Secret::new("x".into())),
            password: Some(Secret::new("x".into())),
            ..word("type-code")
        };
        assert_eq!(both.read().unwrap_err(), Slip::Malformed);
        assert!(word("grant").read().is_err());
    }
}
