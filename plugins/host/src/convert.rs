//! The one bridge between the contract and the engine: neither knows the other's types.

use resetkit_contract as contract;
use resetkit_contract::{MethodEvent, MethodOutput};
use resetkit_core::{Event, FailureKind, MethodNews, ProofKind, Purpose, SealForm, Ticket};

use crate::failure::{HostFailure, HostFailureKind};

/// What the engine hears of the output of a method whose manifest states this proof; `None` for what is the screen's or the
/// log's.
#[must_use]
pub fn output_to_event(run: Ticket, proof: ProofKind, output: &MethodOutput) -> Option<Event> {
    match output {
        MethodOutput::Ready => Some(Event::MethodReady(run)),
        MethodOutput::Seal { purpose, form } => {
            Some(Event::SealAsked { run, purpose: purpose_to_core(*purpose), form: form_to_core(*form) })
        }
        MethodOutput::AskDelivery { purpose } => Some(Event::DeliveryAsked { run, purpose: purpose_to_core(*purpose) }),
        MethodOutput::Delivered => Some(Event::Delivered(run)),
        MethodOutput::AskPress => Some(Event::PressAsked { run }),
        MethodOutput::Fail { kind, code } => Some(Event::MethodFailed(run, failure_of_method(proof, *kind, code))),
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
const SAYABLE: [FailureKind; 18] = [
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
];

/// A name that is another kind of method's to say is a lie (R82).
fn failure_of_method(proof: ProofKind, kind: contract::FailKind, code: &str) -> FailureKind {
    if let Some(named) = SAYABLE.into_iter().find(|failure| failure.name() == code) {
        return if named.may_come_from_method(proof) { named } else { FailureKind::MethodGarbage };
    }
    match kind {
        contract::FailKind::Unavailable
        | contract::FailKind::TryLater
        | contract::FailKind::Missing
        | contract::FailKind::Refused => FailureKind::MethodGaveUp,
        contract::FailKind::Broken => FailureKind::MethodCrashed,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(proof: ProofKind, code: &str) -> FailureKind {
        let output = MethodOutput::Fail { kind: contract::FailKind::Refused, code: code.into() };
        match output_to_event(Ticket::new(1), proof, &output) {
            Some(Event::MethodFailed(_, kind)) => kind,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn r82_that_support_said_no_only_the_method_of_support_may_say() {
        assert_eq!(told(ProofKind::Support, "support-refused"), FailureKind::SupportRefused);
        for other in [ProofKind::Mailbox, ProofKind::Telephone, ProofKind::KeptCode, ProofKind::Presence] {
            assert_eq!(told(other, "support-refused"), FailureKind::MethodGarbage, "{other:?}");
            assert_eq!(told(other, "no-network"), FailureKind::NoNetwork, "{other:?}");
        }
        // That nobody answers the owner says, not a method.
        assert_eq!(told(ProofKind::Support, "support-silent"), FailureKind::MethodGaveUp);
    }

    #[test]
    fn r82_what_the_host_lets_a_method_say_the_engine_believes() {
        // Whether sealing failed the device knows itself: a method that claims it is garbage to host and engine.
        let own = |kind: &FailureKind| *kind != FailureKind::SealFailed;
        for kind in SAYABLE.into_iter().filter(own) {
            assert!(kind.may_come_from_method(ProofKind::Support), "{kind}");
        }
        assert_eq!(told(ProofKind::Support, "seal-failed"), FailureKind::MethodGarbage);
    }
}
