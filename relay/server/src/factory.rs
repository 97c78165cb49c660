//! What a factory does once for each device: a random handle, a private key for the device, a row for the relay.

use crate::files;
use resetkit_protocol::{BrandId, DeviceSecret, DeviceStatus, FeedRow, Handle, LabelTail};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Progress is told each time this many devices are done.
const STEP: usize = 500;
/// Letters and digits that cannot be taken for one another on a label.
const LABEL: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What to make.
#[derive(Clone, Debug)]
pub struct Order {
    /// How many devices.
    pub count: usize,
    /// Whose.
    pub brand: BrandId,
    /// Which model.
    pub model: String,
}

/// What was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// One row for each device, to be signed and imported.
    pub feed: PathBuf,
    /// One folder for each device with `handle` and `device.key`.
    pub devices: PathBuf,
}

/// Makes handles and keys below `folder`; `progress` hears how many devices are done.
///
/// Each device gets `devices/HANDLE/device.key` (mode 0600) and `devices/HANDLE/handle`; `feed.jsonl` gets its row.
/// Burn the two files into the device and keep no copy (R39).
///
/// # Errors
/// When something exists already or cannot be written.
pub fn make(order: &Order, folder: &Path, progress: &mut dyn FnMut(usize)) -> io::Result<Made> {
    let made = Made { feed: folder.join("feed.jsonl"), devices: folder.join("devices") };
    std::fs::create_dir_all(&made.devices)?;
    let mut feed = io::BufWriter::new(files::new_file(&made.feed, 0o644)?);
    for done in 1..=order.count {
        let row = one(order, &made.devices)?;
        writeln!(feed, "{row}")?;
        if done % STEP == 0 || done == order.count {
            progress(done);
        }
    }
    feed.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(made)
}

fn one(order: &Order, devices: &Path) -> io::Result<FeedRow> {
    let secret = DeviceSecret::from_octets(*files::random_octets()?);
    let drawn = files::random_octets()?;
    let (handle, label) = (Handle::new(*drawn.first_chunk().expect("32 octets hold 8")), &drawn[8..12]);
    let folder = devices.join(handle.to_string());
    std::fs::create_dir(&folder)?;
    files::write_unsynced_secret(&folder.join("device.key"), secret.to_file_text().as_bytes())?;
    files::write_unsynced_secret(&folder.join("handle"), format!("{handle}\n").as_bytes())?;
    let label: String = label.iter().map(|octet| char::from(LABEL[usize::from(octet & 31)])).collect();
    let invalid = |slip: &dyn std::fmt::Display| io::Error::new(io::ErrorKind::InvalidInput, slip.to_string());
    let row = FeedRow {
        handle,
        public_key: secret.public(),
        brand: order.brand.clone(),
        model: order.model.clone(),
        label: LabelTail::parse(&label).map_err(|slip| invalid(&slip))?,
        status: DeviceStatus::Active,
        epoch: 1,
        nickname: None,
    };
    // What is written must be readable: a model with a line end would break the feed later, at the relay.
    FeedRow::parse(&row.to_line()).map_err(|slip| invalid(&slip))
}
