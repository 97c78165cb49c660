//! HTTP as a browser or an app speaks it, over real sockets.

use std::time::Duration;

use serde_json::Value;

/// An answer: status and JSON body (`null` where it is none).
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// A client that follows nothing and keeps nothing.
#[derive(Clone, Debug)]
pub(crate) struct Http(ureq::Agent);

impl Http {
    pub(crate) fn new() -> Http {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(30)))
            .build();
        Http(config.into())
    }

    pub(crate) fn get(&self, url: &str, token: Option<&str>) -> Result<Answer, String> {
        let mut ask = self.0.get(url);
        if let Some(token) = token {
            ask = ask.header("authorization", format!("Bearer {token}"));
        }
        read(ask.call())
    }

    pub(crate) fn post(&self, url: &str, token: Option<&str>, body: &Value) -> Result<Answer, String> {
        let mut ask = self.0.post(url);
        if let Some(token) = token {
            ask = ask.header("authorization", format!("Bearer {token}"));
        }
        read(ask.send_json(body))
    }

    /// The octets behind an address.
    pub(crate) fn octets(&self, url: &str, token: Option<&str>) -> Result<Vec<u8>, String> {
        let mut ask = self.0.get(url);
        if let Some(token) = token {
            ask = ask.header("authorization", format!("Bearer {token}"));
        }
        let mut answer = ask.call().map_err(|problem| problem.to_string())?;
        if !answer.status().is_success() {
            return Err(format!("{url}: {}", answer.status()));
        }
        answer.body_mut().read_to_vec().map_err(|problem| problem.to_string())
    }
}

fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Answer, String> {
    let mut answer = answer.map_err(|problem| problem.to_string())?;
    let status = answer.status().as_u16();
    let text = answer.body_mut().read_to_string().map_err(|problem| problem.to_string())?;
    Ok(Answer { status, body: serde_json::from_str(&text).unwrap_or(Value::Null) })
}
