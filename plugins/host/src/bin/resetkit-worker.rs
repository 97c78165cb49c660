//! The worker as a program of its own, for integrators whose firmware cannot begin its `main` with
//! `worker_main_if_asked`; `WorkerOptions::program` names it.

fn main() -> std::process::ExitCode {
    resetkit_host::worker_main_if_asked();
    // Started by hand: nothing to do, and nobody to tell.
    std::process::ExitCode::from(64)
}
