//! What a method's author writes, and the shim that stands between his code and the ABI.

use std::os::fd::{FromRawFd, IntoRawFd, OwnedFd, RawFd};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use abi_stable::DynTrait;
use abi_stable::library::{__call_root_module_loader, CheckTypeLayout, LibHeader, RootModuleResult};
use abi_stable::prefix_type::PrefixTypeTrait;
use abi_stable::std_types::{RErr, ROk, RResult, RStr, RVec};

use crate::event::MethodEvent;
use crate::module::{MethodBox, MethodFault, ResetMethod, ResetMethodRef};
use crate::output::MethodOutput;
use crate::{CONTRACT_MAJOR, CONTRACT_MINOR};

/// A recovery method: one machine a session, without I/O of its own.
pub trait Method: Sized + 'static {
    /// The id, as in the manifest: kebab-case, no maker's name.
    const ID: &'static str;
    /// The method's own version, as in the manifest.
    const VERSION: &'static str;

    /// A machine that has heard nothing yet.
    fn new() -> Self;

    /// Hears one event and answers. Must come back within the manifest's `advance_ms`.
    fn advance(&mut self, event: MethodEvent) -> Vec<MethodOutput>;
}

/// Exports a [`Method`] from a `cdylib` crate. Use it once, in a crate that holds nothing else: two root modules cannot be
/// linked into one binary.
///
/// ```text
/// resetkit_contract::export_method!(resetkit_method_companion::Companion);
/// ```
#[macro_export]
macro_rules! export_method {
    ($method:ty) => {
        #[cfg(panic = "abort")]
        compile_error!("a method must be built with panic = \"unwind\": the contract turns a panic into a failure");

        /// Says which contract this library was built for, before any of its code runs.
        #[allow(unsafe_code, non_upper_case_globals, reason = "a symbol that other programs look up by name")]
        #[unsafe(no_mangle)]
        pub static resetkit_method_contract_1: u16 = $crate::CONTRACT_MINOR;

        #[allow(unsafe_code, reason = "the one symbol of the ABI")]
        const _: () = {
            extern "C" fn root_module() -> $crate::abi::RootModuleResult {
                $crate::root_module_result::<$method>()
            }

            #[unsafe(export_name = "_1as_0lib_1header_0root_bmodule_bloader")]
            static HEADER: $crate::abi::LibHeader = $crate::contract_header(root_module);
        };
    };
}

/// A [`Linked`](crate::Linked) of a [`Method`] and the text of its manifest, for a program that has the method linked in.
///
/// ```text
/// static METHODS: [Linked; 1] = [resetkit_contract::linked_method!(Companion, include_str!("../../methods-dmss/method.toml"))];
/// ```
#[macro_export]
macro_rules! linked_method {
    ($method:ty, $manifest:expr) => {
        $crate::Linked {
            id: <$method as $crate::Method>::ID,
            version: <$method as $crate::Method>::VERSION,
            manifest: $manifest,
            new: $crate::guarded_new::<$method>,
            advance: $crate::guarded_advance::<$method>,
        }
    };
}

/// The library header of a method; for [`export_method!`] only.
pub const fn contract_header(constructor: extern "C" fn() -> RootModuleResult) -> LibHeader {
    // SAFETY: `root_module_result`, the only constructor that `export_method!` passes, erases a `ResetMethodRef`.
    unsafe { LibHeader::from_constructor::<ResetMethodRef>(constructor, CheckTypeLayout::Yes) }
}

/// The root module of a method, erased; for [`export_method!`] only.
pub fn root_module_result<M: Method>() -> RootModuleResult {
    fn module<M: Method>() -> ResetMethodRef {
        ResetMethod {
            contract_major: CONTRACT_MAJOR,
            contract_minor: CONTRACT_MINOR,
            id: RStr::from_str(M::ID),
            version: RStr::from_str(M::VERSION),
            new: guarded_new::<M>,
            advance: guarded_advance::<M>,
        }
        .leak_into_prefix()
    }
    __call_root_module_loader(module::<M>)
}

#[allow(improper_ctypes_definitions, reason = "DynTrait's phantom field has no layout; StableAbi checks the rest")]
/// Makes a machine; a panic becomes [`MethodFault::Panicked`].
pub extern "C" fn guarded_new<M: Method>() -> RResult<MethodBox, MethodFault> {
    match catch_unwind(|| DynTrait::from_value(M::new())) {
        Ok(machine) => ROk(machine),
        Err(payload) => contained(payload),
    }
}

/// Tells a machine one event; a panic becomes [`MethodFault::Panicked`].
#[allow(improper_ctypes_definitions, reason = "DynTrait's phantom field has no layout; StableAbi checks the rest")]
pub extern "C" fn guarded_advance<M: Method>(
    machine: &mut MethodBox,
    event: MethodEvent,
) -> RResult<RVec<MethodOutput>, MethodFault> {
    if let MethodEvent::Connected(connection) = &event {
        remember(connection.watch);
    }
    let answer = catch_unwind(AssertUnwindSafe(|| {
        machine.downcast_as_mut::<M>().ok().map(|machine| machine.advance(event).into())
    }));
    match answer {
        Ok(Some(outputs)) => ROk(outputs),
        Ok(None) => RErr(MethodFault::ForeignMachine),
        Err(payload) => contained(payload),
    }
}

/// Descriptors that were handed over and not claimed yet.
static HANDED: Mutex<Vec<RawFd>> = Mutex::new(Vec::new());

fn remember(watch: u32) {
    let Ok(number) = RawFd::try_from(watch) else { return };
    let mut handed = HANDED.lock().unwrap_or_else(PoisonError::into_inner);
    if !handed.contains(&number) {
        handed.push(number);
    }
}

/// Takes the descriptor that [`MethodEvent::Connected`] brought: each number once, and no other number ever. Reads and
/// writes go through `rustix::io::{read, write}` or `std::fs::File`; the sandbox knows no `recv`, `send` or `epoll`.
///
/// Say [`MethodOutput::Unwatch`] before dropping it.
#[must_use]
pub fn claim(watch: u32) -> Option<OwnedFd> {
    let number = RawFd::try_from(watch).ok()?;
    let mut handed = HANDED.lock().unwrap_or_else(PoisonError::into_inner);
    let place = handed.iter().position(|handed| *handed == number)?;
    handed.swap_remove(place);
    // SAFETY: whoever put the number there gave the descriptor up: `hand_over` below, or the worker, which received it for
    // this method and says `Connected` once for each.
    Some(unsafe { OwnedFd::from_raw_fd(number) })
}

/// Gives a descriptor up so that [`claim`] can take it: what a test does in place of the worker. Returns its number.
pub fn hand_over(descriptor: OwnedFd) -> u32 {
    let number = descriptor.into_raw_fd();
    HANDED.lock().unwrap_or_else(PoisonError::into_inner).push(number);
    number.unsigned_abs()
}

/// A panic's payload is forgotten, not dropped: its destructor may panic in turn, outside of any net.
fn contained<T>(payload: Box<dyn std::any::Any + Send>) -> RResult<T, MethodFault> {
    std::mem::forget(payload);
    RErr(MethodFault::Panicked)
}

#[cfg(test)]
mod tests {
    use abi_stable::library::ROOT_MODULE_LOADER_NAME;

    use super::*;

    struct Bomb;

    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("a payload that explodes when dropped");
        }
    }

    struct Panics;

    impl Method for Panics {
        const ID: &'static str = "panics";
        const VERSION: &'static str = "0.0.0";

        fn new() -> Self {
            Panics
        }

        fn advance(&mut self, event: MethodEvent) -> Vec<MethodOutput> {
            if matches!(event, MethodEvent::Tick { .. }) {
                std::panic::panic_any(Bomb);
            }
            vec![MethodOutput::Ready]
        }
    }

    #[test]
    fn the_exported_name_is_the_one_that_abi_stable_looks_up() {
        assert_eq!(ROOT_MODULE_LOADER_NAME, "_1as_0lib_1header_0root_bmodule_bloader");
    }

    #[test]
    fn r83_a_panic_is_an_ordinary_answer_even_if_its_payload_explodes() {
        let mut machine = guarded_new::<Panics>().unwrap();
        assert_eq!(
            guarded_advance::<Panics>(&mut machine, MethodEvent::Tick { at_ms: 1 }),
            RErr(MethodFault::Panicked)
        );
        assert_eq!(guarded_advance::<Panics>(&mut machine, MethodEvent::Stop), ROk(vec![MethodOutput::Ready].into()));
    }

    #[test]
    fn r82_a_descriptor_is_claimed_once_and_a_number_that_was_never_handed_over_not_at_all() {
        let (ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
        let watch = hand_over(theirs.into());
        assert!(claim(0).is_none() && claim(watch + 1000).is_none() && claim(u32::MAX).is_none());
        let mut claimed = std::fs::File::from(claim(watch).unwrap());
        std::io::Write::write_all(&mut claimed, b"x").unwrap();
        assert_eq!(std::io::Read::read(&mut &ours, &mut [0; 4]).unwrap(), 1);
        assert!(claim(watch).is_none(), "once");
    }

    #[test]
    fn a_machine_of_another_method_is_refused() {
        struct Other;
        impl Method for Other {
            const ID: &'static str = "other";
            const VERSION: &'static str = "0.0.0";
            fn new() -> Self {
                Other
            }
            fn advance(&mut self, _event: MethodEvent) -> Vec<MethodOutput> {
                Vec::new()
            }
        }
        let mut machine = guarded_new::<Other>().unwrap();
        assert_eq!(guarded_advance::<Panics>(&mut machine, MethodEvent::Stop), RErr(MethodFault::ForeignMachine));
    }
}
