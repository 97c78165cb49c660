//! How a worker locks itself in, from the outside inwards (R81). Order matters and is explained at [`enter`].

use std::fmt;

use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetStatus, Scope};
use rustix::process::{DumpableBehavior, Resource, Rlimit, Signal};
use rustix::thread::{CapabilitySet, CapabilitySets};
use serde::{Deserialize, Serialize};

use crate::filters;
use crate::frame::Setup;

/// What stands around a worker. A device that cannot raise everything says so aloud; a strict policy refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxReport {
    /// Under whose id the method runs.
    pub identity: Identity,
    /// How much of Landlock holds.
    pub landlock: LandlockLevel,
}

/// Under whose id a method runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Identity {
    /// Under an id of its own.
    Own {
        /// The user id.
        uid: u32,
    },
    /// Under the daemon's id, which is not root's and so could not be left.
    Shared {
        /// The user id.
        uid: u32,
    },
}

/// How much of Landlock a kernel offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LandlockLevel {
    /// Files, TCP ports, abstract sockets and signals.
    Full,
    /// At least files; the kernel is older than 6.12.
    Partial,
    /// Nothing: older than 5.13, or switched off.
    None,
}

const NO_LANDLOCK: &str = "no Landlock: files are kept away by uid and seccomp alone";

impl SandboxReport {
    /// What is missing, in words for the log; empty if the sandbox is whole.
    #[must_use]
    pub fn gaps(&self) -> Vec<String> {
        let identity = match self.identity {
            Identity::Own { .. } => None,
            Identity::Shared { uid } => Some(format!("runs under the daemon's uid {uid}: the daemon is not root")),
        };
        let landlock = match self.landlock {
            LandlockLevel::Full => None,
            LandlockLevel::Partial => Some("Landlock without signal scopes or TCP rules: kernel before 6.12".into()),
            LandlockLevel::None => Some(NO_LANDLOCK.into()),
        };
        identity.into_iter().chain(landlock).collect()
    }

    /// What a strict policy does not put up with. An older Landlock that guards files is enough: seccomp forbids the rest.
    #[must_use]
    pub fn strict_gaps(&self) -> Vec<String> {
        let enough = self.landlock == LandlockLevel::Partial;
        self.gaps().into_iter().filter(|gap| !(enough && gap.starts_with("Landlock"))).collect()
    }
}

impl SandboxReport {
    /// What is missing that whoever starts the worker does not put up with.
    pub(crate) fn unbearable(&self, strict: bool, needs_landlock: bool) -> Vec<String> {
        if strict {
            return self.strict_gaps();
        }
        match self.landlock {
            LandlockLevel::None if needs_landlock => vec![NO_LANDLOCK.to_owned()],
            LandlockLevel::None | LandlockLevel::Partial | LandlockLevel::Full => Vec::new(),
        }
    }
}

impl fmt::Display for SandboxReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gaps = self.gaps();
        if gaps.is_empty() { f.write_str("whole") } else { write!(f, "degraded ({})", gaps.join("; ")) }
    }
}

/// Raises everything up to the first filter. Runs before the library is opened, since its constructors run then.
///
/// 1. ids, while still root (groups first: without root they could not be dropped any more);
/// 2. death with the parent and no core dump: the kernel resets both when ids change;
/// 3. limits, capabilities, no_new_privs;
/// 4. Landlock with not one rule: nothing can be opened, executed, connected or signalled;
/// 5. the first seccomp filter.
pub(crate) fn enter(setup: &Setup) -> Result<SandboxReport, String> {
    let identity = drop_ids(setup).map_err(|error| format!("ids: {error}"))?;
    be_bound_to_parent().map_err(|error| format!("process: {error}"))?;
    limit(setup).map_err(|error| format!("limits: {error}"))?;
    rustix::thread::set_no_new_privs(true).map_err(|error| format!("no_new_privs: {error}"))?;
    let report = SandboxReport { identity, landlock: landlock().map_err(|error| format!("Landlock: {error}"))? };
    let unbearable = report.unbearable(setup.strict, setup.needs_landlock);
    if !unbearable.is_empty() {
        return Err(unbearable.join("; "));
    }
    filters::before_loading(setup.connects).map_err(|error| format!("first filter: {error}"))?;
    Ok(report)
}

fn drop_ids(setup: &Setup) -> rustix::io::Result<Identity> {
    use rustix::process::{Gid, Uid};
    let root = rustix::process::geteuid().is_root();
    if !root {
        rustix::thread::set_capabilities(None, no_capabilities())?;
        return Ok(Identity::Shared { uid: rustix::process::getuid().as_raw() });
    }
    let (uid, gid) = (Uid::from_raw(setup.uid), Gid::from_raw(setup.gid));
    rustix::thread::set_thread_groups(&[])?;
    rustix::thread::set_thread_res_gid(gid, gid, gid)?;
    rustix::thread::set_thread_res_uid(uid, uid, uid)?;
    rustix::thread::set_capabilities(None, no_capabilities())?;
    Ok(Identity::Own { uid: setup.uid })
}

fn no_capabilities() -> CapabilitySets {
    let none = CapabilitySet::empty();
    CapabilitySets { effective: none, permitted: none, inheritable: none }
}

fn be_bound_to_parent() -> rustix::io::Result<()> {
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))
}

/// Hard limits. `Data` counts private writable memory; shared memory, which it does not count, is refused by the filters.
fn limit(setup: &Setup) -> rustix::io::Result<()> {
    let limits = [
        (Resource::Data, u64::from(setup.memory_kib) * 1024),
        // A method that has answered has no business with the processor; drawing a picture takes a few milliseconds.
        (Resource::Cpu, 300),
        (Resource::Stack, 4 * 1024 * 1024),
        (Resource::Nofile, 16),
        (Resource::Nproc, 0),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        (Resource::Memlock, 0),
        (Resource::Msgqueue, 0),
    ];
    for (resource, most) in limits {
        let most = Some(most);
        rustix::process::setrlimit(resource, Rlimit { current: most, maximum: most })?;
    }
    Ok(())
}

fn landlock() -> Result<LandlockLevel, landlock::RulesetError> {
    let status = Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V5))?
        .handle_access(AccessNet::from_all(ABI::V4))?
        .scope(Scope::from_all(ABI::V6))?
        .create()?
        .restrict_self()?;
    Ok(match status.ruleset {
        RulesetStatus::FullyEnforced => LandlockLevel::Full,
        RulesetStatus::PartiallyEnforced => LandlockLevel::Partial,
        RulesetStatus::NotEnforced => LandlockLevel::None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r81_a_degraded_sandbox_says_what_is_missing_and_strict_tells_the_gaps_apart() {
        let whole = SandboxReport { identity: Identity::Own { uid: 7 }, landlock: LandlockLevel::Full };
        assert_eq!(whole.to_string(), "whole");
        let older = SandboxReport { landlock: LandlockLevel::Partial, ..whole.clone() };
        assert_eq!((older.gaps().len(), older.strict_gaps().len()), (1, 0));
        let bare = SandboxReport { identity: Identity::Shared { uid: 7 }, landlock: LandlockLevel::None };
        assert_eq!((bare.gaps().len(), bare.strict_gaps().len()), (2, 2));
        assert!(bare.to_string().starts_with("degraded ("));
        assert!(bare.unbearable(false, false).is_empty() && bare.unbearable(true, false).len() == 2);
        assert_eq!(bare.unbearable(false, true), [NO_LANDLOCK]);
        let shared = SandboxReport { landlock: LandlockLevel::Full, ..bare };
        assert!(shared.unbearable(false, true).is_empty() && shared.unbearable(true, true).len() == 1);
    }
}
