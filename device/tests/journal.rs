//! The journal under power cuts, faults of the disk and damage (R41–R44, R48).

use std::sync::Arc;

use resetkit_device::journal::{Found, Journal, JournalError, LARGEST_PAYLOAD, MacKey};

use crate::support::crash_disk::{ALL_FAULTS, ALL_KEPT, CrashDisk, Kept};

fn key() -> MacKey {
    MacKey::new([7; 32])
}

fn open(disk: &Arc<CrashDisk>) -> (Journal, Found) {
    Journal::open(Arc::clone(disk) as _, key()).unwrap()
}

fn state(n: u8) -> Vec<u8> {
    vec![n; 40 + usize::from(n)]
}

/// Commits states 1.. until one is refused; the number of those that were accepted.
fn commit_until_refused(journal: &mut Journal, states: std::ops::RangeInclusive<u8>) -> u8 {
    let before = *states.start() - 1;
    states.take_while(|&n| journal.commit(&state(n)).is_ok()).last().unwrap_or(before)
}

#[test]
fn r41_a_cut_after_any_operation_leaves_the_old_or_the_new_state_and_never_less_than_was_acknowledged() {
    let whole = Arc::new(CrashDisk::default());
    assert_eq!(commit_until_refused(&mut open(&whole).0, 1..=6), 6);
    for cut in 0..=whole.operations() {
        for kept in ALL_KEPT {
            let disk = Arc::new(CrashDisk::default());
            disk.cut_after(cut);
            let accepted = commit_until_refused(&mut open(&disk).0, 1..=6);
            let rebooted = Arc::new(disk.after_power_cut(kept));
            let found = open(&rebooted).1;
            let allowed =
                [accepted, accepted + 1].map(|n| if n == 0 { Found::Nothing } else { Found::State(state(n)) });
            let torn_first = accepted == 0 && found == Found::Unreadable;
            assert!(
                allowed.contains(&found) || torn_first,
                "cut {cut}, {kept:?}: accepted {accepted}, found {found:?}"
            );
        }
    }
}

#[test]
fn r42_r43_any_one_failing_operation_is_refused_and_the_old_state_survives_a_boot() {
    for fault in ALL_FAULTS {
        for kept in ALL_KEPT {
            for n in 1.. {
                let disk = Arc::new(CrashDisk::default());
                let (mut journal, _) = open(&disk);
                journal.commit(&state(1)).unwrap();
                journal.commit(&state(2)).unwrap();
                disk.fail_nth(n, fault);
                let result = journal.commit(&state(3));
                if result.is_ok() {
                    assert!(n > 2, "a commit takes a write and an fsync at least");
                    break;
                }
                assert!(matches!(result, Err(JournalError::Refused(_))), "{result:?}");
                let rebooted = Arc::new(disk.after_power_cut(kept));
                assert_eq!(open(&rebooted).1, Found::State(state(2)), "operation {n}, {fault:?}, {kept:?}");
                // And without a boot, the next commit is taken and wins.
                journal.commit(&state(4)).unwrap();
                let rebooted = Arc::new(disk.after_power_cut(Kept::Synced));
                assert_eq!(open(&rebooted).1, Found::State(state(4)));
            }
        }
    }
}

#[test]
fn r43_a_disk_that_fails_twice_closes_the_journal_until_it_is_read_again() {
    let disk = Arc::new(CrashDisk::default());
    let (mut journal, _) = open(&disk);
    journal.commit(&state(1)).unwrap();
    disk.cut_after(1);
    assert!(matches!(journal.commit(&state(2)), Err(JournalError::Unknown(_))));
    let rebooted = Arc::new(disk.after_power_cut(Kept::Synced));
    assert!(matches!(journal.commit(&state(3)), Err(JournalError::Closed)));
    assert_eq!(open(&rebooted).1, Found::State(state(1)));
}

#[test]
fn r44_every_changed_octet_and_every_truncation_of_a_slot_is_noticed_and_the_other_slot_wins() {
    let disk = Arc::new(CrashDisk::default());
    let (mut journal, _) = open(&disk);
    journal.commit(&state(1)).unwrap();
    journal.commit(&state(2)).unwrap();
    let newest = ["journal.0", "journal.1"].into_iter().max_by_key(|name| disk.content(name).unwrap()[10]).unwrap();
    let good = disk.content(newest).unwrap();
    for at in 0..good.len() {
        for change in [0x01, 0x80, 0xFF] {
            disk.damage(newest, |octets| {
                octets.clone_from(&good);
                octets[at] ^= change;
            });
            assert_eq!(open(&disk).1, Found::State(state(1)), "octet {at} ^ {change:#x}");
        }
        disk.damage(newest, |octets| {
            octets.clone_from(&good);
            octets.truncate(at);
        });
        assert_eq!(open(&disk).1, Found::State(state(1)), "cut to {at} octets");
    }
}

#[test]
fn r44_two_damaged_slots_or_another_devices_secret_are_unreadable_and_not_a_new_device() {
    let disk = Arc::new(CrashDisk::default());
    open(&disk).0.commit(&state(1)).unwrap();
    let other = Journal::open(Arc::clone(&disk) as _, MacKey::new([8; 32])).unwrap().1;
    assert_eq!(other, Found::Unreadable);
    disk.damage("journal.0", |octets| octets[30] ^= 1);
    assert_eq!(open(&disk).1, Found::Unreadable);
}

#[test]
fn r48_reading_at_power_on_changes_nothing_however_often_it_is_cut() {
    let disk = Arc::new(CrashDisk::default());
    let (mut journal, _) = open(&disk);
    journal.commit(&state(1)).unwrap();
    disk.cut_after(1);
    let _ = journal.commit(&state(2));
    let mut rebooted = Arc::new(disk.after_power_cut(Kept::Torn));
    for _ in 0..5 {
        assert_eq!(open(&rebooted).1, Found::State(state(1)));
        assert_eq!(rebooted.operations(), disk.operations(), "opening wrote something");
        rebooted = Arc::new(rebooted.after_power_cut(Kept::Everything));
    }
}

#[test]
fn r47_a_state_beyond_the_bound_is_refused_and_the_old_one_stands() {
    let disk = Arc::new(CrashDisk::default());
    let (mut journal, _) = open(&disk);
    journal.commit(&state(1)).unwrap();
    assert!(matches!(journal.commit(&vec![0; LARGEST_PAYLOAD + 1]), Err(JournalError::TooLarge)));
    assert_eq!(open(&disk).1, Found::State(state(1)));
}
