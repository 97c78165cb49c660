//! One method on disk, from directory to sealed memory.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use resetkit_contract::CONTRACT_MAJOR;
use resetkit_core::{Manifest, MethodId};
use rustix::fs::{MemfdFlags, OFlags, SealFlags};
use sha2::{Digest, Sha256};

use crate::elf::{self, ElfFacts};
use crate::failure::{HostFailure, HostFailureKind};
use crate::keys::TrustedKeys;
use crate::limits::Limits;
use crate::manifest::{ManifestText, Times};

/// The manifest's file name in a method's folder.
const MANIFEST: &str = "method.toml";
/// The signature's file name in a method's folder.
const SIGNATURE: &str = "method.toml.minisig";

/// What a search found: usable methods, and for every other folder the reason.
#[derive(Debug)]
pub struct Discovery {
    /// Methods in the order of their ids.
    pub methods: Vec<Installed>,
    /// Folders that hold no usable method.
    pub rejected: Vec<(PathBuf, HostFailure)>,
}

/// A method whose signature was checked. Its library is read and checked again, once, at every start.
#[derive(Debug, Clone)]
pub struct Installed {
    folder: PathBuf,
    text: ManifestText,
}

/// Looks through `<dir>/<id>/`. Never fails as a whole: every folder that cannot be used is listed with its reason.
#[must_use]
pub fn discover(dir: &Path, keys: &TrustedKeys) -> Discovery {
    let mut found = Discovery { methods: Vec::new(), rejected: Vec::new() };
    let folders = match folders_of(dir) {
        Ok(folders) => folders,
        Err(failure) => {
            found.rejected.push((dir.into(), failure));
            return found;
        }
    };
    for (position, folder) in folders.into_iter().enumerate() {
        let opened = if position < Limits::METHODS {
            open_bundle(&folder, keys).and_then(|installed| installed.library().map(|_| installed))
        } else {
            let detail = format!("more than {} methods", Limits::METHODS);
            Err(HostFailure::new(HostFailureKind::NotInstalled, detail))
        };
        match opened {
            Ok(installed) => found.methods.push(installed),
            Err(failure) => found.rejected.push((folder, failure)),
        }
    }
    found.methods.sort_by(|a, b| a.id().cmp(b.id()));
    found
}

fn folders_of(dir: &Path) -> Result<Vec<PathBuf>, HostFailure> {
    let entries = fs::read_dir(dir).map_err(|error| missing(dir, &error))?;
    let mut folders: Vec<_> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect();
    folders.sort();
    Ok(folders)
}

/// Opens one method's folder: manifest and signature are checked, the library is not yet.
///
/// # Errors
/// [`HostFailureKind::NotInstalled`], [`BadSignature`](HostFailureKind::BadSignature),
/// [`BadManifest`](HostFailureKind::BadManifest) or [`WrongContract`](HostFailureKind::WrongContract).
pub fn open_bundle(folder: &Path, keys: &TrustedKeys) -> Result<Installed, HostFailure> {
    let manifest = read_bounded(&folder.join(MANIFEST), Limits::MANIFEST)?;
    let signature = match read_bounded(&folder.join(SIGNATURE), Limits::SIGNATURE) {
        Ok(signature) => signature,
        Err(failure) => return Err(HostFailure::new(HostFailureKind::BadSignature, failure.detail)),
    };
    // Nothing in the text is looked at before its signature is.
    keys.verify(&manifest, &String::from_utf8_lossy(&signature))?;
    let text = std::str::from_utf8(&manifest)
        .map_err(|error| HostFailure::new(HostFailureKind::BadManifest, error.to_string()))?;
    let text = ManifestText::parse(text)?;
    if text.contract != CONTRACT_MAJOR {
        let detail = format!("contract {} where {CONTRACT_MAJOR} is spoken", text.contract);
        return Err(HostFailure::new(HostFailureKind::WrongContract, detail));
    }
    if folder.file_name().and_then(|name| name.to_str()) != Some(text.manifest.id.as_str()) {
        let detail = format!("the folder must be named `{}` as the method is", text.manifest.id);
        return Err(HostFailure::new(HostFailureKind::BadManifest, detail));
    }
    Ok(Installed { folder: folder.into(), text })
}

impl Installed {
    /// The method's id.
    #[must_use]
    pub fn id(&self) -> &MethodId {
        &self.text.manifest.id
    }

    /// What the engine selects by.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.text.manifest
    }

    /// The times that the host holds the method to.
    #[must_use]
    pub fn times(&self) -> Times {
        self.text.times
    }

    /// The whole manifest.
    #[must_use]
    pub fn text(&self) -> &ManifestText {
        &self.text
    }

    /// Reads the library once; what is hashed and inspected is what goes into sealed memory (R80, F20).
    pub(crate) fn library(&self) -> Result<Library, HostFailure> {
        let octets = read_bounded(&self.folder.join(&self.text.library), Limits::LIBRARY)?;
        if Sha256::digest(&octets)[..] != self.text.sha256 {
            let detail = format!("{} is not the file whose hash was signed", self.text.library);
            return Err(HostFailure::new(HostFailureKind::FileChanged, detail));
        }
        let facts = elf::inspect(&octets).map_err(|fault| fault.into_failure())?;
        Ok(Library { octets, facts })
    }
}

/// A library whose hash and form are as they must be.
#[derive(Debug)]
pub(crate) struct Library {
    octets: Vec<u8>,
    /// What the ELF inspection found.
    pub(crate) facts: ElfFacts,
}

impl Library {
    /// Copies it to memory that nobody can change any more, and that has no path.
    pub(crate) fn into_sealed_memory(self) -> Result<OwnedFd, HostFailure> {
        let failed = |step: &str, error: std::io::Error| {
            HostFailure::new(HostFailureKind::SpawnFailed, format!("{step}: {error}"))
        };
        let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
        // Kernels before 6.3 know no MFD_EXEC, later ones may be set to want it.
        let memory = rustix::fs::memfd_create("resetkit-method", flags | MemfdFlags::EXEC)
            .or_else(|_| rustix::fs::memfd_create("resetkit-method", flags))
            .map_err(|error| failed("memfd", error.into()))?;
        let mut file = File::from(memory);
        file.write_all(&self.octets).map_err(|error| failed("memfd", error))?;
        let seals = SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL;
        rustix::fs::fcntl_add_seals(&file, seals).map_err(|error| failed("seal", error.into()))?;
        Ok(file.into())
    }
}

/// Reads a plain file of at most `limit` octets; neither follows a link nor waits for a pipe.
fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, HostFailure> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let flags = i32::try_from(flags.bits()).expect("open flags are small");
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path).map_err(|error| missing(path, &error))?;
    let about = file.metadata().map_err(|error| missing(path, &error))?;
    if !about.is_file() || about.len() > limit {
        let detail = format!("{} is no plain file of at most {limit} octets", path.display());
        return Err(HostFailure::new(HostFailureKind::BadManifest, detail));
    }
    let mut octets = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default());
    file.take(limit + 1).read_to_end(&mut octets).map_err(|error| missing(path, &error))?;
    Ok(octets)
}

fn missing(path: &Path, error: &std::io::Error) -> HostFailure {
    HostFailure::new(HostFailureKind::NotInstalled, format!("{}: {error}", path.display()))
}
