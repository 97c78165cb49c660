//! Methods that break, each a real library in a real worker: every one ends in a stable failure, and the host goes on (R83).

use resetkit_host::HostFailureKind::{
    self, Crashed, Exited, Flood, Garbage, GrantViolation, Hung, OutOfTurn, Oversize, Panicked, StartHung,
    WrongContract,
};
use resetkit_host::{MethodEvent, MethodOutput, News, Worker};

use crate::support::{
    Shop, first_word, library_with_wrong_layout, manifest_of_rogue, on_one_thread, options, start_info,
    start_without_extras,
};

/// What each behaviour ends in.
const FAULTS: [(&str, HostFailureKind); 25] = [
    ("crash", Crashed),
    ("abort", Crashed),
    ("overflow-stack", Crashed),
    ("eat-memory", Crashed),
    ("exit", Exited),
    ("panic", Panicked),
    ("panic-in-new", Panicked),
    ("hang", Hung),
    ("spin", Hung),
    ("flood-outputs", Flood),
    ("flood-view", Flood),
    ("flood-octets", Flood),
    ("garbage", Garbage),
    ("empty-frame", Garbage),
    ("half-a-frame", Exited),
    ("oversize", Oversize),
    ("answers-twice", OutOfTurn),
    ("script-in-picture", GrantViolation),
    ("foreign-payload", GrantViolation),
    ("foreign-address", GrantViolation),
    ("foreign-text", Garbage),
    ("seal-without-grant", GrantViolation),
    ("attest-without-grant", GrantViolation),
    ("connect-without-grant", GrantViolation),
    ("hang-in-constructor", StartHung),
];

#[test]
fn r83_every_fault_of_a_method_is_a_stable_failure_and_the_host_lives() {
    let shop = Shop::new();
    for (behaviour, expected) in FAULTS {
        let ended = on_one_thread(async {
            let failure = first_word(&shop, behaviour).await.expect_err(behaviour);
            // The host lives: the next method runs as if nothing had been.
            let obedient = first_word(&shop, "obey").await.expect("an honest method still runs");
            assert_eq!(obedient, MethodOutput::Ready);
            failure
        });
        assert_eq!(ended.kind, expected, "{behaviour}: {ended}");
    }
}

#[test]
fn r83_a_method_that_dies_later_ends_the_same_way_each_time_it_is_asked() {
    let shop = Shop::new();
    on_one_thread(async {
        let mut worker = Worker::start(&shop.rogue("crash-later"), &options()).await.unwrap();
        worker.send(MethodEvent::Start(start_without_extras())).await.unwrap();
        assert_eq!(worker.next().await.unwrap(), MethodOutput::Ready);
        worker.next().await.unwrap();
        worker.send(MethodEvent::News(News::TriesLeft(1))).await.unwrap();
        let first = worker.next().await.unwrap_err();
        assert_eq!(first.kind, Crashed);
        assert_eq!(worker.next().await.unwrap_err(), first);
        assert_eq!(worker.send(MethodEvent::Stop).await.unwrap_err(), first);
    });
}

#[test]
fn r83_a_method_that_will_not_stop_is_killed() {
    let shop = Shop::new();
    on_one_thread(async {
        let mut worker = Worker::start(&shop.rogue("hang-on-stop"), &options()).await.unwrap();
        worker.send(MethodEvent::Start(start_info())).await.unwrap();
        assert_eq!(worker.next().await.unwrap(), MethodOutput::Ready);
        let begun = std::time::Instant::now();
        worker.stop().await;
        assert!(begun.elapsed().as_millis() < 1500, "{:?}", begun.elapsed());
    });
}

#[test]
fn r47_events_queue_up_to_a_bound_and_no_further() {
    let shop = Shop::new();
    on_one_thread(async {
        let mut worker = Worker::start(&shop.rogue("hang"), &options()).await.unwrap();
        let mut refused = None;
        for number in 0..100 {
            if let Err(failure) = worker.send(MethodEvent::News(News::TriesLeft(number))).await {
                refused = Some((number, failure.kind));
                break;
            }
        }
        assert_eq!(refused, Some((17, HostFailureKind::Overrun)), "one at work, sixteen waiting");
    });
}

#[test]
fn a_library_whose_types_differ_is_refused_by_the_layout_check() {
    let shop = Shop::new();
    let library = library_with_wrong_layout();
    on_one_thread(async {
        let installed = shop.install("rogue", &manifest_of_rogue(&library), &library);
        let failure = Worker::start(&installed, &options()).await.expect_err("another layout");
        assert_eq!(failure.kind, WrongContract, "{failure}");
    });
}

#[test]
fn r83_a_dropped_worker_leaves_no_process_behind() {
    let shop = Shop::new();
    on_one_thread(async {
        let worker = Worker::start(&shop.rogue("hang"), &options()).await.unwrap();
        let id = worker.process_id();
        assert!(std::fs::exists(format!("/proc/{id}")).unwrap());
        drop(worker);
        for _ in 0..1000 {
            if !std::fs::exists(format!("/proc/{id}")).unwrap() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("process {id} is still there");
    });
}
