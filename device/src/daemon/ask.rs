//! What may be asked of the daemon, and the door that web handlers ask through.

use std::sync::Arc;
use std::time::Duration;

use resetkit_core::{
    AccountName, CodeStyle, Counter, Event, Failure, Lane, Loss, MethodId, PasswordRules, ProofKind, Secret, SessionId,
};
use tokio::sync::{mpsc, oneshot, watch};

use super::screen::Screen;
use crate::problem::{Problem, Slip};
use crate::readiness::Light;

/// The answer to one ask.
pub type Reply<T> = oneshot::Sender<Result<T, Problem>>;

/// Longest that a handler waits for an answer. Hashing a password on slow hardware fits in.
const PATIENCE: Duration = Duration::from_secs(15);
/// Asks that may wait at once (R47).
pub(crate) const ASKS_MAX: usize = 64;

/// A token that a browser or client holds: 32 random octets as 43 characters.
pub type Token = Secret<String>;

/// One thing asked of the daemon.
pub enum Ask {
    /// What everybody may know of the device.
    Device(Reply<DeviceFacts>),
    /// First set-up.
    SetUp {
        /// The administrator's password.
        password: Secret<String>,
        /// The recovery address; `None` to go on without.
        email: Option<String>,
        /// Where it was asked.
        lane: Lane,
        /// A log-in.
        reply: Reply<Token>,
    },
    /// Log-in.
    LogIn {
        /// As typed.
        account: String,
        /// As typed.
        password: Secret<String>,
        /// By a person at a screen, not by a program (R22).
        interactive: bool,
        /// Which client of the site file says that it is.
        client: Option<String>,
        /// Where it was asked.
        lane: Lane,
        /// A log-in.
        reply: Reply<Token>,
    },
    /// Log-out; unknown tokens are fine.
    LogOut(Token),
    /// Who is logged in with this token.
    Who(Token, Reply<LoggedIn>),
    /// The owner has seen the banner.
    AcknowledgeBanner(Token, Reply<()>),
    /// Another recovery address, or the first one (R63).
    ChangeAddress {
        /// The log-in.
        login: Token,
        /// The current password, as typed.
        password: Secret<String>,
        /// The new address.
        email: String,
        /// Where it was asked.
        lane: Lane,
        /// How things stand then.
        reply: Reply<LoggedIn>,
    },
    /// How things stand with the recovery codes (R87).
    Kept(Token, Reply<KeptStatus>),
    /// A new sheet of them.
    MakeSheet {
        /// The log-in.
        login: Token,
        /// The current password, as typed.
        password: Secret<String>,
        /// Where it was asked.
        lane: Lane,
        /// The codes, for the first time.
        reply: Reply<Fresh>,
    },
    /// The codes once more, while none was typed back.
    FreshSheet(Token, Reply<Fresh>),
    /// A code of the new sheet, typed back.
    TypeBack {
        /// The log-in.
        login: Token,
        /// As typed.
        code: Secret<String>,
        /// Where it was asked.
        lane: Lane,
        /// How things stand then.
        reply: Reply<KeptStatus>,
    },
    /// All recovery codes of the account are void.
    RemoveSheet(Token, Lane, Reply<KeptStatus>),
    /// The device gets a new owner: everything of this one goes.
    HandOver {
        /// The log-in.
        login: Token,
        /// The current password, as typed.
        password: Secret<String>,
        /// Where it was asked.
        lane: Lane,
        /// Done, and nobody is logged in any more. The row that enrols the device anew at its relay, as a factory feed
        /// has it: whoever runs the relay signs and imports it, and the relay forgets what it knew of the first owner.
        reply: Reply<String>,
    },
    /// *Forgot password*.
    OpenReset {
        /// As typed.
        account: String,
        /// Where it was asked.
        lane: Lane,
        /// Language of the screen and the mail.
        locale: String,
        /// The screen, where it is one of characters and says so.
        cells: Option<Cells>,
        /// The session and its token.
        reply: Reply<Opened>,
    },
    /// A test code for the address on file.
    OpenConfirm {
        /// The log-in.
        login: Token,
        /// Where it was asked.
        lane: Lane,
        /// Language of the screen and the mail.
        locale: String,
        /// The session and its token.
        reply: Reply<Opened>,
    },
    /// Something that the owner did in a session.
    Drive {
        /// Which session.
        session: SessionId,
        /// Its token.
        token: Token,
        /// What happened.
        event: Event,
        /// The session's screen, after that.
        reply: Reply<watch::Receiver<Arc<Screen>>>,
    },
    /// A button of the method's own view was pressed.
    Press {
        /// Which session.
        session: SessionId,
        /// Its token.
        token: Token,
        /// Id of the button.
        action: String,
        /// The session's screen.
        reply: Reply<watch::Receiver<Arc<Screen>>>,
    },
    /// Look at a session.
    Watch {
        /// Which session.
        session: SessionId,
        /// Its token.
        token: Token,
        /// Its screen.
        reply: Reply<watch::Receiver<Arc<Screen>>>,
    },
    /// Open challenges, for the console (R21).
    Pending(Lane, Reply<Vec<Pending>>),
    /// Cancel one of them without a credential (R21).
    CancelPending(Lane, Counter, Reply<()>),
    /// Readiness, the doctor, and who still has the old password.
    Care(super::care::CareAsk),
    /// All methods of this device, for who is logged in (R90).
    Methods(Token, Lane, Reply<Vec<MethodUse>>),
    /// The owner switches a method on or off (R90).
    SwitchMethod {
        /// The log-in.
        login: Token,
        /// Which method.
        method: MethodId,
        /// On, or off.
        on: bool,
        /// Where it was asked.
        lane: Lane,
        /// All of them, as they stand then.
        reply: Reply<Vec<MethodUse>>,
    },
}

/// Size of a screen of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells {
    /// Characters across.
    pub columns: u16,
    /// Lines.
    pub rows: u16,
}

/// A method as the settings show it (R90).
#[derive(Debug, Clone)]
pub struct MethodUse {
    /// Its id.
    pub method: MethodId,
    /// Whether the owner lets it be used.
    pub on: bool,
    /// Why it would not be offered now to who stands here, beside being switched off.
    pub obstacle: Option<Failure>,
    /// What it destroys; `None` where its manifest cannot be read.
    pub loss: Option<Loss>,
    /// What it proves.
    pub proof: Option<ProofKind>,
    /// How often a password was reset with it.
    pub uses: u32,
    /// The last time.
    pub last: Option<Banner>,
}

/// What everybody may know of the device.
#[derive(Debug, Clone)]
pub struct DeviceFacts {
    /// Whether it was set up.
    pub initialised: bool,
    /// Whether the network lane may be used now (R44).
    pub network_open: bool,
    /// Length of a new password: policy and back end together (R51).
    pub password: PasswordRules,
    /// Resets that succeeded, and the last of them: a relay that misbehaves cannot hide (threat model).
    pub resets: u32,
    /// Number, method and lane of the last reset.
    pub last_reset: Option<(Counter, String, Lane)>,
}

/// Who is logged in.
#[derive(Debug, Clone)]
pub struct LoggedIn {
    /// The account.
    pub account: AccountName,
    /// A reset that was not acknowledged yet (R71).
    pub banner: Option<Banner>,
    /// How ready recovery is, as [`crate::readiness::judge`] has it.
    pub light: Light,
    /// How the address on file stands.
    pub address: AddressState,
    /// The address on file, partly hidden (R64).
    pub hint: Option<String>,
    /// The recovery codes.
    pub kept: KeptStatus,
}

/// A sheet whose codes can be seen.
#[derive(Debug, Clone)]
pub struct Fresh {
    /// Its number.
    pub number: u32,
    /// Seconds since 1970 when it was made, where the clock can be trusted.
    pub made: Option<u64>,
    /// The codes as shown, in the order of the paper. Wiped with the last who holds them.
    pub codes: Arc<[Secret<String>]>,
}

/// How things stand with the recovery codes of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptStatus {
    /// Whether this device has the method.
    pub offered: bool,
    /// The sheet that counts.
    pub sheet: Option<u32>,
    /// Its codes that are not used up.
    pub left: u8,
    /// All its codes.
    pub of: u8,
    /// A sheet of which no code was typed back yet.
    pub unconfirmed: Option<u32>,
    /// How its codes look.
    pub style: CodeStyle,
}

/// So many codes or fewer are few: time for a new sheet.
const FEW: u8 = 2;

impl KeptStatus {
    /// Whether the owner should make a new sheet.
    #[must_use]
    pub fn runs_low(&self) -> bool {
        self.offered && self.sheet.is_some() && self.left <= FEW
    }
}

/// A reset that the owner must be shown.
#[derive(Debug, Clone)]
pub struct Banner {
    /// Request number.
    pub request: Counter,
    /// Lane.
    pub lane: Lane,
    /// Running hours since.
    pub hours: u64,
    /// Number of the sheet of recovery codes that still counts, where the reset used none of its codes.
    pub sheet: Option<u32>,
}

/// How the address on file stands. It is one way of several: how ready recovery is, [`crate::readiness::judge`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressState {
    /// A test code came back from it.
    Confirmed,
    /// It was never tried (R62).
    Untried,
    /// There is none.
    None,
}

impl AddressState {
    /// Its light, as the interface names it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "green",
            Self::Untried => "amber",
            Self::None => "red",
        }
    }
}

/// A new session.
pub struct Opened {
    /// Its id.
    pub session: SessionId,
    /// What shows and drives it; told once.
    pub token: Token,
    /// Its screen.
    pub screen: watch::Receiver<Arc<Screen>>,
}

/// An open challenge.
#[derive(Debug, Clone)]
pub struct Pending {
    /// Request number.
    pub request: Counter,
    /// Lane.
    pub lane: Lane,
    /// Powered minutes left.
    pub minutes_left: u16,
}

/// The way to the daemon. Cheap to clone; never blocks longer than its patience.
#[derive(Clone)]
pub struct Door {
    asks: mpsc::Sender<Ask>,
}

impl Door {
    /// A door to the daemon that holds the other end.
    #[must_use]
    pub fn to(asks: mpsc::Sender<Ask>) -> Self {
        Self { asks }
    }

    /// Asks and waits.
    ///
    /// # Errors
    /// The daemon's own, or [`Slip::Busy`] where it has too much to do.
    pub async fn ask<T>(&self, make: impl FnOnce(Reply<T>) -> Ask) -> Result<T, Problem> {
        let (reply, answer) = oneshot::channel();
        self.asks.try_send(make(reply)).map_err(|_| Slip::Busy)?;
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(_) => Err(Slip::Busy.into()),
        }
    }

    /// Says something that has no answer.
    pub fn tell(&self, ask: Ask) {
        if self.asks.try_send(ask).is_err() {
            tracing::warn!("the daemon is too busy to be told");
        }
    }
}
