//! The command line. No secret is ever taken here.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// The local screen of a device: log in, set up, and get back in when the password is forgotten.
#[derive(Debug, Parser)]
#[command(
    name = "reset-screen",
    version,
    after_help = "Examples:\n  \
        reset-screen                                    the device's own console\n  \
        reset-screen --socket world/recorder/console.sock --lang de\n  \
        reset-screen --plain                            line by line: for screen readers and plain serial lines\n  \
        reset-screen --ascii --colors none              a terminal that knows neither UTF-8 nor colours\n  \
        picocom -b 115200 /dev/ttyUSB0                  ... and the screen started by the getty of ttyS0\n\n\
        Keys: Tab and arrows move, Enter chooses, Esc goes back, F2 changes the language; a mouse works too.\n\
        What codes and passwords are typed is kept in memory only, wiped after use and never echoed by the terminal."
)]
pub(crate) struct Arguments {
    /// Unix socket of the daemon's console listener.
    #[arg(long, value_name = "PATH", default_value = "/run/resetkit/console.sock")]
    pub(crate) socket: PathBuf,
    /// Language to begin with, if the brand has it; otherwise the device's own.
    #[arg(long, value_name = "CODE", default_value = "")]
    pub(crate) lang: String,
    /// One sentence a line, numbered choices, no cursor addressing: for screen readers and plain serial lines.
    #[arg(long)]
    pub(crate) plain: bool,
    /// ASCII only. The QR code then takes two characters a module.
    #[arg(long)]
    pub(crate) ascii: bool,
    /// Colours of the terminal; by default what TERM promises.
    #[arg(long, value_enum, default_value_t = Colors::Auto)]
    pub(crate) colors: Colors,
    /// Size of a terminal that cannot tell it, such as a serial line: 80x24.
    #[arg(long, value_name = "COLUMNSxROWS", value_parser = size)]
    pub(crate) size: Option<(u16, u16)>,
}

/// How many colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colors {
    /// By TERM.
    Auto,
    /// None: bold, underlined and reversed only.
    None,
    /// Eight (ECMA-48).
    #[value(name = "8")]
    Eight,
    /// 256; black and white do not depend on the terminal's palette then.
    #[value(name = "256")]
    Many,
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let (columns, rows) = text.split_once('x').ok_or("write it as 80x24")?;
    let number = |text: &str| text.parse().ok().filter(|n| (20..=1000).contains(n));
    number(columns).zip(number(rows)).ok_or_else(|| "columns and rows are numbers from 20 to 1000".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound_and_takes_no_secret() {
        Arguments::command().debug_assert();
        let help = Arguments::command().render_long_help().to_string();
        assert!(help.contains("Examples:"));
        assert!(!help.contains("--password") && !help.contains("--code"));
        assert_eq!(size("100x30"), Ok((100, 30)));
        assert!(size("100").is_err() && size("0x0").is_err());
    }
}
