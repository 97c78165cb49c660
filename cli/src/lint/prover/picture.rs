//! The states and ways of one setting, light enough to be read: as SVG, as Mermaid, and as lines for a terminal.
//!
//! States that an owner cannot tell apart are one box: a step, and the method where one is in use. What leads from a box to
//! itself, strays and *cancel* (which is everywhere) are left out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use resetkit_core::Step;

use crate::graph::{Graph, Node};
use crate::moves::Move;
use crate::words::Words;

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureForm {
    /// A drawing.
    Svg,
    /// Text that Mermaid draws.
    Mermaid,
    /// Lines for a terminal.
    Text,
}

/// Boxes and arrows.
#[derive(Debug, Clone)]
pub struct Picture {
    title: String,
    boxes: Vec<Box>,
    arrows: BTreeMap<(usize, usize), Arrow>,
}

#[derive(Debug, Clone)]
struct Box {
    step: Step,
    label: String,
    rank: usize,
}

#[derive(Debug, Clone, Default)]
struct Arrow {
    /// What happens there in the ordinary course.
    plain: Vec<String>,
    /// Failures that lead along it.
    troubles: Vec<String>,
}

impl Picture {
    /// The boxes and arrows of a walk.
    #[must_use]
    pub fn of(title: impl Into<String>, graph: &Graph, words: &Words) -> Self {
        let mut picture = Self { title: title.into(), boxes: Vec::new(), arrows: BTreeMap::new() };
        let of_node: Vec<usize> = graph.nodes.iter().map(|node| picture.place(node)).collect();
        for edge in &graph.edges {
            let (from, to) = (of_node[edge.from], of_node[edge.to]);
            let silent = matches!(edge.by, Move::Cancel | Move::StrayPassword | Move::StrayChoice(_));
            if from == to || silent {
                continue;
            }
            picture.arrows.entry((from, to)).or_default().add(&edge.by, words);
        }
        picture.rank();
        picture
    }

    fn place(&mut self, node: &Node) -> usize {
        let method = match node.step {
            Step::EnterCode | Step::HoldButton | Step::ConfirmLoss | Step::Preparing => node.method.as_ref(),
            Step::Notice
            | Step::ChooseMethod
            | Step::Checking
            | Step::ChoosePassword
            | Step::Saving
            | Step::Done
            | Step::Erasing
            | Step::FactoryState
            | Step::AddressConfirmed
            | Step::DeadEnd
            | Step::Cancelled
            | Step::Expired => None,
        };
        let label =
            method.map_or_else(|| node.step.as_str().to_owned(), |method| format!("{} · {method}", node.step.as_str()));
        if let Some(known) = self.boxes.iter().position(|one| one.label == label) {
            return known;
        }
        self.boxes.push(Box { step: node.step, label, rank: usize::MAX });
        self.boxes.len() - 1
    }

    /// Columns as an owner goes through them, empty ones closed up.
    fn rank(&mut self) {
        let mut used: Vec<usize> = self.boxes.iter().map(|one| column(one.step)).collect();
        used.sort_unstable();
        used.dedup();
        for one in &mut self.boxes {
            one.rank = used.iter().position(|column_of| *column_of == column(one.step)).unwrap_or(0);
        }
        // Rows by method, so that what belongs to one way stands in one line.
        let mut order: Vec<usize> = (0..self.boxes.len()).collect();
        let way = |label: &str| label.split_once(" · ").map(|(_, method)| method.to_owned());
        order.sort_by_key(|at| (way(&self.boxes[*at].label), *at));
        let place = |old: usize| order.iter().position(|at| *at == old).unwrap_or(old);
        self.arrows = core::mem::take(&mut self.arrows)
            .into_iter()
            .map(|((a, b), arrow)| ((place(a), place(b)), arrow))
            .collect();
        self.boxes = order.iter().map(|at| self.boxes[*at].clone()).collect();
    }

    /// Writes it.
    #[must_use]
    pub fn write(&self, form: PictureForm) -> String {
        match form {
            PictureForm::Svg => self.svg(),
            PictureForm::Mermaid => self.mermaid(),
            PictureForm::Text => self.text(),
        }
    }

    fn mermaid(&self) -> String {
        let mut out = format!("---\ntitle: {}\n---\nflowchart LR\n", self.title);
        for (at, one) in self.boxes.iter().enumerate() {
            let (open, close) = if one.step.is_end() { ("([", "])") } else { ("[", "]") };
            let _ = writeln!(out, "  s{at}{open}\"{}\"{close}", one.label);
        }
        for ((from, to), arrow) in &self.arrows {
            let line = if arrow.plain.is_empty() { "-.->" } else { "-->" };
            let _ = writeln!(out, "  s{from} {line}|\"{}\"| s{to}", arrow.label());
        }
        out
    }

    fn text(&self) -> String {
        let mut out = format!("{}\n", self.title);
        let mut order: Vec<usize> = (0..self.boxes.len()).collect();
        order.sort_by_key(|at| (self.boxes[*at].rank, *at));
        for at in order {
            let _ = writeln!(out, "\n  {}", self.boxes[at].label);
            for ((_, to), arrow) in self.arrows.iter().filter(|((from, _), _)| *from == at) {
                let line = if arrow.plain.is_empty() { "┄▶" } else { "─▶" };
                let _ = writeln!(out, "    {line} {:<28} {}", self.boxes[*to].label, arrow.label());
            }
        }
        out
    }

    fn svg(&self) -> String {
        let (places, width, height) = self.places();
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{title}\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n<title>{title}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fbfcfd\"/>\n<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#51606e\"/></marker></defs>\n<text x=\"24\" y=\"32\" font-size=\"17\" fill=\"#17212b\">{title}</text>\n",
            title = escape(&self.title),
        );
        // Hints lie under what leads on.
        let mut arrows: Vec<_> = self.arrows.iter().collect();
        arrows.sort_by_key(|((from, to), arrow)| (places[*to].0 > places[*from].0, !arrow.plain.is_empty()));
        for ((from, to), arrow) in arrows {
            arrow_line(&mut out, places[*from], places[*to], arrow);
        }
        for (one, place) in self.boxes.iter().zip(&places) {
            box_shape(&mut out, one, *place);
        }
        out.push_str("</svg>\n");
        out
    }

    /// Left upper corner of each box, and the size of the whole.
    fn places(&self) -> (Vec<(usize, usize)>, usize, usize) {
        let mut filled: BTreeMap<usize, usize> = BTreeMap::new();
        let mut places = Vec::new();
        for one in &self.boxes {
            let row = filled.entry(one.rank).or_default();
            places.push((24 + one.rank * COLUMN, 60 + *row * ROW));
            *row += 1;
        }
        let columns = filled.keys().max().map_or(1, |most| most + 1);
        let rows = filled.values().max().copied().unwrap_or(1);
        (places, columns * COLUMN + 24, rows * ROW + 60)
    }
}

const COLUMN: usize = 244;
const ROW: usize = 74;
const BOX_WIDTH: usize = 176;
const BOX_HEIGHT: usize = 36;

fn box_shape(out: &mut String, one: &Box, (x, y): (usize, usize)) {
    let (fill, stroke) = match one.step {
        Step::Done => ("#dff3e6", "#176b3a"),
        Step::FactoryState | Step::Erasing | Step::ConfirmLoss => ("#fbe9e7", "#b3261e"),
        Step::DeadEnd => ("#fff4d6", "#8a6100"),
        Step::Cancelled | Step::Expired => ("#eef1f4", "#51606e"),
        Step::Notice
        | Step::ChooseMethod
        | Step::Preparing
        | Step::EnterCode
        | Step::HoldButton
        | Step::Checking
        | Step::ChoosePassword
        | Step::Saving
        | Step::AddressConfirmed => ("#ffffff", "#0b5cad"),
    };
    let _ = writeln!(
        out,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{BOX_WIDTH}\" height=\"{BOX_HEIGHT}\" rx=\"8\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.5\"/><text x=\"{}\" y=\"{}\" text-anchor=\"middle\" fill=\"#17212b\">{}</text>",
        x + BOX_WIDTH / 2,
        y + 23,
        escape(&one.label),
    );
}

/// What leads on is drawn dark, or dashed where only failures lead along it; what leads back, or to the end of a session
/// that was given up, is a hint.
fn arrow_line(out: &mut String, from: (usize, usize), to: (usize, usize), arrow: &Arrow) {
    let forward = to.0 > from.0;
    let far = to.0 > from.0 + 2 * COLUMN;
    let (stroke, rest) = match (forward, arrow.plain.is_empty()) {
        (true, false) if !far => ("#51606e", " stroke-width=\"1.4\" marker-end=\"url(#a)\""),
        (true, true) if !far => ("#b6c0ca", " stroke-dasharray=\"4 4\" marker-end=\"url(#a)\""),
        (true | false, true | false) => ("#e3e8ed", ""),
    };
    let middle = BOX_HEIGHT / 2;
    let (x1, y1) = (if forward { from.0 + BOX_WIDTH } else { from.0 }, from.1 + middle);
    let (x2, y2) = (if forward { to.0 } else { to.0 + BOX_WIDTH }, to.1 + middle);
    let bend = 44;
    let path = if forward {
        format!("M{x1} {y1}C{} {y1} {} {y2} {x2} {y2}", x1 + bend, x2 - bend)
    } else {
        format!("M{x1} {y1}C{} {y1} {} {y2} {x2} {y2}", x1.saturating_sub(bend), x2 + bend)
    };
    let _ = writeln!(
        out,
        "<path d=\"{path}\" fill=\"none\" stroke=\"{stroke}\"{rest}><title>{}</title></path>",
        escape(&arrow.label()),
    );
}

impl Arrow {
    fn add(&mut self, by: &Move, words: &Words) {
        let (list, word) = if let Move::Badly(_, kind) | Move::MethodFails(kind) | Move::MethodDies(kind) = by {
            (&mut self.troubles, kind.code().to_owned())
        } else if by.is_trouble() {
            (&mut self.troubles, words.step(by))
        } else {
            (&mut self.plain, words.step(by))
        };
        if !list.contains(&word) {
            list.push(word);
        }
    }

    fn label(&self) -> String {
        let mut parts = self.plain.clone();
        match self.troubles.len() {
            0 => {}
            1..=4 => parts.extend(self.troubles.iter().cloned()),
            more => parts.push(format!("{} +{}", self.troubles[..3].join(" "), more - 3)),
        }
        parts.join(" · ")
    }
}

/// How far along the ordinary course a step stands.
const fn column(step: Step) -> usize {
    match step {
        Step::Notice => 0,
        Step::ChooseMethod => 1,
        Step::ConfirmLoss => 2,
        Step::Preparing => 3,
        Step::EnterCode | Step::HoldButton => 4,
        Step::Checking => 5,
        Step::ChoosePassword => 6,
        Step::Saving | Step::Erasing => 7,
        Step::Done | Step::FactoryState | Step::AddressConfirmed | Step::DeadEnd | Step::Cancelled | Step::Expired => 8,
    }
}

/// Whether a step ends a session.
trait End {
    fn is_end(&self) -> bool;
}

impl End for Step {
    fn is_end(&self) -> bool {
        match self {
            Self::Done
            | Self::FactoryState
            | Self::AddressConfirmed
            | Self::DeadEnd
            | Self::Cancelled
            | Self::Expired => true,
            Self::Notice
            | Self::ChooseMethod
            | Self::Preparing
            | Self::EnterCode
            | Self::ConfirmLoss
            | Self::HoldButton
            | Self::Checking
            | Self::ChoosePassword
            | Self::Saving
            | Self::Erasing => false,
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
