//! The seccomp filters, stacked: each can only take away (R81).
//!
//! ```text
//!  before loading   a list of calls that loading and computing need, files opened for reading only; a few harmless ones
//!                   answer EPERM; any other kills: SIGSYS
//!  after loading    no open, no asking about paths, no memory that is or becomes executable, no further filters
//! ```
//! The worker has one thread, so a filter on the calling thread is a filter on the process.

use std::collections::BTreeMap;

use libc::c_long;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen as Width, SeccompCmpOp as Op, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch,
};

/// The socket to the daemon: the worker's standard input.
const CONTROL_SOCKET: u64 = 0;

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Calls that loading a library and computing need, whatever their arguments.
const NEEDED: &[c_long] = &[
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_readv,
    libc::SYS_writev,
    libc::SYS_pread64,
    libc::SYS_lseek,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_newfstatat,
    libc::SYS_statx,
    libc::SYS_mprotect,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_getrandom,
    libc::SYS_sched_yield,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_ppoll,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_getuid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getegid,
    libc::SYS_uname,
    libc::SYS_seccomp,
    libc::SYS_exit,
    libc::SYS_exit_group,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_stat,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_poll,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_time,
];

/// Calls that well-meant libraries try in passing: refused, but no reason to die.
const REFUSED: &[c_long] = &[
    libc::SYS_ioctl,
    libc::SYS_fcntl,
    libc::SYS_readlinkat,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_getcwd,
    libc::SYS_sysinfo,
    libc::SYS_prlimit64,
    libc::SYS_getrusage,
    libc::SYS_sched_getaffinity,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_readlink,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_access,
];

/// Calls that ask about a path: loading needs them, computing does not.
const ASKING: &[c_long] = &[
    libc::SYS_newfstatat,
    libc::SYS_statx,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_stat,
];

/// Calls that open something, or change the rules.
const OPENING: &[c_long] = &[
    libc::SYS_openat,
    libc::SYS_openat2,
    libc::SYS_seccomp,
    libc::SYS_prctl,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_open,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_creat,
];

/// Stands before the library is opened. `connects`: descriptors may come over the daemon's own socket, and no other.
pub(crate) fn before_loading(connects: bool) -> Result<(), String> {
    let mut allowed = unconditional(NEEDED);
    allowed.extend(unconditional(REFUSED));
    allowed.insert(libc::SYS_openat, vec![for_reading(2)?]);
    #[cfg(target_arch = "x86_64")]
    allowed.insert(libc::SYS_open, vec![for_reading(1)?]);
    allowed.insert(libc::SYS_mmap, vec![private_mapping()?]);
    allowed.insert(libc::SYS_tgkill, vec![signal_to_itself()?]);
    allowed.insert(libc::SYS_prctl, vec![no_new_privs_again()?]);
    if connects {
        allowed.insert(libc::SYS_recvmsg, vec![rule(0, Op::Eq, CONTROL_SOCKET)?]);
    }
    let listed = compile(allowed, SeccompAction::KillProcess, SeccompAction::Allow)?;
    apply(&answered(REFUSED)?)?;
    apply(&listed)
}

/// Stands once the library is open.
pub(crate) fn after_loading() -> Result<(), String> {
    let mut forbidden = unconditional(OPENING);
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        forbidden.insert(call, vec![executable()?]);
    }
    apply(&answered(ASKING)?)?;
    apply(&compile(forbidden, SeccompAction::Allow, SeccompAction::KillProcess)?)
}

/// A filter that answers these calls with EPERM.
fn answered(calls: &[c_long]) -> Result<BpfProgram, String> {
    let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    compile(unconditional(calls), SeccompAction::Allow, refused)
}

/// Opening what is there, to read it: the loader wants no more. Where the kernel has no Landlock, a constructor could otherwise
/// write to whatever anybody may write to.
fn for_reading(flags: u8) -> Result<SeccompRule, String> {
    let unnamed = libc::O_TMPFILE & !libc::O_DIRECTORY;
    let changing = (libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC | unnamed).unsigned_abs().into();
    rule(flags, Op::MaskedEq(changing), libc::O_RDONLY.unsigned_abs().into())
}

/// `mmap` of private memory: shared memory would escape the limit on memory.
fn private_mapping() -> Result<SeccompRule, String> {
    let kind = (libc::MAP_SHARED | libc::MAP_PRIVATE).unsigned_abs().into();
    rule(3, Op::MaskedEq(kind), libc::MAP_PRIVATE.unsigned_abs().into())
}

/// `abort` sends a signal to its own process; no other process is reached.
fn signal_to_itself() -> Result<SeccompRule, String> {
    rule(0, Op::Eq, std::process::id().into())
}

/// Installing the second filter sets no_new_privs once more.
fn no_new_privs_again() -> Result<SeccompRule, String> {
    rule(0, Op::Eq, libc::PR_SET_NO_NEW_PRIVS.unsigned_abs().into())
}

fn executable() -> Result<SeccompRule, String> {
    let bit = libc::PROT_EXEC.unsigned_abs().into();
    rule(2, Op::MaskedEq(bit), bit)
}

fn rule(argument: u8, operator: Op, value: u64) -> Result<SeccompRule, String> {
    SeccompCondition::new(argument, Width::Dword, operator, value)
        .and_then(|condition| SeccompRule::new(vec![condition]))
        .map_err(|error| error.to_string())
}

fn unconditional(calls: &[c_long]) -> Rules {
    calls.iter().map(|call| (*call, Vec::new())).collect()
}

fn compile(rules: Rules, otherwise: SeccompAction, matched: SeccompAction) -> Result<BpfProgram, String> {
    let arch = TargetArch::try_from(std::env::consts::ARCH).map_err(|error| error.to_string())?;
    SeccompFilter::new(rules, otherwise, matched, arch)
        .and_then(BpfProgram::try_from)
        .map_err(|error| error.to_string())
}

fn apply(program: &BpfProgram) -> Result<(), String> {
    seccompiler::apply_filter(program).map_err(|error| error.to_string())
}
