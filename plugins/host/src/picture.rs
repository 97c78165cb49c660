//! Pictures from methods end on the device's own pages, so they are held to a very small grammar: no scripts, links,
//! styles or foreign elements can hide in them.

use crate::limits::Limits;

/// Elements that a picture may have.
const ELEMENTS: [&str; 5] = ["svg", "title", "rect", "path", "g"];

/// Attributes that an element may have.
const ATTRIBUTES: [&str; 13] = [
    "xmlns",
    "version",
    "viewBox",
    "width",
    "height",
    "role",
    "shape-rendering",
    "x",
    "y",
    "d",
    "fill",
    "id",
    "aria-labelledby",
];

/// Whether an SVG document is only shapes.
pub(crate) fn check_svg(svg: &str) -> Result<(), String> {
    if svg.len() > Limits::SVG {
        return Err(format!("{} octets", svg.len()));
    }
    let mut rest = svg;
    let mut open: Vec<&str> = Vec::new();
    let mut seen = false;
    while let Some(start) = rest.find('<') {
        check_character_data(&rest[..start], &open)?;
        let end = rest[start..].find('>').map(|end| start + end).ok_or("a tag that does not end")?;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("`</{name}>` closes nothing"));
            }
            continue;
        }
        let name = check_tag(tag.strip_suffix('/').unwrap_or(tag))?;
        if open.is_empty() && (seen || name != "svg") {
            return Err("not one svg element".into());
        }
        seen = true;
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    if seen && open.is_empty() && rest.trim().is_empty() { Ok(()) } else { Err("elements left open".into()) }
}

fn check_character_data(text: &str, open: &[&str]) -> Result<(), String> {
    let title = open.last() == Some(&"title");
    let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    if text.trim().is_empty() || (title && plain) { Ok(()) } else { Err("text outside a plain title".into()) }
}

/// Checks one opening tag and returns the element's name.
fn check_tag(tag: &str) -> Result<&str, String> {
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    if !ELEMENTS.contains(&name) {
        return Err(format!("element `{}`", name.escape_debug()));
    }
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Ok(name);
        }
        let (attribute, after) = rest.split_once("=\"").ok_or("an attribute without a quoted value")?;
        let (value, after) = after.split_once('"').ok_or("a value without an end")?;
        if !ATTRIBUTES.contains(&attribute) {
            return Err(format!("attribute `{}`", attribute.escape_debug()));
        }
        let namespace = attribute == "xmlns" && value == "http://www.w3.org/2000/svg";
        let plain = value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '.' | '#' | ','));
        if !namespace && !plain {
            return Err(format!("value of `{attribute}`"));
        }
        rest = after;
    }
}

/// Whether octets begin like a PNG of a bearable size.
pub(crate) fn check_png(png: &[u8]) -> Result<(), String> {
    if png.len() > Limits::PNG {
        return Err(format!("{} octets", png.len()));
    }
    let header = png.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").ok_or("not a PNG")?;
    let side = |at: usize| -> Option<u32> {
        header.get(at..at + 4).and_then(|octets| octets.try_into().ok()).map(u32::from_be_bytes)
    };
    let allowed = 1..=Limits::PNG_SIDE;
    let bearable = |side: Option<u32>| side.is_some_and(|side| allowed.contains(&side));
    if bearable(side(0)) && bearable(side(4)) { Ok(()) } else { Err("a size out of bounds".into()) }
}

/// Whether text is only half blocks: nothing in it can move a terminal's cursor or change its colours.
pub(crate) fn check_half_blocks(text: &str) -> Result<(), String> {
    let plain = text.chars().all(|c| matches!(c, ' ' | '\u{2580}' | '\u{2584}' | '\u{2588}' | '\n'));
    if text.len() <= Limits::HALF_BLOCKS && plain { Ok(()) } else { Err("other characters, or too many".into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\" role=\"img\"><title>QR 0042</title>\
                        <rect width=\"9\" height=\"9\" fill=\"#fff\"/><path d=\"M4 4h1v1h-1z\" fill=\"#000\"/></svg>";

    #[test]
    fn a_picture_of_shapes_is_let_through() {
        assert_eq!(check_svg(GOOD), Ok(()));
    }

    #[test]
    fn r82_a_picture_that_could_run_load_or_cover_anything_is_not() {
        for hostile in [
            "",
            "hello",
            "<html></html>",
            "<svg><script>alert(1)</script></svg>",
            "<svg onload=\"x\"></svg>",
            "<svg><path d=\"M0\" style=\"x\"/></svg>",
            "<svg><a href=\"x\"/></svg>",
            "<svg><rect fill=\"url(http://x)\"/></svg>",
            "<svg><rect fill='x'/></svg>",
            "<svg><!-- --></svg>",
            "<!DOCTYPE svg><svg></svg>",
            "<svg><title>a&lt;b</title></svg>",
            "<svg><title>x</svg></title>",
            "<svg></svg><svg></svg>",
            "<svg>",
            "<svg><rect",
            "<svg><rect fill=\"x</svg>",
            "<svg xmlns=\"http://evil\"></svg>",
        ] {
            assert!(check_svg(hostile).is_err(), "{hostile}");
        }
    }

    #[test]
    fn r47_pictures_have_bounds() {
        assert!(check_svg(&format!("<svg><path d=\"{}\"/></svg>", "h1".repeat(Limits::SVG))).is_err());
        assert!(check_png(b"GIF89a").is_err());
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x09\0\0\0\x09".to_vec();
        assert_eq!(check_png(&png), Ok(()));
        png[16] = 1;
        assert!(check_png(&png).is_err());
        assert!(check_half_blocks("\u{1b}[2J").is_err());
        assert_eq!(check_half_blocks("█▀▄ \n"), Ok(()));
    }
}
