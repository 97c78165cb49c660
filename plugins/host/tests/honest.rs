//! What works when nobody misbehaves.

use resetkit_host::abi::RSome;
use resetkit_host::{
    HostFailureKind, MethodEvent, MethodOutput, News, Part, Purpose, SealForm, View, Worker, discover,
};

use crate::support::{Shop, challenge, on_one_thread, options, start_info};

async fn view_of(worker: &mut Worker) -> View {
    loop {
        if let MethodOutput::Show(view) = worker.next().await.expect("the method lives") {
            return view;
        }
    }
}

#[test]
fn a_signed_companion_draws_the_sealed_challenge_from_inside_its_sandbox() {
    let shop = Shop::new();
    shop.companion();
    let found = discover(shop.dir.path(), &shop.keys());
    assert!(found.rejected.is_empty(), "{:?}", found.rejected);
    on_one_thread(async {
        let mut worker = Worker::start(&found.methods[0], &options()).await.expect("started");
        worker.send(MethodEvent::Start(start_info())).await.unwrap();
        assert_eq!(worker.next().await.unwrap(), MethodOutput::Ready);
        assert!(matches!(worker.next().await.unwrap(), MethodOutput::Show(_)));
        let seal = MethodOutput::Seal { purpose: Purpose::Reset, form: SealForm::AddressSealed };
        assert_eq!(worker.next().await.unwrap(), seal);

        worker.send(MethodEvent::Sealed(challenge(42))).await.unwrap();
        let view = view_of(&mut worker).await;
        let qr = view.qr().expect("a picture");
        assert_eq!((qr.modules, qr.payload.as_str()), (49, challenge(42).url.as_str()));
        assert!(view.parts.contains(&Part::RequestNumber("0042".into())));
        let RSome(hint) = start_info().address_hint else { panic!("a hint") };
        assert!(view.parts.contains(&Part::AddressHint(hint)));

        worker.send(MethodEvent::News(News::TriesLeft(3))).await.unwrap();
        assert!(view_of(&mut worker).await.parts.contains(&Part::TriesLeft(3)));
        worker.stop().await;
    });
}

#[test]
fn r81_the_sandbox_is_whole_where_the_kernel_and_root_allow_it() {
    let shop = Shop::new();
    on_one_thread(async {
        let worker = Worker::start(&shop.companion(), &options()).await.expect("started");
        let report = worker.sandbox().clone();
        worker.stop().await;
        let strict = resetkit_host::WorkerOptions { strict: true, ..options() };
        let started = Worker::start(&shop.companion(), &strict).await;
        // Wherever the tests run: strict starts exactly where nothing that strict wants is missing.
        match started {
            Ok(worker) => {
                assert!(report.strict_gaps().is_empty(), "{report}");
                worker.stop().await;
            }
            Err(failure) => {
                assert_eq!(failure.kind, HostFailureKind::NoSandbox);
                assert!(!report.strict_gaps().is_empty(), "{report}");
            }
        }
    });
}

#[test]
fn what_is_not_granted_is_not_told() {
    let shop = Shop::new();
    on_one_thread(async {
        // The rogue has no grants: the address hint that it would repeat was never given to it.
        let mut worker = Worker::start(&shop.rogue("obey"), &options()).await.expect("started");
        worker.send(MethodEvent::Start(start_info())).await.unwrap();
        assert_eq!(worker.next().await.unwrap(), MethodOutput::Ready);
        assert!(matches!(worker.next().await.unwrap(), MethodOutput::Show(_)));
        // An action that its view does not offer is not told; one that it offers is.
        worker.send(MethodEvent::Action { id: "never-offered".into() }).await.unwrap();
        worker.send(MethodEvent::Action { id: "press".into() }).await.unwrap();
        assert!(matches!(worker.next().await.unwrap(), MethodOutput::Log { key, .. } if key == "heard"));
        worker.stop().await;
    });
}

#[test]
fn a_method_is_woken_when_it_asked_and_no_more_than_four_times_a_second() {
    let shop = Shop::new();
    on_one_thread(async {
        let mut worker = Worker::start(&shop.rogue("wakes-often"), &options()).await.expect("started");
        worker.send(MethodEvent::Start(start_info())).await.unwrap();
        assert_eq!(worker.next().await.unwrap(), MethodOutput::Ready);
        let asked = std::time::Instant::now();
        assert!(matches!(worker.next().await.unwrap(), MethodOutput::Log { key, .. } if key == "tick"));
        let shortest = std::time::Duration::from_millis(MethodOutput::SHORTEST_WAKE_MS.into());
        assert!(asked.elapsed() + std::time::Duration::from_millis(2) >= shortest, "{:?}", asked.elapsed());
        worker.stop().await;
    });
}

#[test]
fn next_can_be_abandoned_at_any_moment_without_losing_a_word() {
    let shop = Shop::new();
    on_one_thread(async {
        let mut worker = Worker::start(&shop.companion(), &options()).await.expect("started");
        worker.send(MethodEvent::Start(start_info())).await.unwrap();
        worker.send(MethodEvent::Sealed(challenge(7))).await.unwrap();
        let mut heard = Vec::new();
        while heard.len() < 4 {
            let moment = std::time::Duration::from_micros(50);
            if let Ok(output) = tokio::time::timeout(moment, worker.next()).await {
                heard.push(output.unwrap());
            }
        }
        assert_eq!(heard[0], MethodOutput::Ready);
        assert!(matches!(&heard[3], MethodOutput::Show(view) if view.qr().is_some()));
        worker.stop().await;
    });
}
