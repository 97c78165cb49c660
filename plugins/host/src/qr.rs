//! The host draws the QR codes that methods show, in every shape that a screen may need (R34, R35): so that every picture
//! shows the payload that was checked, whatever the method put there (R82).

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};
use resetkit_contract::{FailKind, MethodOutput, Part, Qr, Screen, View};

use crate::facts::SessionFacts;

/// Draws the pictures of one session's views; the last one is kept, since a view is often redrawn around it.
#[derive(Debug, Default)]
pub(crate) struct Drawer {
    last: Option<(Screen, Qr)>,
}

impl Drawer {
    /// The view with its pictures drawn; a failure with a name in its place, where the screen is too small.
    pub(crate) fn draw(&mut self, mut view: View, facts: &SessionFacts) -> MethodOutput {
        let unknown = Screen { width_px: 0, height_px: 0, columns: 0, rows: 0 };
        let screen = facts.screen.unwrap_or(unknown);
        for part in view.parts.iter_mut() {
            let Part::Qr(qr) = part else { continue };
            let known =
                self.last.as_ref().filter(|(for_screen, last)| *for_screen == screen && last.payload == qr.payload);
            let drawn = match known {
                Some((_, last)) => last.clone(),
                None => match drawn(qr, screen, facts.request.as_deref().unwrap_or_default()) {
                    Ok(drawn) => drawn,
                    Err(why) => return why.into_output(),
                },
            };
            self.last = Some((screen, drawn.clone()));
            *qr = Qr { label: qr.label.clone(), ..drawn };
        }
        MethodOutput::Show(view)
    }
}

fn drawn(qr: &Qr, screen: Screen, request: &str) -> Result<Qr, DrawError> {
    let code = Code::of(&qr.payload)?;
    let px = code.fit(screen).ok_or(DrawError::ScreenTooSmall)?;
    // A method's word stays out of the picture: the number is digits, as the daemon told it.
    let title: String = "QR ".chars().chain(request.chars().filter(char::is_ascii_digit)).collect();
    Ok(Qr {
        svg: code.svg(px, &title).into(),
        png: code.png(px)?.into(),
        half_blocks: code.half_blocks().into(),
        modules: u16::try_from(code.modules()).map_err(|_| DrawError::Picture)?,
        px_per_module: u16::try_from(px).map_err(|_| DrawError::Picture)?,
        payload: qr.payload.clone(),
        label: qr.label.clone(),
    })
}

/// Light modules around the code (ISO/IEC 18004).
const QUIET_ZONE: usize = 4;

/// Below this, cameras fail (R34).
const LEAST_PX_PER_MODULE: usize = 3;

/// Larger than this brings nothing and costs memory.
const MOST_PX_PER_MODULE: usize = 12;

/// Where the screen is unknown.
const USUAL_PX_PER_MODULE: usize = 6;

/// A QR code before it is drawn: level M, the smallest version that holds the payload.
#[derive(Debug, Clone)]
struct Code {
    modules: usize,
    dark: Vec<bool>,
}

/// Why a payload cannot be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DrawError {
    /// Lower case or another character that would force the QR code into byte mode.
    NotAlphanumeric,
    /// No version holds it.
    TooLong,
    /// The picture could not be written.
    Picture,
    /// No camera could read it from this screen.
    ScreenTooSmall,
}

impl DrawError {
    fn into_output(self) -> MethodOutput {
        let (kind, code) = match self {
            DrawError::ScreenTooSmall => (FailKind::Unavailable, "screen-too-small"),
            DrawError::NotAlphanumeric | DrawError::TooLong | DrawError::Picture => (FailKind::Broken, "undrawable"),
        };
        MethodOutput::Fail { kind, code: code.into() }
    }
}

impl Code {
    /// Lays the modules of a payload out.
    ///
    /// # Errors
    /// [`DrawError::NotAlphanumeric`] or [`DrawError::TooLong`].
    fn of(payload: &str) -> Result<Code, DrawError> {
        let alphanumeric = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b" $%*+-./:".contains(&b);
        if !payload.bytes().all(alphanumeric) {
            return Err(DrawError::NotAlphanumeric);
        }
        let code = QrCode::with_error_correction_level(payload, EcLevel::M).map_err(|_| DrawError::TooLong)?;
        let modules = code.width();
        let dark = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
        Ok(Code { modules, dark })
    }

    /// Modules along one side, without the quiet zone.
    #[must_use]
    fn modules(&self) -> usize {
        self.modules
    }

    /// Modules along one side, with the quiet zone.
    #[must_use]
    fn side(&self) -> usize {
        self.modules + 2 * QUIET_ZONE
    }

    /// Whether a module is dark; coordinates count the quiet zone, and everything outside is light.
    fn is_dark(&self, x: usize, y: usize) -> bool {
        let within = |at: usize| at.checked_sub(QUIET_ZONE).filter(|at| *at < self.modules);
        match (within(x), within(y)) {
            (Some(x), Some(y)) => self.dark[y * self.modules + x],
            (None, _) | (_, None) => false,
        }
    }

    /// Pixels a module on this screen; `None` where it is too small. A terminal needs the columns and half the rows.
    fn fit(&self, screen: Screen) -> Option<usize> {
        let (columns, rows) = (usize::from(screen.columns), usize::from(screen.rows));
        let side_px = usize::from(screen.width_px.min(screen.height_px));
        if side_px == 0 && columns > 0 && (columns < self.side() || rows * 2 < self.side()) {
            return None;
        }
        self.px_per_module(side_px)
    }

    /// Whole pixels a module so that the code fills most of the screen; `None` if it would be too small to be read.
    /// A side of 0 pixels means that the screen is unknown.
    #[must_use]
    fn px_per_module(&self, screen_side_px: usize) -> Option<usize> {
        if screen_side_px == 0 {
            return Some(USUAL_PX_PER_MODULE);
        }
        // Two thirds: the rest is for the words. A small screen gives up its words before it gives up the code.
        let wished = screen_side_px * 2 / 3 / self.side();
        let possible = screen_side_px / self.side();
        (possible >= LEAST_PX_PER_MODULE).then(|| wished.clamp(LEAST_PX_PER_MODULE, MOST_PX_PER_MODULE))
    }

    /// An SVG document with its own white ground, so that a dark theme shows it unchanged. `title` must be plain words.
    #[must_use]
    fn svg(&self, px_per_module: usize, title: &str) -> String {
        let (side, px) = (self.side(), self.side() * px_per_module);
        let mut path = String::new();
        for y in 0..side {
            self.write_runs(y, &mut path);
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{px}\" height=\"{px}\" viewBox=\"0 0 {side} {side}\" \
             role=\"img\" shape-rendering=\"crispEdges\"><title>{title}</title>\
             <rect width=\"{side}\" height=\"{side}\" fill=\"#ffffff\"/><path fill=\"#000000\" d=\"{path}\"/></svg>"
        )
    }

    /// One rectangle for every run of dark modules in a row.
    fn write_runs(&self, y: usize, path: &mut String) {
        let mut x = 0;
        while x < self.side() {
            let length = (x..self.side()).take_while(|x| self.is_dark(*x, y)).count();
            if length > 0 {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            x += length.max(1);
        }
    }

    /// A PNG of one bit a pixel.
    ///
    /// # Errors
    /// [`DrawError::Picture`] if the encoder fails.
    fn png(&self, px_per_module: usize) -> Result<Vec<u8>, DrawError> {
        let px = self.side() * px_per_module;
        let size = u32::try_from(px).map_err(|_| DrawError::Picture)?;
        let mut octets = Vec::new();
        let mut encoder = png::Encoder::new(&mut octets, size, size);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut writer = encoder.write_header().map_err(|_| DrawError::Picture)?;
        writer.write_image_data(&self.rows(px_per_module)).map_err(|_| DrawError::Picture)?;
        writer.finish().map_err(|_| DrawError::Picture)?;
        Ok(octets)
    }

    /// Rows of pixels, eight to an octet, a light pixel being 1.
    fn rows(&self, px_per_module: usize) -> Vec<u8> {
        let px = self.side() * px_per_module;
        let stride = px.div_ceil(8);
        let mut rows = Vec::with_capacity(stride * px);
        for y in 0..self.side() {
            let mut row = vec![0_u8; stride];
            for x in (0..px).filter(|x| !self.is_dark(x / px_per_module, y)) {
                row[x / 8] |= 0x80 >> (x % 8);
            }
            for _ in 0..px_per_module {
                rows.extend_from_slice(&row);
            }
        }
        rows
    }

    /// Two modules a character for a terminal. A block stands for *light*: to be shown white on black, whatever the theme.
    #[must_use]
    fn half_blocks(&self) -> String {
        let mut text = String::new();
        for y in (0..self.side()).step_by(2) {
            for x in 0..self.side() {
                text.push(match (self.is_dark(x, y), self.is_dark(x, y + 1)) {
                    (true, true) => ' ',
                    (false, true) => '▀',
                    (true, false) => '▄',
                    (false, false) => '█',
                });
            }
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use resetkit_contract::Text;

    use super::*;

    /// The tabled prefix has 24 characters at most; payload characters of Crockford Base32 are `ceil(octets * 8 / 5)`.
    fn url(octets: usize, prefix: &str) -> String {
        format!("{prefix}{}", "7ZX".repeat(200).get(..(octets * 8).div_ceil(5)).unwrap())
    }

    #[test]
    fn r34_the_three_forms_give_the_tabled_versions_at_level_m() {
        let prefix = "HTTPS://RESET.EXAMPLE.X/";
        assert_eq!(prefix.len(), 24);
        for (octets, version, modules) in [(70, 6, 41), (123, 8, 49), (326, 15, 77)] {
            let code = Code::of(&url(octets, prefix)).unwrap();
            assert_eq!(((code.modules() - 17) / 4, code.modules()), (version, modules), "{octets} octets");
            let longer = Code::of(&url(octets, "HTTPS://RESET.EXAMPLE.XY.Z.SOMEWHERE.ELSE.NET/")).unwrap();
            assert!(longer.modules() >= modules, "a longer host may cost a version");
        }
    }

    #[test]
    fn r34_lower_case_and_hashes_are_refused_since_they_would_force_byte_mode() {
        for payload in ["https://a/b", "HTTPS://A/#B", "HTTPS://A/Ä"] {
            assert_eq!(Code::of(payload).unwrap_err(), DrawError::NotAlphanumeric);
        }
        assert_eq!(Code::of(&"A".repeat(3392)).unwrap_err(), DrawError::TooLong);
    }

    #[test]
    fn r34_modules_are_whole_pixels_and_never_fewer_than_three() {
        let code = Code::of(&url(123, "HTTPS://RESET.EXAMPLE.X/")).unwrap();
        assert_eq!(code.px_per_module(0), Some(6));
        assert_eq!(code.px_per_module(480), Some(5));
        assert_eq!(code.px_per_module(57 * 3), Some(3));
        assert_eq!(code.px_per_module(57 * 3 - 1), None);
        assert_eq!(code.px_per_module(4000), Some(12));
    }

    fn told(screen: Screen) -> SessionFacts {
        SessionFacts { screen: Some(screen), request: Some("0042".into()), ..SessionFacts::default() }
    }

    fn view(payload: &str) -> View {
        let lie = Qr { svg: "<svg/>".into(), half_blocks: "lie".into(), ..Qr::of(payload, Text::id("rogue-qr")) };
        View::titled(Text::id("rogue-title")).with(Part::Qr(lie))
    }

    #[test]
    fn r82_whatever_a_method_puts_into_the_pictures_the_payload_is_what_is_drawn() {
        let screen = Screen { width_px: 800, height_px: 480, columns: 0, rows: 0 };
        let payload = url(123, "HTTPS://RESET.EXAMPLE.X/");
        let mut drawer = Drawer::default();
        let MethodOutput::Show(shown) = drawer.draw(view(&payload), &told(screen)) else { panic!("drawn") };
        let code = Code::of(&payload).unwrap();
        let qr = shown.qr().unwrap();
        assert_eq!((qr.half_blocks.as_str(), qr.modules), (code.half_blocks().as_str(), 49));
        assert_eq!((qr.svg.to_string(), qr.png.to_vec()), (code.svg(5, "QR 0042"), code.png(5).unwrap()));
        // Once more, from memory; and another payload is another picture.
        assert_eq!(drawer.draw(view(&payload), &told(screen)), MethodOutput::Show(shown.clone()));
        let MethodOutput::Show(other) = drawer.draw(view("HTTPS://B/"), &told(screen)) else { panic!("drawn") };
        assert_ne!(other.qr().unwrap().half_blocks, qr.half_blocks);
    }

    #[test]
    fn what_cannot_be_drawn_is_a_failure_with_a_name() {
        let payload = url(123, "HTTPS://RESET.EXAMPLE.X/");
        let too_small = MethodOutput::Fail { kind: FailKind::Unavailable, code: "screen-too-small".into() };
        let of = |width_px, height_px, columns, rows| told(Screen { width_px, height_px, columns, rows });
        for facts in [of(128, 64, 0, 0), of(0, 0, 80, 24), of(0, 0, 56, 60)] {
            assert_eq!(Drawer::default().draw(view(&payload), &facts), too_small);
        }
        let fits = Drawer::default().draw(view(&payload), &of(0, 0, 57, 29));
        assert!(matches!(fits, MethodOutput::Show(_)));
        let undrawable = MethodOutput::Fail { kind: FailKind::Broken, code: "undrawable".into() };
        assert_eq!(Drawer::default().draw(view("https://lower.case/"), &of(0, 0, 0, 0)), undrawable);
    }

    /// Reads the modules back from each shape; all must be the same code.
    #[test]
    fn r35_every_shape_shows_the_same_modules() {
        let code = Code::of(&url(70, "HTTPS://RESET.EXAMPLE.X/")).unwrap();
        let side = code.side();
        let expected: Vec<bool> = (0..side * side).map(|at| code.is_dark(at % side, at / side)).collect();
        assert_eq!(modules_of_half_blocks(&code.half_blocks(), side), expected);
        assert_eq!(modules_of_svg(&code.svg(6, "QR"), side), expected);
        assert_eq!(modules_of_png(&code.png(5).unwrap(), side, 5), expected);
        assert!(expected[..side * QUIET_ZONE].iter().all(|dark| !dark), "the quiet zone is light");
    }

    fn modules_of_half_blocks(text: &str, side: usize) -> Vec<bool> {
        let mut rows = Vec::new();
        for line in text.lines() {
            let lights = |c: char| matches!(c, '█' | '▀');
            rows.push(line.chars().map(|c| !lights(c)).collect::<Vec<_>>());
            rows.push(line.chars().map(|c| !matches!(c, '█' | '▄')).collect());
        }
        rows.into_iter().take(side).flatten().collect()
    }

    fn modules_of_svg(svg: &str, side: usize) -> Vec<bool> {
        let mut modules = vec![false; side * side];
        let path = svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
        for run in path.split('z').filter(|run| !run.is_empty()) {
            let numbers: Vec<usize> = run[1..].split([' ', 'h', 'v', '-']).filter_map(|n| n.parse().ok()).collect();
            let (x, y, length) = (numbers[0], numbers[1], numbers[2]);
            modules[y * side + x..][..length].fill(true);
        }
        modules
    }

    fn modules_of_png(octets: &[u8], side: usize, px: usize) -> Vec<bool> {
        let mut reader = png::Decoder::new(std::io::Cursor::new(octets)).read_info().unwrap();
        let mut image = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut image).unwrap();
        assert_eq!(info.width as usize, side * px);
        let light = |x: usize, y: usize| image[y * info.line_size + x / 8] & (0x80 >> (x % 8)) != 0;
        let middle = |at: usize| at * px + px / 2;
        (0..side * side).map(|at| !light(middle(at % side), middle(at / side))).collect()
    }
}
