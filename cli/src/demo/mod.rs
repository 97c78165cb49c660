//! `resetkit demo`: a recorder, a relay and a mailbox as separate processes on this machine.
//!
//! ```text
//!  programs (cargo build) ─▶ world (files: keys, brand, method, relay, recorder) ─▶ household (three processes)
//!                                                                     ├─▶ desk: one page with all three, until Ctrl-C
//!                                                                     └─▶ story (--scripted): the whole way over HTTP
//! ```

mod desk;
mod device;
mod fallbacks;
mod household;
mod http;
mod last_ways;
mod local_screen;
mod post;
mod post_office;
mod programs;
mod random;
mod situation;
mod story;
mod support_desk;
mod talk;
pub(crate) mod tether;
mod world;

use std::path::{Path, PathBuf};

use crate::args::{DemoOptions, WorldOptions};
use crate::failure::Failure;

use household::Household;
pub(crate) use programs::MANIFESTS;
use programs::Programs;
use talk::Talk;
use world::{Plan, World};

/// The demo's recorder: a local screen, a web page, a reset button, no clock worth trusting.
const PROFILE: &str = "nvr-4-button";

/// `resetkit demo`.
pub(crate) fn run(options: &DemoOptions) -> Result<(), Failure> {
    let talk = Talk::new();
    talk.heading(if options.scripted {
        "A locked-out owner gets back in"
    } else {
        "A recorder, a relay and a mailbox on this machine"
    });
    let place = Place::new(options.keep.as_deref())?;
    let programs = Programs::ready(options.no_build, None, &talk)?;
    let outcome = if options.scripted {
        scripted(&place.path, programs, &talk)
    } else {
        desk::run(&place.path, programs, options, &talk)
    };
    if let Some(kept) = &options.keep {
        talk.note(&format!("the world's files are in {}", kept.display()));
    }
    outcome
}

/// The whole story, unattended.
fn scripted(place: &Path, programs: Programs, talk: &Talk) -> Result<(), Failure> {
    let plan = Plan { profile: PROFILE.to_owned(), policy: "reference".to_owned(), desk: None };
    let world = World::build(place, &programs, plan)?;
    talk.done("keys, brand pack, methods and factory feed made and signed");
    let household = Household::start(world, programs, None)?;
    talk.done("mailbox, relay and recorder are running");
    story::tell(&household, talk)
}

/// `resetkit demo-world DIR`.
pub(crate) fn build_world(options: &WorldOptions) -> Result<(), Failure> {
    let talk = Talk::new();
    empty_folder(&options.dir)?;
    let programs = Programs::ready(options.no_build, options.programs.as_deref(), &talk)?;
    let world = World::build(
        &options.dir,
        &programs,
        Plan { profile: options.profile.clone(), policy: options.policy.clone(), desk: None },
    )?;
    outln!("{}", world.root.join("world.toml").display());
    Ok(())
}

/// Where the world lies: a folder of the visitor's, or a temporary one that vanishes.
struct Place {
    path: PathBuf,
    _temporary: Option<tempfile::TempDir>,
}

impl Place {
    fn new(keep: Option<&Path>) -> Result<Place, Failure> {
        if let Some(kept) = keep {
            empty_folder(kept)?;
            let path = kept.canonicalize().map_err(|error| Failure::file(kept, &error))?;
            return Ok(Place { path, _temporary: None });
        }
        let folder = tempfile::Builder::new().prefix("resetkit-demo-").tempdir();
        let folder = folder
            .map_err(|error| Failure::new(format!("No temporary folder can be made: {error}."), "Use `--keep DIR`."))?;
        Ok(Place { path: folder.path().to_owned(), _temporary: Some(folder) })
    }
}

fn empty_folder(dir: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(dir).map_err(|error| Failure::file(dir, &error))?;
    let mut entries = std::fs::read_dir(dir).map_err(|error| Failure::file(dir, &error))?;
    if entries.next().is_some() {
        return Err(Failure::new(
            format!("{} is not empty.", dir.display()),
            "Name a new folder: nothing is ever overwritten.",
        ));
    }
    Ok(())
}
