//! Which descriptors a method was handed, and which of them it wants watched; on the worker's side.

use resetkit_contract::MethodOutput;

/// The descriptors of one method. Bounded by the host, which hands out and allows only so many.
#[derive(Debug, Default)]
pub(crate) struct Watches {
    handed: Vec<u32>,
    watched: Vec<Watched>,
}

#[derive(Debug)]
struct Watched {
    number: u32,
    /// The daemon knows, and will tell the method; until then there is nothing to report.
    reported: bool,
}

impl Watches {
    /// A descriptor was handed to the method.
    pub(crate) fn hand(&mut self, number: u32) {
        if !self.handed.contains(&number) {
            self.handed.push(number);
        }
    }

    /// Heeds what the method wants watched.
    ///
    /// # Errors
    /// It wants to watch what was never handed to it.
    pub(crate) fn heed(&mut self, outputs: &[MethodOutput]) -> Result<(), String> {
        for output in outputs {
            if let MethodOutput::Watch { watch } = output {
                if !self.handed.contains(watch) {
                    return Err(format!("watches descriptor {watch}, which was never handed to it"));
                }
                if !self.watched.iter().any(|watched| watched.number == *watch) {
                    self.watched.push(Watched { number: *watch, reported: false });
                }
            } else if let MethodOutput::Unwatch { watch } = output {
                self.watched.retain(|watched| watched.number != *watch);
            }
        }
        Ok(())
    }

    /// What is to be polled.
    pub(crate) fn unreported(&self) -> Vec<u32> {
        self.watched.iter().filter(|watched| !watched.reported).map(|watched| watched.number).collect()
    }

    /// Whether the daemon knows that this one is readable.
    pub(crate) fn set_reported(&mut self, number: u32, reported: bool) {
        if let Some(watched) = self.watched.iter_mut().find(|watched| watched.number == number) {
            watched.reported = reported;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r82_only_what_was_handed_over_is_watched_and_each_is_reported_once_until_told() {
        let mut watches = Watches::default();
        for foreign in [0, 1, 7] {
            assert!(watches.heed(&[MethodOutput::Watch { watch: foreign }]).is_err(), "{foreign}");
        }
        watches.hand(7);
        watches.heed(&[MethodOutput::Watch { watch: 7 }, MethodOutput::Watch { watch: 7 }]).unwrap();
        assert_eq!(watches.unreported(), [7]);
        watches.set_reported(7, true);
        assert!(watches.unreported().is_empty());
        watches.set_reported(7, false);
        assert_eq!(watches.unreported(), [7]);
        watches.heed(&[MethodOutput::Unwatch { watch: 7 }]).unwrap();
        assert!(watches.unreported().is_empty());
    }
}
