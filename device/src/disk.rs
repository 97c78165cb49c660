//! The few things the daemon does to its state folder, each of them a point at which the power may go.
//!
//! Everything durable goes through [`Disk`], so that a test can cut the power after every write, fsync and
//! rename (R41) or let the n-th operation fail (R42). The folder is flat and its names are ours.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Largest file that is read back, in octets (R47): far above anything this daemon writes but the audit log,
/// which is read line by line and never whole.
pub const LARGEST_FILE: u64 = 1 << 20;

/// The operations on one flat folder. Nothing is durable before [`Disk::sync`] of the file, and no new or
/// renamed name is durable before [`Disk::sync_folder`].
pub trait Disk: Send + Sync {
    /// The whole content, or `None` where there is no such file.
    ///
    /// # Errors
    /// The system's own, and `InvalidData` above [`LARGEST_FILE`].
    fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>>;
    /// Makes the content exactly `octets`, creating the file with mode 0600. In place: may be torn by a cut.
    ///
    /// # Errors
    /// The system's own; the content is then undefined.
    fn write(&self, name: &str, octets: &[u8]) -> io::Result<()>;
    /// Adds `octets` at the end, creating the file with mode 0600.
    ///
    /// # Errors
    /// The system's own; part of the octets may have been added.
    fn append(&self, name: &str, octets: &[u8]) -> io::Result<()>;
    /// Makes the content of one file durable.
    ///
    /// # Errors
    /// The system's own. The content is then unknown and must be written again, never only synced again (R43).
    fn sync(&self, name: &str) -> io::Result<()>;
    /// Gives a file another name, replacing what stood there.
    ///
    /// # Errors
    /// The system's own.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Makes new names in the folder durable.
    ///
    /// # Errors
    /// The system's own.
    fn sync_folder(&self) -> io::Result<()>;
}

/// Writes a file so that after a cut either the old or the new content is there, whole.
///
/// # Errors
/// The first operation that failed; the old content then still stands under `name`, or the new one does.
pub fn write_whole(disk: &dyn Disk, name: &str, octets: &[u8]) -> io::Result<()> {
    let draft = format!("{name}.new");
    disk.write(&draft, octets)?;
    disk.sync(&draft)?;
    disk.rename(&draft, name)?;
    disk.sync_folder()
}

/// A folder of the real file system, mode 0700.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens the folder, making it (mode 0700) where it is missing.
    ///
    /// # Errors
    /// The system's own.
    pub fn open(path: &Path) -> io::Result<Self> {
        if !path.is_dir() {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        }
        Ok(Self { path: path.to_path_buf() })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn at(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    fn options() -> OpenOptions {
        let mut options = OpenOptions::new();
        options.create(true).mode(0o600).custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
        options
    }
}

impl Disk for Folder {
    fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        let length = match fs::symlink_metadata(self.at(name)) {
            Ok(facts) => facts.len(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(e),
        };
        if length > LARGEST_FILE {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "file is larger than any of ours"));
        }
        fs::read(self.at(name)).map(Some)
    }

    fn write(&self, name: &str, octets: &[u8]) -> io::Result<()> {
        let mut file = Self::options().write(true).truncate(false).open(self.at(name))?;
        file.write_all(octets)?;
        file.set_len(octets.len() as u64)
    }

    fn append(&self, name: &str, octets: &[u8]) -> io::Result<()> {
        Self::options().append(true).open(self.at(name))?.write_all(octets)
    }

    fn sync(&self, name: &str) -> io::Result<()> {
        OpenOptions::new().write(true).open(self.at(name))?.sync_all()
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.at(from), self.at(to))
    }

    fn sync_folder(&self) -> io::Result<()> {
        File::open(&self.path)?.sync_all()
    }
}
