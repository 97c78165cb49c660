//! From spawn to loaded; and what a worker's last words mean.

use std::io;

use resetkit_core::Manifest;
use rustix::time::{ClockId, clock_gettime};
use tokio::net::UnixStream;

use crate::bundle::Installed;
use crate::failure::{HostFailure, HostFailureKind};
use crate::frame::{FrameBuffer, FrameError, HostSays, Loaded, WorkerFault, WorkerSays, encode_frame};
use crate::limits::Limits;
use crate::process::Process;
use crate::sandbox::SandboxReport;
use crate::worker::WorkerOptions;

/// From spawn to loaded.
pub(crate) struct Handshake {
    pub(crate) process: Process,
    pub(crate) socket: UnixStream,
    pub(crate) incoming: FrameBuffer,
}

impl Handshake {
    pub(crate) async fn finish(
        &mut self,
        installed: &Installed,
        options: &WorkerOptions,
    ) -> Result<SandboxReport, HostFailure> {
        let report = match self.hear().await? {
            WorkerSays::Sandboxed(report) => report,
            WorkerSays::Failed(fault) => return Err(failure_of_fault(fault)),
            WorkerSays::Loaded(_) | WorkerSays::Answer(_) | WorkerSays::Readable { .. } => return Err(out_of_turn()),
        };
        let unbearable = report.unbearable(options.strict, options.needs_landlock);
        if !unbearable.is_empty() {
            return Err(HostFailure::new(HostFailureKind::NoSandbox, unbearable.join("; ")));
        }
        if !report.gaps().is_empty() {
            tracing::warn!(method = %installed.id(), sandbox = %report, "method runs in a degraded sandbox");
        }
        match self.hear().await? {
            WorkerSays::Loaded(loaded) => check_identity(installed.manifest(), &loaded)?,
            WorkerSays::Failed(fault) => return Err(failure_of_fault(fault)),
            WorkerSays::Sandboxed(_) | WorkerSays::Answer(_) | WorkerSays::Readable { .. } => {
                return Err(out_of_turn());
            }
        }
        Ok(report)
    }

    async fn hear(&mut self) -> Result<WorkerSays, HostFailure> {
        let mut octets = [0; 4096];
        loop {
            if let Some(message) = self.incoming.next_message().map_err(not_understood)? {
                return Ok(message);
            }
            // The future cannot fail: a socket that is no more reads as its end.
            let _ = self.socket.readable().await;
            match self.socket.try_read(&mut octets) {
                Ok(count) if count > 0 => self.incoming.push(&octets[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Ok(_) | Err(_) => return Err(self.process.ending().await.into_failure()),
            }
        }
    }
}

fn check_identity(manifest: &Manifest, loaded: &Loaded) -> Result<(), HostFailure> {
    if loaded.id == manifest.id.as_str() && loaded.version == manifest.version {
        return Ok(());
    }
    let detail = format!(
        "the library calls itself `{} {}`, its manifest `{} {}`",
        loaded.id, loaded.version, manifest.id, manifest.version
    );
    Err(HostFailure::new(HostFailureKind::WrongContract, detail))
}

pub(crate) fn failure_of_fault(fault: WorkerFault) -> HostFailure {
    match fault {
        WorkerFault::Sandbox(detail) => HostFailure::new(HostFailureKind::NoSandbox, detail),
        WorkerFault::Load(detail) => HostFailure::new(HostFailureKind::LoadFailed, detail),
        WorkerFault::Contract(detail) => HostFailure::new(HostFailureKind::WrongContract, detail),
        WorkerFault::Panicked => HostFailure::new(HostFailureKind::Panicked, "the method panicked"),
        WorkerFault::Flood(detail) => HostFailure::new(HostFailureKind::Flood, detail),
        WorkerFault::ForeignDescriptor(detail) => HostFailure::new(HostFailureKind::GrantViolation, detail),
    }
}

pub(crate) fn not_understood(error: FrameError) -> HostFailure {
    let kind = match error {
        FrameError::TooLong { .. } => HostFailureKind::Oversize,
        FrameError::Empty | FrameError::Malformed(_) => HostFailureKind::Garbage,
    };
    HostFailure::new(kind, error.to_string())
}

fn out_of_turn() -> HostFailure {
    HostFailure::new(HostFailureKind::OutOfTurn, "the worker began with something else than it should")
}

pub(crate) fn not_spawned(error: io::Error) -> HostFailure {
    HostFailure::new(HostFailureKind::SpawnFailed, error.to_string())
}

pub(crate) fn encode(message: &HostSays) -> Result<Vec<u8>, HostFailure> {
    encode_frame(message, Limits::TO_WORKER)
        .map_err(|error| HostFailure::new(HostFailureKind::Overrun, error.to_string()))
}

/// Milliseconds since boot, suspend counted (R20).
pub(crate) fn since_boot_ms() -> u64 {
    let now = clock_gettime(ClockId::Boottime);
    let seconds = u64::try_from(now.tv_sec).unwrap_or_default();
    seconds * 1000 + u64::try_from(now.tv_nsec).unwrap_or_default() / 1_000_000
}
