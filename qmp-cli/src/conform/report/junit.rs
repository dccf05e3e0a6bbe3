//! The report as JUnit XML, which services for continuous integration read.

use std::io;
use std::time::Duration;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::conform::run::{Outcome, Verdict};
use crate::output::printable;

type Xml = Writer<Vec<u8>>;

/// Formats the outcomes: a test suite per group of rules, a test case per rule.
///
/// JUnit has no warnings, so a broken rule that is only a warning counts as passed; its output says what was found.
pub(crate) fn junit(address: &str, outcomes: &[Outcome]) -> io::Result<String> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let suites =
        xml.create_element("testsuites").with_attribute(("name", xml_text(&format!("qmp conform {address}")).as_str()));
    suites.with_attributes(totals(outcomes).each()).write_inner_content(|xml| {
        let mut groups = outcomes.chunk_by(|a, b| a.rule.group() == b.rule.group());
        groups.try_for_each(|group| suite(xml, group))
    })?;
    Ok(String::from_utf8_lossy(&xml.into_inner()).into_owned() + "\n")
}

fn suite(xml: &mut Xml, group: &[Outcome]) -> io::Result<()> {
    let suite = xml.create_element("testsuite").with_attribute(("name", group[0].rule.group()));
    suite
        .with_attributes(totals(group).each())
        .write_inner_content(|xml| group.iter().try_for_each(|outcome| case(xml, outcome)))?;
    Ok(())
}

fn case(xml: &mut Xml, outcome: &Outcome) -> io::Result<()> {
    let (rule, time) = (outcome.rule, seconds(outcome.time));
    let class = format!("qmp.{}", rule.group());
    let case = xml.create_element("testcase").with_attributes([
        ("name", rule.id),
        ("classname", class.as_str()),
        ("time", time.as_str()),
    ]);
    match &outcome.verdict {
        Verdict::Pass => case.write_empty()?,
        Verdict::NotTried(why) => case.write_inner_content(|xml| {
            xml.create_element("skipped").with_attribute(("message", xml_text(why).as_str())).write_empty().map(drop)
        })?,
        Verdict::Broken { expected, found } => case.write_inner_content(|xml| {
            let message = xml_text(&format!("expected {expected}, found {found}"));
            let bytes = outcome.transcript.lines().join("\n");
            let text = format!("A server {}. {} ({})\n{message}\n{bytes}\n", rule.duty, rule.reason, rule.spec);
            let element = match outcome.is_failure() {
                true => xml.create_element("failure").with_attribute(("message", message.as_str())),
                false => xml.create_element("system-out"),
            };
            element.write_text_content(BytesText::new(&text)).map(drop)
        })?,
    };
    Ok(())
}

/// The numbers that JUnit wants of a suite.
struct Totals {
    tests: String,
    failures: String,
    skipped: String,
    time: String,
}

impl Totals {
    fn each(&self) -> [(&str, &str); 4] {
        [("tests", &self.tests), ("failures", &self.failures), ("skipped", &self.skipped), ("time", &self.time)]
    }
}

fn totals(outcomes: &[Outcome]) -> Totals {
    let is_skipped = |outcome: &&Outcome| matches!(outcome.verdict, Verdict::NotTried(_));
    Totals {
        tests: outcomes.len().to_string(),
        failures: outcomes.iter().filter(|outcome| outcome.is_failure()).count().to_string(),
        skipped: outcomes.iter().filter(is_skipped).count().to_string(),
        time: seconds(outcomes.iter().map(|outcome| outcome.time).sum()),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.3}", time.as_secs_f64())
}

/// Replaces the characters that XML cannot contain. Names of commands and values come from the server.
fn xml_text(text: &str) -> String {
    printable(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
