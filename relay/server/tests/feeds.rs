//! From the factory into the registry.

use crate::world::{Device, World};
use resetkit_protocol::{BrandId, DeviceSecret, DeviceStatus, FeedRow};
use resetkit_relay::brands::Faces;
use resetkit_relay::factory::{self, Order};
use resetkit_relay::feed::{self, FeedError};
use resetkit_relay::store::{Imported, Store, StoreError};
use std::process::Command;
use std::time::Instant;

fn order(count: usize) -> Order {
    Order { count, brand: BrandId::parse("plain").unwrap(), model: "NVR-4".into() }
}

fn import(world: &World, rows: &[FeedRow]) -> Result<Imported, FeedError> {
    let settings = world.settings();
    let faces = Faces::load(&settings.brands, &settings.brand_keys).unwrap();
    feed::import(&world.store(), &faces, rows, &mut |_| ())
}

#[test]
fn a_device_from_the_factory_asks_for_mail() {
    let world = World::new();
    let made = factory::make(&order(1), &world.path("factory"), &mut |_| ()).unwrap();
    world.sign(&made.feed);
    let rows = feed::read_signed(&made.feed, &[world.signer_public()]).unwrap();
    assert_eq!(import(&world, &rows).unwrap(), Imported { new: 1, changed: 0, same: 0 });
    let folder = made.devices.join(rows[0].handle.to_string());
    let secret = DeviceSecret::from_file_text(&std::fs::read_to_string(folder.join("device.key")).unwrap()).unwrap();
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(std::fs::metadata(folder.join("device.key")).unwrap().permissions().mode() & 0o777, 0o600, "R39");
    let device = Device { secret, row: rows[0].clone(), relay: world.relay_key, key_id: 1 };
    world.scans(&device.asks(1).payload()).unwrap();
    world.sink.wait_for(1);
}

#[test]
fn ten_thousand_devices_are_made_and_imported_with_progress() {
    let world = World::prepared();
    let mut told = Vec::new();
    let begun = Instant::now();
    let made = factory::make(&order(10_000), &world.path("factory"), &mut |done| told.push(done)).unwrap();
    let making = begun.elapsed();
    assert_eq!((told.len(), told.last()), (20, Some(&10_000)));
    world.sign(&made.feed);
    let rows = feed::read_signed(&made.feed, &[world.signer_public()]).unwrap();
    let begun = Instant::now();
    told.clear();
    let imported = world.store().import(&rows, &mut |done| told.push(done)).unwrap();
    let importing = begun.elapsed();
    assert_eq!((imported.new, told.len()), (10_000, 10));
    assert_eq!(import(&world, &rows).unwrap().same, 10_000, "importing again changes nothing");
    println!("10,000 devices: made in {making:?}, imported in {importing:?}");
    assert!(importing.as_secs() < 10);
}

#[test]
fn a_feed_that_is_not_signed_by_a_trusted_key_or_was_altered_is_refused() {
    let world = World::prepared();
    let made = factory::make(&order(2), &world.path("factory"), &mut |_| ()).unwrap();
    let keys = [world.signer_public()];
    assert!(matches!(feed::read_signed(&made.feed, &keys), Err(FeedError::File(..))), "no signature");
    world.sign(&made.feed);
    assert!(feed::read_signed(&made.feed, &keys).is_ok());
    let stranger = minisign::KeyPair::generate_unencrypted_keypair().unwrap().pk.to_base64();
    assert!(matches!(feed::read_signed(&made.feed, &[stranger]), Err(FeedError::Untrusted(_))));
    let text = std::fs::read_to_string(&made.feed).unwrap();
    std::fs::write(&made.feed, text.replacen("active", "revoked", 1)).unwrap();
    assert!(matches!(feed::read_signed(&made.feed, &keys), Err(FeedError::Untrusted(_))));
}

#[test]
fn f25_two_devices_with_one_key_are_an_alarm_and_nothing_of_the_feed_is_taken() {
    let world = World::prepared();
    let (one, mut other) = (Device::new(1, "plain", world.relay_key).row, Device::new(2, "plain", world.relay_key).row);
    other.public_key = one.public_key;
    let text = format!("{one}\n{other}\n");
    let refused = feed::parse(&text).unwrap_err();
    assert!(refused.to_string().contains("weak"), "{refused}");
    // The twin may also be in the registry already, from another batch.
    import(&world, std::slice::from_ref(&one)).unwrap();
    let fresh = Device::new(3, "plain", world.relay_key).row;
    let refused = import(&world, &[fresh.clone(), other]).unwrap_err();
    assert!(matches!(refused, FeedError::Store(StoreError::Row { line: 2, .. })), "{refused}");
    assert!(refused.to_string().contains("weak"));
    assert_eq!(world.store().device(&fresh.handle).unwrap(), None, "all or nothing");
}

#[test]
fn an_old_feed_brings_back_neither_a_revoked_device_nor_a_lost_key() {
    let world = World::prepared();
    let active = Device::new(1, "plain", world.relay_key).row;
    let mut revoked = active.clone();
    revoked.status = DeviceStatus::Revoked;
    import(&world, std::slice::from_ref(&active)).unwrap();
    assert_eq!(import(&world, std::slice::from_ref(&revoked)).unwrap().changed, 1);
    assert!(import(&world, std::slice::from_ref(&active)).is_err());
    let mut rekeyed = revoked.clone();
    rekeyed.public_key = DeviceSecret::from_octets([55; 32]).public();
    assert!(import(&world, &[rekeyed.clone()]).is_err());
    (rekeyed.epoch, rekeyed.status) = (2, DeviceStatus::Active);
    assert_eq!(import(&world, &[rekeyed]).unwrap().changed, 1, "a new enrolment is the way");
    assert!(import(&world, &[revoked]).is_err(), "and the old epoch is over");
    let foreign = Device::new(9, "nobody", world.relay_key).row;
    assert!(matches!(import(&world, &[foreign]), Err(FeedError::Brand(1, _))));
}

#[test]
fn a_new_enrolment_starts_the_counters_anew() {
    let world = World::new();
    let mut device = world.device(1);
    world.scans(&device.asks(500).payload()).unwrap();
    world.sink.wait_for(1);
    crate::mails::settled(&world);
    assert_eq!(world.refusal(&device.asks(1).payload()), "E-704");
    device.row.epoch = 2;
    world.enrol(&device);
    world.scans(&device.asks(1).payload()).unwrap();
    world.sink.wait_for(2);
}

/// The signature is minisign's own: Debian's program reads ours, and ours reads its.
#[test]
fn feeds_are_signed_as_minisign_does() {
    let world = World::prepared();
    let made = factory::make(&order(1), &world.path("factory"), &mut |_| ()).unwrap();
    let key = world.path("feed.key");
    std::fs::write(&key, world.signer.sk.to_box(None).unwrap().into_string()).unwrap();
    feed::sign(&made.feed, &key).unwrap();
    assert!(feed::read_signed(&made.feed, &[world.signer_public()]).is_ok());
    let Ok(verified) =
        Command::new("minisign").args(["-V", "-P", &world.signer_public(), "-m"]).arg(&made.feed).output()
    else {
        println!("minisign is not installed; only our own reading was tried");
        return;
    };
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}
