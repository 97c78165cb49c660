//! Readiness: which ways back in would work today, and what to do for those that would not.
//!
//! [`judge`] is pure: selections, switches and how mail went go in, a light for each way comes out. The page, the interface
//! and the metrics say what stands here.

mod metrics;

use resetkit_core::{Carries, FailureKind, Fixable, Loss, MethodId, ProofKind, Selection, Withheld};

pub use metrics::{Counts, metrics};

/// How ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    /// Would work today.
    Green,
    /// May fail on the day, or costs more than the password.
    Amber,
    /// Would not work.
    Red,
}

impl Light {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Green, Self::Amber, Self::Red];

    /// Stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

/// Why a way has its light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Nothing is in its way.
    Works,
    /// The address was entered, and no test code was ever typed back (R62).
    AddressNotTried,
    /// The last mail of this device did not leave.
    MailFailed(FailureKind),
    /// Few recovery codes are left.
    CodesRunLow,
    /// It works and destroys more than the password.
    LosesMore(Loss),
    /// The owner has switched it off (R90).
    SwitchedOff,
    /// It would not be offered.
    Withheld(FailureKind, Fixable),
}

impl Reason {
    /// Stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::AddressNotTried => "address-not-tried",
            Self::MailFailed(_) => "mail-failed",
            Self::CodesRunLow => "codes-run-low",
            Self::LosesMore(_) => "loses-more",
            Self::SwitchedOff => "switched-off",
            Self::Withheld(..) => "withheld",
        }
    }

    /// The line of the catalogue, where there is one.
    #[must_use]
    pub const fn failure(self) -> Option<FailureKind> {
        match self {
            Self::MailFailed(kind) | Self::Withheld(kind, _) => Some(kind),
            Self::AddressNotTried => Some(FailureKind::AddressUnconfirmed),
            Self::SwitchedOff => Some(FailureKind::MethodSwitchedOff),
            Self::Works | Self::CodesRunLow | Self::LosesMore(_) => None,
        }
    }

    /// Its light.
    #[must_use]
    pub const fn light(self) -> Light {
        match self {
            Self::Works => Light::Green,
            Self::AddressNotTried | Self::MailFailed(_) | Self::CodesRunLow | Self::LosesMore(_) => Light::Amber,
            Self::SwitchedOff | Self::Withheld(..) => Light::Red,
        }
    }

    /// Where the owner mends it.
    #[must_use]
    pub fn mend(self) -> Mend {
        match self {
            Self::AddressNotTried => Mend::TestCode,
            Self::CodesRunLow => Mend::Codes,
            Self::SwitchedOff => Mend::SwitchOn,
            Self::MailFailed(_) => Mend::Doctor,
            Self::Withheld(kind, fixable) => of_withheld(kind, fixable),
            Self::Works | Self::LosesMore(_) => Mend::Nowhere,
        }
    }
}

/// A page on which something can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mend {
    /// Nothing to do, or nothing that the owner could.
    Nowhere,
    /// A test code to the address.
    TestCode,
    /// The address.
    Address,
    /// The recovery codes.
    Codes,
    /// The switches of the ways.
    SwitchOn,
    /// The doctor.
    Doctor,
}

impl Mend {
    /// Stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nowhere => "nowhere",
            Self::TestCode => "test-code",
            Self::Address => "address",
            Self::Codes => "recovery-codes",
            Self::SwitchOn => "switch-on",
            Self::Doctor => "doctor",
        }
    }
}

fn of_withheld(kind: FailureKind, fixable: Fixable) -> Mend {
    if kind == FailureKind::NoAddress {
        Mend::Address
    } else if kind == FailureKind::AddressUnconfirmed {
        Mend::TestCode
    } else if kind == FailureKind::NoRecoveryCodes {
        Mend::Codes
    } else if kind == FailureKind::NoNetwork || kind == FailureKind::ButtonLost {
        Mend::Doctor
    } else {
        match fixable {
            Fixable::Now | Fixable::AfterLogin => Mend::Doctor,
            Fixable::ByMaker => Mend::Nowhere,
        }
    }
}

/// A way that the device has.
#[derive(Debug, Clone)]
pub struct Way {
    /// Its method.
    pub method: MethodId,
    /// Whether the owner lets it be used.
    pub on: bool,
    /// What it destroys here.
    pub loss: Option<Loss>,
    /// What it proves.
    pub proof: Option<ProofKind>,
    /// How the proof travels.
    pub carries: Option<Carries>,
}

/// What is judged with.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// What would be offered on each lane of the model, whatever the owner has switched off.
    pub lanes: &'a [Selection],
    /// The address was confirmed by a test code.
    pub address_confirmed: bool,
    /// Why the last mail of this device did not leave; none: it did, or none was sent.
    pub mail_failed: Option<FailureKind>,
    /// Few recovery codes are left.
    pub codes_run_low: bool,
}

/// One way and its light.
#[derive(Debug, Clone)]
pub struct Ready {
    /// The way.
    pub way: Way,
    /// Why.
    pub reason: Reason,
}

/// What the owner must be reminded of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reminder {
    /// No way is left.
    NoWay,
    /// The only ways left destroy more than the password.
    OnlyLossy,
    /// Nothing but what was never tried.
    NotTried,
}

impl Reminder {
    /// Stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoWay => "no-way",
            Self::OnlyLossy => "only-lossy",
            Self::NotTried => "not-tried",
        }
    }
}

/// All ways.
#[derive(Debug, Clone)]
pub struct Readiness {
    /// The whole device: the best of its ways that cost the password only, and amber at best where there is none.
    pub light: Light,
    /// What the owner must be reminded of.
    pub reminder: Option<Reminder>,
    /// Each way once.
    pub ways: Vec<Ready>,
}

impl Readiness {
    /// Whether the owner should look at it: something is to be reminded of, or a way would not work for sure and he can mend it.
    #[must_use]
    pub fn wants_a_look(&self) -> bool {
        let mendable = |ready: &Ready| ready.reason.light() != Light::Green && ready.reason.mend() != Mend::Nowhere;
        self.reminder.is_some() || self.ways.iter().any(mendable)
    }
}

/// Judges every way.
#[must_use]
pub fn judge(ways: Vec<Way>, situation: Situation<'_>) -> Readiness {
    let ways: Vec<_> = ways.into_iter().map(|way| Ready { reason: reason(&way, situation), way }).collect();
    let light = ways.iter().map(|ready| ready.reason.light()).min().unwrap_or(Light::Red);
    Readiness { light, reminder: reminder(&ways), ways }
}

fn reason(way: &Way, situation: Situation<'_>) -> Reason {
    if !way.on {
        return Reason::SwitchedOff;
    }
    let offer = situation.lanes.iter().find_map(|selection| selection.offer(&way.method));
    let Some(offer) = offer else { return withheld(way, situation.lanes) };
    let by_mail = offer.proof == ProofKind::Mailbox;
    if offer.loss > Loss::PasswordOnly {
        Reason::LosesMore(offer.loss)
    } else if by_mail && !situation.address_confirmed {
        Reason::AddressNotTried
    } else if let (Carries::Handed, Some(kind)) = (offer.carries, situation.mail_failed) {
        Reason::MailFailed(kind)
    } else if offer.carries == Carries::Kept && situation.codes_run_low {
        Reason::CodesRunLow
    } else {
        Reason::Works
    }
}

/// The reason of the lane where the owner can do something about it.
fn withheld(way: &Way, lanes: &[Selection]) -> Reason {
    let of = |selection: &Selection| -> Option<Withheld> {
        selection.withheld.iter().find(|withheld| withheld.method == way.method).cloned()
    };
    let all: Vec<_> = lanes.iter().filter_map(of).collect();
    let mendable = |withheld: &&Withheld| withheld.reason.kind != FailureKind::MethodWrongLane;
    match all.iter().find(mendable).or(all.first()) {
        Some(withheld) => Reason::Withheld(withheld.reason.kind, withheld.fixable),
        None => Reason::Withheld(FailureKind::MethodNotInstalled, Fixable::ByMaker),
    }
}

fn reminder(ways: &[Ready]) -> Option<Reminder> {
    let with = |light: Light| ways.iter().filter(move |ready| ready.reason.light() == light);
    let lossy = |ready: &Ready| matches!(ready.reason, Reason::LosesMore(_));
    if with(Light::Green).next().is_some() {
        return None;
    }
    match (with(Light::Amber).next(), with(Light::Amber).all(lossy)) {
        (None, _) => Some(Reminder::NoWay),
        (Some(_), true) => Some(Reminder::OnlyLossy),
        (Some(_), false) => Some(Reminder::NotTried),
    }
}

#[cfg(test)]
mod tests;
