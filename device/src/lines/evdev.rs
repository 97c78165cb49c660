//! A key of an input device of the kernel.
//!
//! Its events carry the wall clock by default, so the moment of reading counts instead. The device is not grabbed: a reset
//! button is often the power key of something else as well.

use std::io;
use std::path::Path;

use ::evdev::raw_stream::RawDevice;
use ::evdev::{EventType, InputEvent, KeyCode, SynchronizationCode};

use super::Says;

/// What one event means for one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Pressed,
    Released,
    /// The kernel had to drop events: the level must be asked for.
    AskLevel,
    /// Of another key, a report's end, or a repetition.
    Nothing,
}

/// Reads until the device is gone.
pub(super) async fn read(path: &Path, key: u16, says: &Says) -> io::Result<()> {
    let device = RawDevice::open(path)?;
    let code = KeyCode::new(key);
    if !device.supported_keys().is_some_and(|keys| keys.contains(code)) {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("the device has no key {key}")));
    }
    let mut events = device.into_event_stream()?;
    says.level(says.now(), level(events.device(), code)?).await;
    loop {
        let event = events.next_event().await?;
        let at = says.now();
        match meaning(event, key) {
            Meaning::Pressed => says.level(at, true).await,
            Meaning::Released => says.level(at, false).await,
            Meaning::AskLevel => says.level(at, level(events.device(), code)?).await,
            Meaning::Nothing => {}
        }
    }
}

fn level(device: &RawDevice, key: KeyCode) -> io::Result<bool> {
    Ok(device.get_key_state()?.contains(key))
}

fn meaning(event: InputEvent, key: u16) -> Meaning {
    if event.event_type() == EventType::SYNCHRONIZATION && event.code() == SynchronizationCode::SYN_DROPPED.0 {
        return Meaning::AskLevel;
    }
    if event.event_type() != EventType::KEY || event.code() != key {
        return Meaning::Nothing;
    }
    match event.value() {
        0 => Meaning::Released,
        1 => Meaning::Pressed,
        // 2 is the keyboard's auto-repeat: the key is still down.
        _ => Meaning::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `evtest` writes them: type, code, value.
    const RECORDED: &[(u16, u16, i32, Meaning)] = &[
        (1, 408, 1, Meaning::Pressed),
        (0, 0, 0, Meaning::Nothing),
        (1, 408, 2, Meaning::Nothing),
        (0, 0, 1, Meaning::Nothing),
        (1, 116, 1, Meaning::Nothing),
        (1, 116, 0, Meaning::Nothing),
        (4, 4, 408, Meaning::Nothing),
        (0, 3, 0, Meaning::AskLevel),
        (1, 408, 0, Meaning::Released),
        (5, 408, 1, Meaning::Nothing),
    ];

    #[test]
    fn r82_repetitions_other_keys_and_reports_are_no_edges_and_a_gap_asks_for_the_level() {
        for (kind, code, value, meant) in RECORDED {
            assert_eq!(meaning(InputEvent::new(*kind, *code, *value), 408), *meant, "{kind} {code} {value}");
        }
    }

    #[tokio::test]
    async fn a_device_that_is_not_there_or_no_input_device_is_an_error_and_no_panic() {
        let (out, _signals) = tokio::sync::mpsc::channel(1);
        let says = Says { out, clock: crate::clock::Clock::default() };
        assert!(read(Path::new("/dev/input/none"), 408, &says).await.is_err());
        assert!(read(Path::new("/dev/null"), 408, &says).await.is_err());
    }
}
