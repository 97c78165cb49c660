//! Templates, style and script: all inside the program, and a policy that lets nothing else in.

use data_encoding::BASE64;
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind};
use resetkit_config::{Arg, DeviceConfig, Palette, Texts};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::texts::Languages;

const STYLE: &str = include_str!("assets/device.css");
const SCRIPT: &str = include_str!("assets/device.js");

const TEMPLATES: [(&str, &str); 26] = [
    ("after.html", include_str!("templates/after.html")),
    ("art.html", include_str!("templates/art.html")),
    ("base.html", include_str!("templates/base.html")),
    ("case-line.html", include_str!("templates/case-line.html")),
    ("code.html", include_str!("templates/code.html")),
    ("codes.html", include_str!("templates/codes.html")),
    ("doctor.html", include_str!("templates/doctor.html")),
    ("ends.html", include_str!("templates/ends.html")),
    ("error.html", include_str!("templates/error.html")),
    ("forgot.html", include_str!("templates/forgot.html")),
    ("going.html", include_str!("templates/going.html")),
    ("hand-over.html", include_str!("templates/hand-over.html")),
    ("handed-over.html", include_str!("templates/handed-over.html")),
    ("hold.html", include_str!("templates/hold.html")),
    ("live.html", include_str!("templates/live.html")),
    ("login.html", include_str!("templates/login.html")),
    ("more.html", include_str!("templates/more.html")),
    ("parts.html", include_str!("templates/parts.html")),
    ("ready.html", include_str!("templates/ready.html")),
    ("reset.html", include_str!("templates/reset.html")),
    ("settings.html", include_str!("templates/settings.html")),
    ("setup.html", include_str!("templates/setup.html")),
    ("switch.html", include_str!("templates/switch.html")),
    ("time.html", include_str!("templates/time.html")),
    ("ways.html", include_str!("templates/ways.html")),
    ("withheld.html", include_str!("templates/withheld.html")),
];

/// Renders pages of one brand.
pub(super) struct Renderer {
    /// One for each language, so that `t` knows which it is wherever it is called.
    environments: Vec<(String, Environment<'static>)>,
    style: String,
    policy: String,
}

/// What every page has beside its own.
#[derive(Serialize)]
struct Around<'a, T> {
    css: Value,
    js: Value,
    #[serde(flatten)]
    page: &'a T,
}

impl Renderer {
    pub(super) fn new(config: &DeviceConfig, languages: &Languages, framed_by: Option<&str>) -> Self {
        let environments =
            languages.all().iter().map(|texts| (texts.language().to_string(), environment(texts.clone()))).collect();
        let colours = &config.brand.colours;
        let style = format!(
            ":root{{{}}}@media (prefers-color-scheme:dark){{:root{{{}}}}}{STYLE}",
            variables(&colours.light),
            variables(&colours.dark)
        );
        let policy = format!(
            "default-src 'none'; img-src 'self'; style-src '{}'; script-src '{}'; connect-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors {}",
            source(&style),
            source(SCRIPT),
            framed_by.unwrap_or("'none'")
        );
        Self { environments, style, policy }
    }

    /// The content security policy of every page.
    pub(super) fn policy(&self) -> &str {
        &self.policy
    }

    /// Renders a page.
    pub(super) fn page(&self, language: &str, template: &str, page: &impl Serialize) -> Result<String, Error> {
        let css = Value::from_safe_string(self.style.clone());
        let js = Value::from_safe_string(SCRIPT.to_owned());
        let known = self.environments.iter().find(|(known, _)| known == language).or(self.environments.first());
        let (_, environment) =
            known.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "the brand has no language"))?;
        environment.get_template(template)?.render(Value::from(Serde(Around { css, js, page })))
    }
}

fn source(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(text.as_bytes())))
}

fn variables(palette: &Palette) -> String {
    let pairs = [
        ("background", &palette.background),
        ("surface", &palette.surface),
        ("text", &palette.text),
        ("muted", &palette.muted),
        ("accent", &palette.accent),
        ("on-accent", &palette.on_accent),
        ("danger", &palette.danger),
        ("success", &palette.success),
    ];
    pairs.iter().map(|(name, colour)| format!("--{name}:{colour};")).collect()
}

fn environment(texts: Texts) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    for (name, text) in TEMPLATES {
        environment.add_template(name, text).expect("our own templates are read by a test");
    }
    environment.add_function("t", move |id: &str, args: Kwargs| translate(&texts, id, &args));
    environment
}

/// `t("device-login")`: the text in the language of the page.
fn translate(texts: &Texts, id: &str, args: &Kwargs) -> Result<String, Error> {
    let values: Vec<(&str, Value)> =
        args.args().map(|name| Ok((name, args.get(name)?))).collect::<Result<_, Error>>()?;
    let args: Vec<(&str, Arg<'_>)> =
        values.iter().map(|(name, value)| Ok((*name, argument(value)?))).collect::<Result<_, Error>>()?;
    Ok(texts.get(id, &args))
}

fn argument(value: &Value) -> Result<Arg<'_>, Error> {
    if let Some(number) = value.as_i64() {
        return Ok(Arg::Number(number));
    }
    let text = value
        .as_str()
        .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "an argument of a text is words or a number"))?;
    Ok(Arg::Text(text))
}
