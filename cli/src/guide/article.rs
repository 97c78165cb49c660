//! What a guide says, apart from how it looks: chapters of plain blocks, drawn by `html` and `markdown` alike.
//!
//! Texts know three marks: `**label**`, `` `code` `` and `[words](#chapter)`.

/// A guide in one language for one reader.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) language: String,
    pub(crate) title: String,
    pub(crate) lead: String,
    pub(crate) chapters: Vec<Chapter>,
    /// What it was made from, so that a printed copy can be told from a newer one.
    pub(crate) made_from: String,
    pub(crate) words: Words,
}

/// The few words that the drawing itself needs.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) contents: String,
    pub(crate) step: String,
    pub(crate) yes: String,
    pub(crate) no: String,
    pub(crate) skip: String,
    pub(crate) tree_as_text: String,
}

/// One chapter; `id` is its anchor in every language.
#[derive(Debug)]
pub(crate) struct Chapter {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) blocks: Vec<Block>,
}

impl Chapter {
    pub(crate) fn new(id: &str, title: String) -> Chapter {
        Chapter { id: id.to_owned(), title, blocks: Vec::new() }
    }

    pub(crate) fn with(mut self, block: Block) -> Chapter {
        self.blocks.push(block);
        self
    }
}

#[derive(Debug)]
pub(crate) enum Block {
    Text(String),
    /// A smaller heading, with an anchor.
    Heading {
        id: String,
        title: String,
    },
    Note {
        tone: Tone,
        text: String,
    },
    List(Vec<String>),
    /// Lines that are done one after the other.
    Numbered(Vec<String>),
    Steps(Vec<Step>),
    Pictures(Vec<Picture>),
    Table(Table),
    Tree(Tree),
}

/// How urgent a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Good to know.
    Info,
    /// It must be read before going on.
    Important,
    /// It does harm not to heed it.
    Danger,
}

#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) title: String,
    pub(crate) texts: Vec<String>,
    pub(crate) pictures: Vec<Picture>,
}

/// A picture by its name in the album; `alt` says what is seen on it.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    pub(crate) name: String,
    pub(crate) alt: String,
}

#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// Questions one below the other: *yes* leads to an answer, *no* to the next question.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) title: String,
    pub(crate) questions: Vec<Question>,
    /// Where the last *no* leads.
    pub(crate) otherwise: String,
}

#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) ask: String,
    pub(crate) yes: String,
}

/// A piece of marked text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Plain(&'a str),
    Strong(&'a str),
    Code(&'a str),
    Link { words: &'a str, target: &'a str },
}

/// Takes the marks of a text apart. A mark that is not closed stays as it is.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut plain, mut at) = (0, 0);
    while at < text.len() {
        match piece_at(&text[at..]) {
            Some((piece, length)) => {
                if plain < at {
                    found.push(Piece::Plain(&text[plain..at]));
                }
                found.push(piece);
                at += length;
                plain = at;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    if plain < text.len() {
        found.push(Piece::Plain(&text[plain..]));
    }
    found
}

/// The mark that stands right here, and its length in octets.
fn piece_at(text: &str) -> Option<(Piece<'_>, usize)> {
    if let Some(rest) = text.strip_prefix("**") {
        let inner = &rest[..rest.find("**")?];
        return Some((Piece::Strong(inner), inner.len() + 4));
    }
    if let Some(rest) = text.strip_prefix('`') {
        let inner = &rest[..rest.find('`')?];
        return Some((Piece::Code(inner), inner.len() + 2));
    }
    let words = text.strip_prefix('[')?;
    let words = &words[..words.find("](")?];
    let target = &text[words.len() + 3..];
    let target = &target[..target.find(')')?];
    // `[optional]` of a command is no link.
    target.starts_with(['#', 'h']).then_some((Piece::Link { words, target }, words.len() + target.len() + 4))
}

/// The words of a text without its marks, for places that know none (pictures, page titles).
pub(crate) fn unmarked(text: &str) -> String {
    let words = pieces(text).into_iter().map(|piece| match piece {
        Piece::Plain(words) | Piece::Strong(words) | Piece::Code(words) | Piece::Link { words, .. } => words,
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_apart_and_broken_ones_stay_as_they_are() {
        assert_eq!(
            pieces("Press **OK**, see [here](#ways) or `resetkit case`; 2 ** 3 [not] (this)"),
            [
                Piece::Plain("Press "),
                Piece::Strong("OK"),
                Piece::Plain(", see "),
                Piece::Link { words: "here", target: "#ways" },
                Piece::Plain(" or "),
                Piece::Code("resetkit case"),
                Piece::Plain("; 2 ** 3 [not] (this)"),
            ]
        );
        assert_eq!(unmarked("**Weiter** – [Größe](#a)"), "Weiter – Größe");
    }
}
