//! Puts the parts together, runs them, and ends them in order.

use crate::brands::{BrandTrouble, Faces};
use crate::clock::Clock;
use crate::desk::Desk;
use crate::keys::KeyRing;
use crate::mail::{Post, Sender, SmtpPost};
use crate::relay::Relay;
use crate::secrets::HashKey;
use crate::settings::{Settings, SettingsError, TlsSettings};
use crate::staff::Staff;
use crate::store::{DeskLimits, SqliteStore, StoreError};
use crate::web::{self, Connections, Peer};
use resetkit_config::{ConfigError, Registry};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// After this, what still runs is left behind: the outbox brings it back.
const PATIENCE: Duration = Duration::from_secs(10);

/// A relay that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// `http://…` or `https://…` of that.
    pub url: String,
    stop: watch::Sender<bool>,
    web: JoinHandle<io::Result<()>>,
    sender: JoinHandle<()>,
}

impl Running {
    /// Stops to accept, ends what was begun, and gives up after ten seconds.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        let both = async {
            let _ = self.web.await;
            let _ = self.sender.await;
        };
        if tokio::time::timeout(PATIENCE, both).await.is_err() {
            tracing::warn!("stopped while something still ran; mails stay in the outbox");
        }
    }
}

/// Starts a relay on the runtime it is called on. Mail goes to the settings' server.
///
/// # Errors
/// [`ServeError`].
pub async fn start(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Running, ServeError> {
    let post = SmtpPost::new(&settings.smtp).map_err(|error| ServeError::Io("smtp", error))?;
    start_with(settings, clock, Arc::new(post)).await
}

/// Starts a relay that hands its mail to `post`.
///
/// # Errors
/// [`ServeError`].
pub async fn start_with(
    settings: &Settings,
    clock: Arc<dyn Clock>,
    post: Arc<dyn Post>,
) -> Result<Running, ServeError> {
    let faces = Faces::load(&settings.brands, &settings.brand_keys)?;
    let ring = KeyRing::load(&settings.key_dir).map_err(|error| ServeError::Io("key_dir", error))?;
    faces.check_keys(&ring)?;
    let hash_key = HashKey::load_or_create(&settings.key_dir).map_err(|error| ServeError::Io("key_dir", error))?;
    let store = Arc::new(SqliteStore::open(&settings.database)?);
    let from = settings.smtp.from.parse().map_err(|_| ServeError::From(settings.smtp.from.clone()))?;
    let tls = settings.tls.as_ref().map(acceptor).transpose()?;

    let listener = TcpListener::bind(settings.listen).await.map_err(|error| ServeError::Io("listen", error))?;
    let address = listener.local_addr().map_err(|error| ServeError::Io("listen", error))?;
    let url = format!("{}://{address}", if tls.is_some() { "https" } else { "http" });
    let public_url = settings.public_url.clone().unwrap_or_else(|| url.clone());

    let relay = Relay::new(faces, ring, store, hash_key, settings.quotas.limits(), clock).with_desk(desk(settings)?);
    let registry = settings.case_registry.as_deref().map(Registry::load).transpose()?;
    let relay = Arc::new(relay.with_registry(registry));
    let (stop, stopped) = watch::channel(false);
    let sender = Arc::new(Sender::new(Arc::clone(&relay), post, from, public_url.clone(), settings));
    let sender = tokio::spawn(sender.run(stopped.clone()));
    let router = web::router(relay, &public_url, settings.quotas.per_ip_minute, &settings.frame_ancestors);
    let connections = Connections::start(listener, tls).map_err(|error| ServeError::Io("listen", error))?;
    let service = router.into_make_service_with_connect_info::<Peer>();
    let serving = axum::serve(connections, service).with_graceful_shutdown(until(stopped));
    let web = tokio::spawn(async move { serving.await });
    Ok(Running { address, url, stop, web, sender })
}

fn desk(settings: &Settings) -> Result<Desk, ServeError> {
    let Some(support) = &settings.support else {
        return Ok(Desk::default());
    };
    let staff = Staff::load(&support.staff).map_err(|error| ServeError::Io("support.staff", error))?;
    Ok(Desk { staff, limits: DeskLimits { agent_day: support.per_agent_day, device_day: support.per_device_day } })
}

async fn until(mut stopped: watch::Receiver<bool>) {
    // An error means that the other end is gone, which is a stop as well.
    let _ = stopped.wait_for(|stop| *stop).await;
}

fn acceptor(tls: &TlsSettings) -> Result<TlsAcceptor, ServeError> {
    let broken = |error: &dyn std::fmt::Display| ServeError::Tls(error.to_string());
    let chain = CertificateDer::pem_file_iter(&tls.certificate).map_err(|error| broken(&error))?;
    let chain = chain.collect::<Result<Vec<_>, _>>().map_err(|error| broken(&error))?;
    let key = PrivateKeyDer::from_pem_file(&tls.key).map_err(|error| broken(&error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| broken(&error))?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| broken(&error))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Why a relay cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The settings.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// A brand pack, or its key.
    #[error(transparent)]
    Brand(#[from] BrandTrouble),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The registry of case codes.
    #[error("`case_registry` in relay.toml: {0}")]
    Registry(#[from] ConfigError),
    /// Something the settings point at.
    #[error("`{0}` in relay.toml: {1}")]
    Io(&'static str, io::Error),
    /// Not an address to send from.
    #[error("`smtp.from` in relay.toml: `{0}` is not an e-mail address; write for example reset@example.org")]
    From(String),
    /// Certificate or key.
    #[error("`tls` in relay.toml: {0}; certificate and key are PEM files that belong together")]
    Tls(String),
}
