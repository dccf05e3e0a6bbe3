//! Any text is loaded or refused, in every dialect of documentation, and both can be told of.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qmp_schema::model::Conditions;
use qmp_schema::{Docs, LoadOptions, TypeNames, introspect, load_text};

/// Nothing can be a file beside it, so that no `include` finds anything.
const NAME: &str = "/dev/null/schema.json";

fuzz_target!(|text: &str| {
    // An absolute path would lead elsewhere.
    let text = text.replace("'/", "'_");
    let mut told = None;
    for docs in Docs::ALL {
        let report = match load_text(NAME, &text, &LoadOptions::default().docs(docs)) {
            Ok(loaded) => {
                for conditions in [Conditions::Everything, Conditions::defined(["A"])] {
                    for names in [TypeNames::Masked, TypeNames::Plain] {
                        let _ = introspect(&loaded.schema, &conditions, names);
                    }
                }
                loaded.warnings
            }
            Err(report) => {
                assert!(report.has_errors());
                report
            }
        };
        let json = Some(report.to_json());
        // The text for people takes longest; another dialect rarely has more to tell.
        if told != json {
            let _ = report.render(true);
            told = json;
        }
    }
});
