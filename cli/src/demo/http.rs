//! JSON over HTTP with a status that may be anything: a refusal is an answer too.

use std::io::Read as _;
use std::time::Duration;

use serde_json::Value;

use crate::failure::Failure;

/// Most octets of an answer.
const LARGEST: u64 = 4 * 1024 * 1024;

/// One server.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    agent: ureq::Agent,
    base: String,
}

/// What a server said.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body as JSON; `null` when there is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl Server {
    pub(crate) fn at(base: &str) -> Server {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(40)))
            .http_status_as_error(false)
            .build()
            .into();
        Server { agent, base: base.trim_end_matches('/').to_owned() }
    }

    pub(crate) fn get(&self, path: &str, token: Option<&str>) -> Result<Answer, Failure> {
        let mut request = self.agent.get(self.address(path));
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        self.read(path, request.call())
    }

    pub(crate) fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Result<Answer, Failure> {
        let mut request = self.agent.post(self.address(path));
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        self.read(path, request.send_json(body))
    }

    pub(crate) fn delete(&self, path: &str) -> Result<Answer, Failure> {
        self.read(path, self.agent.delete(self.address(path)).call())
    }

    /// The address of a path; an absolute address of the same server is taken as it is.
    fn address(&self, path: &str) -> String {
        if path.starts_with("http://") { path.to_owned() } else { format!("{}{path}", self.base) }
    }

    fn read(
        &self,
        path: &str,
        answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Result<Answer, Failure> {
        let broken = |error: String| {
            Failure::new(
                format!("{}{path}: {error}.", self.base),
                "Start the demo with `--keep DIR` and read DIR/logs.",
            )
        };
        let mut answer = answer.map_err(|error| broken(error.to_string()))?;
        let mut body = Vec::new();
        answer
            .body_mut()
            .as_reader()
            .take(LARGEST)
            .read_to_end(&mut body)
            .map_err(|error| broken(error.to_string()))?;
        Ok(Answer { status: answer.status().as_u16(), body })
    }
}
