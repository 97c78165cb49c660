//! Step pictures: real screens, made by `docs/pictures/guide.sh`. Those of the plain brand are built in; every other brand
//! brings its own, since a picture shows names and colours of a brand.

use std::collections::BTreeMap;
use std::path::Path;

use crate::failure::Failure;

/// The pictures of one guide, by name.
pub(super) struct Album(BTreeMap<String, Vec<u8>>);

macro_rules! album {
    ($($language:literal: $($name:literal)*;)*) => {
        /// Language, name, PNG.
        const BUILT_IN: &[(&str, &str, &[u8])] =
            &[$($(($language, $name, include_bytes!(concat!("../../../docs/pictures/guide/", $language, "/", $name, ".png"))),)*)*];
    };
}

album! {
    "en": "app-1" "app-2" "app-3" "app-confirm" "app-sent" "button" "code" "doctor" "done" "email" "log-in" "mail" "new-password" "no-email"
        "notice" "qr" "ready" "recovery-codes" "screen-live" "screen-log-in" "screen-qr" "set-up" "sheet" "support" "ways";
    "de": "app-1" "app-2" "app-3" "app-confirm" "app-sent" "button" "code" "doctor" "done" "email" "log-in" "mail" "new-password" "no-email"
        "notice" "qr" "ready" "recovery-codes" "screen-live" "screen-log-in" "screen-qr" "set-up" "sheet" "support" "ways";
}

impl Album {
    /// The built-in pictures, in this language or in English.
    pub(super) fn built_in(language: &str) -> Album {
        let of = |wanted: &str| {
            let kept = BUILT_IN.iter().filter(|(language, _, _)| *language == wanted);
            kept.map(|(_, name, octets)| ((*name).to_owned(), octets.to_vec())).collect::<BTreeMap<_, _>>()
        };
        let found = of(language);
        Album(if found.is_empty() { of("en") } else { found })
    }

    /// No pictures: a guide for a brand that has made none yet.
    pub(super) fn empty() -> Album {
        Album(BTreeMap::new())
    }

    /// Every `NAME.png` of a folder, or of its folder for this language.
    pub(super) fn of_folder(folder: &Path, language: &str) -> Result<Album, Failure> {
        let own = folder.join(language);
        let folder = if own.is_dir() { own } else { folder.to_owned() };
        let mut found = BTreeMap::new();
        for entry in std::fs::read_dir(&folder).map_err(|error| Failure::file(&folder, &error))? {
            let path = entry.map_err(|error| Failure::file(&folder, &error))?.path();
            let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            if path.extension().is_some_and(|kind| kind == "png") {
                found.insert(name, std::fs::read(&path).map_err(|error| Failure::file(&path, &error))?);
            }
        }
        if found.is_empty() {
            return Err(Failure::new(
                format!("There is no picture in {}.", folder.display()),
                "Put NAME.png files there; docs/guides/README.md lists the names.",
            ));
        }
        Ok(Album(found))
    }

    pub(super) fn find(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(Vec::as_slice)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes the pictures that a text shows into a folder.
    pub(super) fn write(&self, folder: &Path, shown: &str) -> Result<(), Failure> {
        let used = self.0.iter().filter(|(name, _)| shown.contains(&format!("/{name}.png)")));
        for (name, octets) in used {
            std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
            let path = folder.join(format!("{name}.png"));
            std::fs::write(&path, octets).map_err(|error| Failure::file(&path, &error))?;
        }
        Ok(())
    }
}
