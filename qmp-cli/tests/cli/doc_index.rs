//! `qmp doc`: the index page, the place of each definition, and the colours of examples.

use expect_test::expect;

use crate::support::{Folder, VM};

const SCHEMA: &str = "\
##
# Please see the `qapi-qmp-index`, or `qapi-other`.
##

{ 'include': 'sub/part.json' }
{ 'command': 'stop' }
{ 'command': 'query-b', 'returns': 'One' }
{ 'command': 'query-a', 'returns': 'Two' }
{ 'command': '__org.example_stop' }
{ 'event': 'STOP' }
";

const PART: &str = "\
{ 'enum': 'Kind',
  'data': [ 'a', '1' ] }
{ 'struct': 'One', 'data': { 'x': 'Either' } }
{ 'struct': 'OZone', 'data': {} }
{ 'alternate': 'Either', 'data': { 's': 'str', 'n': 'null' } }
{ 'union': 'Two', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'a': 'One' } }
";

/// A folder with a schema of two files, and its manual.
fn manual() -> Folder {
    let folder = Folder::with(&[("vm.json", SCHEMA)]);
    std::fs::create_dir(folder.path("sub")).expect("a folder");
    std::fs::write(folder.path("sub/part.json"), PART).expect("a file");
    folder.stdout(&format!("doc {} -o manual", folder.path("vm.json").display()));
    folder
}

#[test]
fn the_index_lists_definitions_by_kind_and_letter() {
    let page = manual().read("manual/definitions.html");
    let (head, main) = page.split_once("<main>\n").expect("a main part");
    let (main, _) = main.split_once("</main>").expect("its end");
    expect![[r##"
        <h1>Index</h1>
        <section id="commands">
        <h2 class="definition"><a href="#commands">Commands</a></h2>
        <h3 class="title" id="commands-O">O</h3>
        <ul class="index">
        <li><a href="vm.html#__org.example_stop"><code>__org.example_stop</code></a></li>
        </ul>
        <h3 class="title" id="commands-Q">Q</h3>
        <ul class="index">
        <li><a href="vm.html#query-a"><code>query-a</code></a></li>
        <li><a href="vm.html#query-b"><code>query-b</code></a></li>
        </ul>
        <h3 class="title" id="commands-S">S</h3>
        <ul class="index">
        <li><a href="vm.html#stop"><code>stop</code></a></li>
        </ul>
        </section>
        <section id="events">
        <h2 class="definition"><a href="#events">Events</a></h2>
        <h3 class="title" id="events-S">S</h3>
        <ul class="index">
        <li><a href="vm.html#STOP"><code>STOP</code></a></li>
        </ul>
        </section>
        <section id="structs">
        <h2 class="definition"><a href="#structs">Structs</a></h2>
        <h3 class="title" id="structs-O">O</h3>
        <ul class="index">
        <li><a href="part.html#One"><code>One</code></a></li>
        <li><a href="part.html#OZone"><code>OZone</code></a></li>
        </ul>
        </section>
        <section id="unions">
        <h2 class="definition"><a href="#unions">Unions</a></h2>
        <h3 class="title" id="unions-T">T</h3>
        <ul class="index">
        <li><a href="part.html#Two"><code>Two</code></a></li>
        </ul>
        </section>
        <section id="alternates">
        <h2 class="definition"><a href="#alternates">Alternates</a></h2>
        <h3 class="title" id="alternates-E">E</h3>
        <ul class="index">
        <li><a href="part.html#Either"><code>Either</code></a></li>
        </ul>
        </section>
        <section id="enums">
        <h2 class="definition"><a href="#enums">Enums</a></h2>
        <h3 class="title" id="enums-K">K</h3>
        <ul class="index">
        <li><a href="part.html#Kind"><code>Kind</code></a></li>
        </ul>
        </section>
    "##]]
    .assert_eq(main);
    let (_, contents) = head.split_once("<nav aria-label=\"Contents\">\n").expect("contents");
    let (contents, _) = contents.split_once("</nav>").expect("their end");
    expect![[r##"
        <p class="title"><a href="#commands">Commands</a></p>
        <ul class="letters">
        <li><a href="#commands-O">O</a></li>
        <li><a href="#commands-Q">Q</a></li>
        <li><a href="#commands-S">S</a></li>
        </ul>
        <p class="title"><a href="#events">Events</a></p>
        <ul class="letters">
        <li><a href="#events-S">S</a></li>
        </ul>
        <p class="title"><a href="#structs">Structs</a></p>
        <ul class="letters">
        <li><a href="#structs-O">O</a></li>
        </ul>
        <p class="title"><a href="#unions">Unions</a></p>
        <ul class="letters">
        <li><a href="#unions-T">T</a></li>
        </ul>
        <p class="title"><a href="#alternates">Alternates</a></p>
        <ul class="letters">
        <li><a href="#alternates-E">E</a></li>
        </ul>
        <p class="title"><a href="#enums">Enums</a></p>
        <ul class="letters">
        <li><a href="#enums-K">K</a></li>
        </ul>
    "##]]
    .assert_eq(contents);
}

#[test]
fn every_page_links_to_the_index() {
    let folder = manual();
    let link = "<a href=\"definitions.html\">Index</a>";
    for page in ["index", "definitions", "vm", "part"] {
        assert!(folder.read(&format!("manual/{page}.html")).contains(link), "{page}");
    }
    let start = folder.read("manual/index.html");
    let reference = "<p>Please see the <a href=\"definitions.html\">index</a>, or <code>qapi-other</code>.</p>";
    assert!(start.contains(reference), "{start}");
}

#[test]
fn definitions_name_their_file_and_line() {
    let folder = manual();
    let places = |page: &str| -> Vec<String> {
        let page = folder.read(&format!("manual/{page}.html"));
        let places = page.split("Defined in <code>").skip(1);
        places.map(|rest| rest.split('<').next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(places("vm"), ["vm.json:6", "vm.json:7", "vm.json:8", "vm.json:9", "vm.json:10"]);
    assert_eq!(
        places("part"),
        ["sub/part.json:1", "sub/part.json:3", "sub/part.json:4", "sub/part.json:5", "sub/part.json:6"]
    );
    folder.transcript_of("doc - -o manual", VM.as_bytes());
    assert_eq!(places("schema")[0], "&lt;stdin&gt;:10");
    let dump = folder.stdout("introspect vm.json");
    folder.transcript_of("doc - -o manual", dump.as_bytes());
    assert_eq!(places("schema"), [""; 0]);
}

#[test]
fn examples_have_colours() {
    let doc = "##\n# @E:\n#\n# .. code-block:: C\n#\n#    call(\"true\");\n#\n# Example::\n#\n#     <- { \"event\": \"E\", \"data\": 1 }\n##\n";
    let folder = Folder::with(&[("vm.json", &format!("{doc}{{ 'event': 'E' }}"))]);
    folder.stdout("doc vm.json -o manual");
    let page = folder.read("manual/vm.html");
    let blocks: String = page.split("<pre>").skip(1).filter_map(|rest| rest.split("</pre>").next()).collect();
    expect![[r#"call(&quot;true&quot;);<span class="direction">&lt;-</span> { <span class="key">&quot;event&quot;</span>: <span class="string">&quot;E&quot;</span>, <span class="key">&quot;data&quot;</span>: <span class="literal">1</span> }"#]].assert_eq(&blocks);
}

#[test]
fn a_configuration_omits_undefined_items() {
    let schema = format!(
        "{VM}\n{{ 'struct': 'Gone', 'data': {{ 'info': 'StatusInfo' }}, 'if': 'GONE' }}\n{{ 'struct': 'Kept', 'data': {{}} }}"
    );
    let folder = Folder::with(&[("vm.json", &schema)]);
    folder.stdout("doc vm.json -o manual");
    let page = folder.read("manual/vm.html");
    for part in ["id=\"stop\"", "id=\"Status:off\"", "id=\"Gone\"", "id=\"Kept\"", "<code>Gone</code>"] {
        assert!(page.contains(part), "{part}");
    }
    expect![[r#"
        stderr: warning: no condition in `vm.json` mentions `OTHER`
        status: 0
    "#]]
    .assert_eq(&folder.transcript("doc --cfg OTHER vm.json -o manual"));
    let page = folder.read("manual/vm.html");
    for part in ["id=\"stop\"", "id=\"Status:off\"", "id=\"Gone\"", "<code>Gone</code>"] {
        assert!(!page.contains(part), "{part}");
    }
    assert!(page.contains("id=\"Kept\"") && page.contains("id=\"Status:on\""));
    assert!(folder.read("manual/index.js").contains("Kept") && !folder.read("manual/index.js").contains("Gone"));
    let introduction = |options: &str| {
        folder.run(&format!("doc {options} vm.json -o manual"));
        let start = folder.read("manual/index.html");
        start.lines().find(|line| line.contains("describes the schema")).map(str::to_owned)
    };
    assert_eq!(introduction(""), None);
    let expected = "<p>This manual describes the schema with no condition defined.</p>";
    assert_eq!(introduction("--no-cfg").as_deref(), Some(expected));
    let expected = "<p>This manual describes the schema with <code>CAN_STOP</code>, <code>GONE</code> defined.</p>";
    assert_eq!(introduction("--cfg GONE --cfg CAN_STOP").as_deref(), Some(expected));
}
