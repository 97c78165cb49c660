//! What a screen of one session is given.

use std::sync::Arc;

use resetkit_core::{ClockState, SessionView, Step};
use resetkit_host::View;

/// One moment of a session, as pages and programs may see it. No secrets.
#[derive(Debug, Clone)]
pub struct Screen {
    /// Goes up with every change.
    pub revision: u64,
    /// The engine's view.
    pub view: SessionView,
    /// What the method shows.
    pub method: Option<Arc<View>>,
    /// Whether a worker runs, so that a picture will come if it is not there yet.
    pub method_at_work: bool,
    /// The address on file, partly hidden (R64).
    pub hint: Option<String>,
    /// Whether that address was ever confirmed.
    pub address_confirmed: bool,
    /// What the case code says of how ready the device was when the session opened.
    pub readiness: u8,
    /// What it says of the clock.
    pub clock: ClockState,
}

impl Screen {
    /// Whether the next screen comes by itself, without the owner.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        match self.view.step {
            Step::Preparing | Step::Checking | Step::Saving | Step::Erasing => true,
            // The code can be typed only once there is a picture of the challenge.
            Step::EnterCode => self.method.is_none() && self.method_at_work,
            Step::Notice
            | Step::ChooseMethod
            | Step::ConfirmLoss
            | Step::HoldButton
            | Step::ChoosePassword
            | Step::FactoryState
            | Step::Done
            | Step::AddressConfirmed
            | Step::DeadEnd
            | Step::Cancelled
            | Step::Expired => false,
        }
    }
}
