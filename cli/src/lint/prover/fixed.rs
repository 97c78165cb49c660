//! Checks that need no walk: words, figures, names.

use resetkit_config::Texts;
use resetkit_core::{Carries, Fact, FailureKind, ManifestGrant, OnPresence, PASSWORD_MAX_AT_LEAST, ProofKind, Purpose};

use crate::checks::{Check, Finding};
use crate::faults::{Fault, FaultSet};
use crate::setting::{Setting, kinds};
use crate::subject::Subject;
use crate::survey::place;

/// All findings that need no walk. `shown`: failures that some reachable state shows.
pub(crate) fn findings(subject: &Subject, settings: &[(FaultSet, Setting)], shown: &[FailureKind]) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(subject.refused.iter().map(|why| Finding::fixed(Check::LoaderTakes, why.clone())));
    guess_bound(subject, &mut found);
    press_stated(subject, &mut found);
    methods_known(subject, &mut found);
    manifests_fit(subject, &mut found);
    rule_can_be_met(subject, settings, &mut found);
    password_overlap(subject, &mut found);
    without_network(subject, settings, &mut found);
    methods_of_use(subject, settings, &mut found);
    order_of_losses(subject, settings, &mut found);
    not_all_on_one(settings, &mut found);
    words_there(subject, settings, shown, &mut found);
    found
}

/// R7 and the limits of the engine. The loader refuses the same at the boot; here it is said before anything ships.
fn guess_bound(subject: &Subject, found: &mut Vec<Finding>) {
    if let Err(error) = subject.policy.guard(&subject.profile).check() {
        found.push(Finding::fixed(Check::GuessBound, error.to_string()));
    }
}

/// R88: what a hold does is said in the profile, long enough to be no accident, and no more than the policy allows.
fn press_stated(subject: &Subject, found: &mut Vec<Finding>) {
    let Some(button) = &subject.profile.button else { return };
    let mut say = |what: &str| found.push(Finding::fixed(Check::PressStated, what));
    let Some(rules) = button.rules() else { return say("on_presence") };
    if rules.hold < resetkit_core::HOLD_AT_LEAST {
        say("hold_seconds");
    } else if rules.bounded() != rules {
        say("longest_seconds");
    }
    let lanes = subject.profile.lanes;
    if !lanes.console && rules.on_presence == OnPresence::NewPassword {
        found.push(Finding::fixed(Check::PressFromAfar, subject.profile.model.clone()));
    }
}

fn methods_known(subject: &Subject, found: &mut Vec<Finding>) {
    let known = |id: &String| id == "*" || subject.manifests.iter().any(|manifest| manifest.id.as_str() == id);
    let strangers = subject.policy.methods.allow.iter().filter(|id| !known(id));
    found.extend(strangers.map(|id| Finding::fixed(Check::MethodKnown, id.clone())));
}

/// A method may ask for what its proof needs, and for no two things.
fn manifests_fit(subject: &Subject, found: &mut Vec<Finding>) {
    for manifest in &subject.manifests {
        let has = |grant: &ManifestGrant| manifest.grants.contains(grant);
        let carrying =
            [ManifestGrant::Seal, ManifestGrant::DeliverCode, ManifestGrant::Button, ManifestGrant::KeptCodes];
        let carries = carrying.iter().any(has);
        let mut say = |what: &str| found.push(Finding::fixed(Check::ManifestFits, format!("{}: {what}", manifest.id)));
        if !carries {
            say("grants");
        }
        if manifest.purposes.is_empty() {
            say("purposes");
        }
        if manifest.lanes.is_empty() {
            say("lanes");
        }
        let presence = manifest.carries() == Carries::Presence;
        if presence != (manifest.proof == ProofKind::Presence) {
            say("proof");
        }
        if manifest.proof == ProofKind::Support && manifest.carries() != Carries::Sealed
            || (manifest.proof == ProofKind::KeptCode) != (manifest.carries() == Carries::Kept)
        {
            say("proof");
        }
        if has(&ManifestGrant::Seal) && has(&ManifestGrant::DeliverCode) {
            say("seal + deliver-code");
        }
        // Every way ends in something that is written: a number, a try, a password.
        let resets = manifest.purposes.contains(&Purpose::Reset);
        if resets && !manifest.requires.contains(&Fact::StorageWritable) {
            found.push(Finding::fixed(Check::StorageNamed, manifest.id.as_str()));
        }
    }
}

/// The proofs that the policy asks for can be had on a healthy device.
fn rule_can_be_met(subject: &Subject, settings: &[(FaultSet, Setting)], found: &mut Vec<Finding>) {
    let healthy = settings.iter().filter(|(set, _)| set.faults().is_empty());
    let met = healthy.clone().any(|(_, setting)| {
        let offered: Vec<_> = setting.selection.offered.iter().map(|offer| offer.proof).collect();
        setting.is_enough(&offered)
    });
    if !met {
        let there: Vec<_> = kinds(&subject.manifests).iter().map(|kind| kind.as_str()).collect();
        found.push(Finding::fixed(Check::RuleCanBeMet, there.join(", ")));
    }
}

/// Some password pleases both, and the policy keeps R50's upper limit. Where only one of them takes a password, the owner is
/// told so when he types it.
fn password_overlap(subject: &Subject, found: &mut Vec<Finding>) {
    let policy = subject.policy.session_rules(&subject.profile).password;
    let mut say = |what: String| found.push(Finding::fixed(Check::PasswordOverlap, what));
    if let Some(account) = subject.account_rules {
        let (least, most) = (policy.min_chars.max(account.min_chars), policy.max_chars.min(account.max_chars));
        if least > most {
            return say(format!("{least} > {most}"));
        }
    }
    if policy.min_chars > policy.max_chars {
        say(format!("{} > {}", policy.min_chars, policy.max_chars));
    } else if policy.max_chars < PASSWORD_MAX_AT_LEAST {
        say(format!("max_chars {}", policy.max_chars));
    }
}

/// A way that needs no network of the device.
fn without_network(subject: &Subject, settings: &[(FaultSet, Setting)], found: &mut Vec<Finding>) {
    let dark = FaultSet::of(&[Fault::NoNetwork]);
    let has_network = settings.iter().any(|(set, _)| *set == dark);
    // A profile that never has a network is without one when nothing is broken.
    let wanted = if has_network { dark } else { FaultSet::default() };
    let offered = settings.iter().filter(|(set, _)| *set == wanted).any(|(_, setting)| {
        let kinds: Vec<_> = setting.selection.offered.iter().map(|offer| offer.proof).collect();
        setting.is_enough(&kinds)
    });
    if !offered {
        found.push(Finding::fixed(Check::WithoutNetwork, subject.profile.model.clone()));
    }
}

/// Each installed method that the policy lets run is offered somewhere on a healthy device.
fn methods_of_use(subject: &Subject, settings: &[(FaultSet, Setting)], found: &mut Vec<Finding>) {
    for manifest in subject.manifests.iter().filter(|manifest| manifest.purposes.contains(&Purpose::Reset)) {
        let offered = settings.iter().any(|(_, setting)| setting.selection.offer(&manifest.id).is_some());
        if offered || !subject.policy.allows(&manifest.id) {
            continue;
        }
        let why = settings
            .iter()
            .flat_map(|(_, setting)| &setting.selection.withheld)
            .find(|withheld| withheld.method == manifest.id)
            .map_or("", |withheld| withheld.reason.kind.code());
        found.push(Finding::fixed(Check::MethodOfUse, format!("{} {why}", manifest.id)));
    }
}

/// Least loss first, and nothing beyond the policy.
fn order_of_losses(subject: &Subject, settings: &[(FaultSet, Setting)], found: &mut Vec<Finding>) {
    let most = resetkit_core::Loss::parse(&subject.policy.methods.most_loss);
    if most.is_none() {
        found.push(Finding::fixed(Check::LeastLossFirst, subject.policy.methods.most_loss.clone()));
    }
    for (set, setting) in settings {
        let offered = &setting.selection.offered;
        let too_much = offered.iter().any(|offer| most.is_some_and(|most| offer.loss > most));
        if too_much || !offered.is_sorted_by_key(|offer| offer.loss) {
            found.push(Finding {
                place: place(set, setting.lane),
                ..Finding::fixed(Check::LeastLossFirst, "order of the offers")
            });
            return;
        }
    }
}

/// On a healthy device more than one method works.
fn not_all_on_one(settings: &[(FaultSet, Setting)], found: &mut Vec<Finding>) {
    let healthy: Vec<_> = settings.iter().filter(|(set, _)| set.faults().is_empty()).collect();
    let most = healthy.iter().map(|(_, setting)| setting.selection.offered.len()).max().unwrap_or(0);
    if most == 1 {
        let only = healthy.iter().find_map(|(_, setting)| setting.selection.offered.first());
        let only = only.map_or_else(String::new, |offer| offer.method.to_string());
        found.push(Finding::fixed(Check::NotAllOnOne, only));
    }
}

/// A text of its own in each language of the brand, for all that a reachable state shows.
fn words_there(subject: &Subject, settings: &[(FaultSet, Setting)], shown: &[FailureKind], found: &mut Vec<Finding>) {
    let mut ids: Vec<String> =
        shown.iter().flat_map(|kind| [kind.err_id().to_owned(), kind.rec_id().to_owned()]).collect();
    for (_, setting) in settings {
        for offer in &setting.selection.offered {
            ids.push(format!("loss-{}", offer.loss.as_str()));
            ids.push(format!("{}-name", offer.method));
        }
        ids.extend(setting.selection.withheld.iter().map(|withheld| format!("fixable-{}", withheld.fixable.as_str())));
    }
    ids.sort();
    ids.dedup();
    for language in &subject.brand.languages {
        let texts = Texts::load(&subject.brand, language);
        let missing = ids.iter().filter(|id| !texts.speaks(id));
        found.extend(
            missing.map(|id| Finding { place: language.clone(), ..Finding::fixed(Check::WordsThere, id.clone()) }),
        );
    }
}
