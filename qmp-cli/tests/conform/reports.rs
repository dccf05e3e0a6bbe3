//! The report in its formats, the list of rules, and mistakes in the use of the program.

use std::process::Output;

use expect_test::expect;

use crate::faulty::{FaultyServer, Switch, Variant};
use crate::support::{conform, json, qmp};

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// The output of a run against a server with this switch on, with a fixed name for its socket.
fn report(options: &str, switch: Option<Switch>) -> (String, Option<i32>) {
    let server = FaultyServer::start(Variant::Monitor, switch);
    let output = conform(options, &server.socket());
    let name = server.socket().display().to_string();
    (stdout(&output).replace(&name, "SOCKET"), output.status.code())
}

/// The text with the times of runs replaced.
fn without_times(text: &str) -> String {
    let mut pieces = text.split("time=\"");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| {
        text + "time=\""
            + piece.split_once('"').map_or("", |_| "T\"")
            + &piece[piece.find('"').map_or(0, |at| at + 1)..]
    })
}

#[test]
fn the_report_for_people() {
    let (text, status) = report("--rule ids/bad-envelope --rule framing/crlf", Some(Switch::NoErrorIds));
    expect![[r#"
        SOCKET
        pass       greeting/arrives                   sends a message to each client that connects
        pass       negotiation/succeeds               answers `qmp_capabilities` with an empty object
        pass       ids/echo                           repeats the id of a request in its success reply
        fail       ids/error                          repeats the id of a request in its error reply
            expected the id `"qmp-conform-error"`, found `{"error":{"class":"CommandNotFound","desc":"no command `qmp-conform-unknown`"}}`
            Without it, a client cannot tell which of its requests failed. (QMP specification, "Issuing Commands")
              connected
              <- {"QMP":{"capabilities":["oob"],"version":{"package":"","qemu":{"major":1,"micro":3,"minor":2}}}}\r\n
              -> {"execute": "qmp_capabilities"}\n
              <- {"data":{"count":1},"event":"TICK","timestamp":{"microseconds":42,"seconds":1700000000}}\r\n{"return":{}}\r\n
              -> {"execute": "qmp-conform-unknown", "id": "qmp-conform-error"}\n
              <- {"error":{"class":"CommandNotFound","desc":"no command `qmp-conform-unknown`"}}\r\n
        not tried  ids/bad-envelope                   needs ids/error
        pass       framing/line-end                   ends each message with a line end: CR LF, or LF alone
        pass       framing/crlf                       ends each message with CR LF
        5 passed, 1 failed, 0 warnings, 1 not tried
    "#]].assert_eq(&text);
    assert_eq!(status, Some(1));
    let (text, status) = report("--rule framing/crlf", Some(Switch::LineFeedOnly));
    expect![[r#"
        SOCKET
        pass       greeting/arrives                   sends a message to each client that connects
        pass       negotiation/succeeds               answers `qmp_capabilities` with an empty object
        pass       ids/echo                           repeats the id of a request in its success reply
        pass       framing/line-end                   ends each message with a line end: CR LF, or LF alone
        warning    framing/crlf                       ends each message with CR LF
            expected the line end `\r\n`, found `\n`
            The specification has CR LF for servers, and libvirt waits for it. (QMP specification, "General Definitions")
              connected
              <- {"QMP":{"capabilities":["oob"],"version":{"package":"","qemu":{"major":1,"micro":3,"minor":2}}}}\n
              -> {"execute": "qmp_capabilities"}\n
              <- {"data":{"count":1},"event":"TICK","timestamp":{"microseconds":42,"seconds":1700000000}}\n{"return":{}}\n
              -> {"execute": "query-version", "id": 1}\n
              <- {"id":1,"return":{"package":"","qemu":{"major":1,"micro":3,"minor":2}}}\n
              -> {"execute": "query-version", "id": 2}\n
              <- {"id":2,"return":{"package":"","qemu":{"major":1,"micro":3,"minor":2}}}\n
        4 passed, 0 failed, 1 warning, 0 not tried
    "#]].assert_eq(&text);
    assert_eq!(status, Some(0));
}

#[test]
fn the_report_for_continuous_integration() {
    let options = "--rule ids/bad-envelope --rule framing/crlf --format junit";
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="qmp conform SOCKET" tests="7" failures="1" skipped="1" time="T">
          <testsuite name="greeting" tests="1" failures="0" skipped="0" time="T">
            <testcase name="greeting/arrives" classname="qmp.greeting" time="T"/>
          </testsuite>
          <testsuite name="negotiation" tests="1" failures="0" skipped="0" time="T">
            <testcase name="negotiation/succeeds" classname="qmp.negotiation" time="T"/>
          </testsuite>
          <testsuite name="ids" tests="3" failures="1" skipped="1" time="T">
            <testcase name="ids/echo" classname="qmp.ids" time="T"/>
            <testcase name="ids/error" classname="qmp.ids" time="T">
              <failure message="expected the id `&quot;qmp-conform-error&quot;`, found `{&quot;error&quot;:{&quot;class&quot;:&quot;CommandNotFound&quot;,&quot;desc&quot;:&quot;no command `qmp-conform-unknown`&quot;}}`">A server repeats the id of a request in its error reply. Without it, a client cannot tell which of its requests failed. (QMP specification, &quot;Issuing Commands&quot;)
        expected the id `&quot;qmp-conform-error&quot;`, found `{&quot;error&quot;:{&quot;class&quot;:&quot;CommandNotFound&quot;,&quot;desc&quot;:&quot;no command `qmp-conform-unknown`&quot;}}`
        connected
        &lt;- {&quot;QMP&quot;:{&quot;capabilities&quot;:[&quot;oob&quot;],&quot;version&quot;:{&quot;package&quot;:&quot;&quot;,&quot;qemu&quot;:{&quot;major&quot;:1,&quot;micro&quot;:3,&quot;minor&quot;:2}}}}\r\n
        -&gt; {&quot;execute&quot;: &quot;qmp_capabilities&quot;}\n
        &lt;- {&quot;data&quot;:{&quot;count&quot;:1},&quot;event&quot;:&quot;TICK&quot;,&quot;timestamp&quot;:{&quot;microseconds&quot;:42,&quot;seconds&quot;:1700000000}}\r\n{&quot;return&quot;:{}}\r\n
        -&gt; {&quot;execute&quot;: &quot;qmp-conform-unknown&quot;, &quot;id&quot;: &quot;qmp-conform-error&quot;}\n
        &lt;- {&quot;error&quot;:{&quot;class&quot;:&quot;CommandNotFound&quot;,&quot;desc&quot;:&quot;no command `qmp-conform-unknown`&quot;}}\r\n
        </failure>
            </testcase>
            <testcase name="ids/bad-envelope" classname="qmp.ids" time="T">
              <skipped message="needs ids/error"/>
            </testcase>
          </testsuite>
          <testsuite name="framing" tests="2" failures="0" skipped="0" time="T">
            <testcase name="framing/line-end" classname="qmp.framing" time="T"/>
            <testcase name="framing/crlf" classname="qmp.framing" time="T"/>
          </testsuite>
        </testsuites>
    "#]].assert_eq(&without_times(&report(options, Some(Switch::NoErrorIds)).0));
    let (text, status) = report("--rule framing/crlf --format junit", Some(Switch::LineFeedOnly));
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="qmp conform SOCKET" tests="5" failures="0" skipped="0" time="T">
          <testsuite name="greeting" tests="1" failures="0" skipped="0" time="T">
            <testcase name="greeting/arrives" classname="qmp.greeting" time="T"/>
          </testsuite>
          <testsuite name="negotiation" tests="1" failures="0" skipped="0" time="T">
            <testcase name="negotiation/succeeds" classname="qmp.negotiation" time="T"/>
          </testsuite>
          <testsuite name="ids" tests="1" failures="0" skipped="0" time="T">
            <testcase name="ids/echo" classname="qmp.ids" time="T"/>
          </testsuite>
          <testsuite name="framing" tests="2" failures="0" skipped="0" time="T">
            <testcase name="framing/line-end" classname="qmp.framing" time="T"/>
            <testcase name="framing/crlf" classname="qmp.framing" time="T">
              <system-out>A server ends each message with CR LF. The specification has CR LF for servers, and libvirt waits for it. (QMP specification, &quot;General Definitions&quot;)
        expected the line end `\r\n`, found `\n`
        connected
        &lt;- {&quot;QMP&quot;:{&quot;capabilities&quot;:[&quot;oob&quot;],&quot;version&quot;:{&quot;package&quot;:&quot;&quot;,&quot;qemu&quot;:{&quot;major&quot;:1,&quot;micro&quot;:3,&quot;minor&quot;:2}}}}\n
        -&gt; {&quot;execute&quot;: &quot;qmp_capabilities&quot;}\n
        &lt;- {&quot;data&quot;:{&quot;count&quot;:1},&quot;event&quot;:&quot;TICK&quot;,&quot;timestamp&quot;:{&quot;microseconds&quot;:42,&quot;seconds&quot;:1700000000}}\n{&quot;return&quot;:{}}\n
        -&gt; {&quot;execute&quot;: &quot;query-version&quot;, &quot;id&quot;: 1}\n
        &lt;- {&quot;id&quot;:1,&quot;return&quot;:{&quot;package&quot;:&quot;&quot;,&quot;qemu&quot;:{&quot;major&quot;:1,&quot;micro&quot;:3,&quot;minor&quot;:2}}}\n
        -&gt; {&quot;execute&quot;: &quot;query-version&quot;, &quot;id&quot;: 2}\n
        &lt;- {&quot;id&quot;:2,&quot;return&quot;:{&quot;package&quot;:&quot;&quot;,&quot;qemu&quot;:{&quot;major&quot;:1,&quot;micro&quot;:3,&quot;minor&quot;:2}}}\n
        </system-out>
            </testcase>
          </testsuite>
        </testsuites>
    "#]].assert_eq(&without_times(&text));
    assert_eq!(status, Some(0));
}

#[test]
fn the_report_for_programs() {
    let (text, _) = report("--rule ids/bad-envelope --format json", Some(Switch::NoErrorIds));
    let mut report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let rules = report["rules"].as_array_mut().expect("rules");
    rules.retain_mut(|rule| {
        rule["milliseconds"] = 0.into();
        rule["rule"].as_str().is_some_and(|id| id == "ids/error" || id == "ids/bad-envelope")
    });
    expect![[r#"
        {
          "address": "SOCKET",
          "counts": {
            "fail": 1,
            "not-tried": 1,
            "pass": 3,
            "warning": 0
          },
          "rules": [
            {
              "class": "protocol",
              "dialogue": [
                {
                  "kind": "connected"
                },
                {
                  "bytes": "{\"QMP\":{\"capabilities\":[\"oob\"],\"version\":{\"package\":\"\",\"qemu\":{\"major\":1,\"micro\":3,\"minor\":2}}}}\\r\\n",
                  "kind": "received"
                },
                {
                  "bytes": "{\"execute\": \"qmp_capabilities\"}\\n",
                  "kind": "sent"
                },
                {
                  "bytes": "{\"data\":{\"count\":1},\"event\":\"TICK\",\"timestamp\":{\"microseconds\":42,\"seconds\":1700000000}}\\r\\n{\"return\":{}}\\r\\n",
                  "kind": "received"
                },
                {
                  "bytes": "{\"execute\": \"qmp-conform-unknown\", \"id\": \"qmp-conform-error\"}\\n",
                  "kind": "sent"
                },
                {
                  "bytes": "{\"error\":{\"class\":\"CommandNotFound\",\"desc\":\"no command `qmp-conform-unknown`\"}}\\r\\n",
                  "kind": "received"
                }
              ],
              "duty": "repeats the id of a request in its error reply",
              "expected": "the id `\"qmp-conform-error\"`",
              "found": "`{\"error\":{\"class\":\"CommandNotFound\",\"desc\":\"no command `qmp-conform-unknown`\"}}`",
              "invasive": false,
              "milliseconds": 0,
              "needs": [
                "ids/echo"
              ],
              "reason": "Without it, a client cannot tell which of its requests failed.",
              "result": "fail",
              "rule": "ids/error",
              "spec": "QMP specification, \"Issuing Commands\""
            },
            {
              "class": "protocol",
              "duty": "repeats the id of an object that is not a valid request",
              "invasive": false,
              "milliseconds": 0,
              "needs": [
                "ids/error"
              ],
              "reason": "Without it, a client cannot tell which of its requests was malformed.",
              "result": "not-tried",
              "rule": "ids/bad-envelope",
              "spec": "QMP specification, \"Issuing Commands\"",
              "why": "needs ids/error"
            }
          ]
        }
    "#]].assert_eq(&format!("{report:#}\n"));
}

#[test]
fn rules_are_listed_with_their_reasons() {
    expect![[r#"
        oob/overtakes (protocol)
          A server answers a command out of band while commands before it still run.
          The command that unblocks another must not wait for it. (QMP specification, "Out-of-band execution")
          Needs oob/executes, framing/joined.
        limits/depth (protocol, --invasive)
          A server survives a message of 1,100 nested lists.
          A parser that recurses without a limit overflows its stack, which ends the process. (QMP specification, "Forcing the JSON parser into known-good state")
          Needs parser/answers, parser/resync.
    "#]].assert_eq(&stdout(&qmp("--list --rule oob/overtakes --rule limits/depth")));
    let rules = json(&qmp("--list --format json"));
    assert!(rules.as_array().is_some_and(|rules| rules.len() > 100), "{rules}");
}

#[test]
fn mistakes_are_explained() {
    let run = |options: &str| {
        let output = qmp(options);
        assert_eq!(output.status.code(), Some(2), "{options}");
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    expect![[r#"
        error: no rule matches `ids/nonsense`
         = help: `qmp conform --list` has the names; some rules need --agent or --invasive
    "#]]
    .assert_eq(&run("--rule ids/nonsense /nowhere/qmp.sock"));
    expect![[r#"
        error: invalid value '0' for '--timeout <SECONDS>': expected a number of seconds, greater than 0 and at most a day

        For more information, try '--help'.
    "#]]
    .assert_eq(&run("--timeout 0 /nowhere/qmp.sock"));
    expect![[r#"
        error: a list of rules has no results, which JUnit needs
         = help: use `--format json` or `--format text`
    "#]]
    .assert_eq(&run("--list --format junit"));
    for limit in ["1e18", "-1", "nan", "soon"] {
        assert!(
            run(&format!("--timeout={limit} /nowhere/qmp.sock")).contains("expected a number of seconds"),
            "{limit}"
        );
    }
    assert!(run("").contains("ADDRESS"));
}

#[test]
fn a_server_of_the_other_kind_is_recognised() {
    let agent = FaultyServer::start(Variant::Agent, None);
    let output = stdout(&conform("--timeout 0.2 --rule greeting/*", &agent.socket()));
    assert!(output.contains("a guest agent needs --agent"), "{output}");
    let monitor = FaultyServer::start(Variant::Monitor, None);
    let output = stdout(&conform("--timeout 0.2 --agent --rule agent/quiet", &monitor.socket()));
    assert!(output.contains("a greeting: no --agent"), "{output}");
}
