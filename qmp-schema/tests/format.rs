//! The formatter: `tests/format` has files and their formatted form (`UPDATE_EXPECT=1 cargo test` updates it). Random files keep
//! their tokens and comments, and QEMU's complete schemas their meaning.

#[path = "format/random.rs"]
mod random;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use qmp_schema::{LoadOptions, format, load};
use test_support::schemas;

fn formatted(path: &Path) -> (String, String) {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let formatted = format(&path.display().to_string(), &text).unwrap_or_else(|report| panic!("{report}"));
    (text, formatted)
}

/// Checks that formatting is idempotent, and that no token or comment is lost.
fn check(name: &str, text: &str, formatted: &str) {
    let again = format(name, formatted).unwrap_or_else(|report| panic!("{report}\n{formatted}"));
    assert_eq!(again, formatted, "{name} formatted twice");
    assert_eq!(tokens(text), tokens(formatted), "tokens of {name}");
    assert_eq!(comments(text), comments(formatted), "comments of {name}");
}

#[test]
fn files_are_formatted() {
    for entry in fs::read_dir("tests/format").expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let (text, formatted) = formatted(&path);
            check(&path.display().to_string(), &text, &formatted);
            let golden = std::env::current_dir().expect("a current folder").join(path.with_extension("formatted"));
            expect_file![golden].assert_eq(&formatted);
        }
    }
}

#[test]
fn random_files_keep_their_tokens_and_comments() {
    let mut random = random::Random::new(7);
    for _ in 0..3000 {
        let text = random.file();
        let formatted = format("random.json", &text).unwrap_or_else(|report| panic!("{report}\n{text}"));
        check(&text, &text, &formatted);
    }
}

/// Formats all files of every complete schema, and compares the schemas before and after.
#[test]
fn complete_schemas_keep_their_meaning() {
    for schema in schemas::published().into_iter().chain(schemas::shared()) {
        let before = load(&schema.path, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
        let folder = tempfile::tempdir().expect("a folder");
        let files: Vec<PathBuf> = before.schema.sources.files().iter().map(|file| file.path.clone()).collect();
        let copies = copies(&files, folder.path());
        for (file, copy) in &copies {
            let (text, formatted) = formatted(file);
            check(&file.display().to_string(), &text, &formatted);
            fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
            fs::write(copy, formatted).expect("a file");
        }
        let after = load(&copies[&files[0]], &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
        assert_eq!(without_places(&before.schema), without_places(&after.schema), "{}", schema.name);
    }
}

/// Returns the path of each file's copy. The files of a schema may include others by `../`.
fn copies(files: &[PathBuf], folder: &Path) -> BTreeMap<PathBuf, PathBuf> {
    let canonical = |file: &PathBuf| file.canonicalize().expect("it was read");
    let copy = |file: &PathBuf| folder.join(canonical(file).strip_prefix("/").expect("it is absolute"));
    files.iter().map(|file| (file.clone(), copy(file))).collect()
}

/// Returns everything in a schema without places.
fn without_places(schema: &qmp_schema::model::Schema) -> Vec<String> {
    let types = schema.types.iter().map(|ty| format!("{ty:?}"));
    let commands = schema.commands.iter().map(|command| format!("{command:?}"));
    let events = schema.events.iter().map(|event| format!("{event:?}"));
    let texts = schema.free_form.iter().map(|text| format!("{text:?}"));
    let all = types.chain(commands).chain(events).chain(texts);
    all.chain([format!("{:?}", schema.interface)]).map(|text| without_spans(&text)).collect()
}

fn without_spans(debug: &str) -> String {
    let (mut kept, mut rest) = (String::new(), debug);
    while let Some((before, behind)) = rest.split_once("Span { ") {
        kept += before;
        rest = behind.split_once(" }").map_or("", |(_, behind)| behind);
    }
    kept + rest
}

/// Returns the text without comments, and without white space outside of strings.
fn tokens(text: &str) -> String {
    lines(text).into_iter().map(|(code, _)| code).collect()
}

/// Returns the comments and the documentation, sorted: a comment may move before the key of its value.
fn comments(text: &str) -> Vec<String> {
    let mut comments: Vec<String> = lines(text).into_iter().map(|(_, comment)| comment).collect();
    comments.retain(|comment| !comment.is_empty());
    comments.sort();
    comments
}

/// Cuts each line into tokens and comment.
fn lines(text: &str) -> Vec<(String, String)> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let cut = |line: &str| {
        let (mut code, mut is_string) = (String::new(), false);
        for (at, c) in line.char_indices() {
            match c {
                '#' if !is_string => return (code, line[at..].trim_end().to_owned()),
                '\'' => is_string = !is_string,
                _ => {}
            }
            code.extend(Some(c).filter(|c| is_string || !c.is_whitespace()));
        }
        (code, String::new())
    };
    text.split('\n').map(cut).collect()
}
