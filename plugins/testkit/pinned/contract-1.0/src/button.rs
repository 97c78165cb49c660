//! The reset button, as a method with the grant `button` learns of it. The engine re-checks every hold (R82).

use abi_stable::StableAbi;
use serde::{Deserialize, Serialize};

/// What a press must be like on this device, and what it brings (R88).
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct ButtonInfo {
    /// Shortest hold that counts, in milliseconds.
    pub hold_ms: u32,
    /// Longest hold that counts, in milliseconds; a longer one cancels itself.
    pub longest_ms: u32,
    /// How long the window stays open, in milliseconds from `PressWatched`.
    pub window_ms: u32,
    /// Whether the button is pressed right now.
    pub pressed: bool,
    /// What the device does after the proof.
    pub outcome: PressOutcome,
}

/// What the device does after somebody proved to stand at it (R88).
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub enum PressOutcome {
    /// The owner chooses a new password; everything else stays.
    NewPassword,
    /// The device goes back to the state in which it left the factory.
    FactoryState,
}
