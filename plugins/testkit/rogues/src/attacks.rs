//! More than forty hostile actions (R81). None may succeed: each is refused with an error or ends the worker with SIGSYS.

use std::ffi::{CStr, c_char, c_int, c_long, c_void};
use std::ptr::{null, null_mut};

use libc::syscall;

/// Tries one attack: `succeeded`, `refused-<errno>`, or no answer at all.
pub(crate) fn attempt(name: &str) -> String {
    let Some((_, attack)) = ATTACKS.iter().find(|(known, _)| *known == name) else { return "unknown-attack".into() };
    // SAFETY (none): the attacks are meant to do what they should not.
    match unsafe { attack() } {
        -1 => format!("refused-{}", std::io::Error::last_os_error().raw_os_error().unwrap_or_default()),
        _ => "succeeded".into(),
    }
}

type Attack = unsafe fn() -> c_long;

/// A file that the test puts there and looks at afterwards.
const VICTIM: &CStr = c"/tmp/resetkit-rogue-victim";

/// Every attack with its name; `control` is harmless and shows that success would be told.
pub(crate) const ATTACKS: &[(&str, Attack)] = &[
    ("control", || unsafe { syscall(libc::SYS_getpid) }),
    ("open-passwd", || open(c"/etc/passwd", libc::O_RDONLY)),
    ("open-shadow", || open(c"/etc/shadow", libc::O_RDONLY)),
    ("open-root-dir", || open(c"/", libc::O_RDONLY | libc::O_DIRECTORY)),
    ("open-own-binary", || open(c"/proc/self/exe", libc::O_RDONLY)),
    ("open-proc-parent", || open_of_parent("mem")),
    ("open-parent-environment", || open_of_parent("environ")),
    ("open-proc-init", || open(c"/proc/1/environ", libc::O_RDONLY)),
    ("open-memory-device", || open(c"/dev/mem", libc::O_RDWR)),
    ("open-disk", || open(c"/dev/vda", libc::O_RDONLY)),
    ("open-terminal", || open(c"/dev/tty", libc::O_RDWR)),
    ("create-file", || open(c"/tmp/resetkit-rogue-was-here", libc::O_CREAT | libc::O_WRONLY)),
    ("open-to-empty", || open(VICTIM, libc::O_RDONLY | libc::O_TRUNC)),
    ("openat2", || unsafe {
        syscall(libc::SYS_openat2, libc::AT_FDCWD, c"/etc/passwd".as_ptr(), [0_u64; 3].as_ptr(), 24)
    }),
    ("ask-about-shadow", || unsafe { ask_about(c"/etc/shadow") }),
    ("unlink", || unsafe { syscall(libc::SYS_unlinkat, libc::AT_FDCWD, VICTIM.as_ptr(), 0) }),
    ("rename", || unsafe { rename(VICTIM, c"/tmp/resetkit-rogue-victim-2") }),
    ("mkdir", || unsafe { syscall(libc::SYS_mkdirat, libc::AT_FDCWD, c"/tmp/resetkit-rogue-dir".as_ptr(), 0o700) }),
    ("symlink", || unsafe {
        syscall(libc::SYS_symlinkat, c"/etc/shadow".as_ptr(), libc::AT_FDCWD, c"/tmp/resetkit-rogue-link".as_ptr())
    }),
    ("chmod", || unsafe { syscall(libc::SYS_fchmodat, libc::AT_FDCWD, VICTIM.as_ptr(), 0o777) }),
    ("write-sealed-library", || unsafe { libc::write(1, c"x".as_ptr().cast(), 1) as c_long }),
    ("unseal-library", || unsafe { libc::ftruncate(1, 0).into() }),
    ("socket-internet", || socket(libc::AF_INET, libc::SOCK_STREAM)),
    ("socket-datagram", || socket(libc::AF_INET6, libc::SOCK_DGRAM)),
    ("socket-unix", || socket(libc::AF_UNIX, libc::SOCK_STREAM)),
    ("socket-netlink", || socket(libc::AF_NETLINK, libc::SOCK_RAW)),
    ("socketpair", || unsafe { libc::socketpair(libc::AF_UNIX, libc::SOCK_STREAM, 0, [0; 2].as_mut_ptr()).into() }),
    ("connect-own-socket", || unsafe { libc::connect(0, [0_u8; 16].as_ptr().cast(), 16).into() }),
    ("send-descriptor", || unsafe { libc::sendmsg(0, &std::mem::zeroed(), 0) as c_long }),
    ("receive-descriptors", || unsafe { receive(0) }),
    ("receive-elsewhere", || unsafe { receive(3) }),
    ("fork", || unsafe { child_of(libc::SYS_clone, libc::SIGCHLD.into()) }),
    ("clone3", || unsafe { child_of(libc::SYS_clone3, 0) }),
    ("vfork-thread", || unsafe { child_of(libc::SYS_clone, (libc::CLONE_VM | libc::SIGCHLD).into()) }),
    ("exec-shell", || unsafe { syscall(libc::SYS_execve, c"/bin/sh".as_ptr(), no_words(), no_words()) }),
    ("exec-memory", || unsafe {
        syscall(libc::SYS_execveat, 1, c"".as_ptr(), no_words(), no_words(), libc::AT_EMPTY_PATH)
    }),
    ("memfd", || unsafe { syscall(libc::SYS_memfd_create, c"x".as_ptr(), 0) }),
    ("ptrace-parent", || unsafe { libc::ptrace(libc::PTRACE_ATTACH, libc::getppid(), 0, 0) }),
    ("read-parent-memory", || unsafe { parent_memory(libc::SYS_process_vm_readv) }),
    ("write-parent-memory", || unsafe { parent_memory(libc::SYS_process_vm_writev) }),
    ("kill-parent", || unsafe { libc::kill(libc::getppid(), 0).into() }),
    ("kill-everyone", || unsafe { libc::kill(-1, 0).into() }),
    ("signal-parent-thread", || unsafe { syscall(libc::SYS_tgkill, libc::getppid(), libc::getppid(), 0) }),
    ("pidfd-of-parent", || unsafe { syscall(libc::SYS_pidfd_open, libc::getppid(), 0) }),
    ("executable-memory", || unsafe { executable_memory() }),
    ("make-memory-executable", || unsafe { made_executable() }),
    ("shared-memory", || unsafe { shared_memory() }),
    ("system-v-memory", || unsafe { libc::shmget(libc::IPC_PRIVATE, 4096, 0o600).into() }),
    ("message-queue", || unsafe { libc::msgget(libc::IPC_PRIVATE, 0o600).into() }),
    ("mount", || unsafe {
        syscall(libc::SYS_mount, null::<c_char>(), c"/".as_ptr(), null::<c_char>(), libc::MS_REMOUNT, 0)
    }),
    ("unshare-user", || unsafe { libc::unshare(libc::CLONE_NEWUSER).into() }),
    ("setns", || unsafe { libc::setns(0, 0).into() }),
    ("chroot", || unsafe { libc::chroot(c"/tmp".as_ptr()).into() }),
    ("become-root", || unsafe { syscall(libc::SYS_setuid, 0) }),
    ("set-groups", || unsafe { syscall(libc::SYS_setgroups, 0, null::<c_int>()) }),
    ("raise-limit", || unsafe { raise_limit() }),
    ("be-dumpable", || unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 1, 0, 0, 0).into() }),
    ("outlive-parent", || unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, 0, 0, 0, 0).into() }),
    ("keep-capabilities", || unsafe { libc::prctl(libc::PR_SET_KEEPCAPS, 1, 0, 0, 0).into() }),
    ("new-session", || unsafe { libc::setsid().into() }),
    ("bpf", || unsafe { syscall(libc::SYS_bpf, 0, null::<c_void>(), 0) }),
    ("keyring", || unsafe { syscall(libc::SYS_keyctl, 0, -3, 1) }),
    ("add-key", || unsafe { syscall(libc::SYS_add_key, c"user".as_ptr(), c"x".as_ptr(), c"y".as_ptr(), 1, -3) }),
    ("io-uring", || unsafe { syscall(libc::SYS_io_uring_setup, 1, [0_u8; 120].as_mut_ptr()) }),
    ("perf-event", || unsafe { syscall(libc::SYS_perf_event_open, [0_u8; 128].as_ptr(), 0, -1, -1, 0) }),
    ("userfaultfd", || unsafe { syscall(libc::SYS_userfaultfd, libc::O_CLOEXEC | 1) }),
    ("load-module", || unsafe { syscall(libc::SYS_init_module, c"x".as_ptr(), 1, c"".as_ptr()) }),
    ("reboot", || unsafe { syscall(libc::SYS_reboot, 0, 0, 0, 0) }),
    ("swap-on", || unsafe { syscall(libc::SYS_swapon, c"/dev/vda".as_ptr(), 0) }),
    ("set-clock", || unsafe { syscall(libc::SYS_clock_settime, 0, [1_700_000_000_i64, -1].as_ptr()) }),
    ("set-host-name", || unsafe { libc::sethostname(c"rogue".as_ptr(), 5).into() }),
    ("watch-files", || unsafe { libc::inotify_init1(0).into() }),
    ("terminal-injection", || unsafe { libc::ioctl(0, libc::TIOCSTI, c"x".as_ptr()).into() }),
    ("asynchronous-signal-to-parent", || unsafe { libc::fcntl(0, libc::F_SETOWN, libc::getppid()).into() }),
    ("change-personality", || unsafe { libc::personality(0x0400_0000).into() }),
    ("core-pattern", || open(c"/proc/sys/kernel/core_pattern", libc::O_WRONLY)),
];

fn open(path: &CStr, flags: c_int) -> c_long {
    // SAFETY: a path of ours.
    unsafe { libc::open(path.as_ptr(), flags, 0o600).into() }
}

fn open_of_parent(file: &str) -> c_long {
    // SAFETY: no arguments.
    let parent = unsafe { libc::getppid() };
    let path = std::ffi::CString::new(format!("/proc/{parent}/{file}")).unwrap_or_default();
    open(&path, libc::O_RDONLY)
}

fn socket(domain: c_int, kind: c_int) -> c_long {
    // SAFETY: numbers only.
    unsafe { libc::socket(domain, kind, 0).into() }
}

fn no_words() -> *const *const c_char {
    static NONE: [usize; 1] = [0];
    (&raw const NONE).cast()
}

unsafe fn rename(from: &CStr, to: &CStr) -> c_long {
    let (here, from, to) = (libc::AT_FDCWD, from.as_ptr(), to.as_ptr());
    unsafe { syscall(libc::SYS_renameat2, here, from, here, to, 0) }
}

unsafe fn ask_about(path: &CStr) -> c_long {
    let mut about = [0_u64; 32];
    unsafe { syscall(libc::SYS_newfstatat, libc::AT_FDCWD, path.as_ptr(), about.as_mut_ptr(), libc::AT_EMPTY_PATH) }
}

/// A child, should there be one, leaves at once.
unsafe fn child_of(call: c_long, flags: c_long) -> c_long {
    let mut arguments = [0_u64; 11];
    arguments[4] = u64::from(libc::SIGCHLD.unsigned_abs());
    let result = if call == libc::SYS_clone3 {
        unsafe { syscall(call, arguments.as_mut_ptr(), size_of_val(&arguments)) }
    } else {
        unsafe { syscall(call, flags & !c_long::from(libc::CLONE_VM), 0, 0, 0, 0) }
    };
    if result == 0 {
        unsafe { libc::_exit(0) };
    }
    result
}

unsafe fn parent_memory(call: c_long) -> c_long {
    let mut octet = 0_u8;
    let ours = libc::iovec { iov_base: (&raw mut octet).cast(), iov_len: 1 };
    unsafe { syscall(call, libc::getppid(), &raw const ours, 1, &raw const ours, 1, 0) }
}

unsafe fn receive(from: c_int) -> c_long {
    let mut octet = 0_u8;
    let mut into = libc::iovec { iov_base: (&raw mut octet).cast(), iov_len: 1 };
    let mut header: libc::msghdr = unsafe { std::mem::zeroed() };
    (header.msg_iov, header.msg_iovlen) = (&raw mut into, 1);
    unsafe { syscall(libc::SYS_recvmsg, from, &raw mut header, libc::MSG_DONTWAIT) }
}

unsafe fn executable_memory() -> c_long {
    let (access, kind) = (libc::PROT_READ | libc::PROT_EXEC, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    unsafe { libc::mmap(null_mut(), 4096, access, kind, -1, 0) as c_long }
}

unsafe fn made_executable() -> c_long {
    let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    let page = unsafe { libc::mmap(null_mut(), 4096, access, kind, -1, 0) };
    unsafe { libc::mprotect(page, 4096, libc::PROT_READ | libc::PROT_EXEC).into() }
}

unsafe fn shared_memory() -> c_long {
    let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_SHARED | libc::MAP_ANONYMOUS);
    unsafe { libc::mmap(null_mut(), 1 << 30, access, kind, -1, 0) as c_long }
}

unsafe fn raise_limit() -> c_long {
    let more = libc::rlimit { rlim_cur: 1024, rlim_max: 1024 };
    unsafe { libc::setrlimit(libc::RLIMIT_NPROC, &raw const more).into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Outside the sandbox these work: so it is the sandbox that refuses them, not the attack that is wrong.
    #[test]
    fn the_attacks_would_work_outside_the_sandbox() {
        for name in [
            "control",
            "open-passwd",
            "open-root-dir",
            "open-own-binary",
            "open-proc-parent",
            "openat2",
            "socket-internet",
            "socket-datagram",
            "socket-unix",
            "socket-netlink",
            "socketpair",
            "fork",
            "clone3",
            "memfd",
            "kill-parent",
            "pidfd-of-parent",
            "signal-parent-thread",
            "executable-memory",
            "make-memory-executable",
            "shared-memory",
            "system-v-memory",
            "message-queue",
            "ask-about-shadow",
            "be-dumpable",
            "outlive-parent",
            "watch-files",
        ] {
            assert_eq!(attempt(name), "succeeded", "{name}");
        }
    }

    #[test]
    fn r81_there_are_more_than_forty_attacks_each_with_its_own_name() {
        let mut names: Vec<_> = ATTACKS.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ATTACKS.len());
        assert!(names.len() > 41, "{}", names.len());
    }
}
