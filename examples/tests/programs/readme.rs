//! The README's blocks that are no Rust: its schema is the example's file, its dialogue is what the example prints. (The
//! Rust blocks are doctests.)

const README: &str = include_str!("../../../README.md");

#[test]
fn the_schema_is_that_of_quickstart() {
    assert_eq!(block("python"), include_str!("../../schema/quickstart.json"));
}

/// A line `...` in the README stands for any number of lines.
#[test]
fn the_dialogue_is_what_quickstart_prints() {
    let console = block("console");
    let shown = console.split("\n\n").next().unwrap();
    let (command, shown) = shown.split_once('\n').unwrap();
    assert!(command.starts_with("$ cargo run --example quickstart "), "{command}");
    let mut printed = include_str!("golden/quickstart.txt");
    for (index, part) in shown.split("\n...\n").map(str::trim).enumerate() {
        let at = printed.find(part).unwrap_or_else(|| panic!("the README shows, quickstart does not print: {part}"));
        assert!(index > 0 || at == 0, "the README leaves out the first line");
        printed = &printed[at + part.len()..];
    }
}

/// Returns the text of the README's first block of a language.
fn block(language: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("\n```{language}\n")).expect("the README has such a block");
    &rest[..rest.find("```").expect("the block ends")]
}
