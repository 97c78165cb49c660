//! The support desk of the world of processes: `resetkit support` with a ticket file, and `resetkit case`.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::programs::programs;
use crate::world::{Case, Trouble};

/// A ticket file, carried from the agent to both approvers and back.
pub(super) struct TicketFile<'w> {
    /// Files of the world.
    pub(super) files: &'w Path,
    /// Number of the call.
    pub(super) number: usize,
}

impl TicketFile<'_> {
    /// The agent opens it for this code, both approvers compare the check number and agree, the agent reads out.
    pub(super) fn unlock(&self, payload: &str) -> Result<String, Trouble> {
        let feed = self.files.join("relay/feed.jsonl").display().to_string();
        let number = format!("T-{}", self.number);
        let (agent, evidence) = (["--name", "anna"], ["--evidence", "invoice"]);
        let opened = self.support(
            "open",
            &[&["--text", payload, "--ticket", &number, "--feed", &feed][..], &agent, &evidence].concat(),
        )?;
        let check = check_number(&opened).unwrap_or_else(|| panic!("no check number in {opened}"));
        for approver in ["bert", "carla"] {
            let key = self.files.join(format!("desk/{approver}.key")).display().to_string();
            self.support("approve", &["--key", &key, "--name", approver, "--check", check])?;
        }
        let read = self.support("read", &[])?;
        let code = read.lines().map(str::trim).find(|line| is_code(line));
        Ok(code.unwrap_or_else(|| panic!("no code in {read}")).to_owned())
    }

    fn support(&self, verb: &str, options: &[&str]) -> Result<String, Trouble> {
        let mut command = Command::new(programs().join("resetkit"));
        command.args(["support", verb, "--brand"]).arg(self.files.join("brand"));
        command.arg("--file").arg(self.files.join(format!("desk/{}.ticket", self.number))).args(options);
        said(command)
    }
}

/// `XXXX-XXXX-XXXX`, as the agent reads it to the approvers.
fn check_number(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| groups(word) == [4, 4, 4])
}

fn is_code(line: &str) -> bool {
    groups(line) == [3, 3, 3] || groups(line) == [4, 4, 5]
}

fn groups(word: &str) -> Vec<usize> {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    if word.split('-').all(plain) { word.split('-').map(str::len).collect() } else { Vec::new() }
}

/// What a program says, or the trouble that it tells of: what happened, and what to do.
pub(super) fn said(mut command: Command) -> Result<String, Trouble> {
    let said = command.output().expect("resetkit runs");
    if said.status.success() {
        return Ok(String::from_utf8_lossy(&said.stdout).into_owned());
    }
    let err = String::from_utf8_lossy(&said.stderr).into_owned();
    let mut lines = err.lines().map(str::trim).filter(|line| !line.is_empty());
    let happened = lines.next().unwrap_or_default().to_owned();
    Err(Trouble { code: String::new(), happened, next_step: lines.collect::<Vec<_>>().join(" ") })
}

/// What the agent's tool makes of a case code.
pub(super) fn case(code: &str) -> Case {
    let mut command = Command::new(programs().join("resetkit"));
    command.args(["case", code, "--json"]);
    let said = said(command).unwrap_or_else(|trouble| panic!("the case code {code} is not read: {trouble:?}"));
    let case: Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("not JSON: {said}"));
    let texts = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let ways = case["ways"].as_array().cloned().unwrap_or_default();
    let open = ways.iter().filter(|way| way["open"] == true || way["state"] == "unknown");
    Case {
        failure: case["failure"]["code"].as_str().map(str::to_owned),
        open: open.filter_map(|way| way["method"].as_str().map(str::to_owned)).collect(),
        now: texts(&case["guidance"]["now"]),
    }
}
