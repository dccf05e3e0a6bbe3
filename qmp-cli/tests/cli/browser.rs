//! The manual in a real browser: scripts run, the search finds, all from files.

use test_support::schemas::{self, CompleteSchema};

use crate::chromium::{dom, script};
use crate::doc_manual::{html_files, manual};
use crate::support::{Folder, VM};

/// The addresses that the search offers.
fn found(dom: &str) -> Vec<&str> {
    let (_, list) = dom.split_once("id=\":found\"").expect("a list");
    let (list, _) = list.split_once("</ol>").expect("its end");
    list.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_search_finds_by_name_and_by_text() {
    let Some(schema) = schemas::named("qemu_9_1") else { return };
    let folder = manual(&schema);
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

/// Returns a line for each element that is wider than its page.
fn too_wide(folder: &Folder, pages: &[String]) -> Option<Vec<String>> {
    let pages = format!("const PAGES = {};", serde_json::json!(pages));
    let measure = r#"
        for (const page of PAGES) {
          const shown = await open(page, 320);
          shown.querySelector(".contents").open = true;
          const input = shown.getElementById(":search");
          input.value = "e";
          input.dispatchEvent(new Event("input"));
          for (const width of [320, 390, 1200]) {
            frame.style.width = `${width}px`;
            if (shown.documentElement.scrollWidth > width) tell(`${page} at ${width}`);
            if (input.getBoundingClientRect().width < 140) tell(`${page} at ${width}: no room for the search`);
            const found = shown.getElementById(":found").getBoundingClientRect();
            if (found.left < 0 || found.right > width || found.width < 250) tell(`${page} at ${width}: what is found`);
          }
        }"#;
    script(folder, &[], &(pages + measure))
}

fn pages_fit_the_screen(schemas: Vec<CompleteSchema>) {
    for schema in schemas {
        let folder = manual(&schema);
        let pages: Vec<String> = html_files(&folder).into_keys().collect();
        assert_eq!(too_wide(&folder, &pages).unwrap_or_default(), [""; 0], "{}", schema.name);
    }
}

#[test]
fn no_page_is_wider_than_the_screen() {
    let names = ["qemu_7_2", "guest_agent_7_1", "qemu_9_1", "guest_agent_9_1"];
    pages_fit_the_screen(names.into_iter().filter_map(schemas::named).collect());
}

#[test]
fn no_page_of_shared_schemas_is_wider_than_the_screen() {
    let names = ["guest_agent_7_2", "qemu_10_0", "guest_agent_10_0"];
    pages_fit_the_screen(names.into_iter().filter_map(schemas::shared_named).collect());
}

#[test]
fn long_names_are_broken() {
    let long = "a".repeat(120);
    let macros = "A".repeat(120);
    let words = "word ".repeat(30);
    let schema = format!(
        "##
# = {words}
##

##
# @{long}:
#
# ======================== =======================================
# {long}
# ======================== =======================================
#
# == ==
# a  {long} {long}
# == ==
#
# @{long}: ``{long}`` https://example.org/{long}
#
# .. note:: {long}
#
# Features:
# @{long}: mind it
#
# Since: {long}
#
# .. qmp-example::
#    :title: {long}
#
#    {long}
##
{{ 'command': '{long}', 'data': {{ '{long}': 'A{long}' }}, 'if': {{ 'all': [ '{macros}', 'B' ] }},
   'features': [ {{ 'name': '{long}', 'if': '{macros}' }}, 'deprecated' ] }}
{{ 'struct': 'A{long}', 'data': {{ 'x': {{ 'type': 'int', 'if': '{macros}' }} }} }}"
    );
    let file = format!("{}.json", "a-b".repeat(40));
    let folder = Folder::with(&[("root.json", &format!("{{ 'include': '{file}' }}")), (&file, &schema)]);
    let title = [&*words, &*long].concat();
    let output = folder.command("doc root.json -o manual --title").arg(title).output().expect("the program runs");
    assert!(output.status.success(), "{output:?}");
    let pages: Vec<String> = html_files(&folder).into_keys().collect();
    assert_eq!(too_wide(&folder, &pages).unwrap_or_default(), [""; 0]);
}

/// Lines for text that is hard to read before its background.
const CONTRAST: &str = r#"
    const shown = await open("vm.html", 1200);
    const input = shown.getElementById(":search");
    input.value = "e";
    input.dispatchEvent(new Event("input"));
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const luminance = (color) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      const part = (byte) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
      const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(part);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const check = (element, pseudo) => {
      const style = frame.contentWindow.getComputedStyle(element, pseudo);
      let behind = element;
      const back = (of) => frame.contentWindow.getComputedStyle(of).backgroundColor;
      while (back(behind) === "rgba(0, 0, 0, 0)" && behind.parentElement) behind = behind.parentElement;
      const [dark, light] = [luminance(style.color), luminance(back(behind))].sort((a, b) => a - b);
      const contrast = (light + 0.05) / (dark + 0.05);
      if (contrast < 4.5) tell(`${element.outerHTML.slice(0, 80)} ${pseudo}: ${contrast}`);
    };
    const texts = [...shown.querySelectorAll("body *")].filter((element) => [...element.childNodes].some((node) => node.nodeType === 3));
    texts.filter((element) => element.tagName !== "SCRIPT").forEach((element) => check(element));
    check(input, "::placeholder");
    tell(`${matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"}, ${texts.length > 50}`);"#;

#[test]
fn text_has_contrast_by_day_and_by_night() {
    let example = "# .. qmp-example::\n#\n#    -> { \"execute\": \"a\", \"id\": true }\n#\n# Since";
    let schema = VM.replace("# @on:", "# .. warning:: Mind.\n#\n# @on:").replace("# Since", example);
    let folder = Folder::with(&[("vm.json", &schema)]);
    folder.stdout("doc vm.json -o manual");
    let page = folder.read("manual/vm.html");
    for class in ["direction", "key", "string", "literal", "facts"] {
        assert!(page.contains(&format!("class=\"{class}\"")), "{class}: {page}");
    }
    for (flag, expected) in [("1", "light, true"), ("0", "dark, true")] {
        let told = script(&folder, &[&format!("--blink-settings=preferredColorScheme={flag}")], CONTRAST);
        assert_eq!(told.unwrap_or(vec![expected.to_owned()]), [expected]);
    }
}

#[test]
fn keys_select_a_search_result() {
    let named_like_the_search = "{ 'command': 'search' } { 'command': 'found', 'data': { 'search': 'int' } }";
    let folder = Folder::with(&[("vm.json", &format!("{VM}{named_like_the_search}"))]);
    folder.stdout("doc vm.json -o manual");
    let keys = r#"
        const shown = await open("vm.html", 1200);
        const press = (key) => shown.dispatchEvent(new frame.contentWindow.KeyboardEvent("keydown", { key }));
        const input = shown.getElementById(":search");
        tell(input.placeholder);
        press("/");
        input.value = "stop";
        input.dispatchEvent(new Event("input"));
        tell(`${shown.activeElement.id} ${shown.getElementById(":found").hidden}`);
        press("ArrowDown");
        tell(shown.activeElement.textContent);
        tell(frame.contentWindow.getComputedStyle(shown.activeElement).outlineStyle);
        press("ArrowUp");
        press("Enter");
        tell(`${frame.contentWindow.location.hash} ${shown.getElementById(":found").hidden}`);"#;
    let mouse =
        "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4";
    let finger =
        "--blink-settings=primaryHoverType=1,availableHoverTypes=1,primaryPointerType=2,availablePointerTypes=2";
    for (device, placeholder) in [(mouse, "Search (press /)"), (finger, "Search")] {
        let expected = [placeholder, ":search false", "stop command", "solid", "#stop true"].map(str::to_owned);
        let told = script(&folder, &[device], keys);
        assert_eq!(told.unwrap_or(expected.to_vec()), expected);
    }
}
