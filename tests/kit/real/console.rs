//! The local screen's lane: HTTP over the recorder's Unix socket, as a screen program on the device speaks it.

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;

use serde_json::Value;

use super::http::Answer;

/// One request on a connection of its own.
///
/// # Errors
/// When nobody listens or the answer is not HTTP.
pub(super) fn post(socket: &Path, path: &str, token: Option<&str>, body: &Value) -> Result<Answer, String> {
    let body = body.to_string();
    let bearer = token.map_or(String::new(), |token| format!("authorization: Bearer {token}\r\n"));
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: recorder\r\nconnection: close\r\ncontent-type: application/json\r\n{bearer}content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let ask = || -> std::io::Result<String> {
        let mut stream = UnixStream::connect(socket)?;
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    let answer = ask().map_err(|problem| format!("{}: {problem}", socket.display()))?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("no end of the head")?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or("no status")?;
    Ok(Answer { status, body: serde_json::from_str(body).unwrap_or(Value::Null) })
}
