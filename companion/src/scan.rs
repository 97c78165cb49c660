//! Handing a challenge to the relay that it names.

use resetkit_protocol::{Problem, TextSlip};
use std::time::Duration;

/// How to reach the relay. There is no way to name another relay than the one in the challenge.
#[derive(Clone, Debug)]
pub struct Options {
    /// Longest wait for the whole exchange.
    pub timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(20) }
    }
}

/// What the owner reads on the phone.
pub type Confirmation = resetkit_protocol::ScanAnswer;

/// Sends the challenge in `url` (the text of the QR code) to the relay in its own address, by https, or by http to
/// this machine alone.
///
/// # Errors
/// [`ScanError`]; [`ScanError::next_step`] is never empty.
pub fn scan(url: &str, options: &Options) -> Result<Confirmation, ScanError> {
    let _ = (url, options);
    Err(ScanError::NotSecure)
}

/// Why a challenge was not taken.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ScanError {
    /// The text is no challenge.
    #[error("this is not a password-reset code: {0}")]
    NotAChallenge(TextSlip),
    /// Plain http to another machine.
    #[error("the code names a relay without encryption")]
    NotSecure,
    /// The relay could not be reached.
    #[error("the relay could not be reached: {0}")]
    Unreachable(String),
    /// The relay answered something else than the protocol says.
    #[error("the relay gave an answer that makes no sense")]
    BadAnswer,
    /// The relay refused.
    #[error("{} ({})", .0.title, .0.code)]
    Refused(Box<Problem>),
}

impl ScanError {
    /// What the owner can do now.
    #[must_use]
    pub fn next_step(&self) -> String {
        match self {
            ScanError::NotAChallenge(_) => "Scan the code on the device's Forgot-password screen.".into(),
            ScanError::NotSecure => "Do not go on; ask the support contact on the device's screen.".into(),
            ScanError::Unreachable(_) => "Check this phone's network and scan again; the code on the screen stays valid.".into(),
            ScanError::BadAnswer => "Wait a minute and scan again.".into(),
            ScanError::Refused(problem) => problem.next_step.clone(),
        }
    }
}
