//! Methods that the owner switches on and off, and how each was used (R90).

use resetkit_core::{Counter, Lane, Manifest, MethodId, Purpose, select};

use super::ask::{Banner, MethodUse, Token};
use super::{Daemon, entry, opening};
use crate::audit::Entry;
use crate::problem::{Problem, Slip};
use crate::state::MethodRow;

/// All methods of this device, for who is logged in.
pub(crate) fn list(daemon: &mut Daemon, login: &Token, lane: Lane) -> Result<Vec<MethodUse>, Problem> {
    let account = entry::who(daemon, login)?.account;
    let (facts, policy) = opening::selecting(daemon, Purpose::Reset, lane, &account, None);
    // What would stand in the way beside the owner's own word.
    let policy = resetkit_core::SelectionPolicy { switched_off: daemon.ground.switched_off(), ..policy };
    let manifests = daemon.ground.manifests();
    let selection = select(&facts, &manifests, &policy);
    let obstacle = |id: &MethodId| {
        selection.withheld.iter().find(|withheld| withheld.method == *id).map(|withheld| withheld.reason.clone())
    };
    let mut all: Vec<_> = manifests.iter().map(|manifest| one(daemon, Some(manifest), &manifest.id)).collect();
    all.extend(daemon.ground.kept_out.iter().filter_map(|failure| Some(one(daemon, None, failure.method.as_ref()?))));
    for method in &mut all {
        method.obstacle = obstacle(&method.method);
    }
    Ok(all)
}

fn one(daemon: &Daemon, manifest: Option<&Manifest>, id: &MethodId) -> MethodUse {
    let now = daemon.now();
    let row = daemon.store.state().methods.iter().find(|row| row.id == id.as_str());
    let last = row.and_then(|row| row.last.as_ref()).map(|last| Banner {
        request: Counter::new(last.request),
        lane: last.lane.into(),
        hours: daemon.store.powered_seconds(now).saturating_sub(last.powered_seconds) / 3600,
        sheet: None,
    });
    MethodUse {
        method: id.clone(),
        on: row.is_none_or(|row| !row.off),
        obstacle: None,
        loss: manifest.map(|manifest| manifest.loses),
        proof: manifest.map(|manifest| manifest.proof),
        uses: row.map_or(0, |row| row.uses),
        last,
    }
}

/// Switches one, durably. Sessions that are open keep the methods that they began with.
pub(crate) fn switch(
    daemon: &mut Daemon,
    login: &Token,
    method: &MethodId,
    on: bool,
    lane: Lane,
) -> Result<Vec<MethodUse>, Problem> {
    let all = list(daemon, login, lane)?;
    let known = all.iter().find(|one| one.method == *method).ok_or(Slip::NotFound)?;
    if known.on == on {
        return Ok(all);
    }
    if !daemon.change(|state, _| MethodRow::of(&mut state.methods, method.as_str()).off = !on) {
        return Err(resetkit_core::FailureKind::StoreFailed.into());
    }
    let what = if on { "method_switched_on" } else { "method_switched_off" };
    daemon.log(&Entry { what, request: None, lane: Some(lane.as_str()), detail: Some(method.to_string()) });
    list(daemon, login, lane)
}
