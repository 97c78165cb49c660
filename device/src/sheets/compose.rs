//! What a sheet says: the brand's texts, the device as its owner knows it, the codes.

use resetkit_config::{Arg, Brand, Colour, DeviceConfig, Texts};
use resetkit_core::Secret;
use zeroize::Zeroizing;

use super::Paper;

/// Which sheet.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// Its number.
    pub number: u32,
    /// Seconds since 1970, where the clock can be trusted: a wrong date is worse than none.
    pub made: Option<u64>,
}

/// Which device, as its owner knows it.
#[derive(Debug, Clone, Copy)]
pub struct Device<'a> {
    /// Name, colours, texts.
    pub brand: &'a Brand,
    /// What the maker calls it.
    pub model: &'a str,
    /// What its owner calls it; may be empty.
    pub nickname: &'a str,
    /// The last characters of its label; may be empty.
    pub label: &'a str,
}

impl<'a> From<&'a DeviceConfig> for Device<'a> {
    fn from(config: &'a DeviceConfig) -> Self {
        let (site, profile) = (&config.site, &config.profile);
        Self { brand: &config.brand, model: &profile.display_name, nickname: &site.nickname, label: &site.label_last4 }
    }
}

/// Puts the sheet together, in the language of `texts`. Where the fonts lack a character, the language falls back to English
/// and the owner's name for the device to its model: a sheet with gaps is none.
#[must_use]
pub fn compose(device: Device<'_>, texts: &Texts, about: About, codes: &[Secret<String>]) -> Paper {
    let paper = in_words(device, texts, about, codes);
    if paper.is_printable() {
        return paper;
    }
    let plain = Device { nickname: "", ..device };
    let paper = in_words(plain, texts, about, codes);
    if paper.is_printable() { paper } else { in_words(plain, &Texts::load(device.brand, "en"), about, codes) }
}

fn in_words(device: Device<'_>, texts: &Texts, about: About, codes: &[Secret<String>]) -> Paper {
    let say = |id: &str| texts.get(id, &[]);
    let Device { brand, model, nickname, label } = device;
    let number = about.number.to_string();
    let mut facts = vec![(say("sheet-row-number"), number.clone()), (say("sheet-row-model"), model.to_owned())];
    if !label.is_empty() {
        facts.push((say("sheet-row-label"), label.to_owned()));
    }
    facts.extend(about.made.map(|wall| (say("sheet-row-made"), date(wall))));
    let light = &brand.colours.light;
    Paper {
        brand: brand.name.clone(),
        bar: [rgb(light.accent), rgb(light.on_accent)],
        device: if nickname.is_empty() { model.to_owned() } else { nickname.to_owned() },
        title: say("sheet-title"),
        lead: say("sheet-lead"),
        facts,
        how_title: say("sheet-how-title"),
        how: ["sheet-how-1", "sheet-how-2", "sheet-how-3"].map(say).to_vec(),
        qr_label: texts.get("sheet-qr-label", &[("sheet", Arg::Text(&number))]),
        warning: say("sheet-warning"),
        codes: codes.iter().map(|code| Zeroizing::new(code.expose().clone())).collect(),
        qr: payload(about.number, codes),
    }
}

/// Number of the sheet and all codes, parted by blanks: the alphanumeric mode of a QR code has all of it.
fn payload(number: u32, codes: &[Secret<String>]) -> Zeroizing<String> {
    let length = codes.iter().map(|code| code.expose().len() + 1).sum::<usize>() + 10;
    let mut payload = Zeroizing::new(String::with_capacity(length));
    payload.push_str(&number.to_string());
    for code in codes {
        payload.push(' ');
        payload.push_str(code.expose());
    }
    payload
}

fn rgb(colour: Colour) -> [u8; 3] {
    let text = colour.to_string();
    let part = |at: usize| text.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
    [part(1), part(3), part(5)]
}

/// `2026-11-24`, by the calendar that follows from days since 1970 (Howard Hinnant, `civil_from_days`).
pub(crate) fn date(wall: u64) -> String {
    let days = i64::try_from(wall / 86_400).unwrap_or(0) + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn a_date_is_the_one_of_the_calendar() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(951_782_400), "2000-02-29");
        assert_eq!(date(1_795_515_000), "2026-11-24");
    }
}
