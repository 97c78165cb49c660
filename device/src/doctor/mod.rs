//! The doctor: looks at everything that recovery stands on, one check after the other's name, and says in plain words what is
//! the matter and what to do. It changes nothing, names no address, no host and no secret.
//!
//! ```text
//!   link ─ names ─ time ─ relay ─ mail server ─ mail encryption ─ mail log-in ─ button ─ QR code ─ storage
//! ```
//!
//! The three about mail are one real attempt: the method that mails codes logs in and leaves, so that what is tried is what
//! will be used. Everything has a bound; the slowest is a mail server that never says a word.

mod panel;
mod report;

use std::sync::Arc;
use std::time::Duration;

use resetkit_core::{Fact, Facts, FailureKind};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

use crate::after::mailing::{Errand, Post};
use crate::daemon::Ground;
use crate::problem::Slip;
use crate::readiness::Light;

pub(crate) use panel::qr_fits;
pub(crate) use report::{ReportOf, report};

/// Longest for the resolver.
const NAMES_WITHIN: Duration = Duration::from_secs(5);
/// Longest for the storage: flash that takes longer is worn.
const STORAGE_WITHIN: Duration = Duration::from_secs(5);

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// An interface is up.
    Link,
    /// Names are resolved.
    Names,
    /// The clock can be believed.
    Time,
    /// The brand's relay key is there.
    Relay,
    /// The mail server answers.
    MailServer,
    /// It is who it says, and encrypted (R67).
    MailTls,
    /// It lets the device in.
    MailLogIn,
    /// The reset button.
    Button,
    /// Codes can be scanned from this panel.
    Qr,
    /// What is decided can be kept.
    Storage,
}

impl Check {
    /// Stable word; texts begin with it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Names => "names",
            Self::Time => "time",
            Self::Relay => "relay",
            Self::MailServer => "mail-server",
            Self::MailTls => "mail-tls",
            Self::MailLogIn => "mail-log-in",
            Self::Button => "button",
            Self::Qr => "qr",
            Self::Storage => "storage",
        }
    }
}

/// What came of it: a word of the check, `doctor-<check>-<word>` says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The check.
    pub check: Check,
    /// The word, such as `ok`.
    pub word: &'static str,
    /// How bad it is; none: it does not concern this device.
    pub light: Option<Light>,
    /// The line of the catalogue, where there is one.
    pub failure: Option<FailureKind>,
}

impl Finding {
    const fn ok(check: Check) -> Self {
        Self { check, word: "ok", light: Some(Light::Green), failure: None }
    }

    const fn not_here(check: Check) -> Self {
        Self { check, word: "none", light: None, failure: None }
    }

    const fn of(check: Check, word: &'static str, light: Light, failure: Option<FailureKind>) -> Self {
        Self { check, word, light: Some(light), failure }
    }
}

/// The button as the daemon knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ButtonSeen {
    /// The model has none.
    None,
    /// The line cannot be read.
    Lost,
    /// It has been down for longer than any hold.
    Stuck,
    /// It was pressed and released a moment ago.
    Pressed,
    /// It can be read; nobody has pressed it lately.
    Waiting,
    /// Another program holds its line.
    NotLooked,
}

/// What the loop knows, as the doctor comes.
pub struct Patient {
    /// Configuration and keys.
    pub(crate) ground: Arc<Ground>,
    /// What the probes found.
    pub(crate) facts: Facts,
    /// The wall clock was ever set.
    pub(crate) clock_set: bool,
    /// The button.
    pub(crate) button: ButtonSeen,
    /// The last write worked.
    pub(crate) storage: bool,
}

/// Looks at everything. Takes seconds: off the loop, and one at a time.
///
/// # Errors
/// [`Slip::Busy`] while another one is at it.
pub async fn examine(patient: &Patient) -> Result<Vec<Finding>, Slip> {
    let turn = Arc::new(patient.ground.turns.doctor.take()?);
    let names = names(patient);
    let mail = mail(patient);
    // Storage that hangs keeps the turn, and the next one off.
    let storage = storage(patient, Arc::clone(&turn));
    let (names, mail, storage) = tokio::join!(names, mail, storage);
    let mut findings = vec![link(patient), names, time(patient), relay(patient)];
    findings.extend(mail);
    findings.extend([button(patient.button), qr_fits(&patient.ground), storage]);
    drop(turn);
    Ok(findings)
}

fn link(patient: &Patient) -> Finding {
    if patient.facts.has(Fact::NetworkUp) {
        Finding::ok(Check::Link)
    } else {
        // The owner's telephone needs a network, the device does not: only its own mail stops.
        Finding::of(Check::Link, "down", Light::Amber, Some(FailureKind::NoNetwork))
    }
}

async fn names(patient: &Patient) -> Finding {
    let smtp = patient.ground.config.site.connections.smtp.as_ref();
    let host = smtp.map(|smtp| smtp.host.trim_matches(['[', ']']).to_owned());
    if host.is_none_or(|host| host.parse::<std::net::IpAddr>().is_ok()) {
        return Finding::not_here(Check::Names);
    }
    match timeout(NAMES_WITHIN, patient.ground.connector.knows_the_name()).await {
        Ok(true) => Finding::ok(Check::Names),
        Ok(false) => Finding::of(Check::Names, "unknown", Light::Red, Some(FailureKind::SmtpUnreachable)),
        Err(_) => Finding::of(Check::Names, "slow", Light::Red, Some(FailureKind::SmtpUnreachable)),
    }
}

fn time(patient: &Patient) -> Finding {
    match (patient.clock_set, patient.facts.has(Fact::ClockTrusted)) {
        (true, true) => Finding::ok(Check::Time),
        // Nothing of recovery reads the wall clock (R17); certificates are then judged by the build's date (R68).
        (true, false) => Finding::of(Check::Time, "untrusted", Light::Green, None),
        (false, _) => Finding::of(Check::Time, "never-set", Light::Green, None),
    }
}

fn relay(patient: &Patient) -> Finding {
    if patient.facts.has(Fact::RelayKey) {
        Finding::ok(Check::Relay)
    } else {
        Finding::of(Check::Relay, "no-key", Light::Red, Some(FailureKind::RelayNotSetUp))
    }
}

/// Connection, encryption, log-in: one attempt, and where it ended.
async fn mail(patient: &Patient) -> [Finding; 3] {
    let all = [Check::MailServer, Check::MailTls, Check::MailLogIn];
    let none = all.map(Finding::not_here);
    if patient.ground.config.site.connections.smtp.is_none() {
        return none;
    }
    let Some(post) = Post::of(&patient.ground, &patient.ground.config.site.language) else { return none };
    let [server, tls, log_in] = all;
    let later = |check| Finding { check, word: "not-reached", light: None, failure: None };
    if !patient.facts.has(Fact::SmtpSet) {
        let unusable = Finding::of(server, "unusable", Light::Red, Some(FailureKind::SmtpNotSet));
        return [unusable, later(tls), later(log_in)];
    }
    match post.run(Errand::LogIn).await {
        Ok(()) => all.map(Finding::ok),
        Err(kind @ FailureKind::SmtpNotSecure) => {
            [Finding::ok(server), Finding::of(tls, "failed", Light::Red, Some(kind)), later(log_in)]
        }
        Err(kind @ FailureKind::SmtpLoginRefused) => {
            [Finding::ok(server), Finding::ok(tls), Finding::of(log_in, "failed", Light::Red, Some(kind))]
        }
        Err(kind) => [Finding::of(server, "failed", Light::Red, Some(kind)), later(tls), later(log_in)],
    }
}

fn button(seen: ButtonSeen) -> Finding {
    match seen {
        ButtonSeen::None => Finding::not_here(Check::Button),
        ButtonSeen::Lost => Finding::of(Check::Button, "lost", Light::Red, Some(FailureKind::ButtonLost)),
        ButtonSeen::Stuck => Finding::of(Check::Button, "stuck", Light::Red, Some(FailureKind::ButtonStuck)),
        ButtonSeen::Pressed => Finding::ok(Check::Button),
        ButtonSeen::NotLooked => Finding { check: Check::Button, word: "not-looked", light: None, failure: None },
        ButtonSeen::Waiting => Finding::of(Check::Button, "waiting", Light::Amber, Some(FailureKind::PressNotSeen)),
    }
}

/// A file is written, read and made empty again, in the folder of the state.
async fn storage(patient: &Patient, turn: Arc<OwnedSemaphorePermit>) -> Finding {
    let bad = |word| Finding::of(Check::Storage, word, Light::Red, Some(FailureKind::StoreFailed));
    if !patient.storage {
        return bad("failed");
    }
    let folder = patient.ground.config.site.state_dir.clone();
    let tried = tokio::task::spawn_blocking(move || {
        let file = folder.join("doctor.tmp");
        let works =
            std::fs::write(&file, b"doctor").is_ok() && std::fs::read(&file).is_ok_and(|read| read == b"doctor");
        // Whatever is left of it says nothing.
        let _ = std::fs::remove_file(&file);
        drop(turn);
        works
    });
    match timeout(STORAGE_WITHIN, tried).await {
        Ok(Ok(true)) => Finding::ok(Check::Storage),
        Ok(Ok(false) | Err(_)) => bad("failed"),
        Err(_) => bad("slow"),
    }
}

#[cfg(test)]
mod tests;
