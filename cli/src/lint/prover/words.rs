//! Findings and paths in words, from the locale.

use resetkit_config::{Arg, Brand, Texts};
use resetkit_core::FailureKind;

use crate::checks::Finding;
use crate::faults::Fault;
use crate::moves::Move;

/// Writes findings and paths in one language.
#[derive(Debug, Clone)]
pub struct Words {
    texts: Texts,
}

impl Words {
    /// In this language of this brand.
    #[must_use]
    pub fn of(brand: &Brand, language: &str) -> Self {
        Self { texts: Texts::load(brand, language) }
    }

    /// A text of the lint.
    #[must_use]
    pub fn text(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.texts.get(id, args)
    }

    /// What a check holds.
    #[must_use]
    pub fn check(&self, finding: &Finding) -> String {
        self.texts.get(&format!("lint-{}", finding.check.id().to_ascii_lowercase()), &[])
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self, finding: &Finding) -> String {
        self.texts.get(&format!("lint-{}.do", finding.check.id().to_ascii_lowercase()), &[])
    }

    /// What was found, in words where it is a word of the lint's own.
    #[must_use]
    pub fn known(&self, what: &str) -> String {
        match what {
            "no-way" | "loses-more" | "stale" | "unknown" | "no-reason" => self.texts.get(&format!("lint-{what}"), &[]),
            other => other.to_owned(),
        }
    }

    /// Where it stands: the lane, and what is broken.
    #[must_use]
    pub fn place(&self, place: &str) -> String {
        let (lane, faults) = place.split_once(' ').unwrap_or((place, ""));
        let known: Vec<_> = faults.split('+').filter_map(Fault::parse).collect();
        let Some(lane) = self.texts.find(&format!("lint-lane-{lane}"), &[]) else { return place.to_owned() };
        if known.is_empty() {
            return self.texts.get("lint-place-healthy", &[("lane", (&lane).into())]);
        }
        let names: Vec<_> = known.into_iter().map(|fault| self.fault(Some(fault))).collect();
        let names = names.join(" + ");
        self.texts.get("lint-place", &[("lane", (&lane).into()), ("faults", (&names).into())])
    }

    /// What is broken.
    #[must_use]
    pub fn fault(&self, fault: Option<Fault>) -> String {
        self.texts.get(&format!("lint-fault-{}", fault.map_or("none", Fault::as_str)), &[])
    }

    /// A move of a path.
    #[must_use]
    pub fn step(&self, step: &Move) -> String {
        let plain = |id: &str| self.texts.get(id, &[]);
        let with = |id: &str, name: &str, value: &str| self.texts.get(id, &[(name, value.into())]);
        match step {
            Move::Acknowledge => plain("lint-move-acknowledge"),
            Move::Choose(method) => with("lint-move-choose", "method", method.as_str()),
            Move::AnotherWay => plain("lint-move-another-way"),
            Move::LayDown => plain("lint-move-lay-down"),
            Move::NoMail => plain("lint-move-no-mail"),
            Move::NewCode => plain("lint-move-new-code"),
            Move::TypeRight => plain("lint-move-type-right"),
            Move::TypeWrong => plain("lint-move-type-wrong"),
            Move::TypeUsed => plain("lint-move-type-used"),
            Move::SupportNo => plain("lint-move-support-no"),
            Move::TypeSlip => plain("lint-move-type-slip"),
            Move::MoreTime => plain("lint-move-more-time"),
            Move::Press => plain("lint-move-press"),
            Move::Hold => plain("lint-move-hold"),
            Move::TypePassword => plain("lint-move-type-password"),
            Move::TypeBadPassword(flaw) => with("lint-move-type-bad-password", "why", flaw.kind().name()),
            Move::Cancel => plain("lint-move-cancel"),
            Move::Silence => plain("lint-move-silence"),
            Move::NoAnswer => plain("lint-move-no-answer"),
            Move::Well(question) => plain(&format!("lint-well-{}", question.as_str())),
            Move::Badly(question, kind) => {
                let question = plain(&format!("lint-badly-{}", question.as_str()));
                format!("{question}: {}", failure(*kind))
            }
            Move::MethodFails(kind) => with("lint-move-method-fails", "why", &failure(*kind)),
            Move::MethodDies(kind) => with("lint-move-method-dies", "why", &failure(*kind)),
            Move::MethodOversteps => plain("lint-move-method-oversteps"),
            Move::ButtonLost => plain("lint-move-button-lost"),
            Move::ButtonTaken => plain("lint-move-button-taken"),
            Move::Superseded => plain("lint-move-superseded"),
            Move::PowerCut => plain("lint-move-power-cut"),
            Move::StrayPassword => plain("lint-move-stray-password"),
            Move::StrayChoice(method) => with("lint-move-stray-choice", "method", method.as_str()),
        }
    }
}

fn failure(kind: FailureKind) -> String {
    format!("{} {}", kind.code(), kind.name())
}
