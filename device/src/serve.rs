//! Puts the daemon together: configuration, keys, loop, listeners.

use std::io;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::response::Redirect;
use axum::routing::get;
use resetkit_config::{ConfigError, DeviceConfig, LaneName, Listener, Tls};
use resetkit_core::Lane;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::daemon::{Daemon, Door, Embedding, Ground, GroundError};
use crate::disk::{Disk, Folder};
use crate::identity::{Identity, IdentityError};
use crate::listeners::Bound;
use crate::store::OpenError;
use crate::texts::Languages;
use crate::tls::{self, TlsError};
use crate::web::{Place, Site};
use crate::{api, web};

/// Why the daemon cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The configuration.
    #[error("{0}")]
    Config(#[from] ConfigError),
    /// The keys.
    #[error("{0}")]
    Identity(#[from] IdentityError),
    /// What follows from configuration and keys.
    #[error("{0}")]
    Ground(#[from] GroundError),
    /// The certificate.
    #[error("{0}")]
    Tls(#[from] TlsError),
    /// A socket.
    #[error("cannot listen at {0}: {1}")]
    Listen(String, #[source] io::Error),
    /// The runtime.
    #[error("the runtime cannot start: {0}")]
    Runtime(#[source] io::Error),
    /// The row of the factory feed.
    #[error("no row of the factory feed can be made: {0}")]
    Feed(String),
    /// The state folder.
    #[error("the state folder {0} cannot be used: {1}")]
    State(String, #[source] io::Error),
}

/// A daemon whose listeners are bound.
pub struct Serving {
    /// One line for each listener, to be printed.
    pub ready: Vec<String>,
    stop: oneshot::Sender<()>,
    daemon: JoinHandle<()>,
    listeners: Vec<JoinHandle<()>>,
}

impl Serving {
    /// Lets the daemon finish the step at hand, then ends listeners and workers.
    pub async fn stop(self) {
        for listener in &self.listeners {
            listener.abort();
        }
        // Gone already: the same outcome.
        let _ = self.stop.send(());
        let _ = self.daemon.await;
    }

    /// Ends as a cut of power would, between two steps.
    pub async fn cut(self) {
        self.daemon.abort();
        for listener in &self.listeners {
            listener.abort();
        }
        let _ = self.daemon.await;
    }
}

/// Opens the state folder of a configuration.
///
/// # Errors
/// [`StartError::State`].
pub fn state_folder(config: &DeviceConfig) -> Result<Arc<dyn Disk>, StartError> {
    let path: &Path = &config.site.state_dir;
    let folder = Folder::open(path).map_err(|error| StartError::State(path.display().to_string(), error))?;
    Ok(Arc::new(folder))
}

/// Starts everything on this runtime's thread.
///
/// # Errors
/// See [`StartError`]; nothing is left running then.
pub async fn start(config: DeviceConfig, disk: Arc<dyn Disk>, embedding: Embedding) -> Result<Serving, StartError> {
    for advice in &config.advice {
        tracing::info!(advice = ?advice, "advice");
    }
    let identity = Identity::load(disk.as_ref())?;
    let ground = Arc::new(Ground::lay(config, identity, embedding)?);
    let listeners: Vec<Listener> =
        ground.config.site.listeners.iter().filter(|listener| is_open(&ground, listener)).cloned().collect();
    let mut bound = Vec::new();
    let mut fingerprint = None;
    for listener in &listeners {
        let tls = tls_of(listener, disk.as_ref())?;
        fingerprint = fingerprint.or_else(|| tls.as_ref().map(|tls| tls.fingerprint().to_owned()));
        let described = format!("{:?}", listener.address);
        bound.push((listener, Bound::bind(listener, tls).await.map_err(|error| StartError::Listen(described, error))?));
    }
    let (daemon, door) = Daemon::start(Arc::clone(&ground), disk).map_err(|error| refused(&ground, error))?;
    let languages = Languages::load(&ground.config);
    let (stop, stopped) = oneshot::channel();
    let daemon = tokio::spawn(daemon.run(stopped));
    let mut ready = Vec::new();
    let mut tasks = Vec::new();
    for (listener, bound) in bound {
        ready.push(bound.ready_line(listener));
        let place = place(listener, fingerprint.clone());
        tasks.push(tokio::spawn(bound.serve(router(&ground, &door, &languages, place))));
    }
    Ok(Serving { ready, stop, daemon, listeners: tasks })
}

/// Why the state was not opened, in the words of the file that can be mended.
fn refused(ground: &Ground, error: OpenError) -> StartError {
    let site = &ground.config.site;
    match error {
        OpenError::Io(error) => StartError::State(site.state_dir.display().to_string(), error),
        OpenError::OlderBrand(floor) => StartError::Config(ConfigError {
            file: site.brand_dir.join("brand.toml").display().to_string(),
            line: None,
            key: "version".to_owned(),
            problem: format!(
                "version {} is older than version {}, which this device has already used (R38)",
                ground.config.brand.version.0, floor.0.0
            ),
            remedy: format!("Install a brand pack of version {} or higher", floor.0.0),
        }),
    }
}

/// Pages and interface of one listener, with its lane fixed.
fn router(ground: &Arc<Ground>, door: &Door, languages: &Languages, place: Place) -> Router {
    let base = place.base.clone();
    let site = Site::new(Arc::clone(ground), door.clone(), languages.clone(), place);
    let router = web::router()
        .merge(api::router())
        .fallback(web::not_found)
        .method_not_allowed_fallback(web::wrong_way)
        .with_state(site.clone());
    let router = web::harden(router, &site);
    if base.is_empty() {
        return router;
    }
    // A nested front page has no slash at its end; people and our own links write one.
    let slash = format!("{base}/");
    Router::new().nest(&base, router).route(&slash, get(async move || Redirect::to(&base)))
}

fn place(listener: &Listener, fingerprint: Option<String>) -> Place {
    let lane = lane_of(listener.lane);
    let encrypted = match listener.tls {
        Tls::Own | Tls::Files { .. } => true,
        Tls::None => false,
    };
    Place {
        lane,
        base: listener.mount_path.clone(),
        encrypted,
        framed_by: listener.frame_ancestors.clone(),
        fingerprint: fingerprint.filter(|_| lane == Lane::Console),
    }
}

fn lane_of(name: LaneName) -> Lane {
    match name {
        LaneName::Console => Lane::Console,
        LaneName::Network => Lane::Network,
    }
}

/// A lane that the model does not have is closed, whatever the site file says.
fn is_open(ground: &Ground, listener: &Listener) -> bool {
    let lanes = ground.config.profile.lanes;
    match listener.lane {
        LaneName::Console => lanes.console,
        LaneName::Network => lanes.network,
    }
}

/// Certificate and key of a listener, made where they are its own and missing.
pub(crate) fn tls_of(listener: &Listener, disk: &dyn Disk) -> Result<Option<tls::Identity>, TlsError> {
    match &listener.tls {
        Tls::None => Ok(None),
        Tls::Own => tls::Identity::own(disk, &["recorder.local".to_owned(), "localhost".to_owned()]).map(Some),
        Tls::Files { certificate, key } => {
            tls::Identity::from_pem(&std::fs::read(certificate)?, &std::fs::read(key)?).map(Some)
        }
    }
}
