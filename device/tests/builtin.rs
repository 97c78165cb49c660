//! The methods that are linked in: held to the same checks as shared objects, in the same sandboxed, re-executed worker.

use resetkit_device::builtin::METHODS;
use resetkit_host::{HostFailureKind, TrustedKeys, Worker, WorkerOptions, discover_with, open_linked};
use resetkit_testkit::{CheckOptions, check_installed};

fn options(program: &str) -> WorkerOptions {
    WorkerOptions { program: program.into(), ..WorkerOptions::default() }
}

fn on_one_thread<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(story)
}

#[test]
fn r81_every_linked_method_conforms_in_its_own_sandboxed_worker() {
    let options = CheckOptions { worker: options(env!("CARGO_BIN_EXE_resetd-builtin")) };
    let ids: Vec<_> = METHODS.iter().map(|method| method.id).collect();
    assert_eq!(ids, ["companion", "email", "button", "recovery-codes", "support"]);
    for method in &METHODS {
        let installed = open_linked(method).unwrap();
        let report = on_one_thread(check_installed(&installed, &options));
        assert!(report.conforms(), "{}:\n{report}", method.id);
    }
}

#[test]
fn r80_linked_methods_need_no_folder_and_a_folder_cannot_take_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let keys = TrustedKeys::parse::<&str>(&[]).unwrap();
    let found = discover_with(&folder.path().join("not-there"), &keys, &METHODS);
    assert!(found.rejected.is_empty(), "{:?}", found.rejected);
    let ids: Vec<_> = found.methods.iter().map(|installed| installed.id().to_string()).collect();
    assert_eq!(ids, ["button", "companion", "email", "recovery-codes", "support"]);
    // A worker that has no such method linked in says so, and nothing runs.
    let failure = on_one_thread(Worker::start(&found.methods[0], &options(env!("CARGO_BIN_EXE_resetd")))).unwrap_err();
    assert_eq!(failure.kind, HostFailureKind::LoadFailed, "{failure}");
}
