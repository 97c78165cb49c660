//! Handing a challenge to the relay that it names.

use resetkit_protocol::{Problem, ScanAnswer, ScanRequest, TextSlip, from_url, to_text};
use std::time::Duration;
use ureq::Agent;

/// Largest answer that is read, in octets (R47).
const MAX_ANSWER: u64 = 64 * 1024;

/// How to reach the relay. There is no way to name another relay than the one in the challenge.
#[derive(Clone, Debug)]
pub struct Options {
    /// Longest wait for the whole exchange.
    pub timeout: Duration,
    /// Language of the relay's words, two letters.
    pub language: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(20), language: "en".into() }
    }
}

/// What the owner reads on the phone. There is no address and no code in it.
pub type Confirmation = ScanAnswer;

/// Sends the challenge in `url` (the text of the QR code) to the relay in its own address, by https, or by http to
/// this machine alone.
///
/// # Errors
/// [`ScanError`]; [`ScanError::next_step`] is never empty.
pub fn scan(url: &str, options: &Options) -> Result<Confirmation, ScanError> {
    let (prefix, octets) = from_url(url.trim()).map_err(ScanError::NotAChallenge)?;
    let prefix = prefix.to_ascii_lowercase();
    if !is_secure(&prefix) {
        return Err(ScanError::NotSecure);
    }
    let agent = agent(options.timeout);
    let request = ScanRequest { payload: to_text(&octets) };
    let mut response = agent
        .post(format!("{prefix}v1/scan"))
        .header("accept-language", &options.language)
        .send_json(&request)
        .map_err(|error| ScanError::Unreachable(error.to_string()))?;
    let accepted = response.status().is_success();
    let body = response.body_mut().with_config().limit(MAX_ANSWER);
    if accepted {
        return body.read_json().map_err(|_| ScanError::BadAnswer);
    }
    let problem: Problem = body.read_json().map_err(|_| ScanError::BadAnswer)?;
    Err(ScanError::Refused(Box::new(problem)))
}

/// Redirections would let a relay hand what it is told on to somebody else.
pub(crate) fn agent(timeout: Duration) -> Agent {
    Agent::config_builder()
        .timeout_global(Some(timeout))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .build()
        .into()
}

/// https anywhere, http on loopback only (5.9). Expects lower case.
pub(crate) fn is_secure(prefix: &str) -> bool {
    let Some(rest) = prefix.strip_prefix("http://") else {
        return prefix.starts_with("https://");
    };
    let host = rest.split('/').next().unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    ["127.0.0.1", "localhost", "[::1]"].contains(&host)
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
            ScanError::Unreachable(_) => {
                "Check this phone's network and scan again; the code on the screen stays valid.".into()
            }
            ScanError::BadAnswer => "Wait a minute and scan again.".into(),
            ScanError::Refused(problem) => problem.next_step.clone(),
        }
    }
}
