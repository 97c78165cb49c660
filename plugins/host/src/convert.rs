//! The one bridge between the contract and the engine: neither knows the other's types.

use resetkit_contract as contract;
use resetkit_contract::{MethodEvent, MethodOutput};
use resetkit_core::{Event, FailureKind, MethodNews, Purpose, SealForm, Ticket};

use crate::failure::{HostFailure, HostFailureKind};

/// What the engine hears of a method's output; `None` for what is the screen's or the log's.
#[must_use]
pub fn output_to_event(run: Ticket, output: &MethodOutput) -> Option<Event> {
    match output {
        MethodOutput::Ready => Some(Event::MethodReady(run)),
        MethodOutput::Seal { purpose, form } => {
            Some(Event::SealAsked { run, purpose: purpose_to_core(*purpose), form: form_to_core(*form) })
        }
        MethodOutput::AskDelivery { purpose } => Some(Event::DeliveryAsked { run, purpose: purpose_to_core(*purpose) }),
        MethodOutput::Delivered => Some(Event::Delivered(run)),
        MethodOutput::AskPress => Some(Event::PressAsked { run }),
        MethodOutput::Fail { kind, code } => Some(Event::MethodFailed(run, failure_of_method(*kind, code))),
        MethodOutput::AskKept => Some(Event::KeptAsked { run }),
        MethodOutput::Show(_)
        | MethodOutput::Attest(_)
        | MethodOutput::Watch { .. }
        | MethodOutput::Unwatch { .. }
        | MethodOutput::WakeAfter { .. }
        | MethodOutput::Connect { .. }
        | MethodOutput::Log { .. }
        | MethodOutput::Done => None,
    }
}

/// What the method hears of the engine's news.
#[must_use]
pub fn news_to_event(news: MethodNews) -> MethodEvent {
    MethodEvent::News(match news {
        MethodNews::TriesLeft(tries) => contract::News::TriesLeft(tries),
        MethodNews::MinutesLeft(minutes) => contract::News::MinutesLeft(minutes),
        MethodNews::NoMailCame => contract::News::NoMailCame,
        MethodNews::AskAgain => contract::News::AskAgain,
        MethodNews::Proved => contract::News::Proved,
        MethodNews::NoNewCode => {
            return MethodEvent::SealRefused { code: FailureKind::TooManyCodes.code().into() };
        }
    })
}

/// The line of the catalogue for a host failure.
#[must_use]
pub fn failure_of(failure: &HostFailure) -> FailureKind {
    match failure.kind {
        HostFailureKind::NotInstalled => FailureKind::MethodNotInstalled,
        HostFailureKind::BadManifest => FailureKind::MethodBadManifest,
        HostFailureKind::BadSignature | HostFailureKind::NotTheMakers => FailureKind::MethodBadSignature,
        HostFailureKind::FileChanged => FailureKind::MethodFileChanged,
        HostFailureKind::UnsuitableLibrary | HostFailureKind::WrongContract | HostFailureKind::LoadFailed => {
            FailureKind::MethodWrongContract
        }
        HostFailureKind::NoSandbox => FailureKind::MethodNoSandbox,
        HostFailureKind::SpawnFailed
        | HostFailureKind::Crashed
        | HostFailureKind::Exited
        | HostFailureKind::ForbiddenCall
        | HostFailureKind::Panicked => FailureKind::MethodCrashed,
        HostFailureKind::StartHung | HostFailureKind::Hung | HostFailureKind::Overrun => FailureKind::MethodHung,
        HostFailureKind::Flood | HostFailureKind::Oversize => FailureKind::MethodFlood,
        HostFailureKind::Garbage | HostFailureKind::OutOfTurn | HostFailureKind::GrantViolation => {
            FailureKind::MethodGarbage
        }
    }
}

/// What a method may say of the world outside, by the catalogue's own names; anything else counts by its kind.
const SAYABLE: [FailureKind; 19] = [
    FailureKind::SealFailed,
    FailureKind::ScreenTooSmall,
    FailureKind::NoPictures,
    FailureKind::RelayUnreachable,
    FailureKind::RelayRefused,
    FailureKind::NoNetwork,
    FailureKind::SmtpNotSet,
    FailureKind::SmtpRefused,
    FailureKind::ClockNotTrusted,
    FailureKind::SmtpUnreachable,
    FailureKind::SmtpNotSecure,
    FailureKind::MailboxFull,
    FailureKind::SmtpLoginRefused,
    FailureKind::MailAddressRefused,
    FailureKind::ButtonStuck,
    FailureKind::ButtonLost,
    FailureKind::NoButton,
    FailureKind::SupportRefused,
    FailureKind::SupportSilent,
];

fn failure_of_method(kind: contract::FailKind, code: &str) -> FailureKind {
    let named = SAYABLE.into_iter().find(|failure| failure.name() == code);
    named.unwrap_or(match kind {
        contract::FailKind::Unavailable
        | contract::FailKind::TryLater
        | contract::FailKind::Missing
        | contract::FailKind::Refused => FailureKind::MethodGaveUp,
        contract::FailKind::Broken => FailureKind::MethodCrashed,
    })
}

/// A purpose, from the contract.
#[must_use]
pub fn purpose_to_core(purpose: contract::Purpose) -> Purpose {
    match purpose {
        contract::Purpose::ConfirmAddress => Purpose::ConfirmAddress,
        contract::Purpose::Reset => Purpose::Reset,
        contract::Purpose::Notice => Purpose::Notice,
        contract::Purpose::Unlock => Purpose::Unlock,
    }
}

/// A purpose, for the contract.
#[must_use]
pub fn purpose_to_contract(purpose: Purpose) -> contract::Purpose {
    match purpose {
        Purpose::ConfirmAddress => contract::Purpose::ConfirmAddress,
        Purpose::Reset => contract::Purpose::Reset,
        Purpose::Notice => contract::Purpose::Notice,
        Purpose::Unlock => contract::Purpose::Unlock,
    }
}

/// A form, from the contract.
#[must_use]
pub fn form_to_core(form: contract::SealForm) -> SealForm {
    match form {
        contract::SealForm::AddressAtRelay => SealForm::AddressAtRelay,
        contract::SealForm::AddressSealed => SealForm::AddressSealed,
        contract::SealForm::LongAddressSealed => SealForm::LongAddressSealed,
        contract::SealForm::Unlock => SealForm::Unlock,
    }
}

/// A form, for the contract.
#[must_use]
pub fn form_to_contract(form: SealForm) -> contract::SealForm {
    match form {
        SealForm::AddressAtRelay => contract::SealForm::AddressAtRelay,
        SealForm::AddressSealed => contract::SealForm::AddressSealed,
        SealForm::LongAddressSealed => contract::SealForm::LongAddressSealed,
        SealForm::Unlock => contract::SealForm::Unlock,
    }
}
