//! `[after_reset]` of the site file: who had the old password, and how the firmware gives them the new one.

use serde::Deserialize;

use crate::error::Fault;

/// What happens after a reset.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AfterReset {
    /// Cameras, recorders and programs that log in with the password of this device.
    pub clients: Vec<Client>,
    /// Program and first arguments that give one client the new password: the verb `update-client`, the account, the client's
    /// name and its address follow them, the password is one line on standard input. Empty: the owner does it by hand.
    pub hook: Vec<String>,
    /// For so many hours of running time a client of the list that still comes with the old password is forgiven; 0 for none.
    pub quiet_hours: u16,
    /// Longest that the program may take for one client.
    pub timeout_seconds: u16,
}

/// One client.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// Its name, as the firmware knows it: letters, digits, `-`, `_` and `.`, 32 at most.
    pub name: String,
    /// Where it is, for the program and for the owner. Empty when unknown.
    #[serde(default)]
    pub address: String,
}

/// Most clients of one device.
const CLIENTS_MAX: usize = 128;

impl Default for AfterReset {
    fn default() -> Self {
        Self { clients: Vec::new(), hook: Vec::new(), quiet_hours: 24, timeout_seconds: 10 }
    }
}

impl AfterReset {
    pub(crate) fn check(&self) -> Result<(), Fault> {
        for (index, client) in self.clients.iter().enumerate() {
            self.check_client(index, client)?;
        }
        if self.clients.len() > CLIENTS_MAX {
            let much = format!("{} clients: at most {CLIENTS_MAX} are kept", self.clients.len());
            return Err(Fault::new("after_reset.clients", much, "Name those that log in by themselves only"));
        }
        if self.quiet_hours > 168 {
            let long = format!("{} hours: an old password would be forgiven for more than a week", self.quiet_hours);
            return Err(Fault::new("after_reset.quiet_hours", long, "Use 0 to 168"));
        }
        if !(1..=60).contains(&self.timeout_seconds) {
            let time = format!("{} seconds for one client", self.timeout_seconds);
            return Err(Fault::new("after_reset.timeout_seconds", time, "Use 1 to 60"));
        }
        Ok(())
    }

    fn check_client(&self, index: usize, client: &Client) -> Result<(), Fault> {
        let key = |what: &str| format!("after_reset.clients[{index}].{what}");
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if !(1..=32).contains(&client.name.len()) || !client.name.chars().all(plain) {
            return Err(Fault::new(
                key("name"),
                format!("`{}` is not a name", client.name),
                "Use letters, digits, `-`, `_` and `.`, 32 at most",
            ));
        }
        if self.clients.iter().take(index).any(|other| other.name == client.name) {
            return Err(Fault::new(
                key("name"),
                format!("`{}` stands here twice", client.name),
                "Give each its own name",
            ));
        }
        // It becomes an argument of a program: nothing that could be taken for an option.
        if client.address.len() > 253 || client.address.starts_with('-') || client.address.chars().any(char::is_control)
        {
            return Err(Fault::new(
                key("address"),
                "this is no address",
                "Write a host name, an IP address or a web address of 253 characters at most",
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<AfterReset, String> {
        let read: AfterReset = toml::from_str(text).map_err(|fault| fault.to_string())?;
        read.check().map(|()| read).map_err(|fault| format!("{fault:?}"))
    }

    #[test]
    fn a_list_of_clients_is_taken_with_sound_names_and_times_only() {
        let good = "clients = [{ name = \"front-door\", address = \"192.0.2.7\" }]\nhook = [\"/usr/lib/fw/clients\"]";
        assert_eq!(read(good).map(|read| (read.clients.len(), read.quiet_hours)), Ok((1, 24)));
        for bad in [
            "clients = [{ name = \"--all\" , address = \"-x\" }]",
            "clients = [{ name = \"a b\" }]",
            "clients = [{ name = \"a\" }, { name = \"a\" }]",
            "quiet_hours = 169",
            "timeout_seconds = 0",
            "clients = [{ name = \"a\", password = \"never here\" }]",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
