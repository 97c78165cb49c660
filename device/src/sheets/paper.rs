//! What stands where on a printed sheet: one page of A4, in points from its upper left corner. PDF and picture are drawn
//! from these marks, so that they cannot differ.

use qrcode::{Color as Module, EcLevel, QrCode};
use zeroize::Zeroizing;

use super::fonts::Face;

/// Width of A4 in points.
pub(super) const WIDTH: f32 = 595.0;
/// Height of A4 in points.
pub(super) const HEIGHT: f32 = 842.0;

const MARGIN: f32 = 48.0;
const INNER: f32 = WIDTH - 2.0 * MARGIN;
const LINE: f32 = 1.45;

/// Red, green and blue.
pub(super) type Rgb = [u8; 3];

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [26, 26, 26];
const FAINT: Rgb = [92, 92, 92];
const HAIR: Rgb = [196, 196, 196];

/// One thing drawn.
pub(super) enum Mark {
    /// A filled rectangle.
    Fill { x: f32, y: f32, width: f32, height: f32, colour: Rgb },
    /// One line of text on its base line.
    Line { x: f32, y: f32, size: f32, face: Face, colour: Rgb, text: Zeroizing<String> },
}

/// What the sheet says. The texts come from the brand's locale files, the codes from the daemon.
pub struct Sheet {
    /// Name of the brand.
    pub brand: String,
    /// Colour of the bar at the top, and of what is written in it.
    pub bar: [[u8; 3]; 2],
    /// Device, as its owner knows it.
    pub device: String,
    /// Title.
    pub title: String,
    /// What this is.
    pub lead: String,
    /// Which sheet, of which device, when.
    pub facts: Vec<(String, String)>,
    /// How to use them.
    pub how_title: String,
    /// Steps.
    pub how: Vec<String>,
    /// What stands below the QR code.
    pub qr_label: String,
    /// What to mind.
    pub warning: String,
    /// The codes as shown.
    pub codes: Vec<Zeroizing<String>>,
    /// What the QR code holds.
    pub qr: Zeroizing<String>,
}

impl Sheet {
    /// Whether the fonts have all characters of it.
    #[must_use]
    pub fn is_printable(&self) -> bool {
        let facts = self.facts.iter().flat_map(|(name, value)| [name, value]);
        let words = [&self.lead, &self.qr_label, &self.warning, &self.device].into_iter().chain(&self.how).chain(facts);
        let titles = [&self.title, &self.brand, &self.how_title];
        words.into_iter().all(|text| Face::Plain.has_all(text)) && titles.iter().all(|text| Face::Bold.has_all(text))
    }

    /// Lays it out.
    pub(super) fn marks(&self) -> Vec<Mark> {
        let mut page = Page { marks: Vec::new(), y: 0.0 };
        self.head(&mut page);
        self.list(&mut page);
        self.foot(&mut page);
        page.marks
    }

    fn head(&self, page: &mut Page) {
        let [bar, on_bar] = self.bar;
        page.fill(0.0, 0.0, WIDTH, 62.0, bar);
        page.line(MARGIN, 39.0, 20.0, Face::Bold, on_bar, &self.brand);
        let width = Face::Plain.width(11.0, &self.device);
        page.line(WIDTH - MARGIN - width, 38.0, 11.0, Face::Plain, on_bar, &self.device);
        page.y = 112.0;
        page.line(MARGIN, page.y, 26.0, Face::Bold, INK, &self.title);
        page.y += 26.0;
        page.paragraph(MARGIN, INNER, 11.0, INK, &self.lead);
        page.y += 12.0;
    }

    /// Two columns with a box to tick in front of each code.
    fn list(&self, page: &mut Page) {
        let rows = self.codes.len().div_ceil(2);
        let (top, step) = (page.y, 36.0);
        let step_count = u16::try_from(rows).map_or(0.0, f32::from);
        let height = step * step_count + 20.0;
        page.frame(MARGIN, top, INNER, height);
        for (place, code) in self.codes.iter().enumerate() {
            let (column, row) = (place / rows, place % rows);
            let x = MARGIN + 18.0 + if column == 0 { 0.0 } else { INNER / 2.0 };
            let y = top + 10.0 + step * u16::try_from(row).map_or(0.0, f32::from);
            page.frame(x, y + 10.0, 14.0, 14.0);
            page.line(x + 24.0, y + 22.0, 9.0, Face::Plain, FAINT, &format!("{}", place + 1));
            page.line(x + 38.0, y + 23.0, 15.0, Face::Code, INK, code);
        }
        page.y = top + height + 40.0;
    }

    fn foot(&self, page: &mut Page) {
        let side = 168.0;
        let (top, words) = (page.y, INNER - side - 30.0);
        page.line(MARGIN, page.y, 14.0, Face::Bold, INK, &self.how_title);
        page.y += 24.0;
        for (place, step) in self.how.iter().enumerate() {
            page.line(MARGIN, page.y, 11.0, Face::Bold, INK, &format!("{}", place + 1));
            page.paragraph(MARGIN + 18.0, words - 18.0, 11.0, INK, step);
            page.y += 6.0;
        }
        let left = page.y;
        page.y = top - 12.0;
        page.modules(WIDTH - MARGIN - side, page.y, side, &self.qr);
        page.y += side + 14.0;
        page.paragraph(WIDTH - MARGIN - side, side, 8.5, FAINT, &self.qr_label);
        page.y = page.y.max(left) + 14.0;
        page.fill(MARGIN, page.y, INNER, 0.7, HAIR);
        page.y += 22.0;
        page.paragraph(MARGIN, INNER, 11.0, INK, &self.warning);
        page.y += 8.0;
        for (name, value) in &self.facts {
            page.line(MARGIN, page.y, 10.0, Face::Plain, FAINT, name);
            page.line(MARGIN + 130.0, page.y, 10.0, Face::Plain, INK, value);
            page.y += 16.0;
        }
    }
}

struct Page {
    marks: Vec<Mark>,
    y: f32,
}

impl Page {
    fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Rgb) {
        self.marks.push(Mark::Fill { x, y, width, height, colour });
    }

    fn frame(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.fill(x, y, width, height, HAIR);
        self.fill(x + 0.8, y + 0.8, width - 1.6, height - 1.6, WHITE);
    }

    fn line(&mut self, x: f32, y: f32, size: f32, face: Face, colour: Rgb, text: &str) {
        let text = Zeroizing::new(text.to_owned());
        self.marks.push(Mark::Line { x, y, size, face, colour, text });
    }

    /// Breaks at blanks; a word wider than the column stands alone.
    fn paragraph(&mut self, x: f32, width: f32, size: f32, colour: Rgb, text: &str) {
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if Face::Plain.width(size, &longer) > width && !line.is_empty() {
                self.line(x, self.y, size, Face::Plain, colour, &line);
                self.y += size * LINE;
                word.clone_into(&mut line);
            } else {
                line = longer;
            }
        }
        if !line.is_empty() {
            self.line(x, self.y, size, Face::Plain, colour, &line);
            self.y += size * LINE;
        }
    }

    /// A QR code of this side, its quiet zone included (ISO/IEC 18004: four modules).
    fn modules(&mut self, x: f32, y: f32, side: f32, text: &str) {
        let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return };
        let across = code.width();
        let unit = side / u16::try_from(across + 8).map_or(1.0, f32::from);
        for (place, module) in code.into_colors().into_iter().enumerate() {
            if module == Module::Dark {
                let at = |n: usize| unit * u16::try_from(n + 4).map_or(0.0, f32::from);
                self.fill(x + at(place % across), y + at(place / across), unit, unit, [0, 0, 0]);
            }
        }
    }
}
