//! The root module: the two functions and four facts that a method's library exports.
#![allow(
    improper_ctypes_definitions,
    non_local_definitions,
    reason = "DynTrait's phantom field has no layout to check, and StableAbi's derive writes its impls inside constants"
)]

use abi_stable::StableAbi;
use abi_stable::library::RootModule;
use abi_stable::sabi_types::VersionStrings;
use abi_stable::std_types::{RBox, RResult, RStr, RVec};
use abi_stable::{DynTrait, declare_root_module_statics};
use serde::{Deserialize, Serialize};

use crate::event::MethodEvent;
use crate::output::MethodOutput;

/// The functions of a method's library. New ones are appended after `advance` and count the minor version up.
#[repr(C)]
#[derive(StableAbi)]
#[sabi(kind(Prefix(prefix_ref = ResetMethodRef)))]
#[sabi(missing_field(panic))]
pub struct ResetMethod {
    /// [`CONTRACT_MAJOR`](crate::CONTRACT_MAJOR) of the method's build.
    pub contract_major: u16,
    /// [`CONTRACT_MINOR`](crate::CONTRACT_MINOR) of the method's build.
    pub contract_minor: u16,
    /// The method's id, which must equal the manifest's.
    pub id: RStr<'static>,
    /// The method's own version, which must equal the manifest's.
    pub version: RStr<'static>,
    /// Makes the machine of one session.
    pub new: extern "C" fn() -> RResult<MethodBox, MethodFault>,
    /// Tells the machine one event. May block no longer than the manifest says.
    #[sabi(last_prefix_field)]
    pub advance: extern "C" fn(&mut MethodBox, MethodEvent) -> RResult<RVec<MethodOutput>, MethodFault>,
}

impl RootModule for ResetMethodRef {
    declare_root_module_statics! {ResetMethodRef}
    const BASE_NAME: &'static str = "resetkit_method_1";
    const NAME: &'static str = "resetkit_method_1";
    const VERSION_STRINGS: VersionStrings = VersionStrings::new("1.0.0");
}

/// A method's machine, opaque to the worker.
pub type MethodBox = DynTrait<'static, RBox<()>, Opaque>;

/// Tells a machine one event, as [`ResetMethod::advance`].
pub type AdvanceFn = extern "C" fn(&mut MethodBox, MethodEvent) -> RResult<RVec<MethodOutput>, MethodFault>;

/// A method that is linked into the program, where none can be opened: a static binary knows no `dlopen`. Made by
/// [`linked_method!`](crate::linked_method).
#[derive(Debug, Clone, Copy)]
pub struct Linked {
    /// The method's id.
    pub id: &'static str,
    /// The method's own version.
    pub version: &'static str,
    /// The same text as `method.toml`; compiled in, it is signed with the program that holds it.
    pub manifest: &'static str,
    /// Makes the machine of one session.
    pub new: extern "C" fn() -> RResult<MethodBox, MethodFault>,
    /// Tells the machine one event.
    pub advance: AdvanceFn,
}

/// Nothing may be done with a [`MethodBox`] but hand it back to the library that made it.
#[repr(C)]
#[derive(StableAbi)]
#[sabi(impl_InterfaceType())]
pub struct Opaque;

/// Why a call into a method gave no answer. The machine must not be used again.
#[repr(u8)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, StableAbi, Serialize, Deserialize)]
pub enum MethodFault {
    /// The method panicked.
    Panicked,
    /// The machine handed over was made by another method.
    ForeignMachine,
}
