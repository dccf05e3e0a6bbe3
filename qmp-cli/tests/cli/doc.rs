//! `qmp doc`: what is written, and where.

use std::collections::HashSet;
use std::fs;

use expect_test::expect;

use crate::doc_site::html_files;
use crate::support::{Folder, VM, transcript};

const DOCUMENTED: &str = r"
##
# @Shape:
#
# Forms <b>bold</b> & `Point`, i.e. *these*, e.g. one.  Not
# that.
#
# @circle: round, see https://example.com/a?b=1.
##
{ 'enum': 'Shape', 'data': [ 'circle', { 'name': 'square', 'features': [ 'deprecated' ] } ] }

##
# @Point:
#
# @x: across
#
# Since: 2.0
##
{ 'struct': 'Point', 'data': { 'x': 'int', '*y': { 'type': 'int', 'if': { 'all': [ 'HAVE_Y', { 'not': 'FLAT' } ] } } } }

##
# @draw-it:
#
# Draws.  With *care*:
#
# - one ``thing``
#
#   - within
# - another
#
# .. note:: Mind the ``<script>``.
#
# @points: where
#
# Features:
#
# @unstable: it may change
#
# Returns: where it ended
#
# Since: 1.0
#
# Example::
#
#     -> { 'draw-it' }
##
{ 'command': 'draw-it', 'data': { 'shape': 'Shape', 'points': [ 'Point' ], '*colour': 'str' },
  'returns': 'Point', 'features': [ 'unstable' ], 'allow-oob': true }
";

#[test]
fn a_page_shows_all_that_the_schema_says() {
    let folder = Folder::with(&[("draw.json", DOCUMENTED)]);
    expect![["status: 0\n"]].assert_eq(&folder.transcript("doc draw.json -o manual"));
    let page = folder.read("manual/draw.html");
    let (_, main) = page.split_once("<main>").expect("a main part");
    let (main, _) = main.split_once("</main>").expect("its end");
    expect![[r##"

        <h1>draw</h1>
        <section id="Shape">
        <h2 class="definition"><a href="#Shape">Shape</a> <span class="kind">enum</span></h2>
        <p>Forms &lt;b&gt;bold&lt;/b&gt; &amp; <a href="draw.html#Point"><code>Point</code></a>, i.e. <em>these</em>, e.g. one.  Not
        that.</p>
        <h3 class="title">Values</h3>
        <dl>
        <dt id="Shape:circle"><code class="name">circle</code></dt>
        <dd><p>round, see <a href="https://example.com/a?b=1">https://example.com/a?b=1</a>.</p>
        </dd>
        <dt id="Shape:square"><code class="name">square</code> <span class="badge warning">deprecated</span></dt>
        <dd></dd>
        </dl>
        <p class="users">Used by <a href="draw.html#draw-it"><code>draw-it</code></a></p>
        </section>
        <section id="Point">
        <h2 class="definition"><a href="#Point">Point</a> <span class="kind">struct</span> <span class="badge">since 2.0</span></h2>
        <h3 class="title">Members</h3>
        <dl>
        <dt id="Point:x"><code class="name">x</code> <code>int</code></dt>
        <dd><p>across</p>
        </dd>
        <dt id="Point:y"><code class="name">y</code> <code>int</code> <span class="optional">optional</span> <span class="badge if">if HAVE_Y and not FLAT</span></dt>
        <dd></dd>
        </dl>
        <p class="users">Used by <a href="draw.html#draw-it"><code>draw-it</code></a></p>
        </section>
        <section id="draw-it">
        <h2 class="definition"><a href="#draw-it">draw-it</a> <span class="kind">command</span> <span class="badge">since 1.0</span> <span class="badge" title="can be executed out of band">out of band</span> <span class="badge warning">unstable</span></h2>
        <p>Draws.  With <em>care</em>:</p>
        <ul>
        <li><p>one <code>thing</code></p>
        <ul>
        <li><p>within</p>
        </li>
        </ul>
        </li>
        <li><p>another</p>
        </li>
        </ul>
        <aside class="note">
        <p class="label">Note</p>
        <p>Mind the <code>&lt;script&gt;</code>.</p>
        </aside>
        <h3 class="title">Arguments</h3>
        <dl>
        <dt id="draw-it:shape"><code class="name">shape</code> <a href="draw.html#Shape"><code>Shape</code></a></dt>
        <dd></dd>
        <dt id="draw-it:points"><code class="name">points</code> list of <a href="draw.html#Point"><code>Point</code></a></dt>
        <dd><p>where</p>
        </dd>
        <dt id="draw-it:colour"><code class="name">colour</code> <code>str</code> <span class="optional">optional</span></dt>
        <dd></dd>
        </dl>
        <h3 class="title">Returns</h3>
        <p><a href="draw.html#Point"><code>Point</code></a></p>
        <p>where it ended</p>
        <h3 class="title">Features</h3>
        <dl>
        <dt><code class="name">unstable</code></dt>
        <dd><p>it may change</p>
        </dd>
        </dl>
        <h3 class="title">Examples</h3>
        <pre>-&gt; { &#39;draw-it&#39; }</pre>
        <h3 class="title">Example request</h3>
        <pre>{
          &quot;execute&quot;: &quot;draw-it&quot;,
          &quot;arguments&quot;: {
            &quot;shape&quot;: &quot;circle&quot;,
            &quot;points&quot;: [
              {
                &quot;x&quot;: 1
              }
            ]
          }
        }</pre>
        </section>
    "##]].assert_eq(main);
    expect![[r#"
        const INDEX = [
        ["Shape","type","draw.html#Shape","Forms <b>bold</b> & Point, i.e. these, e.g. one.",["circle","square"]],
        ["Point","type","draw.html#Point","",["x","y"]],
        ["draw-it","command","draw.html#draw-it","Draws.",["shape","points","colour"]]
        ];
    "#]]
    .assert_eq(&folder.read("manual/index.js"));
}

#[test]
fn blocks_of_text_look_like_what_they_are() {
    let folder = Folder::with(&[(
        "vm.json",
        r"
##
# @E:
#
# Details
# -------
#
# .. warning:: Mind <this>.
#
# .. admonition:: About `E`
#
#    1. one
#
#    2. two
#
# 3. three
#
# .. table:: The *best*
#
#    ===  =======
#    key  meaning
#    ===  =======
#    a    ``<x>``
#    ===  =======
#
# .. versionadded:: 7.2
#
# .. qmp-example::
#    :title: Twice
#    :annotated:
#
#    Get @E::
#
#     <- { }
##
{ 'event': 'E' }
",
    )]);
    folder.stdout("doc vm.json -o manual");
    let page = folder.read("manual/vm.html");
    let (_, main) = page.split_once("<main>").expect("a main part");
    let (main, _) = main.split_once("</main>").expect("its end");
    expect![[r##"

        <h1>vm</h1>
        <section id="E">
        <h2 class="definition"><a href="#E">E</a> <span class="kind">event</span></h2>
        <p><strong>Details</strong></p>
        <aside class="warning">
        <p class="label">Warning</p>
        <p>Mind &lt;this&gt;.</p>
        </aside>
        <aside class="admonition">
        <p class="label">About <a href="vm.html#E"><code>E</code></a></p>
        <ol>
        <li><p>one</p>
        </li>
        <li><p>two</p>
        </li>
        </ol>
        </aside>
        <ol start="3">
        <li><p>three</p>
        </li>
        </ol>
        <div class="wide"><table>
        <caption>The <em>best</em></caption>
        <thead>
        <tr><th>key</th><th>meaning</th></tr>
        </thead>
        <tbody>
        <tr><td>a</td><td><code>&lt;x&gt;</code></td></tr>
        </tbody>
        </table></div>
        <p>Added in version
        7.2</p>
        <div class="example">
        <p class="label">Twice</p>
        <p>Get <a href="vm.html#E"><code>E</code></a>:</p>
        <pre>&lt;- { }</pre>
        </div>
        </section>
    "##]]
    .assert_eq(main);
}

#[test]
fn files_of_one_name_and_odd_names_get_pages_of_their_own() {
    let folder = Folder::with(&[
        ("index.json", "{ 'include': 'a b.json' }\n{ 'include': 'sub/index.json' }\n{ 'event': 'E' }"),
        ("a b.json", "{ 'event': 'F' }"),
    ]);
    fs::create_dir(folder.path("sub")).expect("a folder");
    fs::write(folder.path("sub/index.json"), "{ 'event': 'G' }").expect("a file");
    folder.stdout("doc index.json -o manual --title T&T");
    let pages: HashSet<String> = html_files(&folder).into_keys().collect();
    assert_eq!(pages, ["index.html", "index-2.html", "index-3.html", "a-20-b.html"].map(str::to_owned).into());
    assert!(folder.read("manual/index.html").contains("<h1>T&amp;T</h1>"));
}

#[test]
fn pages_of_an_earlier_run_are_taken_away_and_nothing_else() {
    let folder = Folder::with(&[("one.json", "{ 'event': 'E' }"), ("two.json", "{ 'event': 'E' }")]);
    folder.stdout("doc one.json -o manual");
    let page = folder.read("manual/one.html");
    let write = |name: &str, text: &str| fs::write(folder.path("manual").join(name), text).expect("a file");
    write("copy.html", &page);
    write("mine.html", "<!doctype html>\n<!-- mine.html: mine -->\n");
    write("one.txt", &page);
    write("broken.html", "\u{fffd}");
    fs::write(folder.path("manual/bytes.html"), b"\xff\xfe").expect("a file");
    fs::create_dir(folder.path("manual/folder.html")).expect("a folder");
    folder.stdout("doc two.json -o manual");
    let names =
        fs::read_dir(folder.path("manual")).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().expect("UTF-8")).collect();
    names.sort();
    expect!["broken.html bytes.html copy.html folder.html index.html index.js mine.html one.txt search.js style.css two.html"].assert_eq(&names.join(" "));
    write("two.html", "mine now");
    folder.stdout("doc one.json -o manual");
    assert_eq!(folder.read("manual/two.html"), "mine now");
}

#[test]
fn what_cannot_be_written() {
    let folder = Folder::with(&[("vm.json", VM), ("file", "")]);
    expect![[r#"
        stderr: error: cannot make `file`: File exists (os error 17)
        status: 2
    "#]]
    .assert_eq(&folder.transcript("doc vm.json -o file"));
    expect![[r#"
        stderr: error: cannot read `absent.json`: No such file or directory (os error 2)
        status: 2
    "#]]
    .assert_eq(&folder.transcript("doc absent.json -o manual"));
    expect![[r#"
        stderr: error: the following required arguments were not provided:
        stderr:   --output <FOLDER>
        stderr:
        stderr: Usage: qmp doc --output <FOLDER> <FILE|SOCKET>
        stderr:
        stderr: For more information, try '--help'.
        status: 2
    "#]]
    .assert_eq(&folder.transcript("doc vm.json"));
    let untitled = folder.command("doc vm.json -o manual --title").arg(" ").output().expect("the program runs");
    expect![[r#"
        stderr: error: invalid value ' ' for '--title <TITLE>': a title has at least a letter
        stderr:
        stderr: For more information, try '--help'.
        status: 2
    "#]]
    .assert_eq(&transcript(&untitled));
    assert!(!folder.path("manual").exists());
}
