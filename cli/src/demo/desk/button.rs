//! The finger on the reset button: real edges on the recorder's line.

use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;

/// The process that reads the button, as the recorder sees it. Staying connected is what keeps the line alive.
pub(super) struct Finger {
    socket: PathBuf,
    line: Option<UnixStream>,
}

impl Finger {
    pub(super) fn on(socket: PathBuf) -> Finger {
        Finger { socket, line: None }
    }

    /// Presses or lets go; says whether the recorder heard it.
    pub(super) fn press(&mut self, pressed: bool) -> bool {
        let edge: &[u8] = if pressed { b"1\n" } else { b"0\n" };
        if self.line.as_mut().is_some_and(|line| line.write_all(edge).is_ok()) {
            return true;
        }
        self.line = UnixStream::connect(&self.socket).ok();
        self.line.as_mut().is_some_and(|line| line.write_all(edge).is_ok())
    }
}
