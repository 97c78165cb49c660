//! What the QR code says, saved to a stick: for an owner whose device is in no network, and who has no camera (R35, R89).
//!
//! Only at the device's own screen, and only below the folder that the site file names: who stands there could photograph the
//! same picture. What is written holds no secret that could be opened on the way.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use resetkit_core::Lane;
use resetkit_host::View;

use crate::daemon::{Ground, Screen};
use crate::problem::Slip;

/// Whether this screen can be saved.
#[must_use]
pub(crate) fn is_offered(ground: &Ground, screen: &Screen) -> bool {
    let at_the_device = match screen.view.lane {
        Lane::Console | Lane::Button => true,
        Lane::Network => false,
    };
    at_the_device && ground.config.site.support.export_folder.is_some() && payload(screen).is_some()
}

/// Saves it; the name of the file.
///
/// # Errors
/// [`Slip::ConsoleOnly`], [`Slip::NotFound`] where no picture is shown, [`Slip::NoStick`].
pub(crate) fn save(ground: &Ground, screen: &Screen) -> Result<String, Slip> {
    if screen.view.lane == Lane::Network {
        return Err(Slip::ConsoleOnly);
    }
    let text = payload(screen).ok_or(Slip::NotFound)?;
    let folder = ground.config.site.support.export_folder.as_deref().ok_or(Slip::NoStick)?;
    let name = format!("request-{}.txt", screen.view.request.map(|request| request.to_string()).unwrap_or_default());
    write(folder, &name, &text).map_err(|fault| {
        tracing::warn!(%fault, "nothing was saved to the stick");
        Slip::NoStick
    })?;
    Ok(name)
}

fn payload(screen: &Screen) -> Option<String> {
    screen.method.as_deref().and_then(View::qr).map(|qr| qr.payload.to_string())
}

/// A file that stands there already is written anew; a link in its place is not followed.
fn write(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let nofollow = i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()).unwrap_or(0);
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).custom_flags(nofollow).open(folder.join(name))?;
    writeln!(file, "{text}")?;
    file.sync_all()
}
