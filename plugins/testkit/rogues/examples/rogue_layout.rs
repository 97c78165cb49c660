//! A library that claims contract 1 but whose types differ: the layout check must refuse it.
#![allow(
    unsafe_code,
    improper_ctypes_definitions,
    reason = "writes by hand what the export macro writes for honest methods"
)]
#![allow(unused_crate_dependencies, clippy::wildcard_enum_match_arm, missing_docs, reason = "for one test only")]

use abi_stable::StableAbi;
use abi_stable::library::{CheckTypeLayout, LibHeader, RootModule, RootModuleResult};
use abi_stable::prefix_type::PrefixTypeTrait;
use abi_stable::sabi_types::VersionStrings;
use abi_stable::std_types::RStr;

#[repr(C)]
#[derive(StableAbi)]
#[sabi(kind(Prefix(prefix_ref = ResetMethodRef)))]
#[sabi(missing_field(panic))]
pub struct ResetMethod {
    pub contract_major: u16,
    pub contract_minor: u16,
    pub id: RStr<'static>,
    pub version: RStr<'static>,
    pub new: extern "C" fn() -> u64,
    #[sabi(last_prefix_field)]
    pub advance: extern "C" fn(u64) -> u64,
}

impl RootModule for ResetMethodRef {
    abi_stable::declare_root_module_statics! {ResetMethodRef}
    const BASE_NAME: &'static str = "resetkit_method_1";
    const NAME: &'static str = "resetkit_method_1";
    const VERSION_STRINGS: VersionStrings = VersionStrings::new("1.0.0");
}

extern "C" fn new() -> u64 {
    0
}

extern "C" fn advance(_: u64) -> u64 {
    0
}

fn module() -> ResetMethodRef {
    let (id, version) = (RStr::from_str("rogue"), RStr::from_str("1.0.0"));
    ResetMethod { contract_major: 1, contract_minor: 0, id, version, new, advance }.leak_into_prefix()
}

extern "C" fn root_module() -> RootModuleResult {
    abi_stable::library::__call_root_module_loader(module)
}

#[allow(non_upper_case_globals, reason = "a symbol that is looked up by name")]
#[unsafe(no_mangle)]
pub static resetkit_method_contract_1: u16 = 0;

// SAFETY: the constructor erases the type that is named.
#[unsafe(export_name = "_1as_0lib_1header_0root_bmodule_bloader")]
static HEADER: LibHeader = unsafe { LibHeader::from_constructor::<ResetMethodRef>(root_module, CheckTypeLayout::Yes) };
