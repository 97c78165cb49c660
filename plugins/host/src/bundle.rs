//! One method on disk, from directory to sealed memory.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use resetkit_contract::{CONTRACT_MAJOR, Linked};
use resetkit_core::{Manifest, ManifestGrant, MethodId};
use rustix::fs::{MemfdFlags, OFlags, SealFlags};
use sha2::{Digest, Sha256};

use crate::elf::{self, ElfFacts};
use crate::failure::{HostFailure, HostFailureKind};
use crate::keys::{Signer, TrustedKeys};
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
    source: Source,
    text: ManifestText,
}

/// Where the code of a method is.
#[derive(Debug, Clone)]
enum Source {
    /// In the library of this folder.
    Folder(PathBuf),
    /// In the program itself (feature `builtin`).
    Linked(&'static Linked),
}

/// Methods that are linked into the program (feature `builtin`), and what [`discover`] finds beside them. The linked ones
/// need no signature of their own: the program that holds them is what the firmware signs. A folder with the id of a linked
/// method is rejected, and so is every folder where the program is static and can open no library.
#[must_use]
pub fn discover_with(dir: &Path, keys: &TrustedKeys, linked: &'static [Linked]) -> Discovery {
    let mut found = discover(dir, keys);
    if !linked.is_empty() {
        // Where methods are linked in, a folder of further ones need not be there.
        found.rejected.retain(|(folder, failure)| folder != dir || failure.kind != HostFailureKind::NotInstalled);
    }
    let taken = |id: &MethodId| linked.iter().any(|linked| linked.id == id.as_str());
    let (folders, kept): (Vec<_>, Vec<_>) =
        found.methods.drain(..).partition(|installed| taken(installed.id()) || cfg!(target_feature = "crt-static"));
    found.methods = kept;
    found.rejected.extend(folders.into_iter().map(|installed| {
        let detail = if taken(installed.id()) {
            "a method of this id is linked into the program"
        } else {
            "a static program cannot open libraries; link the method in"
        };
        (dir.join(installed.id().as_str()), HostFailure::new(HostFailureKind::LoadFailed, detail))
    }));
    for method in linked {
        match open_linked(method) {
            Ok(installed) => found.methods.push(installed),
            Err(failure) => found.rejected.push((PathBuf::from(method.id), failure)),
        }
    }
    found.methods.sort_by(|a, b| a.id().cmp(b.id()));
    found
}

/// A method that is linked into the program.
///
/// # Errors
/// [`HostFailureKind::BadManifest`] or [`WrongContract`](HostFailureKind::WrongContract).
pub fn open_linked(linked: &'static Linked) -> Result<Installed, HostFailure> {
    let text = ManifestText::parse_linked(linked.manifest)?;
    check_contract(&text)?;
    if text.manifest.id.as_str() != linked.id || text.manifest.version != linked.version {
        let detail = format!("the manifest of `{}` is of `{}`", linked.id, text.manifest.id);
        return Err(HostFailure::new(HostFailureKind::BadManifest, detail));
    }
    Ok(Installed { source: Source::Linked(linked), text })
}

fn check_contract(text: &ManifestText) -> Result<(), HostFailure> {
    if text.contract == CONTRACT_MAJOR {
        return Ok(());
    }
    Err(HostFailure::new(HostFailureKind::WrongContract, other_contract(text.contract)))
}

/// What is said of a method for another contract, and what to do about it.
pub(crate) fn other_contract(major: u16) -> String {
    let next = if major < CONTRACT_MAJOR {
        format!("build it again with resetkit-contract {CONTRACT_MAJOR}")
    } else {
        "update the firmware, or ask the method's vendor for an older build".to_owned()
    };
    format!("it was built for contract {major}, and this device speaks contract {CONTRACT_MAJOR}: {next}")
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
    let signer = keys.verify(&manifest, &String::from_utf8_lossy(&signature))?;
    let text = std::str::from_utf8(&manifest)
        .map_err(|error| HostFailure::new(HostFailureKind::BadManifest, error.to_string()))?;
    let text = ManifestText::parse(text)?;
    check_contract(&text)?;
    if text.manifest.grants.contains(&ManifestGrant::Attest) && signer != Signer::Maker {
        let detail = "only a method signed by the firmware's maker may have the grant `attest`";
        return Err(HostFailure::new(HostFailureKind::NotTheMakers, detail));
    }
    if folder.file_name().and_then(|name| name.to_str()) != Some(text.manifest.id.as_str()) {
        let detail = format!("the folder must be named `{}` as the method is", text.manifest.id);
        return Err(HostFailure::new(HostFailureKind::BadManifest, detail));
    }
    Ok(Installed { source: Source::Folder(folder.into()), text })
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

    /// The settings that it may be connected to.
    pub fn settings(&self) -> impl Iterator<Item = &str> {
        self.manifest().grants.iter().filter_map(|grant| match grant {
            ManifestGrant::Connect(setting) => Some(setting.as_str()),
            ManifestGrant::Seal
            | ManifestGrant::MaskedAddress
            | ManifestGrant::RelayAddress
            | ManifestGrant::BrandWords
            | ManifestGrant::DeliverCode
            | ManifestGrant::Attest
            | ManifestGrant::KeptCodes
            | ManifestGrant::Button => None,
        })
    }

    /// Whether it hears the reset button.
    #[must_use]
    pub fn hears_button(&self) -> bool {
        self.manifest().grants.contains(&ManifestGrant::Button)
    }

    /// Whether it asks for codes that the owner keeps.
    #[must_use]
    pub fn asks_for_kept_codes(&self) -> bool {
        self.manifest().grants.contains(&ManifestGrant::KeptCodes)
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

    /// Reads the library as a start does, and throws it away: whether it is the one whose hash was signed, and fit to load.
    ///
    /// # Errors
    /// [`HostFailureKind::NotInstalled`], [`FileChanged`](HostFailureKind::FileChanged) or
    /// [`UnsuitableLibrary`](HostFailureKind::UnsuitableLibrary).
    pub fn check_library(&self) -> Result<(), HostFailure> {
        self.library().map(drop)
    }

    /// Reads the library once; what is hashed and inspected is what goes into sealed memory (R80, F20).
    pub(crate) fn library(&self) -> Result<Library, HostFailure> {
        let folder = match &self.source {
            Source::Folder(folder) => folder,
            Source::Linked(linked) => return Ok(Library::Linked(linked)),
        };
        let octets = read_bounded(&folder.join(&self.text.library), Limits::LIBRARY)?;
        if self.text.sha256.is_none_or(|signed| Sha256::digest(&octets)[..] != signed) {
            let detail = format!("{} is not the file whose hash was signed", self.text.library);
            return Err(HostFailure::new(HostFailureKind::FileChanged, detail));
        }
        let facts = elf::inspect(&octets).map_err(|fault| fault.into_failure())?;
        Ok(Library::File { octets, facts })
    }
}

/// The code of a method.
#[derive(Debug)]
pub(crate) enum Library {
    /// A library whose hash and form are as they must be.
    File {
        octets: Vec<u8>,
        /// What the ELF inspection found.
        facts: ElfFacts,
    },
    /// Linked into the program.
    Linked(&'static Linked),
}

impl Library {
    /// Whether libm must be there before the sandbox closes.
    pub(crate) fn needs_libm(&self) -> bool {
        match self {
            Library::File { facts, .. } => facts.needs_libm(),
            Library::Linked(_) => false,
        }
    }

    /// The id of a linked method.
    pub(crate) fn linked_id(&self) -> Option<&'static str> {
        match self {
            Library::File { .. } => None,
            Library::Linked(linked) => Some(linked.id),
        }
    }

    /// Copies it to memory that nobody can change any more, and that has no path; empty memory for a linked method, which
    /// then meets the same wall where its standard output would be.
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
        let octets = match &self {
            Library::File { octets, .. } => octets.as_slice(),
            Library::Linked(_) => &[],
        };
        file.write_all(octets).map_err(|error| failed("memfd", error))?;
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
