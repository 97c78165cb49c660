//! The facts that `explain` assumes: a device of this model that was set up in full, and what `--fact` says otherwise.

use resetkit_config::{Brand, Profile, did_you_mean};
use resetkit_core::{CellSize, Fact, Facts, Lane, ScreenSize};

use crate::failure::Failure;

/// Size that pages are made for where the screen is a browser.
const BROWSER: ScreenSize = ScreenSize { width: 800, height: 480 };

pub(super) fn of(profile: &Profile, brand: &Brand, lane: Lane, written: &[String]) -> Result<Facts, Failure> {
    written.iter().try_fold(in_full(profile, brand, lane), |facts, text| {
        let (fact, holds) = parse(text)?;
        let facts = facts.set(fact, holds);
        // An address that is not there was never confirmed either.
        Ok(if facts.has(Fact::EmailOnFile) { facts } else { facts.without(Fact::EmailConfirmed) })
    })
}

/// What holds on a device of this profile that was set up in full and has nothing broken.
fn in_full(profile: &Profile, brand: &Brand, lane: Lane) -> Facts {
    let at_screen = lane == Lane::Console;
    let drawn = profile.screen.is_none_or(|screen| screen.width > 0);
    let holds = |fact: Fact| match fact {
        Fact::Initialised | Fact::EmailOnFile | Fact::EmailConfirmed | Fact::RelayKey | Fact::RecoveryCodes => true,
        Fact::NetworkUp | Fact::SmtpSet | Fact::StorageWritable => true,
        Fact::ClockTrusted => false,
        Fact::ButtonWired => profile.button.is_some(),
        Fact::ConsoleLane => at_screen,
        Fact::SupportKeys => brand.support.is_some(),
        Fact::Pictures => !at_screen || drawn,
    };
    let facts = Fact::ALL.into_iter().fold(Facts::none(), |facts, fact| facts.set(fact, holds(fact)));
    let facts = profile.facts.apply(facts);
    match profile.screen {
        Some(screen) if at_screen && drawn => {
            facts.with_screen(ScreenSize { width: screen.width, height: screen.height })
        }
        Some(screen) if at_screen => facts.with_screen(CellSize { columns: screen.columns, rows: screen.rows }),
        Some(_) | None => facts.with_screen(BROWSER),
    }
}

fn parse(text: &str) -> Result<(Fact, bool), Failure> {
    let (name, value) = text.split_once('=').unwrap_or((text, "yes"));
    let fact = Fact::parse(name.trim()).ok_or_else(|| {
        let known = Fact::ALL.map(Fact::as_str);
        let meant = did_you_mean(name.trim(), known).map_or_else(String::new, |meant| meant + " ");
        Failure::usage(format!("`{name}` is no fact."), format!("{meant}Use one of {}.", known.join(", ")))
    })?;
    match value.trim() {
        "yes" | "true" | "on" | "1" => Ok((fact, true)),
        "no" | "false" | "off" | "0" => Ok((fact, false)),
        other => Err(Failure::usage(format!("`{other}` is neither yes nor no."), format!("Write `--fact {name}=no`."))),
    }
}
