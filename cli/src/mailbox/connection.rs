//! SMTP over a socket: lines end with CRLF and nothing else, or the conversation ends (RFC 5321, 2.3.8; SMTP smuggling).

use std::io::{self, Write as _};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::dialogue::{Answer, Dialogue, Envelope, LARGEST_MESSAGE, Manners};
use super::gate::Gate;
use super::store::Mailbox;

/// Longest command line (RFC 5321, 4.5.3.1.4, with room for parameters).
const LONGEST_COMMAND: usize = 2048;
/// A silent client is hung up on after this time.
const PATIENCE: Duration = Duration::from_secs(60);

/// Takes mail from everybody, or behind a `gate` from those who encrypt and log in.
pub(crate) async fn accept(listener: TcpListener, mailbox: Mailbox, manners: Manners, gate: Option<Gate>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let (mailbox, gate) = (mailbox.clone(), gate.clone());
                // A client that breaks off is its own trouble: the mailbox goes on.
                tokio::spawn(async move { drop(converse(stream, mailbox, manners, gate).await) });
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn converse(stream: TcpStream, mailbox: Mailbox, manners: Manners, gate: Option<Gate>) -> io::Result<()> {
    let mut line = Line { stream, buffer: Vec::new() };
    line.say("220 mailbox for trials", manners).await?;
    match talk(&mut line, Dialogue::new(manners, gate.clone()), &mailbox, manners).await? {
        Ending::Over => Ok(()),
        Ending::StartTls => {
            let Some(acceptor) = gate.as_ref().and_then(Gate::acceptor) else { return Ok(()) };
            let handshake = tokio::time::timeout(PATIENCE, acceptor.accept(line.stream));
            let stream = handshake.await.map_err(|_| io::ErrorKind::TimedOut)??;
            // A new line and a new dialogue: nothing said in clear text is carried over (RFC 3207, 4.2).
            let mut line = Line { stream, buffer: Vec::new() };
            talk(&mut line, Dialogue::encrypted(manners, gate.clone()), &mailbox, manners).await.map(drop)
        }
    }
}

/// How a stretch of the conversation ended.
enum Ending {
    Over,
    StartTls,
}

async fn talk<S: Stream>(
    line: &mut Line<S>,
    mut dialogue: Dialogue,
    mailbox: &Mailbox,
    manners: Manners,
) -> io::Result<Ending> {
    while let Some(command) = line.next().await? {
        match dialogue.command(&String::from_utf8_lossy(&command)) {
            Answer::Say(answer) => line.say(&answer, manners).await?,
            Answer::HangUp(answer) => {
                line.say(&answer, manners).await?;
                break;
            }
            Answer::TakeText(envelope) => take_text(line, envelope, mailbox, manners).await?,
            // What somebody appended in clear text would pass for encrypted words later (RFC 3207, 6).
            Answer::StartTls(_) if !line.buffer.is_empty() => {
                line.say("554 5.5.1 nothing may follow STARTTLS", manners).await?;
                break;
            }
            Answer::StartTls(answer) => {
                line.say(&answer, manners).await?;
                return Ok(Ending::StartTls);
            }
        }
    }
    Ok(Ending::Over)
}

async fn take_text<S: Stream>(
    line: &mut Line<S>,
    envelope: Envelope,
    mailbox: &Mailbox,
    manners: Manners,
) -> io::Result<()> {
    line.say("354 end with a dot on a line by itself", manners).await?;
    let answer = match line.text().await? {
        Text::Whole(raw) => {
            let said = told(&envelope);
            let number = mailbox.store(envelope, &raw);
            // Whoever reads the log may be gone; the mail is taken all the same.
            let _ = writeln!(io::stdout(), "took {number} {said}").and_then(|()| io::stdout().flush());
            format!("250 2.0.0 stored as {number}")
        }
        Text::TooLarge => "552 5.3.4 the message is too large".to_owned(),
        Text::BareLineEnd => "554 5.6.0 lines end with CRLF and nothing else".to_owned(),
    };
    line.say(&answer, manners).await
}

/// Envelope for the log: sender and who logged in, never the content (R15).
fn told(envelope: &Envelope) -> String {
    let login = envelope.login.as_ref().map_or_else(String::new, |login| format!(" as {login}"));
    format!("from {}{login}", envelope.from)
}

enum Text {
    Whole(Vec<u8>),
    TooLarge,
    BareLineEnd,
}

/// A socket, in clear text or encrypted.
trait Stream: AsyncRead + AsyncWrite + Unpin {}
impl<S: AsyncRead + AsyncWrite + Unpin> Stream for S {}

struct Line<S> {
    stream: S,
    buffer: Vec<u8>,
}

impl<S: Stream> Line<S> {
    async fn say(&mut self, answer: &str, manners: Manners) -> io::Result<()> {
        tokio::time::sleep(manners.delay).await;
        self.stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        self.stream.flush().await
    }

    /// The next command without its CRLF; `None` when the client is gone or does not keep to the rules.
    async fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some(end) = find(&self.buffer, b"\r\n") {
                let line: Vec<u8> = self.buffer.drain(..end + 2).take(end).collect();
                if line.iter().all(|octet| !matches!(octet, b'\r' | b'\n' | 0)) {
                    return Ok(Some(line));
                }
            } else if self.buffer.len() <= LONGEST_COMMAND && !has_bare_line_end(&self.buffer) {
                if self.fill().await? { continue } else { return Ok(None) }
            }
            self.stream.write_all(b"500 5.5.2 lines end with CRLF and are not that long\r\n").await?;
            return Ok(None);
        }
    }

    /// Everything up to CRLF dot CRLF, with dots unstuffed. Reads on to the end even when the message is refused.
    async fn text(&mut self) -> io::Result<Text> {
        let (mut message, mut too_large, mut bare) = (Vec::new(), false, false);
        loop {
            while let Some(end) = find(&self.buffer, b"\r\n") {
                let line: Vec<u8> = self.buffer.drain(..end + 2).collect();
                if line == b".\r\n" {
                    return Ok(if bare {
                        Text::BareLineEnd
                    } else if too_large {
                        Text::TooLarge
                    } else {
                        Text::Whole(message)
                    });
                }
                bare |= line[..end].iter().any(|octet| matches!(octet, b'\r' | b'\n'));
                too_large |= message.len() + line.len() > LARGEST_MESSAGE;
                if !too_large {
                    message.extend_from_slice(if line[0] == b'.' { &line[1..] } else { &line });
                }
            }
            if self.buffer.len() > LARGEST_MESSAGE {
                return Err(io::ErrorKind::InvalidData.into());
            }
            if !self.fill().await? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    async fn fill(&mut self) -> io::Result<bool> {
        let mut chunk = [0; 8192];
        let read = tokio::time::timeout(PATIENCE, self.stream.read(&mut chunk))
            .await
            .map_err(|_| io::ErrorKind::TimedOut)??;
        self.buffer.extend_from_slice(&chunk[..read]);
        Ok(read > 0)
    }
}

fn find(buffer: &[u8], wanted: &[u8]) -> Option<usize> {
    buffer.windows(wanted.len()).position(|window| window == wanted)
}

/// A line feed without its carriage return; waiting for more would wait for ever.
fn has_bare_line_end(buffer: &[u8]) -> bool {
    buffer.contains(&b'\n')
}
