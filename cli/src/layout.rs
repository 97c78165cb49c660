//! How what commands tell is laid out: lines, labelled rows and tables that fit a terminal nobody made wider.

/// Columns that everything fits into.
pub(crate) const WIDTH: usize = 80;

/// Columns between two columns of a table, and between a label and its text.
const GAP: usize = 2;

/// A column of a table is not made narrower than this.
const NARROWEST: usize = 6;

/// A text behind `first`; further lines are indented by as much.
pub(crate) fn wrapped(first: &str, text: &str) -> String {
    let indent = width(first);
    let lines = lines(text, WIDTH.saturating_sub(indent));
    let mut out = String::new();
    for (place, line) in lines.iter().enumerate() {
        let line = if place == 0 { format!("{first}{line}") } else { format!("{:indent$}{line}", "") };
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Rows of label and text. All texts begin in one column, at least `label_width` after the indent.
pub(crate) fn labelled(indent: usize, label_width: usize, rows: &[(String, String)]) -> String {
    let widest = rows.iter().map(|(label, _)| width(label)).max().unwrap_or(0).max(label_width);
    let row = |(label, text): &(String, String)| {
        wrapped(&format!("{:indent$}{label}{:pad$}", "", "", pad = widest - width(label) + GAP), text)
    };
    rows.iter().map(row).collect()
}

/// Rows as columns, the first one underlined. What is too wide goes on in further lines of its cell.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let widths = column_widths(rows);
    let rule: Vec<_> = widths.iter().map(|width| "─".repeat(*width)).collect();
    let mut out = String::new();
    for (place, row) in rows.iter().enumerate() {
        out.push_str(&table_row(row, &widths));
        if place == 0 {
            out.push_str(&rule.join(&" ".repeat(GAP)));
            out.push('\n');
        }
    }
    out
}

/// As wide as the widest cell; where that is too much together, the widest give way.
fn column_widths(rows: &[Vec<String>]) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max();
    let mut widths: Vec<_> = (0..columns).map(|column| widest(column).unwrap_or(0)).collect();
    let room = WIDTH.saturating_sub(GAP * columns.saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        match widths.iter_mut().max() {
            Some(widest) if *widest > NARROWEST => *widest -= 1,
            Some(_) | None => break,
        }
    }
    widths
}

/// Columns that a table of these cells would take if none of them gave way.
pub(crate) fn natural_width<'a>(columns: impl IntoIterator<Item = &'a Vec<String>>) -> usize {
    let widest = |column: &Vec<String>| column.iter().map(|cell| width(cell)).max().unwrap_or(0);
    columns.into_iter().map(|column| widest(column) + GAP).sum::<usize>().saturating_sub(GAP)
}

fn table_row(row: &[String], widths: &[usize]) -> String {
    let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, width)| lines(cell, *width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for place in 0..height {
        let line = cells.iter().zip(widths).map(|(cell, wide)| {
            let text = cell.get(place).map_or("", String::as_str);
            format!("{text}{:pad$}", "", pad = wide.saturating_sub(width(text)) + GAP)
        });
        out.push_str(line.collect::<String>().trim_end());
        out.push('\n');
    }
    out
}

/// The words of a text in lines of at most `room`; at least one line.
pub(crate) fn lines(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        for piece in pieces(word, room.max(NARROWEST)) {
            let line = lines.last_mut().expect("there is always one");
            if line.is_empty() {
                *line = piece;
            } else if width(line) + 1 + width(&piece) <= room {
                line.push(' ');
                line.push_str(&piece);
            } else {
                lines.push(piece);
            }
        }
    }
    lines
}

/// A word that is too long for a line, cut after a hyphen where it has one.
fn pieces(word: &str, room: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest: Vec<char> = word.chars().collect();
    while rest.len() > room {
        let cut = rest[..room].iter().rposition(|c| *c == '-').map_or(room, |hyphen| hyphen + 1);
        pieces.push(rest.drain(..cut).collect());
    }
    pieces.push(rest.into_iter().collect());
    pieces
}

/// Every character that we print takes one column.
fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_goes_on_below_its_own_beginning() {
        let text = "a text that is so long that it has to go on in a second line, which begins below the first one";
        let told = labelled(2, 0, &[("say".to_owned(), text.to_owned()), ("to whom".to_owned(), "me".to_owned())]);
        let lines: Vec<_> = told.lines().collect();
        assert_eq!(lines.len(), 3, "{told}");
        assert!(lines[0].starts_with("  say      a text") && lines[1].starts_with("           begins"), "{told}");
        assert_eq!(lines[2], "  to whom  me");
        assert!(lines.iter().all(|line| width(line) <= WIDTH), "{told}");
    }

    #[test]
    fn a_table_gives_way_where_it_is_widest_and_never_leaves_the_terminal() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let wide = "one way after another ".repeat(4);
        let told = table(&[row(["Way", "Code", "Loses"]), row([&wide, "E-101", &wide]), row(["short", "", "little"])]);
        assert!(told.lines().all(|line| width(line) <= WIDTH), "{told}");
        assert!(told.contains("E-101"), "a narrow column is not cut: {told}");
        let word = "a-method-with-a-name-of-many-words";
        assert_eq!(lines(word, 20), ["a-method-with-a-", "name-of-many-words"]);
    }
}
