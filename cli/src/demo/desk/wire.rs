//! A stretch of network that can be cut: everything between one program and its mail server runs through it.

use std::time::Duration;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What the wire does with a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// Carries it.
    Open,
    /// Nobody is there: it is refused, and what was open breaks off.
    Cut,
    /// It is taken, and nothing is ever answered.
    Silent,
}

/// Listens at `port` and carries everything to `to`, as `flow` says at each moment.
pub(super) async fn run(port: u16, to: u16, mut flow: watch::Receiver<Flow>) {
    loop {
        if *flow.borrow_and_update() == Flow::Cut {
            if flow.changed().await.is_err() {
                return;
            }
            continue;
        }
        match TcpListener::bind(("127.0.0.1", port)).await {
            Ok(listener) => take(&listener, to, &mut flow).await,
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Until the wire is cut.
async fn take(listener: &TcpListener, to: u16, flow: &mut watch::Receiver<Flow>) {
    loop {
        tokio::select! {
            changed = flow.changed() => {
                if changed.is_err() || *flow.borrow() == Flow::Cut {
                    return;
                }
            }
            taken = listener.accept() => {
                if let Ok((stream, _)) = taken {
                    tokio::spawn(carry(stream, to, flow.clone()));
                }
            }
        }
    }
}

async fn carry(mut stream: TcpStream, to: u16, mut flow: watch::Receiver<Flow>) {
    if until(&mut flow, |flow| flow != Flow::Silent).await != Some(Flow::Open) {
        return;
    }
    let Ok(mut there) = TcpStream::connect(("127.0.0.1", to)).await else { return };
    let stopped = tokio::select! {
        // Either end may break off at any time; that is what a wire is like.
        _ = copy_bidirectional(&mut stream, &mut there) => None,
        stopped = until(&mut flow, |flow| flow != Flow::Open) => stopped,
    };
    if stopped == Some(Flow::Silent) {
        // Held open and never served again: what was in flight is lost.
        until(&mut flow, |flow| flow != Flow::Silent).await;
    }
}

/// Waits until the wire flows as wanted; `None`: the desk is gone.
async fn until(flow: &mut watch::Receiver<Flow>, wanted: fn(Flow) -> bool) -> Option<Flow> {
    flow.wait_for(|flow| wanted(*flow)).await.ok().map(|flow| *flow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    #[tokio::test]
    async fn a_wire_carries_falls_silent_and_is_cut() {
        let server = TcpListener::bind("127.0.0.1:0").await.expect("bound");
        let spare = TcpListener::bind("127.0.0.1:0").await.expect("bound");
        let (to, port) = (server.local_addr().expect("bound").port(), spare.local_addr().expect("bound").port());
        drop(spare);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = server.accept().await {
                drop(stream.write_all(b"220 ").await);
            }
        });
        let (flow, watched) = watch::channel(Flow::Open);
        tokio::spawn(run(port, to, watched));
        let mut answer = [0; 4];
        let mut stream = connect(port).await.expect("carried");
        stream.read_exact(&mut answer).await.expect("answered");

        flow.send_replace(Flow::Silent);
        let mut stream = connect(port).await.expect("taken");
        let silence = tokio::time::timeout(Duration::from_millis(80), stream.read_exact(&mut answer)).await;
        assert!(silence.is_err(), "nothing is answered");

        flow.send_replace(Flow::Cut);
        assert_eq!(stream.read(&mut answer).await.unwrap_or(0), 0, "what was open breaks off");
        let refused = async { while TcpStream::connect(("127.0.0.1", port)).await.is_ok() {} };
        tokio::time::timeout(Duration::from_secs(5), refused).await.expect("nobody listens any more");
        flow.send_replace(Flow::Open);
        connect(port).await.expect("there again");
    }

    async fn connect(port: u16) -> Result<TcpStream, tokio::time::error::Elapsed> {
        let tries = async {
            loop {
                match TcpStream::connect(("127.0.0.1", port)).await {
                    Ok(stream) => return stream,
                    Err(_) => tokio::task::yield_now().await,
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(5), tries).await
    }
}
