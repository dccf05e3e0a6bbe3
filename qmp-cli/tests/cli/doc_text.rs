//! `qmp doc`: where the text of a schema stands in its manual.

use expect_test::{Expect, expect};

use crate::support::Folder;

/// Checks the main part of a page.
#[track_caller]
fn main_part(folder: &Folder, page: &str, expected: Expect) {
    let page = folder.read(&format!("manual/{page}.html"));
    let (_, main) = page.split_once("<main>\n").expect("a main part");
    let (main, _) = main.split_once("</main>").expect("its end");
    expected.assert_eq(main);
}

#[test]
fn text_between_definitions_stands_at_its_place() {
    let folder = Folder::with(&[
        (
            "root.json",
            "##\n# = Introduction\n#\n# About <all> of @E.\n##\n\n{ 'include': 'part.json' }\n{ 'include': 'notes.json' }\n\
             ##\n# = Group\n##\n{ 'include': 'plain.json' }",
        ),
        (
            "part.json",
            "##\n# == Part *one*\n#\n# Its text.\n##\n\n{ 'event': 'A' }\n\n##\n# === Within\n##\n\n{ 'event': 'B' }\n\n\
             ##\n# = Part two\n##\n\n{ 'event': 'C' }\n\n##\n# ==== Deep\n#\n# Text.\n##\n",
        ),
        ("notes.json", "##\n# Mere notes.\n##"),
        ("plain.json", "{ 'event': 'E' }\n##\n# = Late\n##"),
    ]);
    folder.stdout("doc root.json -o manual");
    main_part(
        &folder,
        "index",
        expect![[r#"
            <h1>QMP reference</h1>
            <h2 class="part">Introduction</h2>
            <p>About &lt;all&gt; of <a href="plain.html#E"><code>E</code></a>.</p>
            <section>
            <h2 class="definition"><a href="part.html">Part <em>one</em></a> <small>part</small></h2>
            <h3 class="title">Events</h3>
            <ul class="names">
            <li><a href="part.html#A"><code>A</code></a></li>
            <li><a href="part.html#B"><code>B</code></a></li>
            <li><a href="part.html#C"><code>C</code></a></li>
            </ul>
            </section>
            <section>
            <h2 class="definition"><a href="notes.html">notes</a></h2>
            </section>
            <section>
            <h2 class="definition"><a href="plain.html">plain</a></h2>
            <h3 class="title">Events</h3>
            <ul class="names">
            <li><a href="plain.html#E"><code>E</code></a></li>
            </ul>
            </section>
        "#]],
    );
    main_part(
        &folder,
        "part",
        expect![[r##"
            <h1>Part <em>one</em> <small>part</small></h1>
            <p>Its text.</p>
            <section id="A">
            <h2 class="definition"><a href="#A">A</a> <span class="kind">event</span></h2>
            <p class="facts">Defined in <code>part.json:7</code></p>
            </section>
            <h2 class="part">Within</h2>
            <section id="B">
            <h3 class="definition"><a href="#B">B</a> <span class="kind">event</span></h3>
            <p class="facts">Defined in <code>part.json:13</code></p>
            </section>
            <h2 class="part">Part two</h2>
            <section id="C">
            <h3 class="definition"><a href="#C">C</a> <span class="kind">event</span></h3>
            <p class="facts">Defined in <code>part.json:19</code></p>
            </section>
            <h3 class="part">Deep</h3>
            <p>Text.</p>
        "##]],
    );
    main_part(
        &folder,
        "notes",
        expect![[r#"
        <h1>notes</h1>
        <p>Mere notes.</p>
    "#]],
    );
    main_part(
        &folder,
        "plain",
        expect![[r##"
            <h1>plain</h1>
            <section id="E">
            <h2 class="definition"><a href="#E">E</a> <span class="kind">event</span></h2>
            <p class="facts">Defined in <code>plain.json:1</code></p>
            </section>
            <h2 class="part">Late</h2>
        "##]],
    );
    assert!(folder.read("manual/part.html").contains("<title>Part one - QMP reference</title>"));
    assert!(!folder.path("manual/root.html").exists());
}

#[test]
fn the_introduction_of_the_only_file_is_on_both_its_pages() {
    let folder = Folder::with(&[("vm.json", "##\n# All about it.\n##\n\n{ 'event': 'E' }\n\n##\n# More.\n##")]);
    folder.stdout("doc vm.json -o manual");
    main_part(
        &folder,
        "index",
        expect![[r#"
        <h1>QMP reference</h1>
        <p>All about it.</p>
        <section>
        <h2 class="definition"><a href="vm.html">vm</a></h2>
        <h3 class="title">Events</h3>
        <ul class="names">
        <li><a href="vm.html#E"><code>E</code></a></li>
        </ul>
        </section>
    "#]],
    );
    main_part(
        &folder,
        "vm",
        expect![[r##"
            <h1>vm</h1>
            <p>All about it.</p>
            <section id="E">
            <h2 class="definition"><a href="#E">E</a> <span class="kind">event</span></h2>
            <p class="facts">Defined in <code>vm.json:5</code></p>
            </section>
            <p>More.</p>
        "##]],
    );
}

#[test]
fn text_stands_under_the_heading_that_it_belongs_to() {
    let folder = Folder::with(&[(
        "vm.json",
        r"
##
# @c:
#
# What it does.
#
# Returns: nothing
#
# Errors:
#     - none
#
# More about it.
#
# .. qmp-example::
#
#     -> one
#
# It goes well.
#
# .. note:: Not about the example.
#
# Since: 2.7
#
# Example::
#
#     -> two
#
# Note: mind it
#
# TODO: hidden
#
# Example:
#
# -> three
##
{ 'command': 'c' }

##
# @d:
#
# Since: 2.7
#
#     @x since 5.1
#
# .. note:: Behind.
##
{ 'command': 'd', 'data': { '*x': 'int' } }

##
# @e:
#
# Since: a long time ago, before there was any of this, and even longer than that
##
{ 'command': 'e' }
",
    )]);
    folder.stdout("doc vm.json -o manual");
    main_part(
        &folder,
        "vm",
        expect![[r##"
            <h1>vm</h1>
            <section id="c">
            <h2 class="definition"><a href="#c">c</a> <span class="kind">command</span> <span class="badge">since 2.7</span></h2>
            <p>What it does.</p>
            <p>More about it.</p>
            <aside class="note">
            <p class="label">Note</p>
            <p>Not about the example.</p>
            </aside>
            <h3 class="title">Returns</h3>
            <p>Nothing</p>
            <p>nothing</p>
            <h3 class="title">Errors</h3>
            <ul>
            <li><p>none</p>
            </li>
            </ul>
            <h3 class="title">Examples</h3>
            <div class="example">
            <pre><span class="direction">-&gt;</span> one</pre>
            </div>
            <p>It goes well.</p>
            <pre><span class="direction">-&gt;</span> two</pre>
            <pre><span class="direction">-&gt;</span> three</pre>
            <h3 class="title">Note</h3>
            <p>mind it</p>
            <h3 class="title">Example request</h3>
            <pre>{<span class="key">&quot;execute&quot;</span>: <span class="string">&quot;c&quot;</span>}</pre>
            <p class="facts">Defined in <code>vm.json:36</code></p>
            </section>
            <section id="d">
            <h2 class="definition"><a href="#d">d</a> <span class="kind">command</span> <span class="badge">since 2.7</span></h2>
            <aside class="note">
            <p class="label">Note</p>
            <p>Behind.</p>
            </aside>
            <h3 class="title">Arguments</h3>
            <dl>
            <dt id="d:x"><code class="name">x</code> <code>int</code> <span class="optional">optional</span></dt>
            <dd></dd>
            </dl>
            <h3 class="title">Returns</h3>
            <p>Nothing</p>
            <h3 class="title">Since</h3>
            <p><code>x</code> since 5.1</p>
            <h3 class="title">Example request</h3>
            <pre>{<span class="key">&quot;execute&quot;</span>: <span class="string">&quot;d&quot;</span>, <span class="key">&quot;arguments&quot;</span>: {<span class="key">&quot;x&quot;</span>: <span class="literal">1</span>}}</pre>
            <p class="facts">Defined in <code>vm.json:47</code></p>
            </section>
            <section id="e">
            <h2 class="definition"><a href="#e">e</a> <span class="kind">command</span></h2>
            <h3 class="title">Returns</h3>
            <p>Nothing</p>
            <h3 class="title">Since</h3>
            <p>a long time ago, before there was any of this, and even longer than that</p>
            <h3 class="title">Example request</h3>
            <pre>{<span class="key">&quot;execute&quot;</span>: <span class="string">&quot;e&quot;</span>}</pre>
            <p class="facts">Defined in <code>vm.json:54</code></p>
            </section>
        "##]],
    );
}

#[test]
fn a_condition_stands_beside_its_item() {
    let folder = Folder::with(&[(
        "vm.json",
        r"
##
# @Mode:
#
# @one: the first
#
# Features:
#
# @unstable: it may change
##
{ 'enum': 'Mode', 'if': 'MODES',
  'data': [ { 'name': 'one', 'if': 'ONE', 'features': [ { 'name': 'unstable', 'if': 'RISKY' } ] },
            { 'name': 'two', 'features': [ 'unstable' ] }, 'three' ] }

##
# @c:
#
# Features:
#
# @unstable: it may change
# @since: so is its value
##
{ 'command': 'c', 'if': 'ALL', 'data': { 'x': { 'type': 'int', 'features': [ 'since', 'unstable' ] } },
  'features': [ { 'name': 'unstable', 'if': { 'any': [ 'A', { 'all': [ 'B', 'C' ] } ] } }, 'untold' ] }
",
    )]);
    folder.stdout("doc vm.json -o manual");
    main_part(
        &folder,
        "vm",
        expect![[r##"
            <h1>vm</h1>
            <section id="Mode">
            <h2 class="definition"><a href="#Mode">Mode</a> <span class="kind">enum</span> <span class="badge if">if MODES</span></h2>
            <h3 class="title">Values</h3>
            <dl>
            <dt id="Mode:one"><code class="name">one</code> <span class="badge if">if ONE</span> <span class="badge warning">unstable <span class="only">only if RISKY</span></span></dt>
            <dd><p>the first</p>
            </dd>
            <dt id="Mode:two"><code class="name">two</code> <span class="badge warning">unstable</span></dt>
            <dd></dd>
            <dt id="Mode:three"><code class="name">three</code></dt>
            <dd></dd>
            </dl>
            <h3 class="title">Features</h3>
            <dl>
            <dt><code class="name">unstable</code> of <code>one</code> <span class="only">only if RISKY</span>, <code>two</code></dt>
            <dd><p>it may change</p>
            </dd>
            </dl>
            <p class="facts">Defined in <code>vm.json:11</code></p>
            </section>
            <section id="c">
            <h2 class="definition"><a href="#c">c</a> <span class="kind">command</span> <span class="badge if">if ALL</span> <span class="badge warning">unstable <span class="only">only if A or (B and C)</span></span> <span class="badge">untold</span></h2>
            <h3 class="title">Arguments</h3>
            <dl>
            <dt id="c:x"><code class="name">x</code> <code>int</code> <span class="badge">since</span> <span class="badge warning">unstable</span></dt>
            <dd></dd>
            </dl>
            <h3 class="title">Returns</h3>
            <p>Nothing</p>
            <h3 class="title">Features</h3>
            <dl>
            <dt><code class="name">unstable</code> of <code>c</code> <span class="only">only if A or (B and C)</span>, <code>x</code></dt>
            <dd><p>it may change</p>
            </dd>
            <dt><code class="name">since</code> of <code>x</code></dt>
            <dd><p>so is its value</p>
            </dd>
            </dl>
            <h3 class="title">Example request</h3>
            <pre>{<span class="key">&quot;execute&quot;</span>: <span class="string">&quot;c&quot;</span>, <span class="key">&quot;arguments&quot;</span>: {<span class="key">&quot;x&quot;</span>: <span class="literal">1</span>}}</pre>
            <p class="facts">Defined in <code>vm.json:23</code></p>
            </section>
        "##]],
    );
}
