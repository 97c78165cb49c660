//! The brand's texts in all its languages, and which one a browser wants.

use std::sync::Arc;

use resetkit_config::{Arg, Brand, DeviceConfig, Texts};
use resetkit_core::{Carries, Failure, FailureKind, Fault, Fixable, FurtherProof, Loss, PasswordFlaw, ProofKind};
use resetkit_host as host;

use crate::daemon::MethodUse;
use crate::problem::Problem;
use crate::readiness::Reason;

/// All languages of the brand, loaded once.
#[derive(Clone)]
pub struct Languages {
    texts: Arc<Vec<Texts>>,
    /// Place of the language that the site chose.
    standard: usize,
}

impl Languages {
    /// Loads them.
    #[must_use]
    pub fn load(config: &DeviceConfig) -> Self {
        let texts: Vec<_> =
            config.brand.languages.iter().map(|language| Texts::load(&config.brand, language)).collect();
        let standard = texts.iter().position(|texts| texts.language().as_str() == config.site.language).unwrap_or(0);
        Self { texts: Arc::new(texts), standard }
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Texts] {
        &self.texts
    }

    /// The texts of a language by its code; the site's where the brand has none.
    #[must_use]
    pub fn of(&self, language: &str) -> &Texts {
        self.find(language).unwrap_or(&self.texts[self.standard])
    }

    fn find(&self, language: &str) -> Option<&Texts> {
        self.texts.iter().find(|texts| texts.language().as_str() == language)
    }

    /// The best of the brand's languages for an `Accept-Language` header (RFC 9110, 12.5.4).
    #[must_use]
    pub fn for_header(&self, header: Option<&str>) -> &Texts {
        let mut wanted: Vec<(u16, &str)> = header.unwrap_or_default().split(',').take(16).filter_map(wish).collect();
        wanted.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        wanted.iter().find_map(|(_, language)| self.find(language)).unwrap_or(&self.texts[self.standard])
    }
}

/// `de-AT;q=0.8` is a wish for `de` of weight 800.
fn wish(item: &str) -> Option<(u16, &str)> {
    let (tag, weight) = item.split_once(";q=").map_or((item, "1"), |(tag, weight)| (tag, weight));
    let weight: f32 = weight.trim().parse().ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1000")]
    let weight = (weight.clamp(0.0, 1.0) * 1000.0) as u16;
    (weight > 0).then(|| (weight, tag.trim().split('-').next().unwrap_or_default()))
}

/// A text of a method with its arguments. Only ids of the brand's own files resolve; an unknown one is shown as its id.
#[must_use]
pub fn of_method(texts: &Texts, text: &host::Text) -> String {
    let args: Vec<(&str, Arg<'_>)> = text
        .args
        .iter()
        .map(|arg| {
            let value = match &arg.value {
                host::ArgValue::Words(words) => Arg::Text(words.as_str()),
                host::ArgValue::Number(number) => Arg::Number(*number),
            };
            (arg.name.as_str(), value)
        })
        .collect();
    texts.get(&text.id, &args)
}

/// What a method is called.
#[must_use]
pub fn method_name(texts: &Texts, method: &str) -> String {
    texts.find(&format!("{method}-name"), &[]).unwrap_or_else(|| method.to_owned())
}

/// How the proof travels, by the word that pages and programs use.
#[must_use]
pub const fn carries(carries: Carries) -> &'static str {
    match carries {
        Carries::Sealed => "sealed",
        Carries::Handed => "handed",
        Carries::Presence => "presence",
        Carries::Kept => "kept",
    }
}

/// Where more than one proof is wanted: what was given, and what would help (F11).
#[must_use]
pub fn further(texts: &Texts, further: &FurtherProof) -> String {
    let names = |kinds: &[ProofKind]| {
        let name = |kind: &ProofKind| texts.get(&format!("device-proof-{}", kind.as_str()), &[]);
        kinds.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let (given, helps) = (names(&further.given), names(&further.helps));
    if given.is_empty() {
        return texts.get("device-further-first", &[("helps", Arg::Text(&helps))]);
    }
    texts.get("device-further-next", &[("given", Arg::Text(&given)), ("helps", Arg::Text(&helps))])
}

/// What a method destroys.
#[must_use]
pub fn loss(texts: &Texts, loss: Loss) -> String {
    texts.get(&format!("loss-{}", loss.as_str()), &[])
}

/// What switching a method off means for the day on which the password is forgotten (R90).
#[must_use]
pub fn switch_warning(texts: &Texts, method: &MethodUse, all: &[MethodUse]) -> String {
    let works = |other: &&MethodUse| other.on && other.obstacle.is_none() && other.method != method.method;
    let left = all.iter().filter(works).count();
    let name = method_name(texts, method.method.as_str());
    let id = if left == 0 { "device-method-off-last" } else { "device-method-off-warning" };
    texts.get(id, &[("name", Arg::Text(&name))])
}

/// A light of the readiness in words.
pub(crate) struct ReadyWords {
    pub(crate) text: String,
    pub(crate) next_step: Option<String>,
    /// Who can mend it.
    pub(crate) fixable: Option<&'static str>,
}

/// Tells why a way has its light.
pub(crate) fn readiness(texts: &Texts, reason: Reason) -> ReadyWords {
    let say = |id: &str| texts.get(id, &[]);
    let own = format!("ready-{}", reason.as_str());
    let todo = || texts.find(&format!("{own}-todo"), &[]);
    match reason {
        Reason::Withheld(kind, fixable) => ReadyWords {
            text: say(kind.err_id()),
            next_step: Some(mended(texts, kind, fixable)),
            fixable: Some(fixable.as_str()),
        },
        Reason::MailFailed(kind) => ReadyWords {
            text: format!("{} {}", say(&own), say(kind.err_id())),
            next_step: Some(mended(texts, kind, Fixable::AfterLogin)),
            fixable: None,
        },
        Reason::LosesMore(of) => {
            ReadyWords { text: format!("{} {}", say(&own), loss(texts, of)), next_step: todo(), fixable: None }
        }
        Reason::Works | Reason::AddressNotTried | Reason::CodesRunLow | Reason::SwitchedOff => {
            ReadyWords { text: say(&own), next_step: todo(), fixable: None }
        }
    }
}

/// How the owner, who is logged in, mends what would be in the way. A failure's own next step is for somebody who is locked
/// out: it speaks of other ways "below" and of "once you are back in".
fn mended(texts: &Texts, kind: FailureKind, fixable: Fixable) -> String {
    let own = texts.find(&format!("ready-todo-{}", kind.name()), &[]);
    own.unwrap_or_else(|| texts.get(&format!("ready-todo-{}", fixable.as_str()), &[]))
}

/// What happened and what to do next, in words.
#[derive(Debug, Clone)]
pub struct Told {
    /// Stable code.
    pub code: &'static str,
    /// Stable name.
    pub name: &'static str,
    /// What happened.
    pub text: String,
    /// What to do next.
    pub remedy: String,
    /// Where there are several reasons.
    pub reasons: Vec<String>,
    /// Something typed is not right, as opposed to something that is just so.
    pub wrong: bool,
}

/// Whom an owner asks when nothing else works, with the hours where the brand names them.
#[must_use]
pub fn support_line(brand: &Brand) -> String {
    match support_hours(brand) {
        "" => brand.support_line().to_owned(),
        hours => format!("{} ({hours})", brand.support_line()),
    }
}

/// When somebody is there; empty where the brand does not say.
pub(crate) fn support_hours(brand: &Brand) -> &str {
    brand.support.as_ref().and_then(|support| support.hours.as_deref()).unwrap_or_default()
}

/// Tells of a failure.
#[must_use]
pub fn failure(texts: &Texts, failure: &Failure) -> Told {
    kind(texts, failure.kind)
}

fn kind(texts: &Texts, kind: FailureKind) -> Told {
    Told {
        code: kind.code(),
        name: kind.name(),
        text: texts.get(kind.err_id(), &[]),
        remedy: texts.get(kind.rec_id(), &[]),
        reasons: Vec::new(),
        wrong: kind.fault() == Fault::Wrong,
    }
}

/// Tells of a password that breaks rules: one message, every reason in it.
#[must_use]
pub fn flaws(texts: &Texts, flaws: &[PasswordFlaw]) -> Told {
    let reasons = flaws.iter().map(|flaw| texts.get(flaw.kind().err_id(), &[])).collect();
    let first = flaws.first().copied().unwrap_or(PasswordFlaw::Common).kind();
    Told {
        code: first.code(),
        name: first.name(),
        text: texts.get("device-password-refused", &[]),
        remedy: texts.get(first.rec_id(), &[]),
        reasons,
        wrong: true,
    }
}

/// Tells of one rule that a password breaks.
#[must_use]
pub fn flaw(texts: &Texts, flaw: PasswordFlaw) -> Told {
    kind(texts, flaw.kind())
}

/// Tells of any problem.
#[must_use]
pub fn problem(texts: &Texts, problem: &Problem) -> Told {
    match problem {
        Problem::Slip(slip) => Told {
            code: slip.code(),
            name: slip.name(),
            text: texts.get(&format!("device-err-{}", slip.name()), &[]),
            remedy: texts.get(&format!("device-rec-{}", slip.name()), &[]),
            reasons: Vec::new(),
            wrong: true,
        },
        Problem::Failure(of) => failure(texts, of),
        Problem::Flaws(of) => flaws(texts, of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use resetkit_config::Brand;

    #[test]
    fn r62_what_readiness_asks_for_can_be_done_by_somebody_who_is_logged_in() {
        let brand = Brand::plain();
        for texts in brand.languages.iter().map(|language| Texts::load(&brand, language)) {
            for kind in FailureKind::ALL {
                for fixable in [Fixable::Now, Fixable::AfterLogin, Fixable::ByMaker] {
                    let told = readiness(&texts, Reason::Withheld(*kind, fixable)).next_step.unwrap_or_default();
                    let locked_out = ["below", "back in", "unten", "wieder angemeldet", "ready-todo"];
                    assert!(told.len() > 15 && !locked_out.iter().any(|word| told.contains(word)), "{kind:?}: {told}");
                }
            }
        }
    }
}
