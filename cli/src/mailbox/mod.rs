//! A small mailbox for trials: an SMTP sink (a strict subset of RFC 5321) with a web page and a JSON interface.
//!
//! It prints one line when it is ready: `ready smtp://127.0.0.1:PORT web http://127.0.0.1:PORT`.

mod connection;
mod dialogue;
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
pub(crate) use store::Mailbox;

/// Runs until it is told to stop.
pub(crate) fn run(options: &MailboxOptions) -> Result<(), Failure> {
    for address in [options.smtp, options.web] {
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
    let addresses = (smtp.local_addr(), web.local_addr());
    if let (Ok(smtp), Ok(web)) = addresses {
        println!("ready smtp://{smtp} web http://{web}");
        // A pipe is not a terminal: whoever waits for this line must get it now.
        let _ = std::io::stdout().flush();
    }
    let mailbox = Mailbox::default();
    let manners = Manners { reject_recipients: options.reject_rcpt, delay: Duration::from_millis(options.delay_ms) };
    let pages = axum::serve(web, web::router(mailbox.clone())).into_future();
    tokio::select! {
        outcome = pages => outcome.map_err(|error| Failure::new(format!("The mailbox's page stopped: {error}."), "Start it again.")),
        () = connection::accept(smtp, mailbox, manners) => Ok(()),
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::new(
            format!("Nothing can listen on {address}: {error}."),
            "Use port 0 and the kernel picks a free one.",
        )
    })
}
