//! Empties the outbox. Octets are opened only here, only when a mail is about to leave (R77).

use super::compose::{Letter, compose};
use super::smtp::{Post, PostError, SIDE_BY_SIDE};
use crate::clock::UnixTime;
use crate::relay::Relay;
use crate::secrets::Digest32;
use crate::settings::Settings;
use crate::store::{Due, Outcome, StoreError};
use lettre::Message;
use resetkit_protocol::peek;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// A mail is given up when its code cannot be alive any more, in seconds: 24 hours of running time (5.7).
const LIFE: i64 = 24 * 3600;
/// After a mailbox was unknown, nothing is sent there for this long, in seconds.
const BOUNCED_FOR: i64 = 24 * 3600;
/// Looks for due mails at least this often: another relay may have died holding some.
const LOOK: Duration = Duration::from_secs(30);
/// Forgets old rows this often, in seconds.
const SWEEP: i64 = 600;

/// Sends what is due, one relay's share of it.
pub struct Sender {
    relay: Arc<Relay>,
    post: Arc<dyn Post>,
    from: lettre::Address,
    public_url: String,
    name: String,
    code_life_minutes: u16,
    retry_seconds: Vec<u32>,
    /// How long a claim holds: the time-out of one mail and some more.
    lease: i64,
}

impl Sender {
    /// Puts a sender together. `settings.smtp.retry_seconds` is not empty.
    #[must_use]
    pub fn new(
        relay: Arc<Relay>,
        post: Arc<dyn Post>,
        from: lettre::Address,
        public_url: String,
        settings: &Settings,
    ) -> Self {
        let smtp = &settings.smtp;
        let lease = i64::try_from(smtp.timeout_seconds).unwrap_or(i64::MAX).saturating_add(60);
        Self {
            relay,
            post,
            from,
            public_url,
            name: settings.name.clone(),
            code_life_minutes: settings.code_life_minutes,
            retry_seconds: smtp.retry_seconds.clone(),
            lease,
        }
    }

    /// Runs until `stop` says so, and ends what it has begun.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        if let Err(error) = self.released().await {
            tracing::error!(%error, "the outbox could not be read");
        }
        let mut swept = UnixTime(0);
        while !*stop.borrow() {
            let pause = match self.round().await {
                Ok(0) => self.pause().await,
                Ok(_) => Duration::ZERO,
                Err(error) => {
                    tracing::error!(%error, "the outbox could not be read");
                    Duration::from_secs(1)
                }
            };
            if self.relay.clock.now().since(swept) > SWEEP {
                swept = self.relay.clock.now();
                self.sweep(swept).await;
            }
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.relay.wake.notified() => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// What this relay had claimed before it died is due again.
    async fn released(&self) -> Result<(), StoreError> {
        let (relay, name) = (Arc::clone(&self.relay), self.name.clone());
        blocking(move || relay.store.release(&name)).await
    }

    async fn sweep(&self, now: UnixTime) {
        let relay = Arc::clone(&self.relay);
        if let Err(error) = blocking(move || relay.store.sweep(now)).await {
            tracing::error!(%error, "old rows could not be forgotten");
        }
    }

    /// Claims and sends some mails side by side; says how many.
    async fn round(self: &Arc<Self>) -> Result<usize, StoreError> {
        let (relay, name, lease) = (Arc::clone(&self.relay), self.name.clone(), self.lease);
        let claimed = blocking(move || relay.store.claim(&name, SIDE_BY_SIDE, lease, relay.clock.now())).await?;
        let count = claimed.len();
        let mut sending = JoinSet::new();
        for due in claimed {
            let sender = Arc::clone(self);
            sending.spawn(async move { sender.one(due).await });
        }
        while let Some(ended) = sending.join_next().await {
            ended.unwrap_or(Ok(()))?;
        }
        Ok(count)
    }

    async fn one(&self, due: Due) -> Result<(), StoreError> {
        let (id, handle) = (due.id, due.device.handle);
        let outcome = match self.write(&due) {
            None => Outcome::GivenUp,
            Some(mail) => self.outcome(self.post.post(mail).await, &due),
        };
        match outcome {
            Outcome::Sent => tracing::info!(%handle, "mail sent"),
            Outcome::Again(_) => tracing::warn!(%handle, tries = due.tries + 1, "mail not taken now"),
            Outcome::Bounced(_) => tracing::warn!(%handle, "no such mailbox"),
            Outcome::GivenUp => tracing::error!(%handle, "mail given up"),
        }
        let relay = Arc::clone(&self.relay);
        blocking(move || relay.store.settle(id, outcome, relay.clock.now())).await
    }

    fn outcome(&self, posted: Result<(), PostError>, due: &Due) -> Outcome {
        let now = self.relay.clock.now();
        match posted {
            Ok(()) => Outcome::Sent,
            Err(PostError::NoMailbox(_)) => Outcome::Bounced(now.plus(BOUNCED_FOR)),
            Err(PostError::Never(_)) => Outcome::GivenUp,
            Err(PostError::NotNow(_)) => {
                let place = usize::try_from(due.tries).unwrap_or(usize::MAX).min(self.retry_seconds.len() - 1);
                let again = now.plus(i64::from(self.retry_seconds[place]));
                if again.since(due.accepted_at) > LIFE { Outcome::GivenUp } else { Outcome::Again(again) }
            }
        }
    }

    /// `None` when the key is gone or the device confirmed another address meanwhile.
    fn write(&self, due: &Due) -> Option<Message> {
        let key_id = peek(&due.sealed).ok()?.key_id;
        let (header, contents) = self.relay.open(&due.device, key_id, &due.sealed).ok()?;
        let (locale, code, style) = (contents.locale, contents.code.clone(), contents.style);
        let to = self.relay.address(&due.device, contents)?;
        if self.relay.tag(&to) != due.address {
            return None;
        }
        let digest = Digest32::of(&due.sealed);
        compose(&Letter {
            face: self.relay.faces.find(&due.device.brand)?,
            device: &due.device,
            header,
            digest,
            locale,
            code,
            style,
            to: &to,
            from: &self.from,
            date: due.accepted_at,
            life_minutes: self.code_life_minutes,
            not_me: self.relay.hash_key.not_me(&digest),
            public_url: &self.public_url,
        })
        .ok()
    }

    async fn pause(&self) -> Duration {
        let relay = Arc::clone(&self.relay);
        let now = relay.clock.now();
        match blocking(move || relay.store.next_due()).await {
            Ok(Some(due)) => {
                Duration::from_secs(due.since(now).max(0).cast_unsigned()).clamp(Duration::from_millis(100), LOOK)
            }
            Ok(None) | Err(_) => LOOK,
        }
    }
}

/// The store waits for the disk; that must not hold up the others.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Unreadable("a task that ended early")))
}
