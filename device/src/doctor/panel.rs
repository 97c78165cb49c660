//! Whether a telephone can read the QR code from this panel.

use resetkit_protocol as wire;

use super::{Check, Finding};
use crate::daemon::Ground;
use crate::readiness::Light;

/// Octets of the sealed challenge with the address inside, the default form.
const DEFAULT_OCTETS: usize = 123;
/// The quiet zone on both sides, in modules (ISO/IEC 18004).
const QUIET: u32 = 8;
/// Part of the height that the code may have, in hundredths: the rest are words.
const SHARE: u32 = 62;
/// Pixels of one module that any telephone reads at arm's length; and the least that some do.
const GOOD: u32 = 4;
const LEAST: u32 = 2;

/// Holds the code of the default form against the panel of the profile.
pub(crate) fn qr_fits(ground: &Ground) -> Finding {
    let screen = ground.config.profile.screen;
    let Some(relay) = &ground.relay else { return Finding::not_here(Check::Qr) };
    let Some(screen) = screen.filter(|screen| screen.width > 0 && screen.height > 0) else {
        // Without a panel the code is shown by a browser, which makes it as large as it has to be.
        return Finding::of(Check::Qr, "browser", Light::Green, None);
    };
    let modules = modules(&wire::to_url(&relay.url_prefix, &[0; DEFAULT_OCTETS]));
    let Some(modules) = modules else { return Finding::of(Check::Qr, "too-long", Light::Red, None) };
    verdict(u32::from(screen.width), u32::from(screen.height), modules)
}

fn modules(url: &str) -> Option<u32> {
    let code = qrcode::QrCode::with_error_correction_level(url, qrcode::EcLevel::M).ok()?;
    u32::try_from(code.width()).ok()
}

fn verdict(width: u32, height: u32, modules: u32) -> Finding {
    let pixels = (height * SHARE / 100).min(width) / (modules + QUIET);
    if pixels >= GOOD {
        Finding::ok(Check::Qr)
    } else if pixels >= LEAST {
        Finding::of(Check::Qr, "small", Light::Amber, None)
    } else {
        Finding::of(Check::Qr, "too-small", Light::Red, Some(resetkit_core::FailureKind::ScreenTooSmall))
    }
}

#[cfg(test)]
mod tests {
    use super::verdict;

    #[test]
    fn a_code_of_49_modules_is_read_from_a_recorders_monitor_and_not_from_a_stamp() {
        assert_eq!(verdict(1024, 768, 49).word, "ok");
        assert_eq!(verdict(320, 240, 49).word, "small");
        assert_eq!(verdict(128, 64, 49).word, "too-small");
    }
}
