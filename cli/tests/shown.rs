//! What the docs show of `explain`, `error` and `case` is what the program prints.
use crate::{resetkit, stderr, stdout};

/// The blocks of a page that show one of our commands: the command and the lines below it. `…` stands for lines left out.
fn blocks(page: &str) -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(format!("{}/../docs/{page}", env!("CARGO_MANIFEST_DIR"))).expect(page);
    let shown =
        text.split("```").filter_map(|block| block.trim_start().strip_prefix("$ resetkit ")).filter_map(|block| {
            let (command, output) = block.split_once('\n')?;
            Some((command.to_owned(), output.lines().map(str::to_owned).collect()))
        });
    shown.collect()
}

#[test]
fn the_output_that_the_docs_show_is_real() {
    let mut seen = 0;
    for page in ["profiles.md", "support.md"] {
        for (command, lines) in blocks(page) {
            let words: Vec<_> = command.split_whitespace().collect();
            if !["explain", "error", "case"].contains(&words[0]) {
                continue;
            }
            let output = resetkit(&words);
            let said = format!("{}{}", stdout(&output), stderr(&output));
            let mut printed = said.lines();
            for line in lines.iter().filter(|line| !line.trim().is_empty() && line.trim() != "…") {
                assert!(
                    printed.any(|other| other == line),
                    "docs/{page}: `{command}` prints no such line:\n{line}\nbut\n{said}"
                );
            }
            seen += 1;
        }
    }
    assert!(seen >= 5, "{seen}");
}
