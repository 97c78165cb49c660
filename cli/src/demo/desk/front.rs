//! The web server in front of the recorder: takes the recorder's pages from its Unix socket, as a firmware's own server would.
//!
//! So the recorder stands at the desk's own origin: its page can be shown in a frame, and what stands on its screen can be
//! photographed by the phone. Nothing is changed but who may frame it.

use std::path::PathBuf;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse as _, Response};
use hyper_util::rt::TokioIo;
use tokio::net::UnixStream;

/// Hands one request to the recorder, which knows below which path it is served.
pub(super) async fn pass(socket: PathBuf, mut request: Request) -> Response {
    // The path alone, as a server is asked (RFC 9112, 3.2.1).
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let Ok(uri) = path.parse::<Uri>() else { return StatusCode::BAD_REQUEST.into_response() };
    *request.uri_mut() = uri;
    match ask(socket, request).await {
        Some(mut answer) => {
            let_frame(answer.headers_mut());
            answer
        }
        None => off(),
    }
}

async fn ask(socket: PathBuf, request: Request) -> Option<Response> {
    let stream = UnixStream::connect(socket).await.ok()?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.ok()?;
    tokio::spawn(connection);
    let answer = sender.send_request(request).await.ok()?;
    Some(answer.map(Body::new))
}

/// The recorder says that nobody may frame it; the desk, which stands in front of it, may.
fn let_frame(headers: &mut HeaderMap) {
    headers.remove(header::X_FRAME_OPTIONS);
    let policy = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    let framed = policy.map(|policy| policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"));
    if let Some(framed) = framed.and_then(|policy| HeaderValue::from_str(&policy).ok()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, framed);
    }
}

/// What a screen without power shows; it looks again by itself.
fn off() -> Response {
    let page = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Off</title><meta http-equiv=\"refresh\" content=\"1\">\
                <style>html{background:#05080a;color:#8b9aa8;font:16px system-ui,sans-serif;height:100%}body{margin:0;height:100%;display:grid;place-items:center}</style>\
                </head><body data-step=\"off\"><main><h1 style=\"font-size:1rem;font-weight:400\">● ● ●</h1></main></body></html>";
    (StatusCode::SERVICE_UNAVAILABLE, [(header::CACHE_CONTROL, "no-store")], Html(page)).into_response()
}
