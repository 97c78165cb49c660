//! How a method can fail, as the host sees it. `convert` maps each kind to the engine's catalogue.

use std::fmt;

/// A method that cannot be used, or can be used no longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostFailure {
    /// What it was: stable, decides the route.
    pub kind: HostFailureKind,
    /// For the log: what exactly, without secrets.
    pub detail: String,
}

impl HostFailure {
    /// A failure of this kind.
    pub fn new(kind: HostFailureKind, detail: impl Into<String>) -> HostFailure {
        HostFailure { kind, detail: detail.into() }
    }
}

impl fmt::Display for HostFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.detail)
    }
}

impl std::error::Error for HostFailure {}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal;)*) => {
        /// Every way in which a method can fail. Names are stable: logs, tests and the evidence pack use them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum HostFailureKind { $($(#[$doc])* $kind,)* }

        impl HostFailureKind {
            /// All kinds.
            pub const ALL: &'static [HostFailureKind] = &[$(HostFailureKind::$kind,)*];

            /// The stable name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(HostFailureKind::$kind => $name,)* }
            }
        }
    };
}

kinds! {
    /// There is no such method, or a file of it is missing.
    NotInstalled = "not-installed";
    /// The manifest cannot be read, or says something impossible.
    BadManifest = "bad-manifest";
    /// No signature, or none by a trusted key over this very text (R80).
    BadSignature = "bad-signature";
    /// Its manifest has the grant `attest`, and another than the firmware's maker signed it (R82).
    NotTheMakers = "not-the-makers";
    /// The library is not the one whose hash was signed (R80, F20).
    FileChanged = "file-changed";
    /// The library's ELF form is not allowed: foreign dependencies, run paths, writable code (R80).
    UnsuitableLibrary = "unsuitable-library";
    /// Built for another contract, or its layout or identity differs from what it claims.
    WrongContract = "wrong-contract";
    /// The policy is strict and the sandbox cannot be raised in full (R81).
    NoSandbox = "no-sandbox";
    /// The worker process could not be started.
    SpawnFailed = "spawn-failed";
    /// The library could not be opened in the worker.
    LoadFailed = "load-failed";
    /// Not ready within the manifest's time.
    StartHung = "start-hung";
    /// No answer within the manifest's time.
    Hung = "hung";
    /// Killed by a signal such as SIGSEGV or SIGABRT.
    Crashed = "crashed";
    /// Ended by itself.
    Exited = "exited";
    /// Tried what the sandbox forbids: a system call (SIGSYS), or writing to a file, its standard output included (SIGXFSZ) (R81).
    ForbiddenCall = "forbidden-call";
    /// Panicked; the shim caught it.
    Panicked = "panicked";
    /// Said more than a method may say at once.
    Flood = "flood";
    /// Said something that is no message, or shows something that is no view.
    Garbage = "garbage";
    /// Announced a message longer than any may be.
    Oversize = "oversize";
    /// Spoke without having been asked, or claims what never happened.
    OutOfTurn = "out-of-turn";
    /// Asked for, or claimed, what its manifest does not grant (R82).
    GrantViolation = "grant-violation";
    /// The daemon asked for more than the host can queue.
    Overrun = "overrun";
}

impl fmt::Display for HostFailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
