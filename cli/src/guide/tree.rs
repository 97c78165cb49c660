//! A decision tree as a picture: questions down the left, the answer to *yes* beside each. Lines are broken here, since SVG
//! breaks none; colours are the page's own, so that it is dark where the page is.

use std::fmt::Write as _;

use super::article::{Tree, Words, unmarked};

const WIDTH: usize = 720;
const ASK_WIDTH: usize = 300;
const ANSWER_X: usize = 396;
const ANSWER_WIDTH: usize = WIDTH - ANSWER_X - 2;
const LINE: usize = 20;
const PADDING: usize = 12;
const GAP: usize = 40;
/// Letters of 15 pixels are eight wide, near enough for any Latin text.
const LETTER: usize = 8;

/// The tree as one `<svg>`; `id` names its title.
pub(super) fn svg(tree: &Tree, words: &Words, id: &str) -> String {
    let mut body = String::new();
    let mut top = 2;
    for question in &tree.questions {
        let asked = broken(&question.ask, ASK_WIDTH);
        let answer = broken(&question.yes, ANSWER_WIDTH);
        let high = height(&asked).max(height(&answer));
        let middle = top + high / 2;
        frame(&mut body, "ask", (2, top), (ASK_WIDTH, high), &asked);
        frame(&mut body, "answer", (ANSWER_X, top), (ANSWER_WIDTH, high), &answer);
        let from = ASK_WIDTH + 2;
        arrow(&mut body, &format!("M{from} {middle}H{}", ANSWER_X - 4), (from + 30, middle - 7), &words.yes);
        let x = 2 + ASK_WIDTH / 2;
        arrow(
            &mut body,
            &format!("M{x} {}V{}", top + high, top + high + GAP - 4),
            (x + 10, top + high + GAP / 2 + 5),
            &words.no,
        );
        top += high + GAP;
    }
    let last = broken(&tree.otherwise, WIDTH - 4);
    let high = height(&last);
    frame(&mut body, "end", (2, top), (WIDTH - 4, high), &last);
    let total = top + high + 2;
    format!(
        "<svg class=\"tree\" viewBox=\"0 0 {WIDTH} {total}\" role=\"img\" aria-labelledby=\"{id}\"><title id=\"{id}\">{}</title>\
         <defs><marker id=\"{id}-tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">\
         <path class=\"tip\" d=\"M0 0L8 4L0 8z\"/></marker></defs>{}</svg>",
        super::html::escaped(&tree.title),
        body.replace("@TIP@", &format!("url(#{id}-tip)")),
    )
}

fn height(lines: &[String]) -> usize {
    lines.len() * LINE + 2 * PADDING
}

/// Words in lines that fit a box.
fn broken(text: &str, width: usize) -> Vec<String> {
    let most = (width - 2 * PADDING) / LETTER;
    let mut lines = vec![String::new()];
    for word in unmarked(text).split_whitespace() {
        let line = lines.last_mut().expect("there is always one");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= most {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

fn frame(out: &mut String, class: &str, at: (usize, usize), size: (usize, usize), lines: &[String]) {
    let ((x, y), (width, height)) = (at, size);
    let _ =
        write!(out, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"10\"/>");
    let first = y + (height - lines.len() * LINE) / 2 + 15;
    for (number, line) in lines.iter().enumerate() {
        let line = super::html::escaped(line);
        let _ =
            write!(out, "<text class=\"{class}\" x=\"{}\" y=\"{}\">{line}</text>", x + PADDING, first + number * LINE);
    }
}

fn arrow(out: &mut String, path: &str, label_at: (usize, usize), label: &str) {
    let ((x, y), label) = (label_at, super::html::escaped(label));
    let _ = write!(
        out,
        "<path class=\"way\" d=\"{path}\" marker-end=\"@TIP@\"/><text class=\"label\" x=\"{x}\" y=\"{y}\">{label}</text>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_fit_their_box() {
        let lines =
            broken("Can you open the **mailbox** whose address was entered when the device was set up?", ASK_WIDTH);
        assert!(lines.len() > 1 && lines.iter().all(|line| line.len() * LETTER <= ASK_WIDTH), "{lines:?}");
        assert_eq!(lines.join(" "), "Can you open the mailbox whose address was entered when the device was set up?");
    }
}
