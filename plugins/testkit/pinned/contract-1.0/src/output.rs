//! What a method may answer.

use abi_stable::StableAbi;
use abi_stable::std_types::RString;
use serde::{Deserialize, Serialize};

use crate::event::{Purpose, SealForm};
use crate::view::View;

/// One answer of a method. The host checks each against the manifest's grants before anybody acts on it (R82).
#[repr(u8)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub enum MethodOutput {
    /// The method can serve this session. Expected in the answer to `Start`.
    Ready,
    /// Asks the daemon to draw a code and seal a challenge. Grant `seal`.
    Seal {
        /// What for; the engine refuses any purpose but the session's own.
        purpose: Purpose,
        /// Which form.
        form: SealForm,
    },
    /// Replaces what the screen shows of this method.
    Show(View),
    /// The method cannot go on; the engine falls back to another.
    Fail {
        /// Whose fault.
        kind: FailKind,
        /// A stable word for the log, such as `seal-refused`; kebab-case, at most 64 characters.
        code: RString,
    },
    /// A presence proved by other means. Grant `attest`, honoured only under the firmware maker's key.
    Attest(Attestation),
    /// Asks the engine for a challenge whose code is handed over: answered by `Deliver` or `SealRefused`. Grant
    /// `deliver-code`.
    AskDelivery {
        /// What for; the engine refuses any purpose but the session's own.
        purpose: Purpose,
    },
    /// The other end has taken the message with the code, and answers for it from now on: said once for each `Deliver`.
    /// Before it, a method that fails or dies has delivered nothing. Grant `deliver-code`.
    Delivered,
    /// Asks the engine to watch the button: answered by `PressWatched` or `SealRefused`. Grant `button`.
    AskPress,
    /// Asks the engine to take one of the codes that the owner keeps: answered by `KeptReady` or `SealRefused`. Grant
    /// `kept-codes`.
    AskKept,
    /// Asks the daemon to connect to a setting named in the manifest: answered by `Connected` or `ConnectRefused`. A
    /// `connect` grant.
    Connect {
        /// The name of the setting.
        setting: RString,
    },
    /// Tell `Readable` while there is something to read on a descriptor that `Connected` brought.
    Watch {
        /// The descriptor's number in the worker.
        watch: u32,
    },
    /// Tell no `Readable` of it any more. To be said before the descriptor is closed.
    Unwatch {
        /// The descriptor's number in the worker.
        watch: u32,
    },
    /// Send a `Tick` after this many milliseconds; a later answer replaces it, 0 clears it.
    WakeAfter {
        /// Milliseconds, at least [`MethodOutput::SHORTEST_WAKE_MS`] (a shorter wish is lengthened).
        ms: u32,
    },
    /// A line for the daemon's log: a key, never free text.
    Log {
        /// How loud.
        level: LogLevel,
        /// A kebab-case key, at most 64 characters.
        key: RString,
    },
    /// The method has nothing more to do.
    Done,
}

impl MethodOutput {
    /// A method is woken at most four times a second.
    pub const SHORTEST_WAKE_MS: u32 = 250;
}

/// Whose fault a method's failure is; the engine's fallback table has a route for each.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub enum FailKind {
    /// Something outside cannot be reached now.
    Unavailable,
    /// A quota or a pause; later it may work.
    TryLater,
    /// The device lacks something that the method needs.
    Missing,
    /// The method itself is at its end.
    Broken,
    /// Somebody said no.
    Refused,
}

/// A statement that somebody is present.
#[repr(C)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct Attestation {
    /// What was seen, such as `key-switch`; kebab-case, at most 64 characters.
    pub seen: RString,
}

/// How loud a log line is.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub enum LogLevel {
    /// For somebody who is looking for a fault.
    Debug,
    /// Ordinary course.
    Info,
    /// Worth a look.
    Warning,
}
