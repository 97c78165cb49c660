//! A Unix socket that the process which reads the button connects to: `1` or `0` and a line feed at every change.
//!
//! Who may press is who may connect: the daemon's own user or root, by what the kernel says of the peer, beside mode 0600 of
//! the socket. One peer at a time, the newest; the level is "not pressed" until it says otherwise. A peer that leaves in
//! mid-press takes the line with it: nobody knows how long the button was held.

use std::io;
use std::path::Path;

use tokio::io::AsyncReadExt;
use tokio::net::{UnixListener, UnixStream};

use super::Says;

/// Binds, mode 0600.
pub(super) fn bind(path: &Path) -> io::Result<UnixListener> {
    crate::listeners::bind_unix(path)
}

/// Serves peers until one leaves in mid-press.
pub(super) async fn read(socket: &UnixListener, says: &Says) -> io::Result<()> {
    says.level(says.now(), false).await;
    let mut next = accept(socket).await?;
    loop {
        let mut peer = Peer { stream: next, level: false, octets: Parser::default() };
        next = tokio::select! {
            newer = accept(socket) => {
                // Its edges are over, whatever it has pressed.
                peer.leave(says).await?;
                newer?
            }
            ended = peer.serve(says) => {
                ended?;
                accept(socket).await?
            }
        };
    }
}

/// The next peer of ours; others are turned away.
async fn accept(socket: &UnixListener) -> io::Result<UnixStream> {
    loop {
        let (stream, _) = socket.accept().await?;
        let theirs = stream.peer_cred()?.uid();
        if theirs == 0 || theirs == rustix::process::geteuid().as_raw() {
            return Ok(stream);
        }
        tracing::warn!(uid = theirs, "a stranger wanted to press the button");
    }
}

/// Who reads the button.
struct Peer {
    stream: UnixStream,
    level: bool,
    octets: Parser,
}

impl Peer {
    /// Until it leaves. `Err`: it left in mid-press.
    async fn serve(&mut self, says: &Says) -> io::Result<()> {
        let mut octets = [0; 64];
        loop {
            let count = self.stream.read(&mut octets).await.unwrap_or(0);
            if count == 0 {
                return self.leave(says).await;
            }
            for octet in &octets[..count] {
                match self.octets.take(*octet) {
                    Ok(None) => {}
                    Ok(Some(pressed)) => {
                        self.level = pressed;
                        says.level(says.now(), pressed).await;
                    }
                    Err(Garbage) => {
                        tracing::warn!("who reads the button wrote something else than `0` or `1` and a line feed");
                        return self.leave(says).await;
                    }
                }
            }
        }
    }

    async fn leave(&mut self, _says: &Says) -> io::Result<()> {
        if self.level {
            return Err(io::Error::new(io::ErrorKind::BrokenPipe, "its reader left while the button was pressed"));
        }
        Ok(())
    }
}

/// Something that is no level.
#[derive(Debug, PartialEq, Eq)]
struct Garbage;

/// Reads `0\n` and `1\n`, octet by octet.
#[derive(Default)]
struct Parser(Option<bool>);

impl Parser {
    fn take(&mut self, octet: u8) -> Result<Option<bool>, Garbage> {
        match (self.0, octet) {
            (None, b'0' | b'1') => {
                self.0 = Some(octet == b'1');
                Ok(None)
            }
            (Some(level), b'\n') => {
                self.0 = None;
                Ok(Some(level))
            }
            (None | Some(_), _) => Err(Garbage),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::time::Duration;

    use tokio::io::AsyncWriteExt;

    use super::*;
    use crate::clock::Clock;
    use crate::lines::{Line, Signal};
    use resetkit_config::ButtonLine;

    #[test]
    fn only_levels_and_line_feeds_are_read() {
        let all = |octets: &[u8]| {
            let mut parser = Parser::default();
            octets.iter().map(|octet| parser.take(*octet)).collect::<Result<Vec<_>, _>>()
        };
        assert_eq!(all(b"1\n0\n").unwrap(), [None, Some(true), None, Some(false)]);
        for garbage in [&b"\n"[..], b"11\n", b"2\n", b"press\n", b"1\r\n", b"\0"] {
            assert_eq!(all(garbage), Err(Garbage), "{garbage:?}");
        }
    }

    async fn level(line: &mut Line) -> Option<bool> {
        match tokio::time::timeout(Duration::from_secs(5), line.next()).await.unwrap().unwrap() {
            Signal::Level { pressed, .. } => Some(pressed),
            Signal::Lost { .. } => None,
        }
    }

    #[tokio::test]
    async fn r82_edges_of_the_socket_line_carry_powered_time_and_a_reader_that_leaves_in_mid_press_takes_the_line_with_it()
     {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::default();
        let line = ButtonLine::Socket { path: "button.sock".into() };
        let mut line = Line::start(&line, folder.path(), clock.clone());
        let path = folder.path().join("button.sock");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(level(&mut line).await, Some(false), "the first look");

        let mut reader = UnixStream::connect(&path).await.unwrap();
        reader.write_all(b"1\n").await.unwrap();
        let Signal::Level { at: down, pressed: true } = line.next().await.unwrap() else { panic!("no press") };
        clock.move_ahead(Duration::from_secs(11));
        reader.write_all(b"0\n").await.unwrap();
        let Signal::Level { at: up, pressed: false } = line.next().await.unwrap() else { panic!("no release") };
        assert!((11..13).contains(&(up - down).as_secs()), "{:?}", up - down);

        // The old reader goes, a new one comes; nothing is lost.
        drop(reader);
        let mut reader = UnixStream::connect(&path).await.unwrap();
        reader.write_all(b"1\n").await.unwrap();
        assert_eq!(level(&mut line).await, Some(true));
        drop(reader);
        assert_eq!(level(&mut line).await, None, "it left while pressed");
        assert_eq!(level(&mut line).await, Some(false), "the line is there again");
        let mut reader = UnixStream::connect(&path).await.unwrap();
        reader.write_all(b"1\n").await.unwrap();
        assert_eq!(level(&mut line).await, Some(true));
    }
}
