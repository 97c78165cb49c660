//! Finds the process of a running method: a child of the recorder's, by what the kernel tells of each process.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

/// Kills every worker of this recorder; says how many there were.
pub(super) fn crash_methods(recorder: u32) -> usize {
    let workers = workers_of(recorder);
    workers.iter().filter(|worker| kill_process(**worker, Signal::KILL).is_ok()).count()
}

fn workers_of(recorder: u32) -> Vec<Pid> {
    let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<i32>().ok())
        .filter(|pid| parent_of(*pid) == Some(recorder))
        .filter_map(Pid::from_raw)
        .collect()
}

/// The fourth field of `/proc/PID/stat`, counted behind the name, which may hold anything (proc(5)).
fn parent_of(pid: i32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}
