//! Debian's Chromium, driven over WebDriver (W3C, 2018) by its plain JSON: a person with a mouse and a keyboard.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use crate::process::{Running, until};

/// The key under which WebDriver hands out an element (W3C WebDriver §12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long a page may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// Width and height in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewport(pub u32, pub u32);

/// The three screens that every page is looked at on.
pub const DESKTOP: Viewport = Viewport(1280, 800);
/// A 7-inch panel on the recorder itself.
pub const PANEL: Viewport = Viewport(800, 480);
/// A telephone.
pub const PHONE: Viewport = Viewport(360, 740);

/// One chromedriver; each browser it opens has a fresh profile.
pub struct Driver {
    running: Running,
    address: String,
    /// Home and temporary folder of the browsers; gone with them.
    _profiles: tempfile::TempDir,
}

impl Driver {
    /// Starts Debian's chromedriver on a free port; its log goes into `dir`.
    pub fn start(dir: &Path) -> Driver {
        let profiles = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").env("HOME", profiles.path()).env("TMPDIR", profiles.path());
        let running = Running::start("chromedriver", command, dir);
        let line = running.line_with("successfully on port ");
        let port = line.rsplit("on port ").next().unwrap_or_default().trim_end_matches('.').to_owned();
        Driver { running, address: format!("http://127.0.0.1:{port}"), _profiles: profiles }
    }

    /// Opens a browser window of the size of `viewport`.
    pub fn open(&self, viewport: Viewport, javascript: bool) -> Browser<'_> {
        self.open_with(viewport, javascript, &[])
    }

    /// Opens a telephone's browser whose camera sees `film`, a YUV4MPEG2 file that is played again and again. It must be
    /// there before: Chromium reads it when it starts.
    pub fn open_with_camera(&self, viewport: Viewport, film: &Path) -> Browser<'_> {
        let film = format!("--use-file-for-fake-video-capture={}", film.display());
        self.open_with(viewport, true, &["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", &film])
    }

    fn open_with(&self, viewport: Viewport, javascript: bool, more: &[&str]) -> Browser<'_> {
        let mut args: Vec<String> = [
            "--headless",
            "--no-sandbox", // the tests may run as root, where Chromium refuses its own sandbox
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            "--lang=en-GB",
        ]
        .map(str::to_owned)
        .to_vec();
        args.push(format!("--window-size={},{}", viewport.0, viewport.1));
        args.extend(more.iter().map(|&arg| arg.to_owned()));
        let preferences = json!({
            "profile.managed_default_content_settings.javascript": if javascript { 1 } else { 2 },
            "credentials_enable_service": false,
        });
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "acceptInsecureCerts": true,
            "goog:chromeOptions": {"args": args, "prefs": preferences},
        }}});
        let agent = agent();
        let answer = call(&agent, "POST", &format!("{}/session", self.address), Some(&wanted));
        let session = answer["sessionId"].as_str().expect("a session has an id").to_owned();
        let browser = Browser { _driver: self, agent, session: format!("{}/session/{session}", self.address) };
        browser.resized(viewport);
        browser
    }

    /// The process id, for the log.
    pub fn pid(&self) -> u32 {
        self.running.pid()
    }
}

fn agent() -> ureq::Agent {
    let config =
        ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(60)));
    config.build().into()
}

fn call(agent: &ureq::Agent, method: &str, url: &str, body: Option<&Value>) -> Value {
    try_call(agent, method, url, body).unwrap_or_else(|problem| panic!("{method} {url}: {problem}"))
}

fn try_call(agent: &ureq::Agent, method: &str, url: &str, body: Option<&Value>) -> Result<Value, String> {
    let answer = match method {
        "POST" => agent.post(url).send_json(body.unwrap_or(&json!({}))),
        "DELETE" => agent.delete(url).call(),
        _ => agent.get(url).call(),
    };
    let mut answer = answer.map_err(|problem| problem.to_string())?;
    let status = answer.status();
    let body: Value =
        answer.body_mut().with_config().limit(64 << 20).read_json().map_err(|problem| problem.to_string())?;
    if status.is_success() {
        Ok(body["value"].clone())
    } else {
        Err(format!("{}: {}", body["value"]["error"], body["value"]["message"]))
    }
}

/// One window. Waits are bounded polls; a page that does not come is a failure with the page's address and text.
pub struct Browser<'d> {
    _driver: &'d Driver,
    agent: ureq::Agent,
    session: String,
}

impl Browser<'_> {
    fn post(&self, path: &str, body: Value) -> Value {
        call(&self.agent, "POST", &format!("{}/{path}", self.session), Some(&body))
    }

    fn get(&self, path: &str) -> Value {
        call(&self.agent, "GET", &format!("{}/{path}", self.session), None)
    }

    /// Types an address into the address bar.
    pub fn goes_to(&self, url: &str) {
        self.post("url", json!({"url": url}));
    }

    /// The address in the address bar.
    pub fn address(&self) -> String {
        self.get("url").as_str().unwrap_or_default().to_owned()
    }

    fn find(&self, css: &str) -> Option<String> {
        let body = json!({"using": "css selector", "value": css});
        let answer = try_call(&self.agent, "POST", &format!("{}/element", self.session), Some(&body)).ok()?;
        answer[ELEMENT].as_str().map(str::to_owned)
    }

    /// Is there such an element now?
    pub fn has(&self, css: &str) -> bool {
        self.find(css).is_some()
    }

    /// Waits for an element.
    ///
    /// # Panics
    /// When it does not come in time.
    pub fn waits_for(&self, css: &str) -> String {
        until(PATIENCE, || self.find(css))
            .unwrap_or_else(|| panic!("{css} did not come at {}; the page says:\n{}", self.address(), self.text()))
    }

    /// All that a person reads on the page.
    pub fn text(&self) -> String {
        self.find("body").and_then(|body| self.text_of_element(&body)).unwrap_or_default()
    }

    fn text_of_element(&self, element: &str) -> Option<String> {
        let answer = try_call(&self.agent, "GET", &format!("{}/element/{element}/text", self.session), None).ok()?;
        answer.as_str().map(str::to_owned)
    }

    /// What an element says.
    pub fn reads(&self, css: &str) -> String {
        let element = self.waits_for(css);
        self.text_of_element(&element).unwrap_or_default()
    }

    /// An attribute of an element, if it has it.
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let element = self.waits_for(css);
        self.get(&format!("element/{element}/attribute/{name}")).as_str().map(str::to_owned)
    }

    /// Clicks; the element must be there, visible and not covered by another.
    pub fn clicks(&self, css: &str) {
        self.acts_on(css, "click", &json!({}));
    }

    /// Clears a field and types into it.
    pub fn types(&self, css: &str, text: &str) {
        self.acts_on(css, "clear", &json!({}));
        self.acts_on(css, "value", &json!({"text": text}));
    }

    /// Chooses a file, as the system's dialogue would.
    pub fn uploads(&self, css: &str, file: &Path) {
        let element = self.waits_for(css);
        self.post(&format!("element/{element}/value"), json!({"text": file.display().to_string()}));
    }

    /// Does something to an element. A page that was replaced between the look and the act is looked at once more: a
    /// person's hand follows the eye in the same way.
    fn acts_on(&self, css: &str, act: &str, body: &Value) {
        until(PATIENCE, || {
            let element = self.waits_for(css);
            let url = format!("{}/element/{element}/{act}", self.session);
            match try_call(&self.agent, "POST", &url, Some(body)) {
                Ok(_) => Some(()),
                Err(problem) if problem.contains("stale element reference") => None,
                Err(problem) => panic!("{act} {css}: {problem}; the page says:\n{}", self.text()),
            }
        })
        .unwrap_or_else(|| panic!("{css} was replaced again and again; the page says:\n{}", self.text()));
    }

    /// Runs a script in the page (works with the page's own scripts switched off, too) and returns its result.
    pub fn asks_page(&self, script: &str) -> Value {
        self.post("execute/sync", json!({"script": script, "args": []}))
    }

    /// Makes the page itself exactly as large as `viewport`.
    pub fn resized(&self, viewport: Viewport) {
        let metrics =
            json!({"width": viewport.0, "height": viewport.1, "deviceScaleFactor": 1, "mobile": viewport.0 < 500});
        self.post("goog/cdp/execute", json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": metrics}));
    }

    /// The person likes pages `light` or `dark`.
    pub fn prefers(&self, scheme: &str) {
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.post("goog/cdp/execute", json!({"cmd": "Emulation.setEmulatedMedia", "params": features}));
    }

    /// The person's browser asks for pages in this language.
    pub fn speaks(&self, language: &str) {
        self.post("goog/cdp/execute", json!({"cmd": "Network.enable", "params": {}}));
        let headers = json!({"headers": {"Accept-Language": language}});
        self.post("goog/cdp/execute", json!({"cmd": "Network.setExtraHTTPHeaders", "params": headers}));
    }

    /// Presses the *Tab* key (U+E004, W3C WebDriver §17.4.2).
    pub fn presses_tab(&self) {
        let keys = json!([{"type": "keyDown", "value": "\u{e004}"}, {"type": "keyUp", "value": "\u{e004}"}]);
        self.post("actions", json!({"actions": [{"type": "key", "id": "keys", "actions": keys}]}));
    }

    /// Pastes this into a field, as a hand does: from the clipboard, by Ctrl and V (U+E009, W3C WebDriver §17.4.2).
    pub fn pastes(&self, css: &str, text: &str) {
        self.post("goog/cdp/execute", json!({"cmd": "Browser.grantPermissions", "params": {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}}));
        let copied =
            self.asks_page(&format!("return navigator.clipboard.writeText({text:?}).then(() => true, String)"));
        assert_eq!(copied, json!(true), "the clipboard takes a text");
        self.acts_on(css, "clear", &json!({}));
        self.acts_on(css, "value", &json!({"text": "\u{e009}v"}));
    }

    /// Goes into a frame of the page: what follows is done and looked for in there.
    pub fn enters(&self, css: &str) {
        let frame = self.waits_for(css);
        self.post("frame", json!({"id": {ELEMENT: frame}}));
    }

    /// Comes back out of all frames.
    pub fn leaves_frames(&self) {
        self.post("frame", json!({"id": null}));
    }

    /// A picture of what is on the glass, as PNG.
    pub fn screenshot(&self) -> Vec<u8> {
        let picture = self.get("screenshot");
        from_base64(picture.as_str().expect("a picture"))
    }

    /// Keeps a picture of the page on each of the three screens, then goes back to `now`.
    pub fn keeps_pictures(&self, dir: &Path, name: &str, now: Viewport) {
        for viewport in [DESKTOP, PANEL, PHONE] {
            self.resized(viewport);
            let file = dir.join(format!("{name}-{}x{}.png", viewport.0, viewport.1));
            fs::write(file, self.screenshot()).expect("the folder for pictures is writable");
        }
        self.resized(now);
    }

    /// Does the page scroll sideways on a screen of this size? On a telephone it never may.
    pub fn scrolls_sideways(&self) -> bool {
        // Not `innerWidth`: a telephone shrinks a page that is too wide, and that number grows with it.
        self.asks_page("const page = document.documentElement; return page.scrollWidth > page.clientWidth")
            == json!(true)
    }
}

impl Drop for Browser<'_> {
    fn drop(&mut self) {
        let _ = try_call(&self.agent, "DELETE", &self.session, None);
    }
}

/// RFC 4648 §4, as WebDriver sends it; anything else in the text is skipped.
fn from_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut octets = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut bits) = (0u32, 0);
    for value in text.bytes().filter_map(|c| ALPHABET.iter().position(|a| *a == c)) {
        held = (held << 6) | u32::try_from(value).expect("six bits");
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            octets.push(u8::try_from((held >> bits) & 0xff).expect("eight bits"));
        }
    }
    octets
}
