//! `qmp doc`: the sections of definitions.

use expect_test::expect;

use crate::support::Folder;

const DOCUMENTED: &str = r"
##
# @Shape:
#
# Forms <b>bold</b> & `Point`, i.e. *these*, e.g. one.  Not
# that.
#
# @circle: round, see https://example.com/a?b=1, `more
#     <https://example.com/?a&b>`_, `one & all <https://example.com/'c'>`_.
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
        <dd><p>round, see <a href="https://example.com/a?b=1">https://example.com/a?b=1</a>, <a href="https://example.com/?a&amp;b">more</a>, <a href="https://example.com/&#39;c&#39;">one &amp; all</a>.</p>
        </dd>
        <dt id="Shape:square"><code class="name">square</code> <span class="badge warning">deprecated</span></dt>
        <dd></dd>
        </dl>
        <p class="facts">Used by <a href="draw.html#draw-it"><code>draw-it</code></a></p>
        <p class="facts">Defined in <code>draw.json:11</code></p>
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
        <p class="facts">Used by <a href="draw.html#draw-it"><code>draw-it</code></a></p>
        <p class="facts">Defined in <code>draw.json:20</code></p>
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
        <pre><span class="direction">-&gt;</span> { &#39;draw-it&#39; }</pre>
        <h3 class="title">Example request</h3>
        <pre>{
          <span class="key">&quot;execute&quot;</span>: <span class="string">&quot;draw-it&quot;</span>,
          <span class="key">&quot;arguments&quot;</span>: {
            <span class="key">&quot;shape&quot;</span>: <span class="string">&quot;circle&quot;</span>,
            <span class="key">&quot;points&quot;</span>: [
              {
                <span class="key">&quot;x&quot;</span>: <span class="literal">1</span>
              }
            ]
          }
        }</pre>
        <p class="facts">Defined in <code>draw.json:48</code></p>
        </section>
    "##]].assert_eq(main);
    expect![[r#"
        /* index.js: written by qmp doc */
        const INDEX = [
        ["Shape","type","draw.html#Shape","Forms <b>bold</b> & Point, i.e. these, e.g. one.",["circle","square"]],
        ["Point","type","draw.html#Point","",["x","y"]],
        ["draw-it","command","draw.html#draw-it","Draws.",["shape","points","colour"]]
        ];
    "#]]
    .assert_eq(&folder.read("manual/index.js"));
}

#[test]
fn blocks_of_text_become_html() {
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
#    b    *and* c
#    ------------
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
        <tr><td colspan="2">b    <em>and</em> c</td></tr>
        </tbody>
        </table></div>
        <p>Added in version
        7.2</p>
        <div class="example">
        <p class="label">Twice</p>
        <p>Get <a href="vm.html#E"><code>E</code></a>:</p>
        <pre><span class="direction">&lt;-</span> { }</pre>
        </div>
        <p class="facts">Defined in <code>vm.json:38</code></p>
        </section>
    "##]]
    .assert_eq(main);
}

#[test]
fn a_feature_is_that_of_the_argument_called_like_its_command() {
    let doc = "##\n# @c:\n#\n# @c: it\n#\n# Features:\n#\n# @unstable: it may change\n##\n";
    let command = "{ 'command': 'c', 'data': { 'c': { 'type': 'int', 'features': [ 'unstable' ] } } }";
    let folder = Folder::with(&[("vm.json", &format!("{doc}{command}"))]);
    folder.stdout("doc vm.json -o manual");
    let owner = "<dt><code class=\"name\">unstable</code> of <code>c</code></dt>";
    assert!(folder.read("manual/vm.html").contains(owner));
}
