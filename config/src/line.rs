//! Where a button's line is found: `evdev:PATH:KEY`, `gpio:CHIP:LINE[:active-low]` or `socket:PATH`.

use std::path::PathBuf;

use serde::Deserialize;

/// The line of a button, as a profile writes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum ButtonLine {
    /// An input device of the kernel, and the key of it that is the button. Debounced by the kernel or not at all.
    Evdev {
        /// The device, e.g. `/dev/input/by-path/platform-gpio-keys-event`.
        path: PathBuf,
        /// Number of the key (`linux/input-event-codes.h`), e.g. 408 for `KEY_RESTART`.
        key: u16,
    },
    /// A line of the GPIO character device.
    Gpio {
        /// The chip, e.g. `/dev/gpiochip0`.
        chip: PathBuf,
        /// Number of the line on the chip.
        line: u32,
        /// The line is low while the button is pressed.
        active_low: bool,
    },
    /// A Unix socket that the daemon listens at, mode 0600, for the process that reads the button: `1` or `0` and a line
    /// feed at every change. A relative path is meant from the state folder.
    Socket {
        /// The socket.
        path: PathBuf,
    },
}

/// Keys that a reset button is usually wired as, by the names of `linux/input-event-codes.h`. Any other by its number.
const KEYS: [(&str, u16); 6] = [
    ("BTN_0", 0x100),
    ("KEY_CONFIG", 171),
    ("KEY_POWER", 116),
    ("KEY_RESTART", 408),
    ("KEY_SETUP", 141),
    ("KEY_WPS_BUTTON", 0x211),
];
/// Highest key number that the kernel knows (`KEY_MAX`).
const KEY_MAX: u16 = 0x2ff;

impl TryFrom<String> for ButtonLine {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parsed = match text.split_once(':') {
            Some(("evdev", rest)) => evdev(rest),
            Some(("gpio", rest)) => gpio(rest),
            Some(("socket", path)) if !path.is_empty() => Some(ButtonLine::Socket { path: path.into() }),
            Some(_) | None => None,
        };
        parsed.ok_or_else(|| {
            format!(
                "`{text}` is not the line of a button; write `evdev:/dev/input/event0:KEY_RESTART` (or the key's number), \
                 `gpio:gpiochip0:5:active-low` or `socket:button.sock`"
            )
        })
    }
}

/// `PATH:KEY`. The path may hold colons itself (`by-path` names of PCI devices do).
fn evdev(rest: &str) -> Option<ButtonLine> {
    let (path, key) = rest.rsplit_once(':')?;
    let named = KEYS.iter().find(|(name, _)| *name == key).map(|(_, number)| *number);
    let key = named.or_else(|| key.parse().ok()).filter(|key| (1..=KEY_MAX).contains(key))?;
    path.starts_with('/').then(|| ButtonLine::Evdev { path: path.into(), key })
}

/// `CHIP:LINE[:active-low]`. The chip is a name below `/dev`, or a path.
fn gpio(rest: &str) -> Option<ButtonLine> {
    let mut parts = rest.split(':');
    let chip = parts.next().filter(|chip| !chip.is_empty())?;
    let line = parts.next()?.parse().ok()?;
    let active_low = match (parts.next(), parts.next()) {
        (None, _) => false,
        (Some("active-low"), None) => true,
        (Some(_), _) => return None,
    };
    let chip = if chip.starts_with('/') { PathBuf::from(chip) } else { PathBuf::from("/dev").join(chip) };
    Some(ButtonLine::Gpio { chip, line, active_low })
}

#[cfg(test)]
mod tests {
    use super::ButtonLine;

    fn read(text: &str) -> Result<ButtonLine, String> {
        ButtonLine::try_from(text.to_owned())
    }

    #[test]
    fn every_way_to_write_a_line_is_read_and_nothing_else() {
        let evdev = |path: &str, key| Ok(ButtonLine::Evdev { path: path.into(), key });
        let gpio = |chip: &str, line, active_low| Ok(ButtonLine::Gpio { chip: chip.into(), line, active_low });
        assert_eq!(read("evdev:/dev/input/event0:408"), evdev("/dev/input/event0", 408));
        assert_eq!(read("evdev:/dev/input/by-path/pci-0000:00:1d.0-event:KEY_RESTART"), {
            evdev("/dev/input/by-path/pci-0000:00:1d.0-event", 408)
        });
        assert_eq!(read("gpio:gpiochip0:5"), gpio("/dev/gpiochip0", 5, false));
        assert_eq!(read("gpio:/dev/reset:5:active-low"), gpio("/dev/reset", 5, true));
        assert_eq!(read("socket:button.sock"), Ok(ButtonLine::Socket { path: "button.sock".into() }));
        for wrong in [
            "",
            "button",
            "evdev:reset",
            "evdev:event0:408",
            "evdev:/dev/input/event0",
            "evdev:/dev/input/event0:0",
            "evdev:/dev/input/event0:768",
            "evdev:/dev/input/event0:KEY_NONSENSE",
            "gpio:gpiochip0",
            "gpio::5",
            "gpio:gpiochip0:x",
            "gpio:gpiochip0:5:low",
            "gpio:gpiochip0:5:active-low:more",
            "socket:",
            "serial:/dev/x",
        ] {
            assert!(read(wrong).is_err_and(|said| said.contains("; write `evdev:")), "{wrong}");
        }
    }
}
