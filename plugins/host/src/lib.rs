//! Discovers, verifies, sandboxes and runs recovery methods.
