//! `resetkit guide`: help article, agent's script and integrator's sheet, made from what the device itself runs on.
//!
//! ```text
//! brand, profile, policy, manifests, locale ─▶ material ─▶ owner | agent | integrator ─▶ article ─▶ html ─▶ pdf
//!                                                                                            └───▶ markdown + pictures
//! ```

mod agent;
mod article;
mod html;
mod integrator;
mod markdown;
mod material;
mod owner;
mod pairs;
mod pdf;
mod pictures;
mod tree;
mod trouble;

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use resetkit_core::CodeStyle;

use crate::failure::Failure;
use article::{Article, Words};
use material::Material;
use pictures::Album;

/// Options of `resetkit guide`.
#[derive(Debug, Args)]
pub(crate) struct GuideOptions {
    /// `plain`, or the folder of a brand pack.
    #[arg(long, default_value = "plain")]
    brand: String,
    /// Profile of the device: a built-in one by its name, or a file.
    #[arg(long, default_value = "nvr-4-button")]
    device: String,
    /// Policy: a built-in one by its name, or a file.
    #[arg(long, default_value = "reference")]
    policy: String,
    /// Language; one of the brand's.
    #[arg(long, default_value = "en")]
    lang: String,
    /// Who reads it.
    #[arg(long = "for", value_enum, default_value = "owner")]
    reader: Reader,
    /// What to write; may be given more than once. Default: html and md.
    #[arg(long, value_enum)]
    format: Vec<Format>,
    /// Folder to write to; it is made if it is not there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Folder with step pictures (NAME.png, or LANG/NAME.png) in place of the built-in ones of the plain brand.
    #[arg(long, value_name = "DIR")]
    pictures: Option<PathBuf>,
    /// Where Markdown finds the pictures (a relative path or an address), instead of copies beside it.
    #[arg(long, value_name = "PATH")]
    pictures_at: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Reader {
    /// A help article for whoever forgot the password.
    Owner,
    /// A script for the support desk, with what to ask and what never to ask.
    Agent,
    /// A sheet for whoever builds the device: what is offered when, and what it costs.
    Integrator,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One page that needs nothing else.
    Html,
    /// Markdown, with pictures beside it.
    Md,
    /// The page on paper, printed by Chromium.
    Pdf,
}

/// `resetkit guide`.
pub(crate) fn run(options: &GuideOptions) -> Result<(), Failure> {
    let material = Material::gather(&options.brand, &options.device, &options.policy, &options.lang)?;
    let album = album(options, &material)?;
    let article = match options.reader {
        Reader::Owner => owner::article(&material),
        Reader::Agent => agent::article(&material),
        Reader::Integrator => integrator::article(&material),
    };
    fs::create_dir_all(&options.out).map_err(|error| Failure::file(&options.out, &error))?;
    let formats = if options.format.is_empty() { &[Format::Html, Format::Md][..] } else { &options.format };
    let name = format!("{}.{}", options.reader.name(), material.texts.language());
    for format in formats {
        let written = match format {
            Format::Html => write_html(&options.out.join(format!("{name}.html")), &article, &material, &album)?,
            Format::Md => write_markdown(options, &name, &article, &album)?,
            Format::Pdf => write_pdf(&options.out.join(format!("{name}.pdf")), &article, &material, &album)?,
        };
        outln!("{}", written.display());
    }
    if album.is_empty() {
        eprintln!(
            "note   no pictures: the built-in ones show the plain brand. Make your own (docs/guides/README.md) and name them by `--pictures DIR`."
        );
    }
    Ok(())
}

impl Reader {
    fn name(self) -> &'static str {
        match self {
            Reader::Owner => "owner",
            Reader::Agent => "agent",
            Reader::Integrator => "integrator",
        }
    }
}

/// A picture shows a brand's name and colours, so the plain brand's pictures are for the plain brand only.
fn album(options: &GuideOptions, material: &Material) -> Result<Album, Failure> {
    match &options.pictures {
        Some(folder) => Album::of_folder(folder, &options.lang),
        None if material.brand.id.as_str() == "plain" => Ok(Album::built_in(&options.lang)),
        None => Ok(Album::empty()),
    }
}

fn write_html(path: &Path, article: &Article, material: &Material, album: &Album) -> Result<PathBuf, Failure> {
    let page = html::page(article, &material.brand.colours, &material.brand.name, album);
    fs::write(path, page).map_err(|error| Failure::file(path, &error))?;
    Ok(path.to_owned())
}

fn write_markdown(options: &GuideOptions, name: &str, article: &Article, album: &Album) -> Result<PathBuf, Failure> {
    let place = options.pictures_at.as_deref().unwrap_or("pictures").trim_end_matches('/');
    let text = markdown::text(article, album, place);
    if options.pictures_at.is_none() {
        album.write(&options.out.join("pictures"), &text)?;
    }
    let path = options.out.join(format!("{name}.md"));
    fs::write(&path, text).map_err(|error| Failure::file(&path, &error))?;
    Ok(path)
}

fn write_pdf(path: &Path, article: &Article, material: &Material, album: &Album) -> Result<PathBuf, Failure> {
    let folder = tempfile::tempdir().map_err(|error| {
        Failure::new(format!("No temporary folder can be made: {error}."), "Make room, or set TMPDIR to another place.")
    })?;
    let page = write_html(&folder.path().join("guide.html"), article, material, album)?;
    pdf::print(&page, path)?;
    Ok(path.to_owned())
}

/// Where a guide comes from: the same line on every copy of the same data.
fn made_from(material: &Material) -> String {
    let (brand, profile) = (&material.brand, &material.profile);
    let version = brand.version.0.to_string();
    material.say_with(
        "guide-made-from",
        &[
            ("brand", brand.id.as_str().into()),
            ("version", version.as_str().into()),
            ("profile", (&profile.model).into()),
            ("policy", (&material.policy.name).into()),
        ],
    )
}

fn words(material: &Material) -> Words {
    Words {
        contents: material.say("guide-contents"),
        step: material.say("guide-step"),
        yes: material.say("guide-yes"),
        no: material.say("guide-no"),
        skip: material.say("device-skip-to-content"),
        tree_as_text: material.say("guide-tree-as-text"),
    }
}

/// How codes look on this device, as part of a text's id.
fn style_word(material: &Material) -> &'static str {
    if material.code_style() == CodeStyle::Digits { "digits" } else { "letters" }
}
