//! All that the daemon logs in this test run, at the finest level, so that a canary can be looked for in it.

use std::io::Write;
use std::sync::{Mutex, Once};

static SAID: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static START: Once = Once::new();

struct Sink;

impl Write for Sink {
    fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
        SAID.lock().unwrap().extend_from_slice(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Begins to listen.
pub(crate) fn listen() {
    START.call_once(|| {
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(|| Sink).init();
    });
}

/// What was said so far.
pub(crate) fn said() -> Vec<u8> {
    SAID.lock().unwrap().clone()
}
