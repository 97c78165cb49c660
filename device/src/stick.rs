//! What the QR code says, saved to a stick: for an owner whose device is in no network, and who has no camera (R35, R89).
//!
//! Only at the device's own screen, and only below the folder that the site file names: who stands there could photograph the
//! same picture. What is written holds no secret that could be opened on the way.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use resetkit_core::Lane;
use resetkit_host::View;
use rustix::fs::OFlags;

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

/// A file that stands there already is written anew. Whoever prepared the stick gains nothing: a link in the place of the file or the
/// folder is not followed, a pipe neither waited for nor written to.
fn write(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    if !std::fs::symlink_metadata(folder)?.is_dir() {
        return Err(ErrorKind::NotADirectory.into());
    }
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let flags = i32::try_from(flags.bits()).map_err(|_| ErrorKind::Unsupported)?;
    // Cut only once it is known to be a file.
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(false).custom_flags(flags).open(folder.join(name))?;
    if !file.metadata()?.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    file.set_len(0)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn f17_a_pipe_a_link_or_a_folder_in_the_place_of_the_file_is_no_stick_and_holds_nobody_up() {
        let stick = tempfile::TempDir::new().expect("the folder of the test");
        let at = |name: &str| stick.path().join(name);
        std::fs::write(at("elsewhere"), "precious").expect("the folder of the test");
        std::os::unix::fs::symlink(at("elsewhere"), at("link.txt")).expect("the folder of the test");
        std::os::unix::fs::symlink(stick.path(), at("folder")).expect("the folder of the test");
        std::fs::create_dir(at("dir.txt")).expect("the folder of the test");
        let made = std::process::Command::new("mkfifo").arg(at("pipe.txt")).status().expect("the folder of the test");
        assert!(made.success());
        for name in ["link.txt", "dir.txt", "pipe.txt"] {
            assert!(write(stick.path(), name, "words").is_err(), "{name}");
        }
        // Somebody reads the pipe: it opens, and is none the less no file.
        let reader =
            std::fs::OpenOptions::new().read(true).write(true).open(at("pipe.txt")).expect("the folder of the test");
        assert!(write(stick.path(), "pipe.txt", "words").is_err());
        drop(reader);
        assert!(write(&at("folder"), "new.txt", "words").is_err(), "a link in the place of the folder");
        assert_eq!(std::fs::read_to_string(at("elsewhere")).expect("the folder of the test"), "precious");
    }

    #[test]
    fn r35_a_longer_file_of_the_same_name_is_written_anew() {
        let stick = tempfile::TempDir::new().expect("the folder of the test");
        for text in ["a longer text than the next", "short"] {
            write(stick.path(), "request-0001.txt", text).expect("the folder of the test");
        }
        assert_eq!(
            std::fs::read_to_string(stick.path().join("request-0001.txt")).expect("the folder of the test"),
            "short\n"
        );
    }
}
