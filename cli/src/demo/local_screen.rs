//! The recorder's own screen, as this program reaches it: a port of this machine in front of the console's socket.

use std::io;
use std::net::{Shutdown, TcpListener};
use std::os::unix::net::UnixStream;
use std::path::Path;

use crate::failure::Failure;

/// Opens the port; gives back its address. It is served until this program ends.
pub(super) fn open(socket: &Path) -> Result<String, Failure> {
    let unable = |error: io::Error| Failure::new(format!("The local screen cannot be reached: {error}."), "");
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(unable)?;
    let address = format!("http://{}", listener.local_addr().map_err(unable)?);
    let socket = socket.to_owned();
    std::thread::spawn(move || serve(&listener, &socket));
    Ok(address)
}

fn serve(listener: &TcpListener, socket: &Path) {
    for visitor in listener.incoming().filter_map(Result::ok) {
        let Ok(device) = UnixStream::connect(socket) else { continue };
        let (Ok(from), Ok(to)) = (visitor.try_clone(), device.try_clone()) else { continue };
        std::thread::spawn(move || {
            let _ = io::copy(&mut &from, &mut &to);
            let _ = to.shutdown(Shutdown::Write);
        });
        std::thread::spawn(move || {
            let _ = io::copy(&mut &device, &mut &visitor);
            let _ = visitor.shutdown(Shutdown::Both);
        });
    }
}
