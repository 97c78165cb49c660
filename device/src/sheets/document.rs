//! The sheet as a PDF: one page of A4 with its fonts inside, nothing that runs, no date and no name of a program.

use ab_glyph::ScaleFont;
use pdf_writer::types::FontFlags;
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};
use zeroize::Zeroizing;

use super::fonts::{Face, of_win_ansi, win_ansi};
use super::paper::{HEIGHT, Mark, Rgb, Sheet, WIDTH};

/// First and last octet of the table of widths.
const OCTETS: core::ops::RangeInclusive<u8> = 32..=255;

/// Writes it.
#[must_use]
pub fn pdf(sheet: &Sheet) -> Zeroizing<Vec<u8>> {
    let mut pdf = Pdf::new();
    let [catalogue, pages, page, content] = [1, 2, 3, 4].map(Ref::new);
    pdf.catalog(catalogue).pages(pages);
    pdf.pages(pages).kids([page]).count(1);
    let mut one = pdf.page(page);
    one.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(pages).contents(content);
    let mut resources = one.resources();
    let mut fonts = resources.fonts();
    for face in Face::ALL {
        fonts.pair(Name(face.name().as_bytes()), refs(face).0);
    }
    fonts.finish();
    resources.finish();
    one.finish();
    let mut drawn = Content::new();
    sheet.marks().iter().for_each(|mark| draw(&mut drawn, mark));
    let octets = Zeroizing::new(drawn.finish().into_vec());
    pdf.stream(content, &octets);
    for face in Face::ALL {
        embed(&mut pdf, face);
    }
    Zeroizing::new(pdf.finish())
}

/// Dictionary, descriptor and file of a face.
fn refs(face: Face) -> (Ref, Ref, Ref) {
    let first = match face {
        Face::Plain => 10,
        Face::Bold => 20,
        Face::Code => 30,
    };
    (Ref::new(first), Ref::new(first + 1), Ref::new(first + 2))
}

fn draw(content: &mut Content, mark: &Mark) {
    match mark {
        Mark::Fill { x, y, width, height, colour } => {
            ink(content, *colour);
            content.rect(*x, HEIGHT - y - height, *width, *height).fill_nonzero();
        }
        Mark::Line { x, y, size, face, colour, text } => {
            let octets = Zeroizing::new(text.chars().map(win_ansi).collect::<Vec<_>>());
            ink(content, *colour);
            content.begin_text().set_font(Name(face.name().as_bytes()), *size);
            content.next_line(*x, HEIGHT - y).show(Str(&octets)).end_text();
        }
    }
}

fn ink(content: &mut Content, colour: Rgb) {
    let [r, g, b] = colour.map(|part| f32::from(part) / 255.0);
    content.set_fill_rgb(r, g, b);
}

/// A simple TrueType font with its widths and its file.
fn embed(pdf: &mut Pdf, face: Face) {
    let (dictionary, descriptor, file) = refs(face);
    let (font, name) = (face.at(1000.0), Name(face.name().as_bytes()));
    let mut of = pdf.indirect(dictionary).dict();
    of.pair(Name(b"Type"), Name(b"Font"));
    of.pair(Name(b"Subtype"), Name(b"TrueType"));
    of.pair(Name(b"BaseFont"), name);
    of.pair(Name(b"FirstChar"), i32::from(*OCTETS.start()));
    of.pair(Name(b"LastChar"), i32::from(*OCTETS.end()));
    of.insert(Name(b"Widths"))
        .array()
        .items(OCTETS.map(|octet| font.h_advance(font.glyph_id(of_win_ansi(octet))).round()));
    of.pair(Name(b"FontDescriptor"), descriptor);
    of.pair(Name(b"Encoding"), Name(b"WinAnsiEncoding"));
    of.finish();
    let mut about = pdf.font_descriptor(descriptor);
    about.name(name).flags(FontFlags::NON_SYMBOLIC).bbox(Rect::new(-200.0, -300.0, 1200.0, 1100.0));
    about.italic_angle(0.0).ascent(font.ascent()).descent(font.descent()).cap_height(714.0).stem_v(80.0);
    about.font_file2(file);
    about.finish();
    let octets = face.file();
    let mut stream = pdf.stream(file, octets);
    stream.pair(Name(b"Length1"), i32::try_from(octets.len()).unwrap_or(i32::MAX));
    stream.finish();
}
