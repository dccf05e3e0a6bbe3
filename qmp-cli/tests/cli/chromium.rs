//! Headless Chromium.

use std::fs;

use test_support::program;

use crate::support::Folder;

/// The page of the manual after its scripts have run. Without a browser: prints that the test is skipped and returns none.
pub(crate) fn dom(folder: &Folder, page: &str) -> Option<String> {
    run(folder, &format!("manual/{page}"), &[])
}

/// Runs a script and returns the lines that it outputs with `tell(text)`. In the script, `open(page, width)` returns the document of
/// a page that is shown with this width.
pub(crate) fn script(folder: &Folder, flags: &[&str], script: &str) -> Option<Vec<String>> {
    let page = HARNESS.replace("SCRIPT", script);
    fs::write(folder.path("harness.html"), page).expect("a file");
    let flags = [flags, &["--allow-file-access-from-files", "--virtual-time-budget=600000"]].concat();
    let dom = run(folder, "harness.html", &flags)?;
    let (_, told) = dom.split_once("<pre>").expect("the script has run");
    let (told, _) = told.split_once("THE END").unwrap_or_else(|| panic!("the script has come to its end: {dom}"));
    Some(told.lines().map(str::to_owned).collect())
}

const HARNESS: &str = r#"<!doctype html>
<body>
<script>
const told = [];
const tell = (text) => told.push(text);
const frame = document.createElement("iframe");
frame.style = "border: 0; height: 800px";
document.body.append(frame);
async function open(page, width) {
  frame.style.width = `${width}px`;
  await new Promise((done) => { frame.onload = done; frame.src = `manual/${page}`; });
  return frame.contentDocument;
}
async function main() { SCRIPT }
main().catch((error) => tell(`${error.stack}`)).then(() => {
  const result = document.createElement("pre");
  result.textContent = [...told, "THE END"].join("\n");
  document.body.replaceChildren(result);
});
</script>"#;

fn run(folder: &Folder, page: &str, flags: &[&str]) -> Option<String> {
    let mut command = program("chromium")?;
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]);
    command.args(["--disable-component-update", "--disable-sync", "--disable-quic", "--dump-dom"]).args(flags);
    command.arg(format!("--user-data-dir={}", folder.path("profile").display()));
    command.arg(format!("file://{}/{page}", folder.path("").display()));
    let output = command.output().expect("the browser runs");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}
