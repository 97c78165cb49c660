//! Typed configuration of the device, the brand pack, and all texts.
//!
//! Layers, from the weakest to the strongest: built-in, profile (`devices/`) and policy (`policies/`), brand pack,
//! site file, environment (`RESETKIT_…`). Each layer may only speak of what is its own:
//!
//! | layer | sets | never sets |
//! |---|---|---|
//! | built-in, profile | what the hardware is | the brand |
//! | policy | codes, lives, buckets, password lengths, within R7 and R18 | |
//! | brand pack (signed) | name, colours, words, relay address and key | guessing limits |
//! | site file, environment | paths, listeners, keys, overrides of profile and policy | anything of the brand (R38) |
//!
//! Every refusal is a [`ConfigError`]: file, line, key, what is wrong, what to do.
#![forbid(unsafe_code)]

mod after;
mod blocklist;
mod brand;
mod case_reading;
mod catalogue;
mod colour;
mod connections;
mod document;
mod environment;
mod error;
pub mod explain;
mod guidance;
mod layers;
mod line;
mod load;
mod native_apps;
mod policy;
mod profile;
mod proofs;
mod quirks;
mod registry;
mod relay_address;
mod shelf;
mod signature;
mod site;
mod support;
mod texts;
mod words;

pub use after::{AfterReset, Client};
pub use blocklist::{Blocked, Blocklist, PasswordContext};
pub use brand::{Brand, BrandId, BrandVersion, RelayKey};
pub use case_reading::read_case;
pub use catalogue::{AgentScript, CatalogueEntry, NeverAsk, Place, catalogue, catalogue_entry, never_ask};
pub use colour::{Colour, Colours, Palette};
pub use connections::{Connections, Smtp, SmtpAuth, SmtpSecurity};
pub use environment::Environment;
pub use error::{Advice, ConfigError};
pub use guidance::{Guidance, GuidedWay, WayState, case_failure_code, case_guidance};
pub use line::ButtonLine;
pub use load::{DeviceConfig, LoadFrom};
pub use native_apps::{AndroidApp, NativeApps};
pub use policy::{
    Bucket, Buckets, CodeBuckets, MethodRules, PasswordLengths, Policy, SessionLimits, SlotLimits, WrittenCodeStyle,
};
pub use profile::{
    Accept, AccountRules, Accounts, Allows, Argon2, Button, DeviceKind, FactOverrides, HOLD_WINDOW_SECONDS, Keypad,
    Lanes, OnPresence, Profile, Screen,
};
pub use proofs::{ProofWord, Proofs, StrengthWord};
pub use quirks::{ButtonTiming, Quirk};
pub use registry::{RegisteredBrand, RegisteredMethod, RegisteredModel, Registry};
pub use relay_address::{PrefixCost, RelayAddress};
pub use shelf::Shelf;
pub use signature::{Floor, verify_file};
pub use site::{
    AccountsSite, BackEndName, ClockSite, ClockSource, ExecBackEnd, LaneName, ListenAddress, Listener, Site,
    SupportSite, Tls, WorkerSite,
};
pub use support::{BrandSupport, SupportKey};
pub use texts::{Arg, Language, Texts};
pub use words::did_you_mean;
