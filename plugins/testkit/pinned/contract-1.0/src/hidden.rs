//! Text that must not be read by whoever prints a message.

use std::fmt;

use abi_stable::StableAbi;
use abi_stable::std_types::RString;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// A secret in words: redacted by every `Debug`, overwritten when it is dropped. Only [`expose`](Hidden::expose) shows it.
#[repr(transparent)]
#[derive(Clone, Default, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct Hidden(RString);

impl Hidden {
    /// The secret itself, for the one place that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Hidden {
    fn from(text: &str) -> Hidden {
        Hidden(text.into())
    }
}

impl From<String> for Hidden {
    /// Takes the buffer over without a copy.
    fn from(text: String) -> Hidden {
        Hidden(text.into())
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        std::mem::take(&mut self.0).into_bytes().as_mut_slice().zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r15_a_hidden_text_is_not_printed_and_not_changed() {
        let code = Hidden::from("7ZX-0KM-41Q");
        assert_eq!(format!("{code:?} {:?}", Some(code.clone())), "[hidden] Some([hidden])");
        assert_eq!(code.expose(), "7ZX-0KM-41Q");
    }
}
