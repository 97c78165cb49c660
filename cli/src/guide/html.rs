//! A guide as one page that needs nothing else: style, pictures and drawings are inside, no script, and it prints.

use std::fmt::Write as _;

use data_encoding::BASE64;
use resetkit_config::{Colours, Palette};

use super::article::{Article, Block, Picture, Piece, Step, Table, Tone, Tree, pieces, unmarked};
use super::pictures::Album;
use super::tree;

const STYLE: &str = include_str!("style.css");

/// The whole page.
pub(super) fn page(article: &Article, colours: &Colours, brand: &str, album: &Album) -> String {
    let mut drawing = Drawing { out: String::new(), article, album, trees: 0 };
    for chapter in &article.chapters {
        let _ = writeln!(
            drawing.out,
            "<section id=\"{0}\"><h2><a href=\"#{0}\">{1}</a></h2>",
            chapter.id,
            marked(&chapter.title)
        );
        chapter.blocks.iter().for_each(|block| drawing.block(block));
        drawing.out.push_str("</section>\n");
    }
    let body = drawing.out;
    let style = style(colours);
    let (title, brand, words) = (escaped(&unmarked(&article.title)), escaped(brand), &article.words);
    let (language, lead, made_from) = (&article.language, marked(&article.lead), marked(&article.made_from));
    let (skip, on_this_page, lines) = (escaped(&words.skip), escaped(&words.contents), contents(article));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title} – {brand}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">{skip}</a>\n\
         <header><p class=\"brand\"><span class=\"mark\" aria-hidden=\"true\"></span>{brand}</p>\n<h1>{title}</h1>\n\
         <p class=\"lead\">{lead}</p></header>\n<nav aria-label=\"{on_this_page}\"><h2>{on_this_page}</h2>\n{lines}</nav>\n\
         <main id=\"main\">\n{body}</main>\n<footer><p>{made_from}</p></footer>\n</body>\n</html>\n"
    )
}

fn contents(article: &Article) -> String {
    let lines = article
        .chapters
        .iter()
        .map(|chapter| format!("<li><a href=\"#{}\">{}</a></li>", chapter.id, escaped(&unmarked(&chapter.title))));
    format!("<ol>{}</ol>\n", lines.collect::<String>())
}

fn style(colours: &Colours) -> String {
    STYLE.replace("/*LIGHT*/", &palette(&colours.light)).replace("/*DARK*/", &palette(&colours.dark))
}

fn palette(palette: &Palette) -> String {
    format!(
        "--background: {}; --surface: {}; --text: {}; --muted: {}; --accent: {}; --on-accent: {}; --danger: {}; --success: {};",
        palette.background,
        palette.surface,
        palette.text,
        palette.muted,
        palette.accent,
        palette.on_accent,
        palette.danger,
        palette.success,
    )
}

struct Drawing<'a> {
    out: String,
    article: &'a Article,
    album: &'a Album,
    trees: usize,
}

impl Drawing<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Text(text) => self.line("p", text),
            Block::Heading { id, title } => {
                let _ = writeln!(self.out, "<h3 id=\"{id}\">{}</h3>", marked(title));
            }
            Block::Note { tone, text } => {
                let (class, role) = match tone {
                    Tone::Info => ("info", ""),
                    Tone::Important => ("important", " role=\"note\""),
                    Tone::Danger => ("danger", " role=\"note\""),
                };
                let _ = writeln!(self.out, "<p class=\"note {class}\"{role}>{}</p>", marked(text));
            }
            Block::List(items) => self.list("ul", items),
            Block::Numbered(items) => self.list("ol", items),
            Block::Steps(steps) => self.steps(steps),
            Block::Pictures(pictures) => self.pictures(pictures),
            Block::Table(table) => self.table(table),
            Block::Tree(tree) => self.tree(tree),
        }
    }

    fn line(&mut self, tag: &str, text: &str) {
        let _ = writeln!(self.out, "<{tag}>{}</{tag}>", marked(text));
    }

    fn list(&mut self, tag: &str, items: &[String]) {
        let items = items.iter().map(|item| format!("<li>{}</li>\n", marked(item)));
        let _ = writeln!(self.out, "<{tag}>\n{}</{tag}>", items.collect::<String>());
    }

    fn steps(&mut self, steps: &[Step]) {
        self.out.push_str("<ol class=\"steps\">\n");
        for step in steps {
            let _ = writeln!(self.out, "<li><h3>{}</h3>", marked(&step.title));
            step.texts.iter().for_each(|text| self.line("p", text));
            self.pictures(&step.pictures);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n");
    }

    /// Pictures beside one another; one that the album lacks is left out.
    fn pictures(&mut self, pictures: &[Picture]) {
        let kept: Vec<_> =
            pictures.iter().filter_map(|picture| Some((picture, self.album.find(&picture.name)?))).collect();
        if kept.is_empty() {
            return;
        }
        self.out.push_str("<div class=\"pictures\">\n");
        for (picture, octets) in kept {
            let (width, height) = size(octets);
            // A phone is narrow whatever it shows; everything else is read at full width.
            let shape = if width < 500 { "tall" } else { "wide" };
            let _ = writeln!(
                self.out,
                "<figure class=\"{shape}\"><img src=\"data:image/png;base64,{}\" width=\"{width}\" height=\"{height}\" alt=\"{1}\"><figcaption>{1}</figcaption></figure>",
                BASE64.encode(octets),
                escaped(&picture.alt),
            );
        }
        self.out.push_str("</div>\n");
    }

    fn table(&mut self, table: &Table) {
        let head: String = table.head.iter().map(|cell| format!("<th scope=\"col\">{}</th>", marked(cell))).collect();
        let row = |cells: &Vec<String>| {
            let mut cells = cells.iter();
            let first = cells.next().map(|cell| format!("<th scope=\"row\">{}</th>", marked(cell))).unwrap_or_default();
            let labelled = cells.zip(table.head.iter().skip(1));
            let rest = labelled
                .map(|(cell, head)| format!("<td data-head=\"{}\">{}</td>", escaped(&unmarked(head)), marked(cell)));
            format!("<tr>{first}{}</tr>\n", rest.collect::<String>())
        };
        let rows: String = table.rows.iter().map(row).collect();
        let _ = writeln!(
            self.out,
            "<table><caption>{}</caption><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table>",
            marked(&table.caption)
        );
    }

    /// The drawing, and the same as words for whoever does not see it.
    fn tree(&mut self, tree: &Tree) {
        self.trees += 1;
        let words = &self.article.words;
        let drawn = tree::svg(tree, words, &format!("tree-{}", self.trees));
        let questions = tree.questions.iter().map(|question| {
            format!(
                "<li>{} <strong>{}:</strong> {}</li>\n",
                marked(&question.ask),
                escaped(&words.yes),
                marked(&question.yes)
            )
        });
        let _ = writeln!(
            self.out,
            "<figure class=\"drawing\">{drawn}</figure>\n<details><summary>{}</summary><ol>\n{}</ol><p>{}</p></details>",
            escaped(&words.tree_as_text),
            questions.collect::<String>(),
            marked(&tree.otherwise),
        );
    }
}

/// Width and height of a PNG, from its first chunk.
fn size(png: &[u8]) -> (u32, u32) {
    let number =
        |at: usize| png.get(at..at + 4).and_then(|four| <[u8; 4]>::try_from(four).ok()).map_or(0, u32::from_be_bytes);
    (number(16), number(20))
}

/// A text with its marks as tags.
pub(super) fn marked(text: &str) -> String {
    let drawn = pieces(text).into_iter().map(|piece| match piece {
        Piece::Plain(words) => escaped(words),
        Piece::Strong(words) => format!("<strong>{}</strong>", escaped(words)),
        Piece::Code(words) => format!("<code>{}</code>", escaped(words)),
        Piece::Link { words, target } => format!("<a href=\"{}\">{}</a>", escaped(target), escaped(words)),
    });
    drawn.collect()
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
