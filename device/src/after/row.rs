//! What the journal keeps of it.

use resetkit_config::AfterReset;
use serde::{Deserialize, Serialize};

use crate::accounts::hashing::PasswordHash;

/// Care for the owner, as written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CareRow {
    /// Powered seconds over all boots when a test code was typed back for the address that is on file.
    pub tested: Option<u64>,
    /// How the last mail of this device ended.
    pub mail: Option<MailRow>,
    /// Who still has to learn the new password.
    pub plan: Option<PlanRow>,
}

/// The outcome of a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRow {
    /// Code of the failure; none: the server took it.
    pub failure: Option<String>,
    /// Powered seconds over all boots.
    pub powered_seconds: u64,
}

/// Cameras and clients that had the old password.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PlanRow {
    /// Number of the reset.
    pub request: u32,
    /// Whose password was set.
    pub account: String,
    /// Powered seconds over all boots when it was.
    pub begun: u64,
    /// Until then a client of the list that comes with the old password is forgiven; powered seconds over all boots.
    pub quiet_until: u64,
    /// The old password, to be recognised and never to open anything; goes with the quiet window. None where the firmware
    /// keeps the passwords.
    pub old: Option<PasswordHash>,
    /// One row each, in the order of the site file.
    pub clients: Vec<ClientRow>,
    /// Number of the sheet of recovery codes that went on counting, where the reset used none of its codes.
    pub sheet: Option<u32>,
    /// The owner has read the plan and wants to hear no more of it.
    pub acknowledged: bool,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientRow {
    /// Its name in the site file.
    pub name: String,
    /// How far it is.
    pub state: ClientState,
    /// How often it came with the old password.
    pub came_with_old: u32,
}

/// How far a client is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientState {
    /// It still has the old password, as far as is known.
    Waiting,
    /// The firmware's program has given it the new one.
    Updated,
    /// The program could not.
    Failed,
    /// The owner says that he did it himself.
    ByHand,
}

impl ClientState {
    /// Stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Updated => "updated",
            Self::Failed => "failed",
            Self::ByHand => "by-hand",
        }
    }

    /// Whether it knows the new password.
    #[must_use]
    pub const fn is_done(self) -> bool {
        match self {
            Self::Updated | Self::ByHand => true,
            Self::Waiting | Self::Failed => false,
        }
    }
}

impl PlanRow {
    /// The plan of a reset; `None` where the site file knows of nobody.
    #[must_use]
    pub fn begin(site: &AfterReset, request: u32, account: &str, now: u64, old: Option<PasswordHash>) -> Option<Self> {
        let row = |name: &str| ClientRow { name: name.to_owned(), state: ClientState::Waiting, came_with_old: 0 };
        let clients: Vec<_> = site.clients.iter().map(|client| row(&client.name)).collect();
        let quiet_until = now + u64::from(site.quiet_hours) * 3600;
        (!clients.is_empty()).then(|| Self {
            request,
            account: account.to_owned(),
            begun: now,
            quiet_until,
            old: old.filter(|_| quiet_until > now),
            clients,
            sheet: None,
            acknowledged: false,
        })
    }

    /// Clients that do not have the new password yet.
    #[must_use]
    pub fn left(&self) -> usize {
        self.clients.iter().filter(|client| !client.state.is_done()).count()
    }

    /// The old password, for a client of the list and while the quiet window is open; else nothing is compared.
    #[must_use]
    pub fn forgives(&self, client: &str, account: &str, now: u64) -> Option<&PasswordHash> {
        let known = self.clients.iter().any(|row| row.name == client);
        self.old.as_ref().filter(|_| known && account == self.account && now < self.quiet_until)
    }

    /// Notes what became of a client. `false`: there is none of this name.
    pub fn note(&mut self, client: &str, state: ClientState) -> bool {
        let row = self.clients.iter_mut().find(|row| row.name == client);
        row.map(|row| row.state = state).is_some()
    }

    /// A client came with the old password: whatever was believed, it still has it.
    pub fn came_with_old(&mut self, client: &str) {
        if let Some(row) = self.clients.iter_mut().find(|row| row.name == client) {
            row.came_with_old = row.came_with_old.saturating_add(1);
            row.state = ClientState::Waiting;
        }
    }
}

#[cfg(test)]
mod tests {
    use resetkit_config::{AfterReset, Client};

    use crate::accounts::hashing::{Cost, Hasher};

    use super::*;

    fn plan() -> PlanRow {
        let client = |name: &str| Client { name: name.into(), address: String::new() };
        let clients = vec![client("front-door"), client("yard")];
        let site = AfterReset { clients, hook: Vec::new(), quiet_hours: 24, timeout_seconds: 10 };
        PlanRow::begin(&site, 7, "admin", 1_000, Some(Hasher::new(Cost::for_tests()).hash(b"old")))
            .expect("two clients")
    }

    #[test]
    fn r56_a_known_client_is_forgiven_the_old_password_in_the_quiet_window_and_nobody_else_is() {
        let plan = plan();
        let end = 1_000 + 24 * 3600;
        assert!(plan.forgives("yard", "admin", end - 1).is_some());
        for (client, account, now) in [("yard", "admin", end), ("stranger", "admin", 1_001), ("yard", "guest", 1_001)] {
            assert!(plan.forgives(client, account, now).is_none(), "{client} {account} {now}");
        }
    }

    #[test]
    fn a_client_that_comes_with_the_old_password_is_back_in_the_plan_whatever_the_program_said() {
        let mut plan = plan();
        assert!(plan.note("yard", ClientState::Updated) && !plan.note("stranger", ClientState::Updated));
        assert_eq!(plan.left(), 1);
        plan.came_with_old("yard");
        assert_eq!((plan.left(), plan.clients[1].came_with_old), (2, 1));
    }

    #[test]
    fn a_site_without_clients_has_no_plan() {
        let nobody = AfterReset::default();
        assert!(PlanRow::begin(&nobody, 7, "admin", 0, None).is_none());
    }
}
