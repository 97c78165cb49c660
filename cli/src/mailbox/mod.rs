//! A small mailbox for trials: an SMTP sink (a strict subset of RFC 5321) with a web page and a JSON interface.
//!
//! It prints one line when it is ready: `ready smtp://127.0.0.1:PORT web http://127.0.0.1:PORT`, and behind it
//! `submission smtp://127.0.0.1:PORT` where there is such a port: STARTTLS and a log-in before every mail (RFC 6409).

mod connection;
mod dialogue;
mod gate;
mod page;
mod store;
mod web;

use std::io::Write as _;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::args::MailboxOptions;
use crate::failure::Failure;

pub(crate) use dialogue::Manners;
use gate::Gate;
pub(crate) use store::Mailbox;

/// Runs until it is told to stop.
pub(crate) fn run(options: &MailboxOptions) -> Result<(), Failure> {
    for address in [Some(options.smtp), Some(options.web), options.submission].into_iter().flatten() {
        if !address.ip().is_loopback() {
            return Err(Failure::new(
                format!("{address} is not on this machine."),
                "The mailbox shows every mail to whoever asks; give it a 127.0.0.1 address.",
            ));
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(format!("The mailbox cannot start: {error}."), "Try again."))?;
    runtime.block_on(serve(options))
}

async fn serve(options: &MailboxOptions) -> Result<(), Failure> {
    let smtp = listen(options.smtp).await?;
    let web = listen(options.web).await?;
    let submission = match options.submission {
        Some(address) => Some((listen(address).await?, gate(options)?)),
        None => None,
    };
    announce(&smtp, &web, submission.as_ref().map(|(listener, _)| listener));
    let mailbox = Mailbox::default();
    let manners = Manners { reject_recipients: options.reject_rcpt, delay: Duration::from_millis(options.delay_ms) };
    if let Some((listener, gate)) = submission {
        tokio::spawn(connection::accept(listener, mailbox.clone(), manners, Some(gate)));
    }
    let router = web::router(mailbox.clone(), options.frame_ancestors.clone());
    let pages = axum::serve(web, router).into_future();
    tokio::select! {
        outcome = pages => outcome.map_err(|error| Failure::new(format!("The mailbox's page stopped: {error}."), "Start it again.")),
        () = connection::accept(smtp, mailbox, manners, None) => Ok(()),
    }
}

/// The door of the submission port; the command line asks for all four files and names together.
fn gate(options: &MailboxOptions) -> Result<Gate, Failure> {
    match (&options.tls_cert, &options.tls_key, &options.user, &options.password_file) {
        (Some(cert), Some(key), Some(user), Some(password_file)) => Gate::open(cert, key, user, password_file),
        (_, _, _, _) => Err(Failure::new(
            "A submission port needs a certificate and a log-in.",
            "Add `--tls-cert`, `--tls-key`, `--user` and `--password-file`.",
        )),
    }
}

fn announce(smtp: &TcpListener, web: &TcpListener, submission: Option<&TcpListener>) {
    let (Ok(smtp), Ok(web)) = (smtp.local_addr(), web.local_addr()) else { return };
    let more = submission.and_then(|listener| listener.local_addr().ok());
    let more = more.map_or_else(String::new, |address| format!(" submission smtp://{address}"));
    outln!("ready smtp://{smtp} web http://{web}{more}");
    // A pipe is not a terminal: whoever waits for this line must get it now.
    let _ = std::io::stdout().flush();
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::new(
            format!("Nothing can listen on {address}: {error}."),
            "Use port 0 and the kernel picks a free one.",
        )
    })
}
