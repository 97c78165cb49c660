//! The recorder as the story's owner sees it: its local API, version 0.

use std::time::Duration;

use serde_json::{Value, json};

use super::http::{Answer, Server};
use crate::clock;
use crate::failure::Failure;

/// How long a screen may take to change.
const PATIENCE: Duration = Duration::from_secs(30);

/// The recorder.
pub(crate) struct Recorder(Server);

impl Recorder {
    pub(crate) fn at(url: &str) -> Recorder {
        Recorder(Server::at(url))
    }

    pub(crate) fn is_initialised(&self) -> Result<bool, Failure> {
        Ok(self.0.get("/api/v0/device", None)?.json()["initialised"] == true)
    }

    pub(crate) fn initialise(&self, password: &str, email: Option<&str>) -> Result<(), Failure> {
        expect("set-up", &self.0.post("/api/v0/setup", None, &json!({ "password": password, "email": email }))?)
            .map(drop)
    }

    /// The token of a log-in, or `None` when the password is refused.
    pub(crate) fn log_in(&self, password: &str) -> Result<Option<String>, Failure> {
        let answer = self.0.post("/api/v0/login", None, &json!({ "account": "admin", "password": password }))?;
        match answer.status {
            200..300 => Ok(answer.json()["token"].as_str().map(str::to_owned)),
            401 | 403 => Ok(None),
            _ => expect("log-in", &answer).map(|_| None),
        }
    }

    pub(crate) fn log_out(&self, token: &str) -> Result<(), Failure> {
        expect("log-out", &self.0.post("/api/v0/logout", Some(token), &json!({}))?).map(drop)
    }

    /// Whether a log-in still counts.
    pub(crate) fn knows(&self, token: &str) -> Result<bool, Failure> {
        Ok(self.0.get("/api/v0/device", Some(token))?.json()["account"].is_string())
    }

    /// Prints a sheet of recovery codes and types the last one back, so that they count. Gives back all of them.
    pub(crate) fn print_sheet(&self, token: &str, password: &str) -> Result<Vec<String>, Failure> {
        let path = "/api/v0/recovery-codes";
        let made = expect(path, &self.0.post(path, Some(token), &json!({ "password": password }))?)?;
        let codes = made["codes"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let codes: Vec<_> = codes.map(str::to_owned).collect();
        let confirm = format!("{path}/confirm");
        expect(&confirm, &self.0.post(&confirm, Some(token), &json!({ "code": codes.last() }))?)?;
        Ok(codes)
    }

    /// Forgot password.
    pub(crate) fn forgot(&self) -> Result<Reset<'_>, Failure> {
        self.open("/api/v0/resets", None, &json!({ "account": "admin" }))
    }

    /// A test code for the address on file.
    pub(crate) fn try_address(&self, token: &str) -> Result<Reset<'_>, Failure> {
        self.open("/api/v0/address/confirm", Some(token), &json!({}))
    }

    fn open(&self, path: &str, token: Option<&str>, body: &Value) -> Result<Reset<'_>, Failure> {
        let opened = expect(path, &self.0.post(path, token, body)?)?;
        let text = |key: &str| {
            opened[key]
                .as_str()
                .map(str::to_owned)
                .ok_or_else(|| Failure::new(format!("{path} gave no `{key}`: {opened}"), ""))
        };
        Ok(Reset { recorder: self, id: text("id")?, token: text("token")? })
    }
}

/// One session at the recorder.
pub(crate) struct Reset<'a> {
    recorder: &'a Recorder,
    id: String,
    token: String,
}

impl Reset<'_> {
    /// Does something at the screen and gives back what the screen then shows, or the refusal.
    pub(crate) fn tries(&self, event: Value) -> Result<Answer, Failure> {
        self.recorder.0.post(&format!("/api/v0/resets/{}/events", self.id), Some(&self.token), &event)
    }

    /// Does something that must work.
    pub(crate) fn does(&self, event: Value) -> Result<Value, Failure> {
        let name = event["event"].to_string();
        expect(&name, &self.tries(event)?)
    }

    pub(crate) fn view(&self) -> Result<Value, Failure> {
        expect("screen", &self.recorder.0.get(&format!("/api/v0/resets/{}", self.id), Some(&self.token))?)
    }

    /// Polls until the screen shows one of these steps.
    pub(crate) fn shows(&self, steps: &[&str]) -> Result<Value, Failure> {
        self.until(&format!("the step {}", steps.join(" or ")), |view| {
            view["step"].as_str().is_some_and(|step| steps.contains(&step))
        })
    }

    /// Polls until the screen shows a code.
    pub(crate) fn shows_code(&self) -> Result<Value, Failure> {
        self.until("a QR code", |view| view["qr"].is_object())
    }

    /// Polls until the screen is as it should be; `what` says it in words.
    pub(crate) fn until(&self, what: &str, good: impl Fn(&Value) -> bool) -> Result<Value, Failure> {
        let since = clock::moment();
        loop {
            let view = self.view()?;
            if good(&view) {
                return Ok(view);
            }
            if since.elapsed() > PATIENCE {
                return Err(Failure::new(
                    format!("The recorder never showed {what}; it shows {view}"),
                    "Start the demo with `--keep DIR` and read DIR/logs.",
                ));
            }
            crate::clock::pause(Duration::from_millis(25));
        }
    }

    /// The picture as a camera gets it.
    pub(crate) fn picture(&self, view: &Value) -> Result<Vec<u8>, Failure> {
        let url = view["qr"]["png_url"]
            .as_str()
            .ok_or_else(|| Failure::new(format!("The screen has no picture: {view}"), ""))?;
        let answer = self.recorder.0.get(url, Some(&self.token))?;
        if answer.is_success() {
            Ok(answer.body)
        } else {
            Err(Failure::new(format!("{url} answered {}.", answer.status), ""))
        }
    }
}

fn expect(what: &str, answer: &Answer) -> Result<Value, Failure> {
    if answer.is_success() {
        return Ok(answer.json());
    }
    Err(Failure::new(
        format!("The recorder refused ({what}, {}): {}", answer.status, String::from_utf8_lossy(&answer.body)),
        "Start the demo with `--keep DIR` and read DIR/logs.",
    ))
}
