//! What may happen next: the owner's moves, and the answers of methods and device, good and bad.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use resetkit_core::{FailureKind, Fault, MethodId, Next, PasswordFlaw, ProofKind, Remaining, route};

/// What the engine waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// A method starts.
    Start,
    /// A method that runs says what it wants.
    Wish,
    /// The daemon makes a code.
    Code,
    /// The journal writes.
    Write,
    /// The journal takes a try.
    Charge,
    /// The slow hash is computed.
    Hash,
    /// The account back end stages the password.
    Stage,
    /// The journal decides.
    Decide,
    /// Everything is erased.
    Erase,
    /// The address is marked.
    Mark,
    /// The daemon gives a number for a press.
    Number,
    /// The button is watched.
    Watch,
    /// The mail server takes the mail.
    Mail,
}

impl Question {
    const ALL: [Self; 13] = [
        Self::Start,
        Self::Wish,
        Self::Code,
        Self::Write,
        Self::Charge,
        Self::Hash,
        Self::Stage,
        Self::Decide,
        Self::Erase,
        Self::Mark,
        Self::Number,
        Self::Watch,
        Self::Mail,
    ];

    /// Stable name; the locale's text is `lint-well-` and this.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Wish => "wish",
            Self::Code => "code",
            Self::Write => "write",
            Self::Charge => "charge",
            Self::Hash => "hash",
            Self::Stage => "stage",
            Self::Decide => "decide",
            Self::Erase => "erase",
            Self::Mark => "mark",
            Self::Number => "number",
            Self::Watch => "watch",
            Self::Mail => "mail",
        }
    }

    /// How it may be answered badly. A class is one failure for all that the fallback table treats alike.
    pub(crate) fn troubles(self, every_kind: bool) -> &'static [FailureKind] {
        static TROUBLES: LazyLock<BTreeMap<(Question, bool), Vec<FailureKind>>> = LazyLock::new(|| {
            let all = Question::ALL.into_iter().flat_map(|question| [(question, true), (question, false)]);
            all.map(|(question, every_kind)| ((question, every_kind), question.all_troubles(every_kind))).collect()
        });
        TROUBLES.get(&(self, every_kind)).map_or(&[], Vec::as_slice)
    }

    fn all_troubles(self, every_kind: bool) -> Vec<FailureKind> {
        use FailureKind as F;
        let some: &[F] = match self {
            Self::Start => &[F::MethodCrashed, F::MethodHung, F::MethodBadSignature, F::MethodNoSandbox],
            Self::Wish | Self::Mail => &[],
            Self::Code => &[F::SealFailed, F::NoRandomness, F::CodesTryLater, F::CountersSpent, F::AddressDoesNotFit],
            Self::Write => &[F::StoreFailed],
            Self::Charge => &[F::TryLater, F::LaneClosed, F::StoreFailed],
            Self::Hash => &[F::DeriveFailed],
            Self::Stage => &[F::PrepareFailed, F::AccountsUnavailable],
            Self::Decide | Self::Mark => &[F::CommitFailed],
            Self::Erase => &[F::EraseFailed],
            Self::Number => &[F::ButtonBusy, F::CountersSpent, F::StoreFailed],
            Self::Watch => &[F::ButtonLost, F::ButtonBusy],
        };
        let mut kinds = some.to_vec();
        if matches!(self, Self::Wish | Self::Mail) {
            kinds = FailureKind::ALL.iter().copied().filter(|kind| may_be_said(*kind)).collect();
        }
        if every_kind { kinds } else { one_of_a_class(&kinds) }
    }
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Move {
    /// The owner says OK.
    Acknowledge,
    /// The owner chooses this way.
    Choose(MethodId),
    /// *Try another way*.
    AnotherWay,
    /// *Try another way*, though enough was proved: an odd thing to do, and counted as one.
    LayDown,
    /// *No mail came?*, which at a support request means that nobody answers there.
    NoMail,
    /// *Ask for a new code*.
    NewCode,
    /// The owner types the code that he was sent, told or has kept.
    TypeRight,
    /// A code that is not the one.
    TypeWrong,
    /// A code of the sheet that was used before.
    TypeUsed,
    /// *Support said no*.
    SupportNo,
    /// A slip that the check symbol finds.
    TypeSlip,
    /// *More time*.
    MoreTime,
    /// A press of the button, which reserves an attempt.
    Press,
    /// The button is held for as long as it must be.
    Hold,
    /// A password that every rule accepts.
    TypePassword,
    /// One that breaks a rule.
    TypeBadPassword(PasswordFlaw),
    /// *Cancel*.
    Cancel,
    /// The owner goes away until the session is woken.
    Silence,
    /// What was asked is not answered until the session is woken.
    NoAnswer,
    /// What was asked is answered well.
    Well(Question),
    /// What was asked goes wrong like this.
    Badly(Question, FailureKind),
    /// The method that runs says that it cannot go on.
    MethodFails(FailureKind),
    /// The method that runs is gone.
    MethodDies(FailureKind),
    /// The method asks for what it does not carry.
    MethodOversteps,
    /// The button's line is lost.
    ButtonLost,
    /// The console takes the button.
    ButtonTaken,
    /// Another reset succeeded meanwhile.
    Superseded,
    /// The power is cut and comes back.
    PowerCut,
    /// A password is typed where none is asked for.
    StrayPassword,
    /// A way that is not offered is asked for.
    StrayChoice(MethodId),
}

impl Move {
    /// Whether something goes wrong, or out of the ordinary: such moves are counted on a path.
    #[must_use]
    pub const fn is_trouble(&self) -> bool {
        match self {
            Self::Badly(..)
            | Self::LayDown
            | Self::NoAnswer
            | Self::MethodFails(_)
            | Self::MethodDies(_)
            | Self::MethodOversteps
            | Self::ButtonLost
            | Self::ButtonTaken
            | Self::Superseded
            | Self::PowerCut => true,
            Self::Acknowledge
            | Self::Choose(_)
            | Self::AnotherWay
            | Self::NoMail
            | Self::NewCode
            | Self::TypeRight
            | Self::TypeWrong
            | Self::TypeUsed
            | Self::SupportNo
            | Self::TypeSlip
            | Self::MoreTime
            | Self::Press
            | Self::Hold
            | Self::TypePassword
            | Self::TypeBadPassword(_)
            | Self::Cancel
            | Self::Silence
            | Self::Well(_)
            | Self::StrayPassword
            | Self::StrayChoice(_) => false,
        }
    }

    /// Whether it ends a session or changes nothing, wherever it comes: tried once in each kind of state.
    pub(crate) const fn leads_nowhere(&self) -> bool {
        matches!(
            self,
            Self::Cancel
                | Self::StrayPassword
                | Self::StrayChoice(_)
                | Self::TypeSlip
                | Self::TypeBadPassword(_)
                | Self::Superseded
        )
    }

    /// Whether it is the owner's, so that it counts as a step of his.
    #[must_use]
    pub const fn is_owners(&self) -> bool {
        match self {
            Self::Acknowledge
            | Self::Choose(_)
            | Self::AnotherWay
            | Self::LayDown
            | Self::NoMail
            | Self::NewCode
            | Self::TypeRight
            | Self::TypeWrong
            | Self::TypeUsed
            | Self::SupportNo
            | Self::TypeSlip
            | Self::MoreTime
            | Self::Press
            | Self::Hold
            | Self::TypePassword
            | Self::TypeBadPassword(_)
            | Self::Cancel
            | Self::StrayPassword
            | Self::StrayChoice(_) => true,
            Self::Silence
            | Self::NoAnswer
            | Self::Well(_)
            | Self::Badly(..)
            | Self::MethodFails(_)
            | Self::MethodDies(_)
            | Self::MethodOversteps
            | Self::ButtonLost
            | Self::ButtonTaken
            | Self::Superseded
            | Self::PowerCut => false,
        }
    }
}

/// All that a failure is to the engine: where the table leads whatever remains, and how it is booked.
#[derive(PartialEq, Eq)]
struct Class {
    routes: Vec<Next>,
    broken: bool,
    later: bool,
    mended: bool,
    unseen: bool,
    methods_own: bool,
}

fn class(kind: FailureKind) -> Class {
    let routes = (0..64u8).map(|bits| {
        let bit = |at: u8| bits & (1 << at) != 0;
        let left = Remaining {
            code_alive: bit(0),
            restart: bit(1),
            new_code: bit(2),
            other_way: bit(3),
            resend: bit(4),
            proved: bit(5),
        };
        route(kind, left)
    });
    Class {
        routes: routes.collect(),
        broken: kind.fault() == Fault::Broken,
        later: kind.fault() == Fault::TryLater,
        mended: kind.is_mended_on_the_spot(),
        unseen: kind == FailureKind::PressNotSeen,
        methods_own: may_be_said(kind),
    }
}

/// Whether some method may say it; the engine takes what is only support's for garbage from any other.
fn may_be_said(kind: FailureKind) -> bool {
    kind.may_come_from_method(ProofKind::Support)
}

/// One failure of each class among these: the engine cannot tell the others from it but by their texts.
fn one_of_a_class(kinds: &[FailureKind]) -> Vec<FailureKind> {
    let mut seen: Vec<Class> = Vec::new();
    let mut kept = Vec::new();
    for kind in kinds {
        let class = class(*kind);
        if !seen.contains(&class) {
            seen.push(class);
            kept.push(*kind);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_small_and_none_is_lost() {
        let all = Question::Wish.troubles(true);
        let some = Question::Wish.troubles(false);
        assert!(some.len() >= 4 && some.len() < all.len() / 2, "{some:?}");
        for kind in all {
            assert!(some.iter().any(|one| class(*one) == class(*kind)), "{kind:?}");
        }
    }
}
