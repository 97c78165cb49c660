//! A guide as Markdown, for help sites that have a look of their own. Pictures lie beside it.

use std::fmt::Write as _;

use super::article::{Article, Block, Picture, Step, Table, Tone, Tree};
use super::pictures::Album;

/// The whole text; pictures are looked for at `place` (a folder or an address).
pub(super) fn text(article: &Article, album: &Album, place: &str) -> String {
    let mut out = format!("# {}\n\n{}\n\n", article.title, article.lead);
    let _ = writeln!(out, "**{}**\n", article.words.contents);
    for chapter in &article.chapters {
        let _ = writeln!(out, "- [{}](#{})", chapter.title, chapter.id);
    }
    let mut writing = Writing { out, article, album, place };
    for chapter in &article.chapters {
        let _ = writeln!(writing.out, "\n<a id=\"{}\"></a>\n\n## {}\n", chapter.id, chapter.title);
        chapter.blocks.iter().for_each(|block| writing.block(block));
    }
    let _ = writeln!(writing.out, "---\n\n{}", article.made_from);
    writing.out
}

struct Writing<'a> {
    out: String,
    article: &'a Article,
    album: &'a Album,
    place: &'a str,
}

impl Writing<'_> {
    fn block(&mut self, block: &Block) {
        let _ = match block {
            Block::Text(text) => writeln!(self.out, "{text}\n"),
            Block::Heading { id, title } => writeln!(self.out, "<a id=\"{id}\"></a>\n\n### {title}\n"),
            Block::Note { tone, text } => {
                let kind = match tone {
                    Tone::Info => "NOTE",
                    Tone::Important => "IMPORTANT",
                    Tone::Danger => "WARNING",
                };
                writeln!(self.out, "> [!{kind}]\n> {text}\n")
            }
            Block::List(items) => {
                let items: String = items.iter().map(|item| format!("- {item}\n")).collect();
                writeln!(self.out, "{items}")
            }
            Block::Numbered(items) => {
                let items = (1..).zip(items).map(|(number, item)| format!("{number}. {item}\n"));
                writeln!(self.out, "{}", items.collect::<String>())
            }
            Block::Steps(steps) => {
                (1..).zip(steps).for_each(|(number, step)| self.step(number, step));
                Ok(())
            }
            Block::Pictures(pictures) => {
                self.pictures(pictures);
                Ok(())
            }
            Block::Table(table) => {
                self.table(table);
                Ok(())
            }
            Block::Tree(tree) => {
                self.tree(tree);
                Ok(())
            }
        };
    }

    fn step(&mut self, number: usize, step: &Step) {
        let _ = writeln!(self.out, "### {} {number}: {}\n", self.article.words.step, step.title);
        for text in &step.texts {
            let _ = writeln!(self.out, "{text}\n");
        }
        self.pictures(&step.pictures);
    }

    fn pictures(&mut self, pictures: &[Picture]) {
        let kept: Vec<String> = pictures
            .iter()
            .filter(|picture| self.album.find(&picture.name).is_some())
            .map(|picture| format!("![{}]({}/{}.png)", picture.alt, self.place, picture.name))
            .collect();
        if !kept.is_empty() {
            let _ = writeln!(self.out, "{}\n", kept.join("\n"));
        }
    }

    fn table(&mut self, table: &Table) {
        let line = |cells: &[String]| {
            let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let _ = write!(self.out, "*{}*\n\n{}|{}\n", table.caption, line(&table.head), "---|".repeat(table.head.len()));
        table.rows.iter().for_each(|row| self.out.push_str(&line(row)));
        self.out.push('\n');
    }

    fn tree(&mut self, tree: &Tree) {
        let words = &self.article.words;
        let _ = writeln!(self.out, "**{}**\n", tree.title);
        for (number, question) in (1..).zip(&tree.questions) {
            let _ = writeln!(self.out, "{number}. {} **{}:** {}", question.ask, words.yes, question.yes);
        }
        let _ = writeln!(self.out, "\n{}\n", tree.otherwise);
    }
}
