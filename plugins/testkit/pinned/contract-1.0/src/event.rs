//! What a method is told.

use abi_stable::StableAbi;
use abi_stable::std_types::{ROption, RString, RVec};
use serde::{Deserialize, Serialize};

use crate::button::ButtonInfo;
use crate::mail::{Connection, Delivery};

/// One thing that happened, told to a method. Its answer is a list of [`MethodOutput`](crate::MethodOutput)s.
#[repr(u8)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub enum MethodEvent {
    /// The session begins. Always the first event, and only once.
    Start(StartInfo),
    /// The challenge that the method asked for, or one that the owner asked for anew: show this one from now on.
    Sealed(SealedChallenge),
    /// The daemon refused to seal; `code` is the stable failure code that the screen shows as well.
    SealRefused {
        /// A code such as `E-301`.
        code: RString,
    },
    /// Something changed that the method's screen may show.
    News(News),
    /// The owner pressed an [`Action`](crate::Action) of the method's last view.
    Action {
        /// The id from that view. The host lets no other through.
        id: RString,
    },
    /// The time asked for by [`MethodOutput::WakeAfter`](crate::MethodOutput::WakeAfter) has come.
    Tick {
        /// Milliseconds since boot, suspend counted.
        at_ms: u64,
    },
    /// The code that the method asked for with [`MethodOutput::AskDelivery`](crate::MethodOutput::AskDelivery), once, after
    /// its challenge is durable. Grant `deliver-code`.
    Deliver(Delivery),
    /// A connection that the method asked for stands; its descriptor waits for [`claim`](crate::claim). A `connect` grant.
    Connected(Connection),
    /// The connection could not be made. A `connect` grant.
    ConnectRefused {
        /// The name of the setting, as in the manifest.
        setting: RString,
        /// A stable word such as `no-network`, `smtp-unreachable` or `token-refused`.
        code: RString,
        /// Milliseconds since boot, suspend counted.
        at_ms: u64,
    },
    /// A watched descriptor has something to read, or its other end is gone; told again for as long as that is so.
    Readable {
        /// The descriptor's number in the worker.
        watch: u32,
        /// Milliseconds since boot, suspend counted.
        at_ms: u64,
    },
    /// The engine records the edges of the button for this method from now on; the window begins. Grant `button`.
    PressWatched {
        /// The request number of this press, as it also stands on the screen.
        request: RString,
        /// Milliseconds since boot, suspend counted.
        at_ms: u64,
        /// Whether the button is pressed at this moment.
        pressed: bool,
    },
    /// The button went down or up, as the daemon's line driver saw it: debounced by nobody. Grant `button`.
    Edge {
        /// Down or up.
        pressed: bool,
        /// Milliseconds since boot, suspend counted.
        at_ms: u64,
    },
    /// The line of the button cannot be read any more. Grant `button`.
    LineLost {
        /// Milliseconds since boot, suspend counted.
        at_ms: u64,
    },
    /// The engine takes one of the codes that the owner keeps from now on; none of them is ever told (R87). Grant
    /// `kept-codes`.
    KeptReady {
        /// The request number, as it also stands on the screen.
        request: RString,
        /// Codes of the sheet that were not used yet.
        left: u8,
        /// Comparisons left.
        tries_left: u8,
    },
    /// The session is over: answer once more if need be, the worker ends after it.
    Stop,
}

/// What a method learns at the start. Fields in [`ROption`] stay `RNone` without the grant that opens them.
#[repr(C)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct StartInfo {
    /// What the challenge is for.
    pub purpose: Purpose,
    /// The form that the daemon wants sealed; it may seal another one that it supports when asked.
    pub form: SealForm,
    /// Language tag of the screen (BCP 47), for number formats only: texts are ids. Empty without the grant `brand-words`.
    pub locale: RString,
    /// The screen that will show the views.
    pub screen: Screen,
    /// Comparisons left for the code to come.
    pub tries_left: u8,
    /// Powered minutes left in the session.
    pub minutes_left: u16,
    /// How many further challenges the session may still ask for, beyond the first.
    pub new_codes_left: u8,
    /// Milliseconds since boot, suspend counted.
    pub at_ms: u64,
    /// The address on file, partly hidden by the daemon (R64). Grant `masked-address`.
    pub address_hint: ROption<RString>,
    /// The companion app as the brand names it. Grant `brand-words`.
    pub app: ROption<App>,
    /// Wall time in seconds since 1970, where the device trusts its clock (R68). Any `connect` grant.
    pub clock: ROption<u64>,
    /// The reset button. Grant `button`.
    pub button: ROption<ButtonInfo>,
    /// How the brand's support is reached. Grant `brand-words`.
    pub support: ROption<Support>,
}

/// How the brand's support is reached.
#[repr(C)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct Support {
    /// The telephone number or address that the owner turns to.
    pub contact: RString,
    /// When somebody is there, in words; empty where the brand says nothing of it.
    pub hours: RString,
}

/// The brand's companion app.
#[repr(C)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct App {
    /// Its name.
    pub name: RString,
    /// Where the scanner stands in its menu, outermost first.
    pub menu: RVec<RString>,
}

/// The place that views are drawn for. A figure of 0 means unknown.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct Screen {
    /// Width in pixels.
    pub width_px: u16,
    /// Height in pixels.
    pub height_px: u16,
    /// Columns, where the screen is a terminal.
    pub columns: u16,
    /// Rows, where the screen is a terminal.
    pub rows: u16,
}

/// A sealed challenge as a method may see it: octets that only the relay can open.
#[repr(C)]
#[derive(Debug, Clone, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub struct SealedChallenge {
    /// The finished upper-case web address (R34): relay prefix and Crockford Base32, made by the daemon.
    pub url: RString,
    /// The request number as it also stands in the mail, such as `0042`.
    pub request: RString,
    /// Comparisons left for this challenge's code.
    pub tries_left: u8,
    /// Powered minutes left for this challenge's code.
    pub minutes_left: u16,
}

/// Changes during a session.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub enum News {
    /// Comparisons left.
    TriesLeft(u8),
    /// Powered minutes left.
    MinutesLeft(u16),
    /// The owner says that no mail came.
    NoMailCame,
    /// The challenge shown is void: ask for sealing again.
    AskAgain,
    /// The right code was typed; nothing more is needed of the method.
    Proved,
    /// The screen that shows the views changed.
    Screen(Screen),
}

/// What a challenge is for; separate in the seal (R37).
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub enum Purpose {
    /// Prove that an address works.
    ConfirmAddress,
    /// Set a new password.
    Reset,
    /// Tell the owner of a reset that happened offline.
    Notice,
    /// Unlock by support.
    Unlock,
}

/// The sealed forms (R33, R89).
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub enum SealForm {
    /// 70 octets; the relay knows the address.
    AddressAtRelay,
    /// 123 octets; an address of up to 52 octets is sealed inside. The default.
    AddressSealed,
    /// 326 octets; an address of up to 254 octets is sealed inside.
    LongAddressSealed,
    /// 126 octets: two halves for two approvers of support, no address. For the purpose `Unlock` only.
    Unlock,
}
