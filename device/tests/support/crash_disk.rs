//! A folder in memory that knows what is durable, so that the power can go, or an operation fail, at any point.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, MutexGuard};

use resetkit_device::disk::Disk;

/// What the flash kept of that which was never synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Nothing.
    Synced,
    /// All of it.
    Everything,
    /// All, but of the last write only the first half reached the old content.
    Torn,
}

pub(crate) const ALL_KEPT: [Kept; 3] = [Kept::Synced, Kept::Everything, Kept::Torn];

/// How an operation fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing was done (EIO, EROFS).
    Undone,
    /// All was done and yet an error was told (a failed fsync whose data arrived).
    Done,
    /// Half was done (ENOSPC, a short write).
    Half,
}

pub(crate) const ALL_FAULTS: [Fault; 3] = [Fault::Undone, Fault::Done, Fault::Half];

#[derive(Clone, Default)]
struct File {
    volatile: Vec<u8>,
    durable: Vec<u8>,
}

#[derive(Clone, Default)]
struct Inner {
    files: Vec<File>,
    names: BTreeMap<String, usize>,
    durable_names: BTreeMap<String, usize>,
    /// The file of the last write that was not synced, and what half of that write would have left.
    unsynced: Option<(usize, Vec<u8>)>,
    done: u64,
    cut_after: Option<u64>,
    fail: Option<(u64, Fault)>,
}

#[derive(Default)]
pub(crate) struct CrashDisk(Mutex<Inner>);

impl CrashDisk {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    /// Lets the power go after `operations` more of them: every later one fails.
    pub(crate) fn cut_after(&self, operations: u64) {
        let mut inner = self.inner();
        inner.cut_after = Some(inner.done + operations);
    }

    /// Lets the `n`-th operation from now fail (1 is the next).
    pub(crate) fn fail_nth(&self, n: u64, fault: Fault) {
        let mut inner = self.inner();
        inner.fail = Some((inner.done + n, fault));
    }

    /// Operations so far; reading does not count.
    pub(crate) fn operations(&self) -> u64 {
        self.inner().done
    }

    /// What a boot finds.
    pub(crate) fn after_power_cut(&self, kept: Kept) -> Self {
        let mut next = self.inner().clone();
        if kept == Kept::Torn
            && let Some((file, torn)) = next.unsynced.take()
        {
            next.files[file].volatile = torn;
        }
        if kept == Kept::Synced {
            next.names = next.durable_names.clone();
        }
        for file in &mut next.files {
            if kept == Kept::Synced {
                file.volatile = file.durable.clone();
            }
            file.durable = file.volatile.clone();
        }
        next.durable_names = next.names.clone();
        (next.cut_after, next.fail, next.unsynced) = (None, None, None);
        Self(Mutex::new(next))
    }

    /// Changes what stands in a file, durably, as a fault of the flash would.
    pub(crate) fn damage(&self, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
        let mut inner = self.inner();
        let file = inner.names[name];
        change(&mut inner.files[file].volatile);
        inner.files[file].durable = inner.files[file].volatile.clone();
    }

    pub(crate) fn content(&self, name: &str) -> Option<Vec<u8>> {
        let inner = self.inner();
        inner.names.get(name).map(|&file| inner.files[file].volatile.clone())
    }

    fn operation(&self, act: impl Fn(&mut Inner, bool) -> io::Result<()>) -> io::Result<()> {
        let mut inner = self.inner();
        if inner.cut_after.is_some_and(|at| inner.done >= at) {
            return Err(io::Error::other("the power is off"));
        }
        inner.done += 1;
        match inner.fail {
            Some((at, fault)) if at == inner.done => {
                match fault {
                    Fault::Undone => {}
                    Fault::Done => act(&mut inner, true)?,
                    Fault::Half => act(&mut inner, false)?,
                }
                Err(io::Error::other("EIO"))
            }
            _ => act(&mut inner, true),
        }
    }
}

impl Inner {
    fn file(&mut self, name: &str) -> usize {
        if let Some(&file) = self.names.get(name) {
            return file;
        }
        self.files.push(File::default());
        let file = self.files.len() - 1;
        self.names.insert(name.to_owned(), file);
        file
    }
}

impl Disk for CrashDisk {
    fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        Ok(self.content(name))
    }

    fn write(&self, name: &str, octets: &[u8]) -> io::Result<()> {
        self.operation(|inner, whole| {
            let file = inner.file(name);
            let before = inner.files[file].volatile.clone();
            inner.files[file].volatile = if whole { octets.to_vec() } else { octets[..octets.len() / 2].to_vec() };
            let half = octets.len() / 2;
            let rest = before.get(half..).unwrap_or_default();
            inner.unsynced = Some((file, [&octets[..half], rest].concat()));
            Ok(())
        })
    }

    fn append(&self, name: &str, octets: &[u8]) -> io::Result<()> {
        self.operation(|inner, whole| {
            let file = inner.file(name);
            let before = inner.files[file].volatile.clone();
            let length = if whole { octets.len() } else { octets.len() / 2 };
            inner.files[file].volatile.extend(&octets[..length]);
            inner.unsynced = Some((file, [before.as_slice(), &octets[..octets.len() / 2]].concat()));
            Ok(())
        })
    }

    fn sync(&self, name: &str) -> io::Result<()> {
        self.operation(|inner, whole| {
            let file = inner.file(name);
            if whole {
                inner.files[file].durable = inner.files[file].volatile.clone();
                inner.unsynced.take_if(|(unsynced, _)| *unsynced == file);
            }
            Ok(())
        })
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.operation(|inner, whole| {
            let file = *inner.names.get(from).ok_or(io::ErrorKind::NotFound)?;
            if whole {
                inner.names.remove(from);
                inner.names.insert(to.to_owned(), file);
            }
            Ok(())
        })
    }

    fn sync_folder(&self) -> io::Result<()> {
        self.operation(|inner, whole| {
            if whole {
                inner.durable_names = inner.names.clone();
            }
            Ok(())
        })
    }
}
