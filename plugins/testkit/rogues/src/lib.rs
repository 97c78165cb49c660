//! Misbehaving methods, for tests only: one library that crashes, hangs, floods, lies or attacks, as a word inside it says.
//!
//! A test copies the library, writes a behaviour over the marker, signs the copy and runs it like any method:
//!
//! ```text
//!  crash · abort · panic · hang · flood ..      misbehaves on `Start`
//!  do:<attack>                                  attacks on `Start`, behind both filters; answers `succeeded` or `refused-<errno>`
//!  constructor:<attack>                         attacks while the library is being opened, behind the first filter
//! ```
#![allow(unsafe_code, reason = "what an honest method cannot express is exactly what is tried here")]

mod attacks;
mod doors;
mod faults;

use std::sync::OnceLock;

use resetkit_contract::{LogLevel, Method, MethodEvent, MethodOutput};

/// Room for one behaviour. Tests look for the marker and write over it.
#[used]
static BEHAVIOUR: [u8; 96] =
    *b"RESETKIT-ROGUE-BEHAVIOUR........................................................................";

/// What the constructor's attack came to.
static CONSTRUCTED: OnceLock<String> = OnceLock::new();

#[used]
#[unsafe(link_section = ".init_array")]
static CONSTRUCTOR: extern "C" fn() = constructor;

extern "C" fn constructor() {
    if let Some(attack) = behaviour().strip_prefix("constructor:") {
        let _ = CONSTRUCTED.set(attacks::attempt(attack));
    }
    if behaviour() == "hang-in-constructor" {
        faults::hang();
    }
}

/// The word that the test wrote; read anew, since the compiler knows only the marker.
fn behaviour() -> String {
    // SAFETY: reads a static of ours.
    let octets = unsafe { std::ptr::read_volatile(&raw const BEHAVIOUR) };
    let end = octets.iter().position(|b| *b == 0).unwrap_or(octets.len());
    String::from_utf8_lossy(&octets[..end]).into_owned()
}

/// A method that does what the marker says.
pub struct Rogue;

impl Method for Rogue {
    const ID: &'static str = "rogue";
    const VERSION: &'static str = "1.0.0";

    fn new() -> Rogue {
        assert!(behaviour() != "panic-in-new", "as the test wants");
        Rogue
    }

    fn advance(&mut self, event: MethodEvent) -> Vec<MethodOutput> {
        let behaviour = behaviour();
        if behaviour == "hang-on-stop" && matches!(event, MethodEvent::Stop) {
            faults::hang();
        }
        if let Some(answer) = doors::advance(&behaviour, &event) {
            return answer;
        }
        if !matches!(event, MethodEvent::Start(_)) {
            return faults::later(&behaviour, &event);
        }
        if let Some(attack) = behaviour.strip_prefix("do:") {
            return told(&attacks::attempt(attack));
        }
        if behaviour.starts_with("constructor:") {
            return told(CONSTRUCTED.get().map_or("never-ran", String::as_str));
        }
        faults::on_start(&behaviour)
    }
}

fn told(result: &str) -> Vec<MethodOutput> {
    vec![MethodOutput::Log { level: LogLevel::Warning, key: result.into() }]
}

resetkit_contract::export_method!(Rogue);
