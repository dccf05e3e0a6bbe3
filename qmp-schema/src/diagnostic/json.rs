//! Diagnostics as JSON.

use serde_json::{Map, Value, json};

use super::{Diagnostic, Severity};
use crate::source::{SourceMap, Span};

pub(super) fn object(diagnostic: &Diagnostic, sources: &SourceMap) -> Value {
    let mut object = place(diagnostic.span, sources);
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let related = diagnostic.related.iter().map(|related| {
        let mut object = place(related.span, sources);
        object.insert("text".into(), json!(related.text));
        object
    });
    let chain = sources.included_from(diagnostic.span.file).map(|span| place(span, sources));
    object.insert("severity".into(), json!(severity));
    object.insert("rule".into(), json!(diagnostic.rule.id()));
    object.insert("message".into(), json!(diagnostic.message));
    object.insert("label".into(), json!(diagnostic.label));
    object.insert("notes".into(), json!(diagnostic.notes));
    object.insert("related".into(), related.collect());
    object.insert("included-from".into(), chain.collect());
    object.into()
}

fn place(span: Span, sources: &SourceMap) -> Map<String, Value> {
    let mut object = Map::new();
    if let (Some(start), Some(end)) = (sources.locate(span), sources.locate(Span { start: span.end, ..span })) {
        object.insert("file".into(), json!(start.path.to_string_lossy()));
        object.insert("line".into(), json!(start.line));
        object.insert("column".into(), json!(start.column));
        object.insert("end-line".into(), json!(end.line));
        object.insert("end-column".into(), json!(end.column));
    }
    object
}
