//! The secret of a log-in: the first line of a file that nobody else can read, or what a command of the firmware prints.

use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use resetkit_config::{Smtp, SmtpAuth};
use resetkit_host::{Hidden, Login, Mechanism};
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::AsyncReadExt;
use tokio::process::Command;
use zeroize::Zeroizing;

use super::Refused;

/// Longest secret, in octets (R47): access tokens of large providers have some 2,000.
const SECRET_MAX: usize = 8 * 1024;
/// Longest that the command may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The only variable that the command gets.
const PATH: &str = "/usr/sbin:/usr/bin:/sbin:/bin";

/// Why a file with a password is not used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FileFault {
    /// It cannot be read.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// Others can read it.
    #[error("mode {0:04o} lets others read it; use `chmod 600`")]
    Open(u32),
    /// It is no secret of one line.
    #[error("the file holds no secret of one line")]
    Empty,
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TokenFault {
    /// The command cannot be run.
    #[error("the command cannot be run: {0}")]
    Io(#[from] io::Error),
    /// It ended with a failure; what it printed is not looked at.
    #[error("the command ended with {0}")]
    Failed(std::process::ExitStatus),
    /// It took too long and was ended.
    #[error("the command took longer than {} s and was ended", PATIENCE.as_secs())]
    TooSlow,
    /// It printed no token.
    #[error("the command printed no token: one line of printable characters, {SECRET_MAX} at most")]
    NoToken,
}

/// How to log in; `None` where the server wants no log-in.
pub(super) async fn of(smtp: &Smtp) -> Result<Option<Login>, Refused> {
    let Some(user) = &smtp.user else { return Ok(None) };
    let mechanism = match smtp.auth() {
        SmtpAuth::Plain => Mechanism::Plain,
        SmtpAuth::Login => Mechanism::LoginCommand,
        SmtpAuth::XOAuth2 => Mechanism::XOauth2,
    };
    let secret = match (smtp.auth(), &smtp.password_file, &smtp.token_command) {
        (SmtpAuth::Plain | SmtpAuth::Login, Some(file), _) => password(file).map_err(Refused::Password)?,
        (SmtpAuth::XOAuth2, _, Some(command)) => token(command).await?,
        (SmtpAuth::Plain | SmtpAuth::Login | SmtpAuth::XOAuth2, _, _) => return Err(Refused::NotSetUp),
    };
    Ok(Some(Login { mechanism, user: user.as_str().into(), secret }))
}

/// Opens the file if its owner alone can read it.
pub(super) fn check_file(file: &Path) -> Result<std::fs::File, FileFault> {
    let follow_no_link = rustix::fs::OFlags::NOFOLLOW.bits().cast_signed();
    let opened = std::fs::OpenOptions::new().read(true).custom_flags(follow_no_link).open(file)?;
    // Asked of what was opened, not of the name.
    let mode = opened.metadata()?.mode() & 0o7777;
    if mode & 0o077 != 0 { Err(FileFault::Open(mode)) } else { Ok(opened) }
}

fn password(file: &Path) -> Result<Hidden, FileFault> {
    let mut octets = Zeroizing::new([0; SECRET_MAX]);
    let mut opened = check_file(file)?;
    let mut length = 0;
    while length < SECRET_MAX {
        match opened.read(&mut octets[length..])? {
            0 => break,
            count => length += count,
        }
    }
    first_line(&octets[..length]).ok_or(FileFault::Empty)
}

/// Runs the command: no input, no variables but `PATH`, its standard error unread (it might hold the token).
async fn token(command: &[String]) -> Result<Hidden, TokenFault> {
    let (program, arguments) = command.split_first().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    let mut running = Command::new(program)
        .args(arguments)
        .env_clear()
        .env("PATH", PATH)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        // A group of its own, so that what it started ends with it.
        .process_group(0)
        .spawn()?;
    let group = running.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
    let mut output = running.stdout.take().ok_or_else(|| io::Error::other("no standard output"))?;
    let heard = async {
        let mut octets = Zeroizing::new([0; SECRET_MAX]);
        let mut length = 0;
        while length < SECRET_MAX {
            match output.read(&mut octets[length..]).await? {
                0 => break,
                count => length += count,
            }
        }
        // A command that goes on printing gets a broken pipe.
        drop(output);
        let status = running.wait().await?;
        if !status.success() {
            return Err(TokenFault::Failed(status));
        }
        first_line(&octets[..length]).ok_or(TokenFault::NoToken)
    };
    let told = tokio::time::timeout(PATIENCE, heard).await.unwrap_or(Err(TokenFault::TooSlow));
    if told.is_err()
        && let Some(group) = group
    {
        // It may be gone already; then there is nothing to end.
        let _ = kill_process_group(group, Signal::KILL);
    }
    told
}

/// The one line of a secret. Nothing in it may end a line of the protocol (R66).
fn first_line(octets: &[u8]) -> Option<Hidden> {
    let text = std::str::from_utf8(octets).ok()?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    (!line.is_empty() && octets.len() < SECRET_MAX && !line.chars().any(char::is_control)).then(|| line.into())
}
