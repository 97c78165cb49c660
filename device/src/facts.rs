//! Probes: what is so on this device right now.

use resetkit_config::{ClockSource, DeviceConfig, Profile};
use resetkit_core::{AccountName, CellSize, Fact, Facts, Lane, Screen, ScreenSize};

use crate::daemon::Cells;
use crate::state::{AccountRow, State};

/// What cannot be read from the state.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings {
    /// The brand pack has a usable relay key and address.
    pub relay: bool,
    /// The last write to the storage worked.
    pub storage: bool,
    /// There is a submission server, and its files can be used.
    pub smtp: bool,
    /// The line of the button can be read.
    pub button: bool,
    /// Any interface but loopback is up.
    pub network: bool,
    /// The brand pack has usable keys of two approvers.
    pub support: bool,
}

/// Who asks, where and at which screen.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    /// The account.
    pub account: &'a AccountName,
    /// The lane.
    pub lane: Lane,
    /// The screen, where it is one of characters and says so.
    pub cells: Option<Cells>,
}

/// Size that pages are made for where the screen is a browser.
const BROWSER: ScreenSize = ScreenSize { width: 800, height: 480 };

/// The facts for a session of this account on this lane. An unknown account has the facts of the first one, so that
/// nothing tells whether it exists (R93).
#[must_use]
pub fn probe(config: &DeviceConfig, state: &State, owner: Owner<'_>, around: Surroundings) -> Facts {
    let Owner { account, lane, cells } = owner;
    let email = row_or_first(state, account).and_then(|row| row.email.as_ref());
    let known = &config.profile.facts;
    Facts::none()
        .set(Fact::Initialised, !state.accounts.is_empty())
        .set(Fact::EmailOnFile, email.is_some())
        .set(Fact::EmailConfirmed, email.is_some_and(|email| email.confirmed))
        .set(Fact::RelayKey, around.relay)
        .set(Fact::NetworkUp, known.network_up.unwrap_or(around.network))
        .set(Fact::SmtpSet, around.smtp && known.smtp_set.unwrap_or(true))
        .set(Fact::ButtonWired, around.button && config.profile.button.is_some())
        .set(Fact::ClockTrusted, clock_trusted(config))
        .set(Fact::StorageWritable, around.storage && known.storage_writable.unwrap_or(true))
        .set(Fact::ConsoleLane, lane == Lane::Console)
        .set(Fact::RecoveryCodes, has_codes(state, account))
        .set(Fact::SupportKeys, around.support)
        .set(Fact::Pictures, cells.is_none() && pictures(&config.profile, lane))
        .with_screen(looked_at(&config.profile, lane, cells))
}

/// Whether the owner keeps a sheet of which a code is left, and has typed one back (R87).
fn has_codes(state: &State, account: &AccountName) -> bool {
    let row = row_or_first(state, account).and_then(|row| AccountName::parse(&row.name).ok());
    let sheet = row.and_then(|account| crate::sheets::confirmed(&state.sheets, &account));
    sheet.is_some_and(|sheet| sheet.left() > 0)
}

/// Whether the wall clock may be told to methods (R68). It decides nothing here (R17).
#[must_use]
pub fn clock_trusted(config: &DeviceConfig) -> bool {
    let set = match config.site.clock.source {
        ClockSource::System => true,
        ClockSource::NeverSet => false,
    };
    set && config.profile.facts.clock_trusted.unwrap_or(false)
}

/// The screen as the session said it, or as the profile has it.
fn looked_at(profile: &Profile, lane: Lane, cells: Option<Cells>) -> Screen {
    match cells {
        Some(Cells { columns, rows }) => CellSize { columns, rows }.into(),
        None => screen(profile, lane).into(),
    }
}

/// The row of this account, or the first one.
#[must_use]
pub fn row_or_first<'a>(state: &'a State, account: &AccountName) -> Option<&'a AccountRow> {
    state.account(account).or_else(|| state.accounts.first())
}

/// The screen that the owner looks at.
#[must_use]
pub fn screen(profile: &Profile, lane: Lane) -> ScreenSize {
    match (lane, profile.screen) {
        (Lane::Console | Lane::Button, Some(screen)) => ScreenSize { width: screen.width, height: screen.height },
        (Lane::Console | Lane::Button | Lane::Network, _) => BROWSER,
    }
}

fn pictures(profile: &Profile, lane: Lane) -> bool {
    lane == Lane::Network || profile.screen.is_some_and(|screen| screen.width > 0)
}
