//! The companion app of the browser: plain files without a build step, served by the relay at `/app/`.
//!
//! [`PAGE`] and [`WORKER`] are templates that the relay fills in once for each brand; everything else is served as it is.

/// A file of the app.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Path below `/app/`.
    pub path: &'static str,
    /// Media type.
    pub kind: &'static str,
    /// What is in it.
    pub text: &'static str,
}

/// The one page: `language`, `app_name`, `description`, `no_script`, `tabs`, `light` and `dark` (colours) are filled in.
pub const PAGE: &str = include_str!("../app/index.html");

/// The service worker: `version`, and `files`, a JSON array of addresses, are filled in.
pub const WORKER: &str = include_str!("../app/sw.js");

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const PLAIN: &str = "text/plain; charset=utf-8";

macro_rules! files {
    ($($path:literal $kind:ident),* $(,)?) => {
        &[$(File { path: $path, kind: $kind, text: include_str!(concat!("../app/", $path)) }),*]
    };
}

/// Every file that is the same for all brands.
pub const FILES: &[File] = files![
    "app.css" STYLE,
    "js/brand.js" SCRIPT,
    "js/camera.js" SCRIPT,
    "js/dom.js" SCRIPT,
    "js/flow.js" SCRIPT,
    "js/main.js" SCRIPT,
    "js/pages.js" SCRIPT,
    "js/payload.js" SCRIPT,
    "js/pictures.js" SCRIPT,
    "js/reader-worker.js" SCRIPT,
    "js/reader.js" SCRIPT,
    "js/relay.js" SCRIPT,
    "js/scanner.js" SCRIPT,
    "js/shapes.js" SCRIPT,
    "js/texts.js" SCRIPT,
    "vendor/jsQR.js" SCRIPT,
    "vendor/jsQR.LICENSE" PLAIN,
];

/// What the app itself finds wrong: the stable number, and the last part of `err-app-…` and `rec-app-…` (R93).
/// Numbers are never given a second meaning; the relay's own are in `resetkit_protocol::ProblemCode`.
pub const SLIPS: &[(&str, &str)] = &[
    // The phone has no network. Since 0.1.
    ("E-740", "offline"),
    // The relay does not answer. Since 0.1.
    ("E-741", "unreachable"),
    // Somebody else answered: a log-in page of a Wi-Fi, a proxy. Since 0.1.
    ("E-742", "no-sense"),
    // A challenge for another relay; nothing was sent (R38). Since 0.1.
    ("E-743", "other-service"),
    // No challenge at all. Since 0.1.
    ("E-744", "not-a-code"),
    // A challenge with a part missing. Since 0.1.
    ("E-745", "incomplete"),
    // The owner or the browser forbids the camera. Since 0.1.
    ("E-746", "camera-refused"),
    // No camera. Since 0.1.
    ("E-747", "camera-missing"),
    // The camera does not start. Since 0.1.
    ("E-748", "camera-busy"),
    // Not a picture, or too large. Since 0.1.
    ("E-749", "photo-unreadable"),
    // No QR code in the photo. Since 0.1.
    ("E-750", "photo-no-code"),
];

/// Ids of the texts that the app shows, besides those of [`SLIPS`]. Arguments stay as `{name}` for the app to fill in.
#[rustfmt::skip]
pub const TEXTS: &[&str] = &[
    "app-home", "app-back", "app-tabs", "app-home-title", "app-home-intro", "app-step-one-title", "app-step-one",
    "app-step-two-title", "app-step-two", "app-step-three-title", "app-step-three", "app-scan-button", "app-where",
    "app-reset-intro", "app-photo-button", "app-text-button", "app-connection", "app-connection-hint",
    "app-connection-asking", "app-connection-good", "app-language", "app-as-phone", "app-look", "app-look-light",
    "app-look-dark", "app-install", "app-install-how", "app-about", "app-about-sees", "app-about-sees-text",
    "app-about-never", "app-about-never-text", "app-about-parts", "app-about-parts-text", "app-licence",
    "app-scan-title", "app-scan-starting", "app-scan-searching", "app-scan-long", "app-scan-view", "app-torch",
    "app-photo-reading", "app-text-title", "app-text-label", "app-text-hint", "app-next", "app-cancel", "app-done",
    "app-try-again", "app-checking", "app-sending", "app-confirm-never", "app-sent-text", "app-sent-picture",
    "app-sent-no-mail", "app-resends-none", "app-resends-once", "app-resends-more", "relay-confirm-question",
    "relay-confirm-reset", "relay-confirm-address", "relay-confirm-compare", "relay-confirm-button",
    "relay-again-button", "relay-device", "relay-label", "relay-request", "relay-sent-title",
    "relay-sent-again-title", "relay-sent-no-mail", "relay-not-sent-title", "relay-next-step", "relay-code-label",
    "relay-support", "relay-unlock-question", "relay-unlock-what", "relay-unlock-button", "relay-unlock-done-title",
    "relay-unlock-never-title",
    "relay-unlock-never-password", "relay-unlock-never-code", "relay-unlock-never-pay",
];

/// Arguments that the app fills in itself.
pub const ARGUMENTS: &[&str] = &["request", "count", "host"];
