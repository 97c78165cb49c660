//! The companion app at `/app/`, the brand's public words at `/v1/brand`, and what lets a maker's own app take over the QR's
//! address. Everything is made once, when the relay starts: no request costs more than a look-up.
//!
//! A relay of several brands shows the one whose address the caller used. The header only chooses among the signed packs;
//! nothing of it is ever sent back (F8).

mod icon;

use super::{Web, language, palette, templates};
use crate::brands::Face;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use icon::Shape;
use minijinja::{Value, context};
use resetkit_companion::app::{ARGUMENTS, FILES, PAGE, SLIPS, TEXTS, WORKER};
use resetkit_config::{Brand, Palette, Texts};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

const JSON: &str = "application/json";

/// One file, ready to go.
struct Served {
    kind: &'static str,
    octets: Bytes,
    /// Strong `ETag`.
    tag: HeaderValue,
}

impl Served {
    fn new(kind: &'static str, octets: impl Into<Bytes>) -> Self {
        let octets = octets.into();
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&octets)[..12]);
        let tag = HeaderValue::from_str(&format!("\"{hash}\"")).expect("hexadecimal digits");
        Self { kind, octets, tag }
    }

    fn answer(&self, headers: &HeaderMap, policy: &HeaderValue) -> Response {
        let known = headers.get(header::IF_NONE_MATCH) == Some(&self.tag);
        let mut response =
            if known { StatusCode::NOT_MODIFIED.into_response() } else { self.octets.clone().into_response() };
        let own = response.headers_mut();
        if !known {
            own.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        }
        own.insert(header::ETAG, self.tag.clone());
        own.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        own.insert(header::VARY, HeaderValue::from_static("accept-language"));
        own.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
        own.insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS));
        response
    }
}

/// The camera for the app's own page; of everything else that a page could ask for, nothing.
const PERMISSIONS: &str = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()";

/// What of the app differs between brands.
struct Dressed {
    /// The host people reach this brand by, with its port where there is one, lower case.
    host: String,
    /// The brand's own language.
    own: String,
    files: BTreeMap<String, Served>,
    /// Drawn when somebody asks first.
    icons: [OnceLock<Served>; ICONS.len()],
    palette: Palette,
    /// Files in each language, by language and path.
    spoken: BTreeMap<(String, &'static str), Served>,
    assets: Option<Served>,
    association: Option<Served>,
}

/// The app in the dress of each brand.
pub(super) struct App {
    common: BTreeMap<&'static str, Served>,
    dressed: Vec<Dressed>,
    policy: HeaderValue,
}

impl App {
    /// `frame` is the directive that says who may show the app in a frame.
    pub(super) fn new<'a>(faces: impl Iterator<Item = &'a Face>, frame: &str) -> Self {
        let policy = format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; \
             manifest-src 'self'; form-action 'none'; base-uri 'none'; {frame}"
        );
        let common: BTreeMap<_, _> = FILES.iter().map(|file| (file.path, Served::new(file.kind, file.text))).collect();
        let dressed = faces.map(|face| Dressed::new(face, &common)).collect();
        Self { common, dressed, policy: HeaderValue::from_str(&policy).expect("settings hold plain origins only") }
    }

    /// The brand whose address the caller used, else the first.
    fn dress(&self, headers: &HeaderMap) -> &Dressed {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).map(str::to_ascii_lowercase);
        let named = host.and_then(|host| self.dressed.iter().find(|dressed| dressed.host == host));
        named.unwrap_or(&self.dressed[0])
    }

    fn find(&self, path: &str, headers: &HeaderMap, chosen: Option<&str>) -> Option<&Served> {
        let dress = self.dress(headers);
        self.common
            .get(path)
            .or_else(|| dress.files.get(path))
            .or_else(|| dress.icon(path))
            .or_else(|| dress.in_language(path, headers, chosen))
    }
}

impl Dressed {
    fn new(face: &Face, common: &BTreeMap<&'static str, Served>) -> Self {
        let brand = &face.brand;
        let light = &brand.colours.light;
        let mut files = BTreeMap::new();
        let mut put = |path: &str, served| files.insert(path.to_owned(), served);
        put("brand.css", Served::new("text/css; charset=utf-8", stylesheet(brand)));
        put("brand.json", Served::new(JSON, public_words(brand).to_string()));
        put("icon.svg", Served::new("image/svg+xml", icon::svg(light)));
        let mut spoken = BTreeMap::new();
        for language in &brand.languages {
            let texts = face.texts([language.as_str()]);
            spoken.insert((language.clone(), ""), Served::new("text/html; charset=utf-8", page(brand, texts)));
            spoken.insert((language.clone(), "texts.json"), Served::new(JSON, words(face, texts)));
            spoken.insert(
                (language.clone(), "manifest.webmanifest"),
                Served::new("application/manifest+json", manifest(brand, texts)),
            );
        }
        let worker = worker(common, &files, &spoken, &brand.languages);
        files.insert("sw.js".to_owned(), Served::new("text/javascript; charset=utf-8", worker));
        let host = brand.relay_url.as_str().split("://").nth(1).unwrap_or_default().to_owned();
        Self {
            icons: Default::default(),
            palette: light.clone(),
            own: brand.languages[0].clone(),
            host,
            files,
            spoken,
            assets: asset_links(brand),
            association: site_association(brand),
        }
    }

    fn icon(&self, path: &str) -> Option<&Served> {
        let (place, (_, side, shape)) = ICONS.iter().enumerate().find(|(_, (name, ..))| *name == path)?;
        let draw = || Served::new("image/png", icon::png(&self.palette, *side, *shape));
        Some(self.icons[place].get_or_init(draw))
    }

    /// A file in the language that was chosen, else in the first that the phone asks for, else in the brand's own.
    fn in_language(&self, path: &str, headers: &HeaderMap, chosen: Option<&str>) -> Option<&Served> {
        let versions = self.spoken.iter().filter(|((_, known), _)| *known == path);
        let found: BTreeMap<&str, &Served> =
            versions.map(|((language, _), served)| (language.as_str(), served)).collect();
        let wanted = chosen.map(str::to_owned).into_iter().chain(language::wanted(headers)).chain([self.own.clone()]);
        wanted.into_iter().find_map(|language| found.get(language.as_str()).copied())
    }
}

/// Pixels of the icons, and who cuts them to shape.
const ICONS: [(&str, u32, Shape); 4] = [
    ("icon-180.png", 180, Shape::Full),
    ("icon-192.png", 192, Shape::Own),
    ("icon-512.png", 512, Shape::Own),
    ("icon-maskable-512.png", 512, Shape::Full),
];

fn stylesheet(brand: &Brand) -> String {
    let colours = |palette: &Palette, shadow: &str| {
        format!(
            "--background: {}; --surface: {}; --text: {}; --muted: {}; --accent: {}; --on-accent: {}; --danger: {}; --success: {}; --shadow: {shadow};",
            palette.background,
            palette.surface,
            palette.text,
            palette.muted,
            palette.accent,
            palette.on_accent,
            palette.danger,
            palette.success
        )
    };
    let light = colours(&brand.colours.light, "0 1px 2px rgb(0 0 0 / .06), 0 8px 24px rgb(0 0 0 / .07)");
    let dark = colours(&brand.colours.dark, "none");
    format!(
        ":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root:not([data-look=\"light\"]) {{ {dark} }} }}\n:root[data-look=\"dark\"] {{ {dark} }}\n"
    )
}

/// What of a brand pack everybody may know.
pub(super) fn public_words(brand: &Brand) -> serde_json::Value {
    json!({
        "name": brand.name,
        "app_name": brand.app_name,
        "menu_path": brand.app_menu_path,
        "prefix": brand.url_prefix(),
        "support_contact": brand.support_contact,
        "languages": brand.languages,
    })
}

fn page(brand: &Brand, texts: &Texts) -> String {
    let mut environment = templates();
    environment.add_template("page.html", PAGE).expect("the embedded page is well formed");
    let page = environment.get_template("page.html").and_then(|page| {
        page.render(context! {
            language => texts.language().as_str(),
            app_name => brand.app_name.as_str(),
            description => texts.get("app-description", &[]),
            no_script => texts.get("app-no-script", &[]),
            tabs => texts.get("app-tabs", &[]),
            light => palette(&brand.colours.light),
            dark => palette(&brand.colours.dark),
        })
    });
    page.unwrap_or_default()
}

/// All words of the app; what only the phone knows stays as `{name}`.
fn words(face: &Face, texts: &Texts) -> String {
    let places: Vec<String> = ARGUMENTS.iter().map(|name| format!("{{{name}}}")).collect();
    let arguments: Vec<_> = ARGUMENTS.iter().zip(&places).map(|(name, place)| (*name, place.into())).collect();
    let slips = SLIPS.iter().flat_map(|(_, name)| [format!("err-app-{name}"), format!("rec-app-{name}")]);
    let ids = TEXTS.iter().map(|id| (*id).to_owned()).chain(slips);
    let filled: BTreeMap<String, String> = ids.map(|id| (id.clone(), texts.get(&id, &arguments))).collect();
    let named = face.brand.languages.iter().map(
        |language| json!({ "code": language, "name": face.texts([language.as_str()]).get("app-language-name", &[]) }),
    );
    let languages: Vec<_> = named.collect();
    let codes: BTreeMap<_, _> = SLIPS.iter().map(|(code, name)| (*name, *code)).collect();
    json!({ "language": texts.language().as_str(), "languages": languages, "texts": filled, "codes": codes })
        .to_string()
}

fn manifest(brand: &Brand, texts: &Texts) -> String {
    let png = |path: &str, side: u32, purpose: &str| json!({ "src": path, "sizes": format!("{side}x{side}"), "type": "image/png", "purpose": purpose });
    json!({
        "id": "/app/",
        "start_url": "/app/",
        "scope": "/app/",
        "name": brand.app_name,
        "short_name": brand.app_name,
        "description": texts.get("app-description", &[]),
        "lang": texts.language().as_str(),
        "display": "standalone",
        "orientation": "portrait",
        "background_color": brand.colours.light.background.to_string(),
        "theme_color": brand.colours.light.background.to_string(),
        "icons": [
            { "src": "icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any" },
            png("icon-192.png", 192, "any"),
            png("icon-512.png", 512, "any"),
            png("icon-maskable-512.png", 512, "maskable"),
        ],
    })
    .to_string()
}

/// The service worker's version is the hash of everything that it keeps.
fn worker(
    common: &BTreeMap<&'static str, Served>,
    files: &BTreeMap<String, Served>,
    spoken: &BTreeMap<(String, &'static str), Served>,
    languages: &[String],
) -> String {
    let paths = common
        .keys()
        .copied()
        .chain(files.keys().map(String::as_str))
        .chain(ICONS.map(|(path, ..)| path))
        .chain(["", "texts.json", "manifest.webmanifest"]);
    let chosen = languages.iter().map(|language| format!("/app/texts.json?lang={language}"));
    let kept: Vec<String> = paths.map(|path| format!("/app/{path}")).chain(chosen).collect();
    let mut hash = Sha256::new();
    for served in common.values().chain(files.values()).chain(spoken.values()) {
        hash.update(served.tag.as_bytes());
    }
    let version = data_encoding::HEXLOWER.encode(&hash.finalize()[..8]);
    let mut environment = templates();
    environment.add_template("sw.js", WORKER).expect("the embedded worker is well formed");
    let script = environment.get_template("sw.js").and_then(|worker| {
        worker.render(context! { version => version, files => Value::from_safe_string(json!(kept).to_string()) })
    });
    script.unwrap_or_default()
}

/// Android App Links: <https://developers.google.com/digital-asset-links>.
fn asset_links(brand: &Brand) -> Option<Served> {
    let statements: Vec<_> = brand.native_apps.android.iter().map(|app| {
        json!({
            "relation": ["delegate_permission/common.handle_all_urls"],
            "target": { "namespace": "android_app", "package_name": app.package, "sha256_cert_fingerprints": app.certificates },
        })
    }).collect();
    (!statements.is_empty()).then(|| Served::new(JSON, json!(statements).to_string()))
}

/// iOS Universal Links: the QR's addresses, and neither the *not me* links nor the pages of this relay's own app.
fn site_association(brand: &Brand) -> Option<Served> {
    let not = |path: &str| json!({ "/": path, "exclude": true });
    let components = json!([not("/app/*"), not("/v1/*"), not("/n/*"), not("/healthz"), { "/": "/*" }]);
    let details = json!([{ "appIDs": brand.native_apps.ios, "components": components }]);
    (!brand.native_apps.ios.is_empty())
        .then(|| Served::new(JSON, json!({ "applinks": { "details": details } }).to_string()))
}

/// What may stand behind the question mark of a file's address.
#[derive(Deserialize)]
pub(super) struct Chosen {
    lang: Option<String>,
}

/// `GET /app`: the slash matters, since everything of the app is named from it.
pub(super) async fn with_slash() -> Redirect {
    Redirect::permanent("/app/")
}

/// `GET /app/`.
pub(super) async fn start(state: State<Arc<Web>>, chosen: Query<Chosen>, headers: HeaderMap) -> Response {
    file(state, Path(String::new()), chosen, headers).await
}

/// `GET /app/{path}`.
pub(super) async fn file(
    State(web): State<Arc<Web>>,
    Path(path): Path<String>,
    Query(chosen): Query<Chosen>,
    headers: HeaderMap,
) -> Response {
    match web.app.find(&path, &headers, chosen.lang.as_deref()) {
        Some(served) => served.answer(&headers, &web.app.policy),
        None => super::problem::nothing_here(State(web), headers).await,
    }
}

/// `GET /v1/brand`.
pub(super) async fn brand(State(web): State<Arc<Web>>, headers: HeaderMap) -> Response {
    web.app.dress(&headers).files["brand.json"].answer(&headers, &web.app.policy)
}

/// `GET /.well-known/assetlinks.json`.
pub(super) async fn assets(State(web): State<Arc<Web>>, headers: HeaderMap) -> Response {
    match &web.app.dress(&headers).assets {
        Some(served) => served.answer(&headers, &web.app.policy),
        None => super::problem::nothing_here(State(Arc::clone(&web)), headers).await,
    }
}

/// `GET /.well-known/apple-app-site-association`.
pub(super) async fn association(State(web): State<Arc<Web>>, headers: HeaderMap) -> Response {
    match &web.app.dress(&headers).association {
        Some(served) => served.answer(&headers, &web.app.policy),
        None => super::problem::nothing_here(State(Arc::clone(&web)), headers).await,
    }
}
