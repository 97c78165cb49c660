//! A look at a library's ELF headers before any of its code runs (R80): a small bounded reader of 64-bit little-endian files.
//!
//! ```text
//!  file header ─► program headers ─► PT_LOAD   no segment both writable and executable
//!                                    PT_GNU_STACK   not executable
//!                                    PT_DYNAMIC ─► DT_NEEDED   from the allow-list only
//!                                                  DT_RPATH, DT_RUNPATH, DT_TEXTREL, DT_AUDIT, DT_FILTER ..   none
//!                                                  DT_SYMTAB   holds the contract's symbol
//! ```

use resetkit_contract::{CONTRACT_MAJOR, CONTRACT_SYMBOL};

use crate::bundle::other_contract;
use crate::failure::{HostFailure, HostFailureKind};

/// Libraries that a method may need: the worker has them open already, so no path is looked up.
const ALLOWED: [&str; 7] = [
    "libc.so.6",
    "libm.so.6",
    "libgcc_s.so.1",
    "libdl.so.2",
    "libpthread.so.0",
    "ld-linux-x86-64.so.2",
    "ld-linux-aarch64.so.1",
];

const MOST_PROGRAM_HEADERS: usize = 64;
const MOST_DYNAMIC_ENTRIES: usize = 512;
const MOST_SYMBOLS: usize = 1 << 16;
const LONGEST_NAME: usize = 4096;

/// Contracts that are told apart by name when they are refused.
const MOST_CONTRACT: u16 = 9;

/// What the inspection found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ElfFacts {
    /// Libraries needed.
    pub(crate) needed: Vec<String>,
}

impl ElfFacts {
    /// Whether libm must be there before the sandbox closes.
    pub(crate) fn needs_libm(&self) -> bool {
        self.needed.iter().any(|name| name == "libm.so.6")
    }
}

/// Why a library is refused unread.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ElfFault {
    #[error("not a 64-bit little-endian shared object for this machine")]
    NotALibrary,
    #[error("its headers point outside the file")]
    Broken,
    #[error("it needs `{0}`")]
    Needs(String),
    #[error("it has {0}")]
    Forbidden(&'static str),
    #[error("it does not export `{CONTRACT_SYMBOL}`: it is no method, or was stripped of its exported symbols")]
    NoContract,
    #[error("{}", other_contract(*.0))]
    OtherContract(u16),
}

impl ElfFault {
    pub(crate) fn into_failure(self) -> HostFailure {
        let kind = match self {
            ElfFault::NoContract | ElfFault::OtherContract(_) => HostFailureKind::WrongContract,
            ElfFault::NotALibrary | ElfFault::Broken | ElfFault::Needs(_) | ElfFault::Forbidden(_) => {
                HostFailureKind::UnsuitableLibrary
            }
        };
        HostFailure::new(kind, self.to_string())
    }
}

const MACHINE: u16 = if cfg!(target_arch = "x86_64") { 62 } else { 183 };

/// Inspects a library. Total: any octets give an answer, within stated bounds.
pub(crate) fn inspect(octets: &[u8]) -> Result<ElfFacts, ElfFault> {
    let file = Octets(octets);
    check_file_header(&file)?;
    let segments = segments(&file)?;
    let dynamic = segments.iter().find(|segment| segment.kind == PT_DYNAMIC).ok_or(ElfFault::NotALibrary)?;
    check_segments(&segments, octets.len())?;
    // By address, as the loader does: a file offset that says otherwise must not mislead us.
    let dynamic = Dynamic::read(&file, place(&segments, dynamic.address)?, dynamic.length)?;
    if let Some(what) = dynamic.forbidden {
        return Err(ElfFault::Forbidden(what));
    }
    let strings = place(&segments, dynamic.strings)?;
    let needed = dynamic.needed.iter().map(|offset| file.name(strings, *offset)).collect::<Result<Vec<_>, _>>()?;
    if let Some(foreign) = needed.iter().find(|name| !ALLOWED.contains(&name.as_str())) {
        return Err(ElfFault::Needs(foreign.clone()));
    }
    let symbols = place(&segments, dynamic.symbols)?;
    if !exports(&file, symbols, strings, CONTRACT_SYMBOL)? {
        return Err(other_than_ours(&file, symbols, strings)?);
    }
    Ok(ElfFacts { needed })
}

/// A library of another contract says so by the name of its symbol, before any of its code runs.
fn other_than_ours(file: &Octets<'_>, symbols: usize, strings: usize) -> Result<ElfFault, ElfFault> {
    for major in (0..=MOST_CONTRACT).filter(|major| *major != CONTRACT_MAJOR) {
        let symbol = CONTRACT_SYMBOL.replace(&CONTRACT_MAJOR.to_string(), &major.to_string());
        if exports(file, symbols, strings, &symbol)? {
            return Ok(ElfFault::OtherContract(major));
        }
    }
    Ok(ElfFault::NoContract)
}

fn check_file_header(file: &Octets<'_>) -> Result<(), ElfFault> {
    const SHARED_OBJECT: u16 = 3;
    let magic = file.0.starts_with(b"\x7fELF\x02\x01\x01");
    let kind = file.u16(16)?;
    if magic && kind == SHARED_OBJECT && file.u16(18)? == MACHINE { Ok(()) } else { Err(ElfFault::NotALibrary) }
}

const PT_LOAD: u32 = 1;
const PT_DYNAMIC: u32 = 2;
const PT_INTERP: u32 = 3;
const PT_GNU_STACK: u32 = 0x6474_e551;
const EXECUTABLE: u32 = 1;
const WRITABLE: u32 = 2;

struct Segment {
    kind: u32,
    flags: u32,
    offset: usize,
    address: usize,
    length: usize,
}

fn segments(file: &Octets<'_>) -> Result<Vec<Segment>, ElfFault> {
    const ENTRY: u16 = 56;
    let (start, size, count) = (file.word(32)?, file.u16(54)?, usize::from(file.u16(56)?));
    if size != ENTRY || count > MOST_PROGRAM_HEADERS {
        return Err(ElfFault::Broken);
    }
    (0..count)
        .map(|index| {
            let at = start.checked_add(index * usize::from(ENTRY)).ok_or(ElfFault::Broken)?;
            Ok(Segment {
                kind: file.u32(at)?,
                flags: file.u32(at + 4)?,
                offset: file.word(at + 8)?,
                address: file.word(at + 16)?,
                length: file.word(at + 32)?,
            })
        })
        .collect()
}

fn check_segments(segments: &[Segment], file_length: usize) -> Result<(), ElfFault> {
    let both = EXECUTABLE | WRITABLE;
    if segments.iter().any(|s| s.kind == PT_LOAD && s.flags & both == both) {
        return Err(ElfFault::Forbidden("code that can be written"));
    }
    // Without the header glibc takes the stack to be executable.
    let stack = segments.iter().find(|s| s.kind == PT_GNU_STACK);
    if stack.is_none_or(|s| s.flags & EXECUTABLE != 0) {
        return Err(ElfFault::Forbidden("an executable stack"));
    }
    if segments.iter().any(|s| s.kind == PT_INTERP) {
        return Err(ElfFault::Forbidden("an interpreter"));
    }
    let within = |s: &Segment| s.offset.checked_add(s.length).is_some_and(|end| end <= file_length);
    if !segments.iter().filter(|s| s.kind == PT_LOAD).all(within) {
        return Err(ElfFault::Broken);
    }
    check_order(segments)
}

/// Loaded segments must ascend without overlap, so that an address has one place in the file for us and for the loader.
fn check_order(segments: &[Segment]) -> Result<(), ElfFault> {
    const PAGE: usize = 4096;
    let mut free_from = 0;
    for segment in segments.iter().filter(|s| s.kind == PT_LOAD) {
        let end = segment.address.checked_add(segment.length).ok_or(ElfFault::Broken)?;
        let aligned = segment.address % PAGE == segment.offset % PAGE;
        if segment.address / PAGE * PAGE < free_from || !aligned {
            return Err(ElfFault::Broken);
        }
        free_from = end.checked_next_multiple_of(PAGE).ok_or(ElfFault::Broken)?;
    }
    Ok(())
}

/// The file offset of an address.
fn place(segments: &[Segment], address: usize) -> Result<usize, ElfFault> {
    segments
        .iter()
        .filter(|s| s.kind == PT_LOAD)
        .find_map(|s| address.checked_sub(s.address).filter(|within| *within < s.length).map(|within| (s, within)))
        .and_then(|(s, within)| s.offset.checked_add(within))
        .ok_or(ElfFault::Broken)
}

#[derive(Default)]
struct Dynamic {
    needed: Vec<usize>,
    strings: usize,
    symbols: usize,
    forbidden: Option<&'static str>,
}

impl Dynamic {
    fn read(file: &Octets<'_>, start: usize, length: usize) -> Result<Dynamic, ElfFault> {
        let mut dynamic = Dynamic::default();
        let entries = (length / 16).min(MOST_DYNAMIC_ENTRIES);
        for index in 0..entries {
            let at = start.checked_add(index * 16).ok_or(ElfFault::Broken)?;
            let (tag, value) = (file.word(at)?, file.word(at + 8)?);
            match tag {
                0 => return Ok(dynamic),
                1 => dynamic.needed.push(value),
                5 => dynamic.strings = value,
                6 => dynamic.symbols = value,
                15 | 29 => dynamic.forbidden = Some("a search path of its own (RPATH, RUNPATH)"),
                22 => dynamic.forbidden = Some("relocations in its code (TEXTREL)"),
                0x7fff_fffd | 0x7fff_ffff | 0x6fff_fefc | 0x6fff_fefb => {
                    dynamic.forbidden = Some("a filter or audit library (AUXILIARY, FILTER, AUDIT)");
                }
                _ => {}
            }
        }
        Err(ElfFault::Broken)
    }
}

/// Whether a defined symbol of this name exists. The table has no length of its own: by custom the strings follow it.
fn exports(file: &Octets<'_>, symbols: usize, strings: usize, wanted: &str) -> Result<bool, ElfFault> {
    const ENTRY: usize = 24;
    let end = if strings > symbols { strings } else { file.0.len() };
    let count = (end.saturating_sub(symbols) / ENTRY).min(MOST_SYMBOLS);
    for index in 0..count {
        let at = symbols + index * ENTRY;
        let (name, section) = (file.u32(at)?, file.u16(at + 6)?);
        let name = usize::try_from(name).map_err(|_| ElfFault::Broken)?;
        if section != 0 && file.has_name(strings, name, wanted) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A file's octets, read with bounds.
struct Octets<'a>(&'a [u8]);

impl Octets<'_> {
    fn array<const N: usize>(&self, at: usize) -> Result<[u8; N], ElfFault> {
        let end = at.checked_add(N).ok_or(ElfFault::Broken)?;
        self.0.get(at..end).and_then(|octets| octets.try_into().ok()).ok_or(ElfFault::Broken)
    }

    fn u16(&self, at: usize) -> Result<u16, ElfFault> {
        self.array(at).map(u16::from_le_bytes)
    }

    fn u32(&self, at: usize) -> Result<u32, ElfFault> {
        self.array(at).map(u32::from_le_bytes)
    }

    fn word(&self, at: usize) -> Result<usize, ElfFault> {
        usize::try_from(u64::from_le_bytes(self.array(at)?)).map_err(|_| ElfFault::Broken)
    }

    fn name(&self, table: usize, offset: usize) -> Result<String, ElfFault> {
        let start = table.checked_add(offset).ok_or(ElfFault::Broken)?;
        let octets = self.0.get(start..).ok_or(ElfFault::Broken)?;
        let end = octets.iter().take(LONGEST_NAME).position(|b| *b == 0).ok_or(ElfFault::Broken)?;
        Ok(String::from_utf8_lossy(&octets[..end]).into_owned())
    }

    fn has_name(&self, table: usize, offset: usize, wanted: &str) -> bool {
        let octets = table.checked_add(offset).and_then(|start| self.0.get(start..));
        octets.and_then(|octets| octets.strip_prefix(wanted.as_bytes())).is_some_and(|rest| rest.first() == Some(&0))
    }
}
