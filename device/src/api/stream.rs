//! A session as a stream of events (`text/event-stream`, HTML 9.2): one for each revision, whole views, never deltas.
//!
//! A stream that breaks is opened again with `Last-Event-ID`; what was seen already is not sent twice. Minutes pass
//! without events, so the daemon is asked at each heartbeat too. After the last view of a session that is over the
//! stream ends, and `204` tells a client that comes back to stay away.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use resetkit_core::SessionId;
use tokio::sync::{OwnedSemaphorePermit, watch};

use super::{answer_problem, session, who};
use crate::daemon::{Ask, Screen, Token};
use crate::problem::{Problem, Slip};
use crate::web::{Site, is_end};

/// Streams of one listener at once (R47); more than slots for sessions, fewer than connections.
pub(crate) const STREAMS_MAX: usize = 16;
/// Silence after which a line of comment shows both ends that the other is there.
const HEARTBEAT: Duration = Duration::from_secs(15);

struct Watching {
    site: Site,
    headers: HeaderMap,
    session: SessionId,
    token: Token,
    screen: watch::Receiver<Arc<Screen>>,
    /// The revision that the client has.
    seen: Option<u64>,
    _place: OwnedSemaphorePermit,
}

pub(super) async fn view(State(site): State<Site>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    match begin(&site, &headers, &id).await {
        Ok(Some(watching)) => {
            let events = futures_util::stream::unfold(watching, |mut watching| async move {
                watching.next().await.map(|event| (Ok::<_, Infallible>(event), watching))
            });
            Sse::new(events).into_response()
        }
        Ok(None) => StatusCode::NO_CONTENT.into_response(),
        Err(problem) => answer_problem(&site, &headers, &problem),
    }
}

async fn begin(site: &Site, headers: &HeaderMap, id: &str) -> Result<Option<Watching>, Problem> {
    let (session, token) = who(headers, id)?;
    let asked = crate::web::copy(&token);
    let screen = site.door.ask(|reply| Ask::Watch { session, token: asked, reply }).await?;
    let place = Arc::clone(&site.streams).try_acquire_owned().map_err(|_| Slip::Busy)?;
    let seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let now = screen.borrow().clone();
    if is_end(now.view.step) && seen == Some(now.revision) {
        return Ok(None);
    }
    let (site, headers) = (site.clone(), headers.clone());
    Ok(Some(Watching { site, headers, session, token, screen, seen, _place: place }))
}

impl Watching {
    /// The next event; `None` ends the stream.
    async fn next(&mut self) -> Option<Event> {
        let now = self.screen.borrow_and_update().clone();
        if self.seen != Some(now.revision) {
            self.seen = Some(now.revision);
            let view = session::view(&self.site, &self.headers, &now);
            return Event::default().id(now.revision.to_string()).event("view").json_data(view).ok();
        }
        if is_end(now.view.step) {
            return None;
        }
        match tokio::time::timeout(HEARTBEAT, self.screen.changed()).await {
            Ok(Ok(())) => Box::pin(self.next()).await,
            Ok(Err(_)) => None,
            Err(_) => self.beat().await,
        }
    }

    /// Lets the minutes go on, and says that the stream is alive.
    async fn beat(&self) -> Option<Event> {
        let (session, token) = (self.session, crate::web::copy(&self.token));
        self.site.door.ask(|reply| Ask::Watch { session, token, reply }).await.ok()?;
        Some(Event::default().comment("here"))
    }
}
