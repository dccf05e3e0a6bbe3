//! The manual in a real browser: scripts run, the search finds, all from files.

use std::path::Path;
use std::process::Command;

use crate::support::{Folder, shared};

/// The page as it is after its scripts have run; none (and a line that says so) if there is no browser.
fn dom(folder: &Folder, page: &str) -> Option<String> {
    let address = format!("file://{}/{page}", folder.path("manual").display());
    let profile = format!("--user-data-dir={}", folder.path("profile").display());
    let program = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].into_iter().find(|path| Path::new(path).exists());
    let Some(program) = program else {
        println!("skipped: the manual in a browser: chromium is not installed");
        return None;
    };
    let mut command = Command::new(program);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", &profile, "--dump-dom", &address]);
    let output = command.output().expect("the browser runs");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The addresses that the search offers.
fn found(dom: &str) -> Vec<&str> {
    let (_, list) = dom.split_once("id=\"found\"").expect("a list");
    let (list, _) = list.split_once("</ol>").expect("its end");
    list.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_search_finds_by_name_and_by_text() {
    let Some(schema) = shared("qemu-10.0/qapi/qapi-schema.json") else { return };
    let folder = Folder::with(&[]);
    folder.stdout(&format!("doc {schema} -o manual"));
    for (query, first) in [
        ("block_resize", "block-core.html#block_resize"),
        ("Block-Resize", "block-core.html#block_resize"),
        ("block%20resize", "block-core.html#block_resize"),
        ("BLOCKDEV_ADD", "block-core.html#blockdev-add"),
        ("runstate", "run-state.html#RunState"),
        ("run-state", "run-state.html#RunState"),
        ("block", "block-core.html#query-block"),
        ("stop", "misc.html#stop"),
        ("detect-zeroes", "block-core.html#BlockDeviceInfo:detect_zeroes"),
        ("finish%20migrate", "run-state.html#RunState:finish-migrate"),
        ("migrationparameter%20announce_max", "migration.html#MigrationParameter:announce-max"),
        ("character%20device%20backend%20ADD", "char.html#chardev-add"),
    ] {
        let Some(dom) = dom(&folder, &format!("index.html?q={query}")) else { return };
        assert_eq!(found(&dom).first(), Some(&first), "{query}");
    }
    let many = dom(&folder, "index.html?q=id").expect("a browser");
    assert!(found(&many).len() == 40 && many.contains("<li class=\"more\">The first 40 of "));
    let nothing = dom(&folder, "index.html?q=xyzzyxyzzy").expect("a browser");
    assert!(found(&nothing).is_empty() && nothing.contains("Nothing found"));
}
