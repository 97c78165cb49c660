//! What a visitor may change about the recorder between two of its starts.

/// How the recorder is found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Situation {
    /// The recorder that was set up without an e-mail stands there instead of the other one.
    pub(crate) no_email: bool,
    /// Its clock says 1970: nobody ever set it.
    pub(crate) clock_1970: bool,
}

impl Situation {
    /// Both recorders: the usual one, and the one that was set up without an e-mail.
    pub(crate) const DEVICES: [Situation; 2] =
        [Situation { no_email: false, clock_1970: false }, Situation { no_email: true, clock_1970: false }];

    /// Its state folder, below the recorder's.
    pub(crate) fn state_dir(self) -> &'static str {
        if self.no_email { "state-no-email" } else { "state" }
    }

    /// The last four characters of the label on its case.
    pub(crate) fn label(self) -> &'static str {
        if self.no_email { "0M41" } else { "7K2Q" }
    }

    /// Where its time comes from, in the words of the site file.
    pub(crate) fn clock(self) -> &'static str {
        if self.clock_1970 { "never-set" } else { "system" }
    }
}
