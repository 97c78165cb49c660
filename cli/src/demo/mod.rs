//! `resetkit demo`: a recorder, a relay and a mailbox as separate processes on this machine.
//!
//! ```text
//!  programs (cargo build) ─▶ world (files: keys, brand, method, relay, recorder) ─▶ household (three processes)
//!                                                                     ├─▶ a visitor with a browser, until Ctrl-C
//!                                                                     └─▶ story (--scripted): the whole way over HTTP
//! ```

mod device;
mod household;
mod http;
mod post;
mod programs;
mod story;
mod talk;
mod world;

use std::path::{Path, PathBuf};

use crate::args::{DemoOptions, WorldOptions};
use crate::failure::Failure;

use household::Household;
use programs::Programs;
use talk::Talk;
use world::World;

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
    let world = World::build(&place.path, &programs, "reference")?;
    talk.done("keys, brand pack, method and factory feed made and signed");
    let household = Household::start(&world, &programs, &talk)?;
    let outcome = if options.scripted { story::tell(&household, &talk) } else { household.welcome(&talk) };
    drop(household);
    if let Some(kept) = &options.keep {
        talk.note(&format!("the world's files are in {}", kept.display()));
    }
    outcome
}

/// `resetkit demo-world DIR`.
pub(crate) fn build_world(options: &WorldOptions) -> Result<(), Failure> {
    let talk = Talk::new();
    empty_folder(&options.dir)?;
    let programs = Programs::ready(options.no_build, options.programs.as_deref(), &talk)?;
    let world = World::build(&options.dir, &programs, &options.policy)?;
    println!("{}", world.root.join("world.toml").display());
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
