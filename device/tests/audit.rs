//! The audit log's chain (R92).

use std::sync::Arc;

use resetkit_device::audit::{AuditError, AuditLog, Entry, FILE, OLD_FILE, verify};
use resetkit_device::disk::Disk;

use crate::support::crash_disk::{ALL_FAULTS, CrashDisk, Kept};

fn open(disk: &Arc<CrashDisk>) -> AuditLog {
    AuditLog::open(Arc::clone(disk) as _)
}

fn written(lines: usize) -> (Arc<CrashDisk>, Vec<u8>) {
    let disk = Arc::new(CrashDisk::default());
    let mut log = open(&disk);
    for _ in 0..lines {
        log.add(42, None, &Entry { request: Some("0042".into()), lane: Some("console"), ..Entry::of("code_wrong") });
    }
    let content = disk.content(FILE).unwrap();
    (disk, content)
}

#[test]
fn r92_a_log_as_it_was_written_verifies_and_goes_on_after_a_restart() {
    let (disk, content) = written(5);
    assert_eq!(verify(content.as_slice()).unwrap().lines, 5);
    open(&disk).add(50, Some(1_800_000_000), &Entry::of("password_set"));
    assert_eq!(verify(disk.content(FILE).unwrap().as_slice()).unwrap().lines, 6);
}

#[test]
fn r92_a_changed_removed_or_added_line_is_named() {
    let (_, content) = written(5);
    for at in 0..content.len() - 1 {
        let mut changed = content.clone();
        changed[at] ^= 2;
        let line = u64::try_from(content[..at].iter().filter(|&&c| c == b'\n').count()).unwrap() + 1;
        let found = verify(changed.as_slice());
        assert!(matches!(found, Err(AuditError::Broken(n)) if n == line || n == line + 1), "octet {at}: {found:?}");
    }
    let lines: Vec<&[u8]> = content.split_inclusive(|&c| c == b'\n').collect();
    let without_third = [lines[0], lines[1], lines[3], lines[4]].concat();
    assert!(matches!(verify(without_third.as_slice()), Err(AuditError::Broken(3))));
    let twice = [lines[0], lines[1], lines[1], lines[2]].concat();
    assert!(matches!(verify(twice.as_slice()), Err(AuditError::Broken(3))));
}

#[test]
fn r92_a_line_torn_by_a_cut_is_cut_off_and_the_chain_goes_on() {
    let (disk, content) = written(3);
    let mut log = open(&disk);
    disk.cut_after(1);
    log.add(1, None, &Entry::of("reset_started"));
    let rebooted = Arc::new(disk.after_power_cut(Kept::Torn));
    assert_ne!(rebooted.content(FILE).unwrap(), content, "the line was not torn");
    open(&rebooted).add(2, None, &Entry::of("booted"));
    assert_eq!(verify(rebooted.content(FILE).unwrap().as_slice()).unwrap().lines, 4);
}

#[test]
fn r45_a_log_that_cannot_be_written_stops_nobody_and_tells_how_many_lines_were_lost() {
    for fault in ALL_FAULTS {
        for n in 1..=2 {
            let (disk, _) = written(1);
            let mut log = open(&disk);
            disk.fail_nth(n, fault);
            log.add(1, None, &Entry::of("code_wrong"));
            log.add(2, None, &Entry::of("code_wrong"));
            let content = String::from_utf8(disk.content(FILE).unwrap()).unwrap();
            assert!(content.lines().nth(1).unwrap().contains("\"lost\":1"), "{content}");
            assert_eq!(verify(content.as_bytes()).unwrap().lines, 2);
        }
    }
}

#[test]
fn r92_a_log_that_was_changed_is_put_aside_and_said_so() {
    let (disk, _) = written(4);
    disk.damage(FILE, |octets| octets[20] ^= 1);
    open(&disk);
    assert!(disk.content(OLD_FILE).is_some());
    let fresh = String::from_utf8(disk.content(FILE).unwrap()).unwrap();
    assert!(fresh.contains("audit_log_broken"), "{fresh}");
    verify(fresh.as_bytes()).unwrap();
}

#[test]
fn r47_a_log_that_has_grown_is_put_aside_and_the_chain_is_carried_on() {
    let disk = Arc::new(CrashDisk::default());
    let mut log = open(&disk);
    let filler = Entry { detail: Some("x".repeat(700)), ..Entry::of("code_wrong") };
    while disk.content(OLD_FILE).is_none() {
        log.add(1, None, &filler);
    }
    let old = verify(disk.read(OLD_FILE).unwrap().unwrap().as_slice()).unwrap();
    let new = verify(disk.read(FILE).unwrap().unwrap().as_slice()).unwrap();
    assert_eq!(new.lines, old.lines + 2);
    assert_eq!(&new, log.end());
    open(&disk).add(2, None, &filler);
    assert_eq!(verify(disk.content(FILE).unwrap().as_slice()).unwrap().lines, old.lines + 3);
}
