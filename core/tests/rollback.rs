//! Whoever copies an older image of the state back, again and again (R49, F15).

use crate::support::*;
use resetkit_core::*;

/// R7 for a device and year: guesses that may be had at 2^40 codes.
const YEAR: u64 = 219_902;

/// The whole state is put back ten thousand times, with every bucket as full as it can be, and each time every token of
/// every lane is taken.
#[test]
fn r49_f15_ten_thousand_restores_of_a_full_image_stay_within_the_bound_of_a_year() {
    for style in CodeStyle::DRAWN {
        let allowances = Policy::reference(style).allowances;
        let image = Ledger::first(allowances).record(Now::after_boot(minutes(0)));
        let mut guesses = 0_u64;
        for _ in 0..10_000 {
            let mut ledger = Ledger::restore(image.clone(), allowances).charge_boot();
            let now = Now::after_boot(minutes(0));
            for lane in Lane::ALL {
                while let Ok(less) = ledger.take(lane, now) {
                    ledger = less;
                    guesses += 1;
                }
            }
        }
        let year = u128::from(YEAR) * style.codes() / CodeStyle::Letters.codes();
        assert!(u128::from(guesses) <= year, "{guesses} guesses of {style:?}, {year} in a year");
    }
}

/// The image of one code, one boot old, put back ten thousand times: five comparisons each, and no more.
#[test]
fn r49_f15_a_code_whose_record_is_put_back_is_guessed_five_times_a_restore() {
    let mut device = Device::opens(opening(companion_only())).at_code_entry();
    let (disk, ledger) = (device.disk.clone(), device.ledger.record(device.time()));
    let counter = device.view().request.unwrap();
    for restore in 1..=10_000_u32 {
        device.disk.clone_from(&disk);
        device.ledger = Ledger::restore(ledger.clone(), Allowances::default());
        device.voided.clear();
        device.reboots().unwrap();
        while device.step() == Step::EnterCode && device.view().request == Some(counter) {
            let wrong = device.wrong();
            device.does(typed(&wrong));
        }
        assert_eq!(device.derived[&counter], restore * 5);
        device.audit.clear();
        device.stored.clear();
    }
    assert!(u64::from(device.derived[&counter]) <= YEAR);
    assert!(device.commits.is_empty());
}

/// Twelve boots is the end of a code, unless the image is put back: then the record itself still ends it, and a
/// restored image never has more than the one it was taken from.
#[test]
fn r12_r49_restoring_never_adds_to_what_the_image_had() {
    let device = Device::opens(opening(companion_only())).at_code_entry();
    let record = device.disk.clone().unwrap();
    let before = (record.tries_left, record.minutes_left, record.boots_left);
    let resumable = record.charge_boot(&SessionRules::default()).unwrap();
    let after = resumable.record();
    assert_eq!((after.tries_left, after.minutes_left, after.boots_left), (before.0, before.1 - 5, before.2 - 1));
}
