//! What the daemon stands on: everything that is read once at start and never changes while it runs.

use std::sync::Arc;

use resetkit_config::{Blocklist, ClockSource, DeviceConfig, OnPresence};
use resetkit_core::{AccountName, Failure, FailureKind, Manifest, MethodId, PasswordRules, Policy};
use resetkit_host::{HostFailure, Installed, Linked, TrustedKeys, WorkerOptions, convert, discover_with};
use resetkit_protocol as wire;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::accounts::hashing::{Cost, Hasher};
use crate::accounts::{AccountBackEnd, BuiltIn, Exec, ExecError, Program};
use crate::challenge::Relay;
use crate::clock::Clock;
use crate::connections::Connector;
use crate::identity::Identity;
use crate::problem::Slip;

/// Why there is nothing to stand on.
#[derive(Debug, thiserror::Error)]
pub enum GroundError {
    /// The profile's cost of hashing is below R5 or beyond reason.
    #[error("argon2 of the profile: at least 19456 KiB and 2 passes (R5)")]
    Cost,
    /// The profile's administrator cannot be an account.
    #[error("accounts.admin of the profile is not an account name: {0}")]
    Admin(resetkit_core::NameError),
    /// The firmware's account program.
    #[error("{0}")]
    Accounts(#[from] ExecError),
    /// Policy and account back end have no password in common (R51).
    #[error(
        "the policy wants at least {0} characters, the account back end keeps at most {1}: no password could be set (R51)"
    )]
    NoPassword(u16, u16),
    /// The button promises the factory state, and nobody here could bring it about.
    #[error(
        "a hold of the button leads to the factory state (`on_presence` of the profile), but the firmware keeps the accounts and has no \
         verb to erase them: write `on_presence = \"new-password\"`, or let the firmware read the button itself"
    )]
    NoFactoryState,
    /// `method_keys` of the site file.
    #[error("method_keys of the site file: {0}")]
    MethodKeys(HostFailure),
}

/// What a program that embeds the daemon may choose, beside the configuration.
#[derive(Debug, Clone, Default)]
pub struct Embedding {
    /// The program that runs as worker; the daemon itself if absent.
    pub worker_program: Option<std::path::PathBuf>,
    /// The cost of hashing for tests; the profile's if absent.
    pub cost: Option<Cost>,
    /// The clock.
    pub clock: Clock,
    /// This start is a trial of an update: it moves no floor (R84).
    pub on_trial: bool,
    /// Methods that are linked into the program.
    pub linked: &'static [Linked],
}

/// What never changes while the daemon runs.
pub struct Ground {
    /// Configuration.
    pub config: DeviceConfig,
    /// Keys.
    pub identity: Identity,
    /// The brand's relay; `None` where its key is none.
    pub relay: Option<Relay>,
    /// Keys of the two approvers of support; `None` where the brand has none (R89).
    pub support: Option<wire::SupportKeys>,
    /// One hash at a time.
    pub hasher: Arc<Hasher>,
    /// Where passwords live.
    pub accounts: Arc<dyn AccountBackEnd>,
    /// Name of the administrator's account.
    pub admin: AccountName,
    /// Guessing limits, as the engine takes them.
    pub policy: Policy,
    /// Methods that can be started.
    pub methods: Vec<Installed>,
    /// Methods that cannot, each with its reason.
    pub kept_out: Vec<Failure>,
    /// Makes connections for methods.
    pub(crate) connector: Connector,
    /// What runs once at a time.
    pub(crate) turns: Turns,
    /// How workers are started.
    pub workers: WorkerOptions,
    /// Passwords that everybody tries first.
    pub blocklist: Blocklist,
    /// The clock.
    pub clock: Clock,
    /// This start is a trial of an update: it moves no floor (R84).
    pub on_trial: bool,
}

/// Work that blocks a thread of the pool for as long as a stick, a disk or a resolver likes: one of a kind at a time, so that the
/// others keep their threads (R47). Who comes second is told that the device is busy.
pub(crate) struct Turns {
    /// Saving to the stick.
    pub(crate) stick: Turn,
    /// The doctor.
    pub(crate) doctor: Turn,
    /// Drawing a sheet of recovery codes.
    pub(crate) paper: Turn,
}

/// One kind of it.
pub(crate) struct Turn(Arc<Semaphore>);

impl Default for Turns {
    fn default() -> Self {
        let turn = || Turn(Arc::new(Semaphore::new(1)));
        Self { stick: turn(), doctor: turn(), paper: turn() }
    }
}

impl Turn {
    /// Takes it; whoever holds it moves it into the blocking job, which may outlive who waits for it.
    ///
    /// # Errors
    /// [`Slip::Busy`].
    pub(crate) fn take(&self) -> Result<OwnedSemaphorePermit, Slip> {
        Arc::clone(&self.0).try_acquire_owned().map_err(|_| Slip::Busy)
    }
}

impl Ground {
    /// Puts it together.
    ///
    /// # Errors
    /// See [`GroundError`]. A method that cannot be used is no error: it is listed with its reason.
    pub fn lay(config: DeviceConfig, identity: Identity, embedding: Embedding) -> Result<Self, GroundError> {
        let argon2 = config.profile.argon2;
        let cost = embedding.cost.or_else(|| Cost::new(argon2.memory_kib, argon2.passes)).ok_or(GroundError::Cost)?;
        let hasher = Arc::new(Hasher::new(cost));
        let keys = TrustedKeys::parse(&config.site.method_keys)
            .and_then(|keys| keys.with_makers(&config.site.maker_keys))
            .map_err(GroundError::MethodKeys)?;
        let (methods, kept_out) = find_methods(&config, &keys, embedding.linked);
        let workers = workers(&config, embedding.worker_program);
        let accounts = accounts(&config, &hasher)?;
        let (least, most) = (config.policy.guard(&config.profile).rules.password.min_chars, accounts.rules().max_chars);
        if least > most {
            return Err(GroundError::NoPassword(least, most));
        }
        let promised = config.profile.button.as_ref().and_then(|button| button.on_presence);
        if accounts.keeps_its_own() && promised == Some(OnPresence::FactoryState) {
            return Err(GroundError::NoFactoryState);
        }
        Ok(Self {
            relay: relay(&config),
            support: support(&config),
            accounts,
            admin: AccountName::parse(&config.profile.accounts.admin).map_err(GroundError::Admin)?,
            policy: config.policy.guard(&config.profile),
            blocklist: Blocklist::builtin(),
            clock: match config.site.clock.source {
                ClockSource::System => embedding.clock,
                ClockSource::NeverSet => embedding.clock.never_set(),
            },
            connector: Connector::new(config.site.connections.smtp.as_ref()),
            turns: Turns::default(),
            on_trial: embedding.on_trial,
            config,
            identity,
            hasher,
            methods,
            kept_out,
            workers,
        })
    }

    /// Length of a new password: what policy and back end both take (R51).
    #[must_use]
    pub fn password_rules(&self) -> PasswordRules {
        let (policy, kept) = (self.policy.rules.password, self.accounts.rules());
        PasswordRules {
            min_chars: policy.min_chars.max(kept.min_chars),
            max_chars: policy.max_chars.min(kept.max_chars),
        }
    }

    /// What methods say of themselves.
    #[must_use]
    pub fn manifests(&self) -> Vec<Manifest> {
        self.methods.iter().map(|installed| installed.manifest().clone()).collect()
    }

    /// Methods that the policy does not let run.
    #[must_use]
    pub(crate) fn switched_off(&self) -> Vec<MethodId> {
        let ids = self.methods.iter().map(|installed| installed.id());
        ids.filter(|id| !self.config.policy.allows(id)).cloned().collect()
    }

    /// The method of this id.
    #[must_use]
    pub fn method(&self, id: &MethodId) -> Option<&Installed> {
        self.methods.iter().find(|installed| installed.id() == id)
    }

    /// Names that a passer-by can read on the device; no password may be little more than one of them (R53).
    #[must_use]
    pub fn device_names(&self) -> Vec<&str> {
        let (brand, profile, site) = (&self.config.brand, &self.config.profile, &self.config.site);
        let names = [
            brand.name.as_str(),
            brand.app_name.as_str(),
            &profile.model,
            &profile.display_name,
            &site.nickname,
            &site.label_last4,
        ];
        names.into_iter().filter(|name| !name.is_empty()).collect()
    }
}

fn accounts(config: &DeviceConfig, hasher: &Arc<Hasher>) -> Result<Arc<dyn AccountBackEnd>, ExecError> {
    let Some(exec) = config.site.accounts.program() else { return Ok(Arc::new(BuiltIn::new(Arc::clone(hasher)))) };
    let command = exec.program.iter().map(std::path::PathBuf::from).collect();
    let limit = std::time::Duration::from_secs(exec.timeout_seconds.into());
    Ok(Arc::new(Exec::open(Program { command, limit }, exec.atomic)?))
}

fn relay(config: &DeviceConfig) -> Option<Relay> {
    let brand = &config.brand;
    let relay = Relay {
        brand: wire::BrandId::parse(brand.id.as_str()).ok()?,
        key: wire::RelayPublic::from_octets(*brand.relay_public_key.octets()).ok()?,
        key_id: wire::KeyId::new(brand.relay_key_id).ok()?,
        url_prefix: brand.url_prefix(),
    };
    Some(relay)
}

/// Keys that are no points of the curve, or the same one twice, are as good as none: an unlock would open for nobody, or for one.
fn support(config: &DeviceConfig) -> Option<wire::SupportKeys> {
    let support = config.brand.support.as_ref()?;
    let approver = |key: &[u8; 32]| wire::ApproverPublic::from_octets(*key).ok();
    let (first, second) = (approver(support.first_key.octets())?, approver(support.second_key.octets())?);
    wire::SupportKeys::new(wire::KeyId::new(support.key_id).ok()?, first, second).ok()
}

fn find_methods(
    config: &DeviceConfig,
    keys: &TrustedKeys,
    linked: &'static [Linked],
) -> (Vec<Installed>, Vec<Failure>) {
    let found = discover_with(&config.site.methods_dir, keys, linked);
    let (ours, others): (Vec<_>, Vec<_>) =
        found.methods.into_iter().partition(|installed| installed.text().serves_brand(config.brand.id.as_str()));
    for installed in &others {
        tracing::warn!(method = %installed.id(), "the method is not for this brand");
    }
    let mut kept_out = Vec::new();
    for (folder, failure) in &found.rejected {
        tracing::warn!(folder = %folder.display(), %failure, "a method cannot be used");
        let id = folder.file_name().and_then(|name| MethodId::parse(name.to_str()?).ok());
        // A folder beside a linked method of the same id: that method can be used.
        let id = id.filter(|id| !ours.iter().any(|installed| installed.id() == id));
        kept_out.extend(id.map(|id| Failure::of(convert::failure_of(failure), id)));
    }
    kept_out
        .extend(others.iter().map(|installed| Failure::of(FailureKind::MethodNotInstalled, installed.id().clone())));
    (ours, kept_out)
}

fn workers(config: &DeviceConfig, program: Option<std::path::PathBuf>) -> WorkerOptions {
    let standard = WorkerOptions::default();
    WorkerOptions {
        program: program.unwrap_or_else(|| standard.program.clone()),
        uid: config.site.worker.uid.unwrap_or(standard.uid),
        gid: config.site.worker.gid.unwrap_or(standard.gid),
        strict: config.policy.methods.strict_sandbox,
        ..standard
    }
}

#[cfg(test)]
mod tests {
    use super::Turns;
    use crate::problem::Slip;

    #[test]
    fn r47_of_a_kind_that_blocks_a_thread_one_runs_and_the_next_is_told_that_the_device_is_busy() {
        let turns = Turns::default();
        let first = turns.stick.take();
        assert!(first.is_ok() && turns.doctor.take().is_ok(), "each kind has its own");
        assert_eq!(turns.stick.take().err(), Some(Slip::Busy));
        drop(first);
        assert!(turns.stick.take().is_ok());
    }
}
